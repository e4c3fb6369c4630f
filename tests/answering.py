"""Somebody whom we invited, and the answers their calendar gives: for tests of mail that comes home."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventsite.database import execute
from eventsite.events.tables import Event, ProgrammeSession
from eventsite.mail.arrivals import ArrivalLine
from eventsite.people.services import KnownPerson
from eventsite.replies import receive
from eventsite.stationery import Stationery
from tests import incoming


@dataclass(frozen=True)
class Invitation:
    """One entry in somebody's calendar, as the database has it: an `Invite` row."""

    row: dict[str, Any]

    def calendar(self, partstat: str = "ACCEPTED", **given: Any) -> bytes:
        """The answer to it, as their calendar writes it."""
        values = {"sequence": self.row["sequence"]} | given
        attendee = values.pop("attendee", self.row["attendee"])
        return incoming.reply_calendar(values.pop("uid", self.row["uid"]), attendee, partstat, **values)

    def answer(
        self, partstat: str = "ACCEPTED", *, sender: str = "", headers: dict[str, str] | None = None, **given: Any
    ) -> bytes:
        """The message that brings the answer."""
        calendar = self.calendar(partstat, **given)
        return incoming.answer(
            self.row["organizer"], calendar, sender=sender or self.row["attendee"], **(headers or {})
        )


async def invitation_of(person: KnownPerson, to: Event | ProgrammeSession) -> Invitation:
    """What somebody's calendar was last told of an event or a session."""
    is_event = isinstance(to, Event)
    rows = await execute(
        "SELECT * FROM invite WHERE person = {} AND "
        + ("event = {} AND session IS NULL" if is_event else "session = {}"),
        *(person.id, to.id),
    )
    return Invitation(rows[0])


@dataclass
class Inbox:
    """Our end: takes in what comes home, at a moment that a test may move on."""

    stationery: Stationery
    now: datetime

    async def take(self, message: bytes, recipient: str | None = None) -> ArrivalLine:
        return await receive(message, recipient=recipient, stationery=self.stationery, now=self.now)


async def standing(person: KnownPerson, event: Event) -> str:
    """Where somebody stands with an event."""
    rows = await execute("SELECT state FROM interest WHERE person = {} AND event = {}", person.id, event.id)
    return str(rows[0]["state"])


async def seat_of(person: KnownPerson, session: ProgrammeSession) -> str:
    """Where somebody stands with a session."""
    rows = await execute("SELECT state FROM seat WHERE person = {} AND session = {}", person.id, session.id)
    return str(rows[0]["state"])
