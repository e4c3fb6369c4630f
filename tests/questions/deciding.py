"""A desk for tests: moderators who decide on what they see at that moment, and the post that leaves afterwards."""

from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace

from eventsite.database import execute
from eventsite.mail.claims import claim
from eventsite.mail.settlements import mark_sent
from eventsite.people.tables import Person
from eventsite.questions import merge_services, services, shortlist_services, undo_services
from eventsite.questions.queries import get_question
from eventsite.questions.rules import Moderator
from eventsite.questions.services import QuestionEdit
from eventsite.questions.tables import QuestionState
from eventsite.stationery import Stationery
from tests.conftest import StandingClock
from tests.questions.conftest import AskedPanel
from tests.questions.factories import make_question

REASON = "The panel speaks about other things."


@dataclass(frozen=True)
class Desk:
    """Olive's desk, or with `by` somebody else's; every deed goes by the state the question is in just now."""

    panel: AskedPanel
    olive: str
    stationery: Stationery
    clock: StandingClock

    async def asked_by(self, who: str, text: str = "Who signs?", **given: object) -> str:
        """A question that waits, asked by somebody with an address; its id."""
        found = await execute("SELECT id FROM person WHERE name = {}", who)
        person = found[0]["id"] if found else await self.person(who)
        question = await make_question(self.panel.session, text=text, person=person, **given)
        return question.id

    async def person(self, who: str) -> str:
        """Somebody with an address; their id."""
        at = self.clock()
        address = f"{who}@example.org"
        person = Person(email=address, email_key=address, name=who, created_at=at, updated_at=at)
        await person.save()
        return person.id

    async def asked(self, text: str = "Who signs?", **given: object) -> str:
        """A question that waits, asked without an address; its id."""
        return (await make_question(self.panel.session, text=text, **given)).id

    async def saw(self, question_id: str, by: str = "") -> Moderator:
        return Moderator(by or self.olive, QuestionState((await get_question(question_id)).state))

    async def approve(self, question_id: str, by: str = "") -> None:
        moderator = await self.saw(question_id, by)
        await services.approve_question(question_id, moderator, stationery=self.stationery, now=self.clock())

    async def release(self, question_id: str) -> None:
        moderator = await self.saw(question_id)
        await services.release_question(question_id, moderator, stationery=self.stationery, now=self.clock())

    async def hold(self, question_id: str, *codes: str) -> None:
        await services.hold_question(question_id, await self.saw(question_id), codes=codes, now=self.clock())

    async def reject(self, question_id: str, by: str = "", slug: str | None = None) -> None:
        moderator = await self.saw(question_id, by)
        await services.reject_question(
            question_id, REASON, moderator, reason_slug=slug, stationery=self.stationery, now=self.clock()
        )

    async def edit(self, question_id: str, text: str) -> None:
        edit = QuestionEdit(text, (), (await get_question(question_id)).text)
        await services.edit_question(question_id, edit, await self.saw(question_id), now=self.clock())

    async def merge(self, question_id: str, into: str) -> None:
        moderator = await self.saw(question_id)
        await merge_services.merge_question(question_id, into, moderator, stationery=self.stationery, now=self.clock())

    async def unmerge(self, question_id: str, by: str = "") -> None:
        moderator = await self.saw(question_id, by)
        await undo_services.unmerge_question(question_id, moderator, stationery=self.stationery, now=self.clock())

    async def shortlist(self, question_id: str) -> None:
        await shortlist_services.shortlist_question(question_id, await self.saw(question_id), now=self.clock())

    async def unlist(self, question_id: str) -> None:
        await shortlist_services.unlist_question(question_id, await self.saw(question_id), now=self.clock())

    async def move(self, question_id: str, steps: int) -> None:
        await shortlist_services.move_question(question_id, steps, await self.saw(question_id), now=self.clock())

    async def undo(self, question_id: str, by: str = "") -> str:
        who = by or self.olive
        return await undo_services.undo_last(question_id, who, stationery=self.stationery, now=self.clock())

    async def state(self, question_id: str) -> str:
        return (await get_question(question_id)).state

    async def row(self, question_id: str) -> SimpleNamespace:
        """A question's columns as they are stored; those that may be empty are, here, for the type checker too."""
        return SimpleNamespace(**(await get_question(question_id)).to_dict())

    async def post(self, *, after: float = 0) -> list[tuple[str, str]]:
        """The letters that leave after so many seconds: to whom, and of which kind."""
        # Deeds of one moment of the standing clock follow one another by microseconds.
        letters = await claim("the worker", now=self.clock.move(seconds=after) + timedelta(milliseconds=1))
        if letters:
            await mark_sent(letters, now=self.clock())
        found = {row["id"]: row["kind"] for row in await execute("SELECT id, kind FROM outbox_letter")}
        return [(one.recipient.partition("@")[0], found[one.id].removeprefix("questions/")) for one in letters]


async def entries_of(question_id: str) -> list[str]:
    """What the ledger says of a question, the oldest first."""
    rows = await execute("SELECT deed FROM ledger_entry WHERE subject_id = {} ORDER BY at, id", question_id)
    return [row["deed"].removeprefix("question.") for row in rows]
