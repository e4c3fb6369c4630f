"""What a person sees of themselves: rows of several rooms, theirs and nobody else's."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from eventsite.clock import london_date
from eventsite.database import execute
from eventsite.errors import NotFound
from eventsite.events.rules import place_of
from eventsite.events.tables import Event, EventState, ProgrammeSession
from eventsite.interest.place_rules import deadline_in_words
from eventsite.interest.rules import kept_until
from eventsite.interest.tables import Interest, InterestState
from eventsite.mail.queries import LetterLine, letters_to
from eventsite.people.keeping import INTEREST_KEPT, QUESTION_LINK_KEPT, kept_after
from eventsite.people.queries import takes_announcements, wants_updates
from eventsite.people.tables import Complaint, Person
from eventsite.questions.rules import is_public
from eventsite.questions.tables import Question
from eventsite.self_service.rules import answer_in_words, deeds_open_to, position_in_words
from eventsite.tokens import Purpose, is_valid_token, read_row_id

EVENT: Any = Question.session.event


# Not `v.event = i.event`: SQLite would look through everybody's invites to the event, instead of this person's.
PLACES = """
    SELECT i.id, v.partstat, v.method,
        (SELECT COUNT(*) FROM interest o WHERE o.event = i.event AND o.state = 'waitlisted'
            AND (o.waitlisted_at < i.waitlisted_at OR (o.waitlisted_at = i.waitlisted_at AND o.id < i.id))) AS ahead
    FROM interest i LEFT JOIN invite v ON v.person = i.person AND COALESCE(v.event, '') = i.event AND v.session IS NULL
    WHERE i.person = {}
"""
SEATS = """
    SELECT s.event, s.title, s.starts_at, s.ends_at, t.state FROM seat t JOIN programme_session s ON s.id = t.session
    WHERE t.person = {} AND t.state IN ('taken', 'waitlisted') ORDER BY s.starts_at, s.title, s.id
"""
VOICES = """
    SELECT question.id, question.state, question.text, panel.title, panel.slug, event.name, event.slug AS event_slug,
        voice.added_at
    FROM voice JOIN question ON question.id = voice.question JOIN programme_session AS panel
    ON panel.id = question.session JOIN event ON event.id = panel.event
    WHERE voice.person = {} ORDER BY voice.added_at, voice.id
"""


@dataclass(frozen=True)
class OwnSession:
    """A session that a person has, or waits for."""

    title: str
    starts_at: datetime
    ends_at: datetime
    state: str


@dataclass(frozen=True)
class OwnInterest:
    """Where a person stands with an event, what they can do about it, and the last day we know it.

    `deadline`, `position` and `answered` are words, empty where there is nothing to say.
    """

    event: Event
    place: str
    state: str
    deeds: frozenset[str]
    has_page: bool
    deadline: str
    position: str
    answered: str
    sessions: list[OwnSession]
    registered_at: datetime
    changed_at: datetime
    kept_until: date


@dataclass(frozen=True)
class OwnQuestion:
    """A question of a person's, and the last day it is linked with them."""

    id: str
    link_version: int
    text: str
    state: str
    session_title: str
    event_name: str
    submitted_at: datetime
    kept_until: date


@dataclass(frozen=True)
class OwnVoice:
    """A question of somebody else that a person added their voice to. `text` is empty where it is not public."""

    text: str
    path: str
    session_title: str
    event_name: str
    added_at: datetime
    kept_until: date


@dataclass(frozen=True)
class OwnPage:
    """All that a person's own page shows."""

    person: Person
    interests: list[OwnInterest]
    questions: list[OwnQuestion]
    voices: list[OwnVoice]
    letters: list[LetterLine]
    complaints: list[Complaint]
    wants_updates: bool
    takes_announcements: bool


