"""Reads about events. Those that say "public" never show a draft; the rest are for the desk and for services."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from piccolo.custom_types import Combinable

from eventsite.clock import london_date
from eventsite.database import execute, for_share
from eventsite.errors import NotFound
from eventsite.events.rules import InterestClosed
from eventsite.events.tables import Appearance, Event, EventState, ProgrammeSession, SessionState, Speaker

PUBLIC_STATES = [EventState.PUBLISHED, EventState.CANCELLED]


@dataclass(frozen=True)
class OnStage:
    """A person in a session, with their part in it."""

    name: str
    job_title: str
    organisation: str
    part: str
    speaker_id: str


@dataclass(frozen=True)
class Panel:
    """A session that takes questions, and its event."""

    session: ProgrammeSession
    event: Event


async def get_public_event(slug: str) -> Event:
    """The published or cancelled event of that slug; NotFound for a draft as for none."""
    event = await Event.objects().get((Event.slug == slug) & Event.state.is_in(PUBLIC_STATES))
    if event is None:
        raise NotFound
    return event


async def get_public_session(event: Event, slug: str) -> ProgrammeSession:
    """The session of that slug in an event that `get_public_event` gave, cancelled ones included; NotFound."""
    return await get_session_of(event, slug)


async def get_session_of(event: Event, slug: str) -> ProgrammeSession:
    """The session of that slug in an event, whatever the state of both; NotFound."""
    session = await ProgrammeSession.objects().get(
        (ProgrammeSession.event == event.id) & (ProgrammeSession.slug == slug)
    )
    if session is None:
        raise NotFound
    return session


async def get_event(slug: str) -> Event:
    """The event of that slug in whatever state, for the desk; NotFound."""
    event = await Event.objects().get(Event.slug == slug)
    if event is None:
        raise NotFound
    return event


async def get_event_by_id(event_id: str) -> Event:
    """The event of that id in whatever state; NotFound."""
    event = await Event.objects().get(Event.id == event_id)
    if event is None:
        raise NotFound
    return event


async def get_session(session_id: str) -> ProgrammeSession:
    """The session of that id, whatever its event's state; NotFound."""
    session = await ProgrammeSession.objects().get(ProgrammeSession.id == session_id)
    if session is None:
        raise NotFound
    return session


async def get_speaker(speaker_id: str) -> Speaker:
    """The person on stage of that id; NotFound."""
    speaker = await Speaker.objects().get(Speaker.id == speaker_id)
    if speaker is None:
        raise NotFound
    return speaker


async def all_events() -> list[Event]:
    """Every event in every state, the latest first, for the desk."""
    return await Event.objects().order_by(Event.starts_on, ascending=False).order_by(Event.name)


async def coming_events(today: date) -> list[Event]:
    """Public events whose last day is not before `today` (a London date), the next one first."""
    return await _public_events(Event.ends_on >= today)


async def past_events(today: date) -> list[Event]:
    """Public events that ended before `today` (a London date), the latest first."""
    events = await _public_events(Event.ends_on < today)
    return sorted(events, key=lambda event: (event.ends_on, event.starts_on), reverse=True)


async def events_open_for_interest(now: datetime) -> list[Event]:
    """Events an interest can be registered in at an aware moment, the next one first."""
    is_still_open = Event.interest_closes_at.is_null() | (Event.interest_closes_at > now)
    is_to_come = (Event.state == EventState.PUBLISHED) & (Event.ends_on >= london_date(now))
    return await _public_events(is_to_come & is_still_open)


async def sessions_of(event_id: str) -> list[ProgrammeSession]:
    """The programme of an event, cancelled sessions included, by time and then by title."""
    return (
        await ProgrammeSession.objects()
        .where(ProgrammeSession.event == event_id)
        .order_by(ProgrammeSession.starts_at)
        .order_by(ProgrammeSession.ends_at)
        .order_by(ProgrammeSession.title)
    )


async def people_on_stage(session_ids: Iterable[str]) -> dict[str, list[OnStage]]:
    """Who is on stage in each session, in the order the page shows them. One query; a session with nobody gives []."""
    wanted = list(session_ids)
    people: dict[str, list[OnStage]] = defaultdict(list)
    for row in await _appearances(wanted) if wanted else []:
        session_id = row.pop("session")
        people[session_id].append(OnStage(**row))
    return {session_id: people[session_id] for session_id in wanted}


async def ensure_still_published(events: Sequence[Event]) -> None:
    """Raises InterestClosed for an event not published any more; none of them changes until the transaction ends."""
    marks = ", ".join(["{}"] * len(events))
    sql = f"SELECT id FROM event WHERE state = 'published' AND id IN ({marks})"  # noqa: S608  -- marks, no values
    found = {row["id"] for row in await execute(sql + for_share(), *(event.id for event in events))}
    for event in events:
        if event.id not in found:
            raise InterestClosed(f"{event.name} has closed to expressions of interest")


async def panels_taking_questions(now: datetime) -> list[Panel]:
    """Sessions that a question can be put to at an aware moment, the next one first. Two queries."""
    is_still_open = ProgrammeSession.questions_close_at.is_null() | (ProgrammeSession.questions_close_at > now)
    sessions = (
        await ProgrammeSession.objects()
        .where(ProgrammeSession.takes_questions.eq(True) & (ProgrammeSession.ends_at > now) & is_still_open)
        .where(ProgrammeSession.state == SessionState.SCHEDULED)
        .order_by(ProgrammeSession.starts_at)
        .order_by(ProgrammeSession.title)
    )
    events = await _published_by_id({session.event for session in sessions})
    return [Panel(session, events[session.event]) for session in sessions if session.event in events]


async def all_speakers() -> list[Speaker]:
    """Every person who was ever on stage, by name."""
    return await Speaker.objects().order_by(Speaker.name).order_by(Speaker.id)


async def _public_events(condition: Combinable) -> list[Event]:
    return (
        await Event.objects()
        .where(condition, Event.state.is_in(PUBLIC_STATES))
        .order_by(Event.starts_on)
        .order_by(Event.name)
    )


async def _appearances(session_ids: list[str]) -> list[dict[str, str]]:
    speaker = Appearance.speaker
    return (
        await Appearance.select(
            Appearance.session,
            Appearance.part,
            speaker.id.as_alias("speaker_id"),
            *(speaker.name.as_alias("name"), speaker.job_title.as_alias("job_title")),
            speaker.organisation.as_alias("organisation"),
        )
        .where(Appearance.session.is_in(session_ids))
        .order_by(Appearance.position)
        .order_by(Appearance.id)
    )


async def _published_by_id(event_ids: set[str]) -> dict[str, Event]:
    if not event_ids:
        return {}
    events = await Event.objects().where(Event.id.is_in(sorted(event_ids)), Event.state == EventState.PUBLISHED)
    return {event.id: event for event in events}
