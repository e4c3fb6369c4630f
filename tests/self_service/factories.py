"""Everything that can be held on somebody, for tests that ask for it, erase it or let it end."""

from datetime import datetime, timedelta
from typing import Any

from eventsite.database import transaction
from eventsite.events.tables import Event, ProgrammeSession
from eventsite.interest.tables import Interest, InterestState, Invite, Seat, SeatState
from eventsite.ledger import VISITOR, record
from eventsite.mail.letters import Letter
from eventsite.mail.outbox import enqueue
from eventsite.mail.tables import (
    Bounce,
    Cause,
    InboundKind,
    InboundLetter,
    InboundOutcome,
    Suppression,
    SuppressionReason,
)
from eventsite.people.services import record_consent
from eventsite.people.tables import Complaint, ConsentAction, Person
from eventsite.questions.tables import Question, QuestionNotice, QuestionState, Voice
from eventsite.settings import Settings

NAMES = {"ann": "Ann Archer", "mallory": "Mallory Mint", "olive": "Olive Oak"}


def address_of(who: str) -> str:
    """The address of one of the cast."""
    return f"{who}@trust.example"


async def make_person(who: str = "ann", *, now: datetime, **given: Any) -> Person:
    """Somebody we know, with a name and a post."""
    values: dict[str, Any] = {
        "email": address_of(who),
        "email_key": address_of(who),
        "name": NAMES[who],
        "job_title": f"Chief nurse {who}",
        "organisation": f"Example Trust of {who}",
        "created_at": now,
        "updated_at": now,
    }
    person = Person(**values | given)
    await person.save()
    return person


async def make_interest(person: Person, event: Event, *, now: datetime, **given: Any) -> Interest:
    """An interest, as it stands unless said otherwise."""
    values: dict[str, Any] = {"state": InterestState.INTERESTED, "registered_at": now, "changed_at": now}
    interest = Interest(person=person.id, event=event.id, **values | given)
    await interest.save()
    return interest


async def make_seat(person: Person, session: ProgrammeSession, *, now: datetime, **given: Any) -> Seat:
    """A session that somebody added."""
    values: dict[str, Any] = {"state": SeatState.TAKEN, "created_at": now, "changed_at": now}
    seat = Seat(person=person.id, session=session.id, **values | given)
    await seat.save()
    return seat


async def make_invite(
    person: Person, event: Event, session: ProgrammeSession | None = None, *, now: datetime, **given: Any
) -> Invite:
    """What a person's calendar was told of an event, or of a session."""
    values: dict[str, Any] = {
        "session": session.id if session else None,
        "uid": f"session-{session.id}@events.example.org" if session else f"event-{event.id}@events.example.org",
        "attendee": person.email,
        "organizer": "rsvp+token@events.example.org",
        "method": "REQUEST",
        "digest": "d" * 64,
        "stamped_at": now,
        "message_id": "<first@events.example.org>",
    }
    invite = Invite(person=person.id, event=event.id, **values | given)
    await invite.save()
    return invite


async def make_returned_mail(who: str, *, now: datetime) -> None:
    """A letter to somebody that bounced, the message that said so, and their address stopped because of it."""
    address, words = address_of(who), f"550 5.1.1 <{address_of(who)}>: no such user"
    bounce: dict[str, Any] = {"action": "failed", "status": "5.1.1", "words": words, "is_hard": True, "bounced_at": now}
    await Bounce(address_key=address, **bounce).save()
    await Suppression(
        address_key=address, reason=SuppressionReason.BOUNCED.value, words=words, suppressed_at=now
    ).save()
    await InboundLetter(
        digest=f"{who:0<64}",
        recipient="bounce+token@events.example.org",
        sender_key=address,
        kind=InboundKind.OTHER.value,
        outcome=InboundOutcome.QUARANTINED.value,
        reason="It could not be read.",
        content=f"From: {address}\r\n\r\nI am away".encode(),
        received_at=now,
    ).save()


async def make_question(person: Person | None, session: ProgrammeSession, *, now: datetime, **given: Any) -> Question:
    """A question, pending unless said otherwise."""
    values: dict[str, Any] = {
        "session": session.id,
        "person": person.id if person else None,
        "name": person.name if person else "",
        "text": "Who signs the safety case off?",
        "submitted_at": now,
    }
    question = Question(**values | given)
    await question.save()
    return question


async def add_voice(person: Person, question: Question, *, now: datetime) -> Voice:
    """A voice of somebody's for a question of somebody else's."""
    voice = Voice(question=question.id, person=person.id, dedupe_key=f"{question.id} {person.id}", added_at=now)
    await voice.save()
    return voice


async def make_complaint(who: str = "ann", *, now: datetime) -> Complaint:
    """A complaint, due in 30 days."""
    complaint = Complaint(
        name=NAMES[who],
        email=address_of(who),
        email_key=address_of(who),
        text=f"You wrote to {address_of(who)} twice.",
        received_at=now,
        due_at=now + timedelta(days=30),
    )
    await complaint.save()
    return complaint


async def post_letter(to: str, *, key: str, settings: Settings, now: datetime, text: str = "Dear reader,\n") -> None:
    """A letter in the outbox, waiting."""
    letter = Letter(kind="interest/received", to=to, subject="Your interest", text=text, html=f"<p>{text}</p>")
    async with transaction():
        await enqueue(letter, key=key, cause=Cause.SYSTEM, now=now, settings=settings)


async def hold_everything(
    who: str, event: Event, session: ProgrammeSession, *, settings: Settings, now: datetime
) -> Person:
    """A row about somebody in every table that can have one, the ledger's line included."""
    person = await make_person(who, now=now)
    interest = await make_interest(person, event, now=now)
    await make_seat(person, session, now=now)
    await make_invite(person, event, session, now=now)
    await make_returned_mail(who, now=now)
    for state in (QuestionState.PENDING, QuestionState.APPROVED, QuestionState.REJECTED, QuestionState.WITHDRAWN):
        await make_question(person, session, now=now, state=state, original_text=f"{person.name} asked this")
    asked = await make_question(None, session, now=now, state=QuestionState.APPROVED)
    await add_voice(person, asked, now=now)
    await QuestionNotice(question=asked.id, person=person.id, told_at=now).save()
    complaint = await make_complaint(who, now=now)
    await post_letter(person.email, key=f"interest:{interest.id}:received", settings=settings, now=now)
    about = f"From {person.name}, {person.email}"
    key = f"complaint:{complaint.id}:organisers"
    await post_letter("office@events.example.org", key=key, settings=settings, now=now, text=about)
    async with transaction():
        await record_consent(person.id, ConsentAction.GIVEN, source="interest form", now=now)
        await record("interest.registered", subject=("interest", interest.id), actor=VISITOR, now=now)
    return person
