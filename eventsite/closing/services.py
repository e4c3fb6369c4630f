"""Verbs that close the loop. Each is one transaction: ties, write-up, ledger entries and every letter, or nothing."""

import asyncio
from datetime import datetime

from eventsite import ledger
from eventsite.closing.letters import question_not_reached, question_taken
from eventsite.closing.plans import places_of, plan_of
from eventsite.closing.queries import passage_path
from eventsite.closing.rules import NobodyLeft, NoSuchPassage, Notice, Plan, PlanChanged
from eventsite.database import execute, new_id, transaction
from eventsite.errors import NotFound
from eventsite.mail.letters import Letter
from eventsite.questions.letters import question_answered
from eventsite.questions.moderating import hold_panel_of, moderate
from eventsite.questions.notices import tell
from eventsite.questions.queries import get_question
from eventsite.questions.rules import Moderator, ensure_can, is_public
from eventsite.questions.states import Deed
from eventsite.questions.tables import News
from eventsite.stationery import Stationery
from eventsite.writeups.desk_queries import get_writeup
from eventsite.writeups.passages import shortened
from eventsite.writeups.rules import NotPublished
from eventsite.writeups.services import publish_writeup
from eventsite.writeups.tables import WriteupState

TIE = """
    INSERT INTO passage (id, question, writeup, anchor, excerpt, tied_by, tied_at) VALUES ({}, {}, {}, {}, {}, {}, {})
    ON CONFLICT (question, writeup, anchor) DO NOTHING RETURNING id
"""
UNTIE = "DELETE FROM passage WHERE id = {} AND writeup = {} RETURNING question"
TOLD = """
    UPDATE passage SET told_at = {} WHERE told_at IS NULL AND writeup = {} AND question = {}
"""
HOLD = "UPDATE writeup SET id = id WHERE id = {} RETURNING id"
LETTERS_IN_A_GO = 10


async def settle_question(question_id: str, deed: Deed, moderator: Moderator, *, now: datetime) -> None:
    """Says afterwards that a question was asked, or not reached, where nobody said so while the panel ran.

    Raises NotPossibleNow, AlreadyModerated, NotFound.
    """
    ensure_can(deed, moderator.saw)
    async with transaction():
        await hold_panel_of(question_id)
        await moderate(question_id, moderator, deed, {"asked_at": now} if deed is Deed.ASK else {}, now=now)


async def tie_passage(writeup_id: str, question_id: str, anchor: str, *, actor: str, now: datetime) -> bool:
    """Says that a passage takes up a question; False where that was said before. Raises NoSuchPassage, NotFound."""
    async with transaction():
        writeup, question = await get_writeup(writeup_id), await get_question(question_id)
        if not is_public(question.state):
            raise NotFound
        words = {place.anchor: place.text for place in places_of(writeup)}
        if anchor not in words:
            raise NoSuchPassage
        row = (new_id(), question_id, writeup_id, anchor, shortened(words[anchor]), actor, now)
        tied = await execute(TIE, *row)
        if tied:
            await _enter("tied", question_id, actor, now, writeup=writeup_id)
    return bool(tied)


async def untie_passage(writeup_id: str, passage_id: str, *, actor: str, now: datetime) -> None:
    """Takes that back; letters that were sent stay sent. Twice is no fault."""
    async with transaction():
        for row in await execute(UNTIE, passage_id, writeup_id):
            await _enter("untied", row["question"], actor, now, writeup=writeup_id)


async def publish_and_tell(
    writeup_id: str, *, seen: int, plan: str, actor: str, stationery: Stationery, now: datetime
) -> Plan:
    """Puts a write-up on the site and writes to everybody whose question it closes; what was sent.

    `plan` is the digest of what the organiser was shown. Raises PlanChanged, and what `publish_writeup` raises.
    """
    sent: list[Plan] = []

    async def write(slug: str) -> None:
        sent.append(await _send(writeup_id, slug, plan, actor, stationery, now))

    await publish_writeup(writeup_id, seen=seen, actor=actor, now=now, then=write)
    return sent[-1]


async def tell_the_rest(writeup_id: str, *, plan: str, actor: str, stationery: Stationery, now: datetime) -> Plan:
    """Writes to those whom a published write-up has not reached yet: a passage was tied since, say; what was sent.

    Raises NobodyLeft, PlanChanged, NotPublished, NotFound.
    """
    async with transaction():
        # Two organisers at once take turns: the second finds that everybody has been told.
        await execute(HOLD, writeup_id)
        writeup = await get_writeup(writeup_id)
        if writeup.state != WriteupState.PUBLISHED:
            raise NotPublished
        sent = await _send(writeup_id, writeup.slug, plan, actor, stationery, now)
        if not sent.notices:
            raise NobodyLeft
    return sent


async def _send(writeup_id: str, slug: str, plan: str, actor: str, stationery: Stationery, now: datetime) -> Plan:
    due = await plan_of(await get_writeup(writeup_id))
    if due.notices and due.digest != plan:
        raise PlanChanged
    for number, one in enumerate(due.notices):
        letter = _letter(one, slug, stationery)
        await tell(one.question_id, one.to, one.news, letter, stationery=stationery, now=now)
        if number % LETTERS_IN_A_GO == 0:
            # Hundreds of letters take a while, in which others want to read pages.
            await asyncio.sleep(0)
    for question_id in dict.fromkeys(one.question_id for one in due.notices):
        await _told(question_id, writeup_id, [one for one in due.notices if one.question_id == question_id], actor, now)
    return due


async def _told(question_id: str, writeup_id: str, notices: list[Notice], actor: str, now: datetime) -> None:
    await execute(TOLD, now, writeup_id, question_id)
    await _enter("told", question_id, actor, now, news=notices[0].news.value, letters=len(notices), writeup=writeup_id)


def _letter(one: Notice, slug: str, stationery: Stationery) -> Letter:
    if one.news == News.TAKEN:
        paths = [passage_path(slug, anchor) for anchor in one.anchors] or [passage_path(slug, "")]
        return question_taken(one.to, stationery, paths=paths)
    if one.news == News.ANSWERED:
        return question_answered(one.to, stationery, stands_as=one.question_id, was_asked=one.was_asked)
    return question_not_reached(one.to, stationery, path=passage_path(slug, ""))


async def _enter(deed: str, question_id: str, actor: str, now: datetime, **details: object) -> None:
    await ledger.record(
        f"question.{deed}", subject=("question", question_id), actor=actor, now=now, details=dict(details)
    )
