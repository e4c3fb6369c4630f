"""People in every audience, announcements, and the letters they became."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import count
from typing import Any

from eventsite.announcements.rules import AnnouncementDraft
from eventsite.announcements.tables import Announcement, Audience
from eventsite.events.tables import Event, ProgrammeSession
from eventsite.interest.tables import Interest, InterestState, Seat, SeatState
from eventsite.mail.tables import OutboxLetter
from eventsite.people.tables import Person
from eventsite.questions.tables import Question, QuestionState
from tests.conftest import SITE_URL
from tests.factories import MADE_AT

SUBJECT = "Parking at {event}"
BODY = "Dear {name},\n\nsee [where to park](/events) and [your own page]({my_page})."
_numbers = count(1)


async def make_reader(name: str = "Ann Archer", **given: Any) -> Person:
    """Somebody with an address of their own."""
    email = f"reader-{next(_numbers)}@trust.example"
    values: dict[str, Any] = {
        **{"email": email, "email_key": email, "name": name},
        **{"job_title": "", "organisation": "", "created_at": MADE_AT, "updated_at": MADE_AT},
    }
    person = Person(**values | given)
    await person.save()
    return person


async def interested_in(
    event: Event, name: str = "Ann Archer", state: InterestState = InterestState.INTERESTED, **given: Any
) -> Person:
    """Somebody who stands in some way with an event."""
    person = await make_reader(name, **given)
    await stand(person, event, state)
    return person


async def stand(person: Person, event: Event, state: InterestState = InterestState.INTERESTED) -> None:
    """Puts somebody we know into an event's list."""
    await Interest(person=person.id, event=event.id, state=state, registered_at=MADE_AT, changed_at=MADE_AT).save()


async def sit(person: Person, session: ProgrammeSession, state: SeatState = SeatState.TAKEN) -> None:
    """Adds a session to what somebody goes to."""
    values: dict[str, Any] = {"created_at": MADE_AT, "changed_at": MADE_AT}
    await Seat(person=person.id, session=session.id, state=state, **values).save()


async def ask(person: Person | None, session: ProgrammeSession, state: QuestionState = QuestionState.APPROVED) -> None:
    """Has somebody put a question to a panel."""
    asker = person.id if person else None
    await Question(session=session.id, person=asker, name="", text="Who?", state=state, submitted_at=MADE_AT).save()


def draft_for(event: Event | None, audience: Audience = Audience.INTERESTED, **given: Any) -> AnnouncementDraft:
    """What an organiser might write to an event's people."""
    values: dict[str, Any] = {"subject": SUBJECT, "body": BODY, "event": event.id if event else None}
    return AnnouncementDraft(audience=audience, **values | given)


async def make_announcement(event: Event | None, *, now: datetime, **given: Any) -> Announcement:
    """A draft to everybody who is interested in an event."""
    values: dict[str, Any] = {
        **{"subject": SUBJECT, "body": BODY, "audience": Audience.INTERESTED, "event": event.id if event else None},
        **{"created_by": "0" * 16, "created_at": now, "updated_at": now},
    }
    announcement = Announcement(**values | given)
    await announcement.save()
    return announcement


@dataclass(frozen=True)
class Received:
    """A letter as its reader's mail program takes it apart."""

    message: EmailMessage
    subject: str
    text: str
    html: str


async def outbox() -> dict[str, Received]:
    """The letters that wait, by whom they are to."""
    rows = await OutboxLetter.objects().order_by(OutboxLetter.recipient)
    return {row.recipient: received(row.content) for row in rows}


def received(content: bytes) -> Received:
    """The letter that these bytes are, read by Python's own parser."""
    message = message_from_bytes(content, policy=policy.default)
    assert not message.defects
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    words = [part.get_content().replace("\r\n", "\n") for part in (text, html)]
    return Received(message, str(message["Subject"]), *words)


def form_for(event: Event | None, **given: str) -> dict[str, str]:
    """A form as a browser sends it."""
    values = {"subject": SUBJECT, "body": BODY, "audience": "interested", "session": "", "remind_before": ""}
    return {**values, "event": event.id if event else "", **given}


LINK_HOST = SITE_URL.partition("://")[2]