async def own_page(person: Person, now: datetime) -> OwnPage:
    """Everything held on a person, as of an aware moment. Ten queries however much it is."""
    return OwnPage(
        person,
        interests=await _interests(person.id, now),
        questions=await _questions(person.id),
        voices=await _voices(person.id),
        letters=await letters_to(person.email_key),
        complaints=await complaints_from(person.email_key),
        wants_updates=await wants_updates(person.id),
        takes_announcements=await takes_announcements(person.id),
    )


async def get_own_interest(person_id: str, slug: str) -> Interest:
    """A person's interest in the event of that slug, the event with it; NotFound where they have none."""
    theirs = (Interest.person == person_id) & (Interest.event.slug == slug)
    interest = await Interest.objects(Interest.event).get(theirs)
    if interest is None:
        raise NotFound
    return interest


async def was_erased(secret: str, token: str) -> bool:
    """Whether a link to somebody's own page was good once, and the person is gone."""
    is_gone = not await Person.exists().where(Person.id == (read_row_id(token) or ""))
    # The version went with the row; nobody's link is replaced that often.
    return is_gone and any(is_valid_token(secret, Purpose.MY, token, version) for version in range(20))


async def complaints_from(email_key: str) -> list[Complaint]:
    """The complaints an address (casefolded) has made, the newest first."""
    made = Complaint.objects().where(Complaint.email_key == email_key)
    return await made.order_by(Complaint.received_at, ascending=False)


async def _interests(person_id: str, now: datetime) -> list[OwnInterest]:
    rows = await Interest.objects(Interest.event).where(Interest.person == person_id)
    places = {row["id"]: row for row in await execute(PLACES, person_id)}
    sessions = defaultdict(list)
    for seat in await execute(SEATS, person_id):
        sessions[seat.pop("event")].append(OwnSession(**seat))
    ordered = sorted(rows, key=lambda row: (row.state != InterestState.OFFERED, row.event.starts_on, row.event.name))
    return [_own_interest(row, places[row.id], sessions[row.event.id], now) for row in ordered]


def _own_interest(row: Interest, place: dict[str, Any], sessions: list[OwnSession], now: datetime) -> OwnInterest:
    event: Event = row.event
    is_offered, is_waiting = row.state == InterestState.OFFERED, row.state == InterestState.WAITLISTED
    return OwnInterest(
        event,
        place=place_of(event),
        state=row.state,
        deeds=deeds_open_to(row.state, event, now),
        has_page=event.state != EventState.DRAFT,
        deadline=deadline_in_words(row.offered_until) if is_offered and row.offered_until else "",
        position=position_in_words(place["ahead"]) if is_waiting else "",
        answered=answer_in_words(place["partstat"]) if place["method"] == "REQUEST" else "",
        sessions=sessions,
        registered_at=row.registered_at,
        changed_at=row.changed_at,
        kept_until=kept_until(event.ends_on),
    )


async def _questions(person_id: str) -> list[OwnQuestion]:
    rows = await Question.objects(Question.session, EVENT).where(Question.person == person_id)
    return [_own_question(row) for row in sorted(rows, key=lambda row: (row.submitted_at, row.id))]


def _own_question(row: Question) -> OwnQuestion:
    session: ProgrammeSession = row.session
    event: Event = session.event
    return OwnQuestion(
        id=row.id,
        link_version=row.link_version,
        text=row.text,
        state=row.state,
        session_title=session.title,
        event_name=event.name,
        submitted_at=row.submitted_at,
        kept_until=kept_after(event.ends_on, QUESTION_LINK_KEPT),
    )


async def _voices(person_id: str) -> list[OwnVoice]:
    return [_own_voice(row) for row in await execute(VOICES, person_id)]


def _own_voice(row: dict[str, Any]) -> OwnVoice:
    questions = f"/events/{row['event_slug']}/sessions/{row['slug']}/questions"
    return OwnVoice(
        text=row["text"] if is_public(row["state"]) else "",
        path=f"{questions}#question-{row['id']}" if is_public(row["state"]) else questions,
        session_title=row["title"],
        event_name=row["name"],
        added_at=row["added_at"],
        kept_until=kept_after(london_date(row["added_at"]), INTEREST_KEPT),
    )
