"""What is done to events. Each deed is one transaction with its ledger entry; `actor` is an organiser's id.

A calendar learns of a change by `sequence` (RFC 5546 2.1.4): it rises when dates, place, name or state change, and not
when a summary is mended. Every change moves `updated_at`.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from eventsite import ledger
from eventsite.database import is_unique_violation, transaction
from eventsite.errors import Refusal
from eventsite.events import queries
from eventsite.events.drafts import EventDraft
from eventsite.events.moments import shifted
from eventsite.events.rules import ensure_within, place_of
from eventsite.events.slugs import free_slug
from eventsite.events.tables import Event, EventState, ProgrammeSession, SessionState

MATERIAL = ("name", "starts_on", "ends_on", "venue", "town", "postcode")


class EventExists(Refusal):
    """There is already an event of this name on these dates"""

    field = "name"


class ChangedMeanwhile(Refusal):
    """Somebody else saved this while you had it open. Look at what they changed, then save again to keep yours"""


class AlreadyPublished(Refusal):
    """This event is on the site already."""


class NotPublished(Refusal):
    """This event is not on the site, so there is nothing to cancel."""


async def create_event(draft: EventDraft, *, actor: str, now: datetime) -> Event:
    """A new event, as a draft, with a slug made from its name. Raises EventExists."""
    try:
        async with transaction():
            slugs = await _ensure_is_new(draft)
            slug = free_slug(draft.name, slugs, otherwise="event", years=[draft.starts_on.year])
            event = Event(slug=slug, created_at=now, updated_at=now, **asdict(draft))
            await event.save()
            await _enter("event.created", event.id, actor, now)
    except Exception as error:
        if is_unique_violation(error):
            raise EventExists from error
        raise
    return event


async def edit_event(event: Event, draft: EventDraft, *, seen_at: datetime, actor: str, now: datetime) -> None:
    """Changes an event. `seen_at` is the `updated_at` of what the organiser had before them: raises ChangedMeanwhile.

    Where both dates move by the same number of days, the programme moves along. Otherwise raises OutsideTheDates for a
    session that would be left out. A new place is a change of every session.
    """
    values = asdict(draft)
    changed = [name for name, value in values.items() if getattr(event, name) != value]
    async with transaction():
        steps = 1 if set(changed) & set(MATERIAL) else 0
        await _save(event, {**values, "sequence": Event.sequence + steps, "updated_at": now}, seen_at)
        await _bring_programme_along(event, draft, now)
        await _enter("event.edited", event.id, actor, now, changed=changed)


async def publish_event(event: Event, *, actor: str, now: datetime) -> None:
    """Puts a draft on the site. Raises AlreadyPublished, for a cancelled event too."""
    async with transaction():
        await _turn(event, EventState.DRAFT, EventState.PUBLISHED, {"updated_at": now}, AlreadyPublished)
        await _enter("event.published", event.id, actor, now)


async def cancel_event(event: Event, *, actor: str, now: datetime) -> None:
    """Cancels a published event and what is still scheduled of its programme. It stays on the site and says so.

    Raises NotPublished.
    """
    async with transaction():
        values = {"cancelled_at": now, "updated_at": now, "sequence": Event.sequence + 1}
        await _turn(event, EventState.PUBLISHED, EventState.CANCELLED, values, NotPublished)
        sessions = await _cancel_programme(event, now)
        await _enter("event.cancelled", event.id, actor, now, sessions=sessions)


async def _ensure_is_new(draft: EventDraft) -> set[str]:
    events = await Event.select(Event.slug, Event.name, Event.starts_on, Event.ends_on)
    asked_for = (draft.name.casefold(), draft.starts_on, draft.ends_on)
    if any((event["name"].casefold(), event["starts_on"], event["ends_on"]) == asked_for for event in events):
        raise EventExists
    return {event["slug"] for event in events}


async def _save(event: Event, values: dict[Any, Any], seen_at: datetime) -> None:
    unchanged = (Event.id == event.id) & (Event.updated_at == seen_at)
    if not await Event.update(values).where(unchanged).returning(Event.id):
        raise ChangedMeanwhile


async def _turn(
    event: Event, before: EventState, after: EventState, values: dict[Any, Any], otherwise: type[Refusal]
) -> None:
    still_so = (Event.id == event.id) & (Event.state == before)
    if not await Event.update({"state": after, **values}).where(still_so).returning(Event.id):
        raise otherwise


async def _cancel_programme(event: Event, now: datetime) -> int:
    still_on = (ProgrammeSession.event == event.id) & (ProgrammeSession.state == SessionState.SCHEDULED)
    values: dict[Any, Any] = {
        "state": SessionState.CANCELLED,
        "cancelled_at": now,
        "updated_at": now,
        "sequence": ProgrammeSession.sequence + 1,
    }
    return len(await ProgrammeSession.update(values).where(still_on).returning(ProgrammeSession.id))


async def _bring_programme_along(event: Event, draft: EventDraft, now: datetime) -> None:
    scheduled = [session for session in await queries.sessions_of(event.id) if session.state == SessionState.SCHEDULED]
    by = draft.starts_on - event.starts_on
    moves = bool(by) and draft.ends_on - event.ends_on == by
    if moves:
        await _move(scheduled, by)
    else:
        for session in scheduled:
            ensure_within(session, draft.starts_on, draft.ends_on)
    is_elsewhere = place_of(event) != place_of(draft)
    if scheduled and (moves or is_elsewhere or draft.name != event.name):
        await _touch(scheduled, steps=int(moves or is_elsewhere), now=now)


async def _move(sessions: Sequence[ProgrammeSession], by: timedelta) -> None:
    for session in sessions:
        closes_at = session.questions_close_at
        await ProgrammeSession.update(
            {
                "starts_at": shifted(session.starts_at, by),
                "ends_at": shifted(session.ends_at, by),
                "questions_close_at": shifted(closes_at, by) if closes_at else None,
            }
        ).where(ProgrammeSession.id == session.id)


async def _touch(sessions: Sequence[ProgrammeSession], *, steps: int, now: datetime) -> None:
    await ProgrammeSession.update({"updated_at": now, "sequence": ProgrammeSession.sequence + steps}).where(
        ProgrammeSession.id.is_in([session.id for session in sessions])
    )


async def _enter(deed: str, event_id: str, actor: str, now: datetime, **details: object) -> None:
    await ledger.record(deed, subject=("event", event_id), actor=actor, now=now, details=details)
