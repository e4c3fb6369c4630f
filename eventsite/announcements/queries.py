"""Reads about announcements: who is in an audience, what was written, and what each became."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from eventsite.announcements.rules import AnnouncementDraft
from eventsite.announcements.tables import Announcement, AnnouncementState, Audience
from eventsite.database import execute, hold_key
from eventsite.errors import NotFound
from eventsite.events.queries import all_events
from eventsite.events.tables import Event, ProgrammeSession

AT_ONCE = 500

_BY_STATE = "EXISTS (SELECT 1 FROM interest i WHERE i.person = p.id AND i.event = {} AND i.state = {})"
_WITH_A_SEAT = "EXISTS (SELECT 1 FROM seat s WHERE s.person = p.id AND s.session = {} AND s.state = 'taken')"
_WHO_ASKED = """
    EXISTS (SELECT 1 FROM question q JOIN programme_session s ON s.id = q.session
        WHERE q.person = p.id AND s.event = {} AND q.state <> 'withdrawn')
"""
_NEWEST = """
    COALESCE((SELECT c.action FROM consent c WHERE c.person = p.id AND c.purpose = {}
        ORDER BY c.at DESC, c.id DESC LIMIT 1), '') = {}
"""
_READERS = """
    SELECT p.id, p.email, p.email_key, p.name, p.link_version, {objected} AS has_objected,
        EXISTS (SELECT 1 FROM suppression b WHERE b.address_key = p.email_key) AS is_suppressed
    FROM person p WHERE {audience} ORDER BY p.id
"""
_ALL = """
    SELECT a.id, a.subject, a.audience, a.state, a.remind_before, a.letters, a.updated_at, a.released_at,
        e.id AS event_id, COALESCE(s.title, '') AS session_title, COALESCE(o.name, '') AS released_by
    FROM announcement a LEFT JOIN event e ON e.id = a.event LEFT JOIN programme_session s ON s.id = a.session
    LEFT JOIN organiser o ON o.id = a.released_by
    ORDER BY COALESCE(a.released_at, a.updated_at) DESC, a.id DESC
"""


@dataclass(frozen=True)
class Subject:
    """What an announcement is about: an event, and a session of it where it goes to those who added that."""

    event: Event | None = None
    session: ProgrammeSession | None = None


@dataclass(frozen=True)
class Reader:
    """Somebody in an audience. `has_objected`: wants no announcements; `is_suppressed`: the address bounced."""

    id: str
    email: str
    email_key: str
    name: str
    link_version: int
    has_objected: bool
    is_suppressed: bool


@dataclass(frozen=True)
class Choices:
    """The events and sessions there are to choose from."""

    events: Sequence[Event] = ()
    sessions: dict[str, list[ProgrammeSession]] = field(default_factory=dict)

    def event_of(self, session_id: str) -> str | None:
        """The id of the event a session is part of; None for a session that is not there."""
        ids = (event for event, sessions in self.sessions.items() if session_id in {each.id for each in sessions})
        return next(ids, None)


@dataclass(frozen=True)
class AnnouncementLine:
    """A row of the desk's list. `event` is None where it is about none."""

    id: str
    subject: str
    audience: str
    state: str
    remind_before: int | None
    letters: int | None
    updated_at: datetime
    released_at: datetime | None
    session_title: str
    released_by: str
    event: Event | None


async def announcements() -> list[AnnouncementLine]:
    """Every announcement, the newest first. Two queries."""
    events = {event.id: event for event in await Event.objects()}
    rows = await execute(_ALL)
    return [AnnouncementLine(event=events.get(row.pop("event_id") or ""), **row) for row in rows]


async def get_announcement(announcement_id: str) -> Announcement:
    """The announcement of that id; NotFound."""
    found = await Announcement.objects().get(Announcement.id == announcement_id)
    if found is None:
        raise NotFound
    return found


async def subject_of(draft: AnnouncementDraft) -> Subject:
    """The event and the session it is about, as they stand now."""
    session = await ProgrammeSession.objects().get(ProgrammeSession.id == draft.session) if draft.session else None
    event_id = session.event if session else draft.event
    event = await Event.objects().get(Event.id == event_id) if event_id else None
    return Subject(event, session)


async def readers_of(draft: AnnouncementDraft, *, hold: bool = False) -> list[Reader]:
    """Everybody in an audience, as it is now, in one order. One query.

    With `hold`, inside a transaction, none of them is erased until it ends: a letter must not outlive its reader.
    """
    condition, values = _audience(draft)
    objected, said = _objection(draft)
    sql = _READERS.replace("{objected}", objected).replace("{audience}", condition)
    rows = await execute(sql + (hold_key("p") if hold else ""), *said, *values)
    flags = ("has_objected", "is_suppressed")
    return [Reader(**{**row, **{name: bool(row[name]) for name in flags}}) for row in rows]


async def known_keys(keys: Sequence[str]) -> set[str]:
    """Those of the keys that a letter in the outbox has, sent or waiting."""
    found: set[str] = set()
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        marks = ", ".join(["{}"] * len(some))
        rows = await execute(f"SELECT key FROM outbox_letter WHERE key IN ({marks})", *some)  # noqa: S608  -- marks
        found.update(row["key"] for row in rows)
    return found


async def choices() -> Choices:
    """The events and sessions an announcement can be about, the latest event first. Two queries."""
    sessions: dict[str, list[ProgrammeSession]] = defaultdict(list)
    for session in await ProgrammeSession.objects().order_by(ProgrammeSession.starts_at):
        sessions[session.event].append(session)
    return Choices(await all_events(), sessions)


async def organiser_name(organiser_id: str | None) -> str:
    """The name of an organiser, empty where there is none of that id."""
    rows = await execute("SELECT name FROM organiser WHERE id = {}", organiser_id)
    return str(rows[0]["name"]) if rows else ""


async def scheduled() -> list[Announcement]:
    """The reminders that wait for their day."""
    return (
        await Announcement.objects().where(Announcement.state == AnnouncementState.SCHEDULED).order_by(Announcement.id)
    )


def draft_of(announcement: Announcement) -> AnnouncementDraft:
    """What a row says, without where it stands."""
    return AnnouncementDraft(
        announcement.subject,
        announcement.body,
        Audience(announcement.audience),
        announcement.event,
        announcement.session,
        announcement.remind_before,
    )


def _audience(draft: AnnouncementDraft) -> tuple[str, Sequence[object]]:
    if draft.audience == Audience.SEATS:
        return _WITH_A_SEAT, (draft.session,)
    if draft.audience == Audience.ASKERS:
        return _WHO_ASKED, (draft.event,)
    if draft.audience == Audience.UPDATES:
        return _NEWEST, ("updates", "given")
    return _BY_STATE, (draft.event, draft.audience.value)


def _objection(draft: AnnouncementDraft) -> tuple[str, Sequence[object]]:
    # News of other events goes by its own consent, which unsubscribing takes back too.
    if draft.audience == Audience.UPDATES:
        return "FALSE", ()
    return _NEWEST, ("announcements", "withdrawn")
