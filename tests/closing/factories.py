"""What closing a loop needs: a write-up of a panel, who asked what, and the verbs with their usual arguments."""

from dataclasses import dataclass

from eventsite.closing.plans import places_of, plan_of
from eventsite.closing.rules import Plan
from eventsite.closing.services import publish_and_tell, tell_the_rest, tie_passage
from eventsite.database import execute
from eventsite.events.tables import Event, ProgrammeSession
from eventsite.people.services import PersonDraft, find_or_add_person
from eventsite.questions.tables import Question, Voice
from eventsite.stationery import Stationery
from eventsite.writeups.desk_queries import get_writeup
from eventsite.writeups.services import retract_writeup
from eventsite.writeups.tables import Writeup
from tests.conftest import StandingClock
from tests.organisers.factories import make_organiser
from tests.questions.factories import ASKED_AT, make_panel, make_question
from tests.writeups.factories import make_draft

BODY = """\
The supplier signs the safety case first.

Then the trust’s own clinical safety officer signs.

Nobody on the panel had an answer about money.
"""


@dataclass(frozen=True)
class Evening:
    """A panel that is over and its write-up; Olive's verbs, without a browser."""

    event: Event
    session: ProgrammeSession
    writeup: Writeup
    olive: str
    stationery: Stationery
    clock: StandingClock

    @property
    def anchors(self) -> list[str]:
        """The passages of the write-up, in order."""
        return [place.anchor for place in places_of(self.writeup)]

    async def asked_by(self, *addresses: str, state: str = "asked", **given: object) -> Question:
        """A question of the first; the second asked the same, which was merged; all others added their voice."""
        people = [await somebody(address) for address in addresses]
        question = await make_question(self.session, person=people[0] if people else None, state=state, **given)
        for person in people[1:2]:
            await make_question(self.session, person=person, state="merged", merged_into=question.id)
        for person in people[2:]:
            await Voice(question=question.id, person=person, dedupe_key=person, added_at=ASKED_AT).save()
        return question

    async def tie(self, question: Question, passage: int = 0) -> bool:
        anchor = self.anchors[passage]
        return await tie_passage(self.writeup.id, question.id, anchor, actor=self.olive, now=self.clock())

    async def plan(self) -> Plan:
        return await plan_of(await get_writeup(self.writeup.id))

    async def publish(self, plan: str | None = None, by: str = "") -> Plan:
        """Publishes it on the plan that stands just now, or on another."""
        seen = (await get_writeup(self.writeup.id)).revision
        plan = (await self.plan()).digest if plan is None else plan
        return await publish_and_tell(
            self.writeup.id, seen=seen, plan=plan, actor=by or self.olive, stationery=self.stationery, now=self.clock()
        )

    async def retract(self) -> None:
        await retract_writeup(self.writeup.id, actor=self.olive, now=self.clock())

    async def tell(self, plan: str | None = None) -> Plan:
        """Writes to those who are still to be told."""
        plan = (await self.plan()).digest if plan is None else plan
        return await tell_the_rest(
            self.writeup.id, plan=plan, actor=self.olive, stationery=self.stationery, now=self.clock()
        )


async def make_evening(stationery: Stationery, clock: StandingClock) -> Evening:
    """A panel, and a draft of its write-up with three passages."""
    event, session = await make_panel()
    writeup = await make_draft(event=event.id, session=session.id, title="What was said", body=BODY)
    olive = await make_organiser(password=None)
    return Evening(event, session, writeup, olive.id, stationery, clock)


async def somebody(address: str) -> str:
    """A person with an address; their id."""
    return (await find_or_add_person(PersonDraft(address, address, ""), now=ASKED_AT)).id


async def written_to() -> list[str]:
    """Whom there are letters to, each as often as there are letters."""
    rows = await execute("SELECT recipient FROM outbox_letter ORDER BY recipient, id")
    return [row["recipient"] for row in rows]
