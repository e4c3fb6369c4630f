"""What is done to the sessions of an event, in the same way as in `services`."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from eventsite import ledger
from eventsite.database import is_unique_violation, transaction
from eventsite.errors import Refusal
from eventsite.events import queries
from eventsite.events.drafts import SessionDraft
from eventsite.events.rules import ensure_within
from eventsite.events.services import ChangedMeanwhile
from eventsite.events.slugs import free_slug
from eventsite.events.tables import Appearance, Event, EventState, ProgrammeSession, SessionState

MATERIAL = ("title", "starts_at", "ends_at", "room")


class SessionExists(Refusal):
    """There is already a session of this title at this time"""

    field = "title"


class EventCancelled(Refusal):
    """This event has been cancelled, so its programme stays as it was"""


class SessionCancelled(Refusal):
    """This session has been cancelled already."""


class OnTheSite(Refusal):
    """This event is on the site, so its sessions can be cancelled but not taken away."""


async def add_session(event: Event, draft: SessionDraft, *, actor: str, now: datetime) -> ProgrammeSession:
    """A new session, with a slug made from its title. Raises SessionExists, OutsideTheDates or EventCancelled."""
    try:
        async with transaction():
            slugs = await _ensure_fits(event, draft)
            slug = free_slug(draft.title, slugs, otherwise="session")
            session = ProgrammeSession(event=event.id, slug=slug, created_at=now, updated_at=now, **asdict(draft))
            await session.save()
            await _enter("session.added", session.id, actor, now)
    except Exception as error:
        if is_unique_violation(error):
            raise SessionExists from error
        raise
    return session


async def edit_session(
    session: ProgrammeSession, draft: SessionDraft, *, seen_at: datetime, actor: str, now: datetime
) -> None:
    """Changes a session. Raises ChangedMeanwhile, SessionCancelled or OutsideTheDates."""
    values = asdict(draft)
    changed = [name for name, value in values.items() if getattr(session, name) != value]
    steps = 1 if set(changed) & set(MATERIAL) else 0
    async with transaction():
        event = await queries.get_event_by_id(session.event)
        ensure_within(draft, event.starts_on, event.ends_on)
        saved = {**values, "sequence": ProgrammeSession.sequence + steps, "updated_at": now}
        if not await _update(session, saved, ProgrammeSession.updated_at == seen_at):
            await _refuse_edit(session)
        await _enter("session.edited", session.id, actor, now, changed=changed)


async def cancel_session(session: ProgrammeSession, *, actor: str, now: datetime) -> None:
    """Cancels a session. It stays in the programme and in calendars, and says so. Raises SessionCancelled."""
    values = {
        "state": SessionState.CANCELLED,
        "cancelled_at": now,
        "updated_at": now,
        "sequence": ProgrammeSession.sequence + 1,
    }
    async with transaction():
        if not await _update(session, values):
            raise SessionCancelled
        await _enter("session.cancelled", session.id, actor, now)


async def remove_session(session: ProgrammeSession, *, actor: str, now: datetime) -> None:
    """Takes a session of a draft event away, and everybody off its stage. Raises OnTheSite for any other event's."""
    async with transaction():
        event = await queries.get_event_by_id(session.event)
        if event.state != EventState.DRAFT:
            raise OnTheSite
        await Appearance.delete().where(Appearance.session == session.id)
        await ProgrammeSession.delete().where(ProgrammeSession.id == session.id)
        await _enter("session.removed", session.id, actor, now)


async def _ensure_fits(event: Event, draft: SessionDraft) -> set[str]:
    current = await queries.get_event_by_id(event.id)
    if current.state == EventState.CANCELLED:
        raise EventCancelled
    ensure_within(draft, current.starts_on, current.ends_on)
    sessions = await queries.sessions_of(event.id)
    asked_for = (draft.title.casefold(), draft.starts_at, SessionState.SCHEDULED)
    if any((session.title.casefold(), session.starts_at, session.state) == asked_for for session in sessions):
        raise SessionExists
    return {session.slug for session in sessions}


async def _update(session: ProgrammeSession, values: dict[Any, Any], *conditions: Any) -> bool:
    still_on = (ProgrammeSession.id == session.id) & (ProgrammeSession.state == SessionState.SCHEDULED)
    return bool(await ProgrammeSession.update(values).where(still_on, *conditions).returning(ProgrammeSession.id))


async def _refuse_edit(session: ProgrammeSession) -> None:
    current = await queries.get_session(session.id)
    raise SessionCancelled if current.state == SessionState.CANCELLED else ChangedMeanwhile


async def _enter(deed: str, session_id: str, actor: str, now: datetime, **details: object) -> None:
    await ledger.record(deed, subject=("session", session_id), actor=actor, now=now, details=details)
