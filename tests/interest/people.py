"""People on their way to a place, by the same services that the site uses; and what lies in the outbox for them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from itertools import count
from typing import Any

from icalendar import Calendar

from eventsite.database import execute
from eventsite.events.tables import Event, ProgrammeSession
from eventsite.interest.place_services import accept_place, offer_places
from eventsite.interest.seat_services import add_session
from eventsite.interest.services import InterestDraft, register_interest
from eventsite.ledger import VISITOR
from eventsite.people.services import KnownPerson, PersonDraft
from eventsite.stationery import Stationery

OLIVE = "olive"
_numbers = count(1)


@dataclass(frozen=True)
class Cast:
    """Everybody who comes to anything, at one moment."""

    stationery: Stationery
    now: datetime

    async def interested(self, event: Event, name: str = "Ann Archer") -> KnownPerson:
        """Somebody who has registered interest and holds the receipt with its tentative file."""
        email = f"{''.join(filter(str.isalpha, name.split()[0].lower()))}-{next(_numbers)}@trust.example"
        draft = InterestDraft(PersonDraft(email, email, name), [event], updates=False)
        return await register_interest(draft, stationery=self.stationery, now=self.now)

    async def accepted(self, event: Event, name: str = "Ben Baker") -> KnownPerson:
        """Somebody with a place, and the event in their calendar by invitation."""
        person = await self.interested(event, name)
        await self.offer(event, person)
        await accept_place(person.id, event.id, actor=VISITOR, stationery=self.stationery, now=self.now)
        return person

    async def offer(self, event: Event, person: KnownPerson) -> None:
        """Offers somebody a place for three days."""
        rows = await execute("SELECT id FROM interest WHERE person = {} AND event = {}", person.id, event.id)
        until = self.now + timedelta(days=3)
        ids = [row["id"] for row in rows]
        await offer_places(event, ids, until=until, actor=OLIVE, stationery=self.stationery, now=self.now)

    async def seat(self, person: KnownPerson, session: ProgrammeSession, *, by_mail: bool = True) -> None:
        """Adds a session to somebody's day, with an invitation or for their feed alone."""
        await add_session(
            person.id, session, wants_mail=by_mail, actor=VISITOR, stationery=self.stationery, now=self.now
        )


async def letters_to(person: KnownPerson, kind: str = "") -> list[EmailMessage]:
    """The letters of a kind (`interest/event_moved`) that wait for somebody or went to them, the oldest first."""
    rows = await execute(
        "SELECT content FROM outbox_letter WHERE recipient = {} AND kind LIKE {} AND state <> 'superseded' "
        "ORDER BY created_at, id",
        person.email,
        f"{kind}%",
    )
    return [BytesParser(EmailMessage, policy=SMTP).parsebytes(bytes(row["content"])) for row in rows]


def text_of(letter: EmailMessage) -> str:
    """The plain words of a letter, without its line breaks."""
    body = letter.get_body(("plain",))
    assert body is not None
    return " ".join(str(body.get_content()).split())


def calendar_of(letter: EmailMessage) -> Any:
    """The invitation or the attached file of a letter, as `icalendar` reads it."""
    parts = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    assert len(parts) == 1, [part.get_content_type() for part in letter.walk()]
    content = parts[0].get_payload(decode=True)
    assert isinstance(content, bytes)
    return Calendar.from_ical(content)


async def all_delivered() -> None:
    """Has every letter that waits delivered, without anybody to read it."""
    await execute("UPDATE outbox_letter SET state = 'sent', attempts = 1 WHERE state = 'waiting'")
