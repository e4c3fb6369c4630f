"""Moderators who do anything to any question, in any order: for tests and measures of what comes of it."""

import random
from asyncio import sleep
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from eventsite.database import execute
from eventsite.mail.claims import claim
from eventsite.mail.settlements import mark_sent
from eventsite.questions import merge_services, services, shortlist_services, undo_services
from eventsite.questions.asking_services import withdraw_question
from eventsite.questions.rules import Moderator, NotModerated
from eventsite.questions.services import QuestionEdit
from eventsite.questions.states import Deed, QuestionState, can
from eventsite.stationery import Stationery

REASON = "The panel speaks about other things."


@dataclass
class Somebody:
    """A moderator who looks at a random question and does something to it, going by what they saw a moment ago."""

    id: str
    stationery: Stationery
    now: Callable[[], datetime]
    chance: random.Random
    longest_look: float = 0
    refused: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)

    async def do_something(self, ids: list[str]) -> None:
        """One deed, or one refusal."""
        question_id = self.chance.choice(ids)
        saw = QuestionState((await execute("SELECT state FROM question WHERE id = {}", question_id))[0]["state"])
        possible = [deed for deed in Deed if can(deed, saw) and deed in self.verbs]
        name = self.chance.choice([*possible, "undo", "undo", "unmerge" if saw == QuestionState.MERGED else "edit"])
        await sleep(self.chance.random() * self.longest_look)
        try:
            await self.verbs[name](self, question_id, Moderator(self.id, saw), ids)
            self.done[str(name)] += 1
        except NotModerated as refusal:
            self.refused[type(refusal).__name__] += 1

    async def take_back(self, ids: list[str]) -> None:
        """What an asker does now and then."""
        await withdraw_question(self.chance.choice(ids), stationery=self.stationery, now=self.now())

    async def approve(self, question_id: str, moderator: Moderator, ids: list[str]) -> None:
        await services.approve_question(question_id, moderator, stationery=self.stationery, now=self.now())

    async def release(self, question_id: str, moderator: Moderator, ids: list[str]) -> None:
        await services.release_question(question_id, moderator, stationery=self.stationery, now=self.now())

    async def hold(self, question_id: str, moderator: Moderator, ids: list[str]) -> None:
        await services.hold_question(question_id, moderator, now=self.now())

    async def reject(self, question_id: str, moderator: Moderator, ids: list[str]) -> None:
        await services.reject_question(question_id, REASON, moderator, stationery=self.stationery, now=self.now())

    async def merge(self, question_id: str, moderator: Moderator, ids: list[str]) -> None:
        into = self.chance.choice(ids)
        await merge_services.merge_question(question_id, into, moderator, stationery=self.stationery, now=self.now())

    async def unmerge(self, question_id: str, moderator: Moderator, ids: list[str]) -> None:
        await undo_services.unmerge_question(question_id, moderator, stationery=self.stationery, now=self.now())

    async def shortlist(self, question_id: str, moderator: Moderator, ids: list[str]) -> None:
        await shortlist_services.shortlist_question(question_id, moderator, now=self.now())

    async def unlist(self, question_id: str, moderator: Moderator, ids: list[str]) -> None:
        await shortlist_services.unlist_question(question_id, moderator, now=self.now())

    async def edit(self, question_id: str, moderator: Moderator, ids: list[str]) -> None:
        text = (await execute("SELECT text FROM question WHERE id = {}", question_id))[0]["text"]
        await services.edit_question(question_id, QuestionEdit(f"{text[:400]}?", (), text), moderator, now=self.now())

    async def undo(self, question_id: str, moderator: Moderator, ids: list[str]) -> None:
        await undo_services.undo_last(question_id, moderator.id, stationery=self.stationery, now=self.now())

    verbs = {
        Deed.APPROVE: approve,
        Deed.RELEASE: release,
        Deed.HOLD: hold,
        Deed.REJECT: reject,
        Deed.MERGE: merge,
        Deed.SHORTLIST: shortlist,
        Deed.UNLIST: unlist,
        "unmerge": unmerge,
        "edit": edit,
        "undo": undo,
    }


async def post(owner: str, now: datetime) -> int:
    """What a worker does: the letters that are due leave; how many."""
    letters = await claim(owner, now=now, limit=100)
    if letters:
        await mark_sent(letters, now=now)
    return len(letters)
