"""Reads about write-ups as organisers see them, drafts included."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from eventsite.database import execute
from eventsite.errors import NotFound
from eventsite.events.queries import all_events, all_speakers
from eventsite.events.tables import Event, ProgrammeSession, SessionKind, Speaker
from eventsite.writeups.tables import Writeup, WriteupRevision

LIST = """
    SELECT w.id, w.slug, w.title, w.state, w.published_at, w.updated_at, COALESCE(e.name, '') AS event_name,
        CASE WHEN w.import_notes = '' THEN 0 ELSE 1 END AS has_notes
    FROM writeup w LEFT JOIN event e ON e.id = w.event
    ORDER BY CASE WHEN w.state = 'draft' THEN 0 ELSE 1 END, w.updated_at DESC, w.id DESC LIMIT 500
"""
REVISIONS = """
    SELECT r.number, r.saved_at, r.title, COALESCE(o.name, '') AS who
    FROM writeup_revision r LEFT JOIN organiser o ON o.id = r.saved_by WHERE r.writeup = {} ORDER BY r.number DESC
"""
UNWRITTEN = (SessionKind.BREAK, SessionKind.SOCIAL)


@dataclass(frozen=True)
class DeskWriteup:
    """A write-up as the desk lists it."""

    id: str
    slug: str
    title: str
    state: str
    published_at: datetime | None
    updated_at: datetime
    event_name: str
    has_notes: bool


@dataclass(frozen=True)
class Saving:
    """One saving of a write-up. `who` is empty for what came in by the command line."""

    number: int
    saved_at: datetime
    title: str
    who: str


@dataclass(frozen=True)
class Choices:
    """What an organiser can choose from: events and speakers by id, and the sessions worth a write-up by event."""

    events: dict[str, Event] = field(default_factory=dict)
    sessions: dict[str, list[ProgrammeSession]] = field(default_factory=dict)
    speakers: dict[str, Speaker] = field(default_factory=dict)

    def event_of(self, session_id: str) -> Event | None:
        """The event a session is part of; None for a session that cannot be chosen."""
        ids = (event for event, sessions in self.sessions.items() if session_id in {each.id for each in sessions})
        return self.events.get(next(ids, ""))


async def desk_writeups() -> list[DeskWriteup]:
    """Every write-up, drafts first, then what was changed last."""
    return [DeskWriteup(**row) for row in await execute(LIST)]


async def get_writeup(writeup_id: str) -> Writeup:
    """The write-up of that id in whatever state; NotFound."""
    writeup = await Writeup.objects().get(Writeup.id == writeup_id)
    if writeup is None:
        raise NotFound
    return writeup


async def savings_of(writeup_id: str) -> list[Saving]:
    """What was saved of a write-up, the last saving first."""
    return [Saving(**row) for row in await execute(REVISIONS, writeup_id)]


async def get_revision(writeup_id: str, number: int) -> WriteupRevision:
    """What a write-up said at one saving; NotFound."""
    is_it = (WriteupRevision.writeup == writeup_id) & (WriteupRevision.number == number)
    revision = await WriteupRevision.objects().get(is_it)
    if revision is None:
        raise NotFound
    return revision


async def choices() -> Choices:
    """What there is to choose from, in three queries."""
    events = {event.id: event for event in await all_events()}
    sessions: dict[str, list[ProgrammeSession]] = defaultdict(list)
    worth_it = ProgrammeSession.kind.not_in(list(UNWRITTEN))
    for session in await ProgrammeSession.objects().where(worth_it).order_by(ProgrammeSession.starts_at):
        sessions[session.event].append(session)
    return Choices(events, dict(sessions), {speaker.id: speaker for speaker in await all_speakers()})
