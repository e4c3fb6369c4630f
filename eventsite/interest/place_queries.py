"""Reads about places, for services. Each locks what the deed that asks is about to rely on.

The order of locks is the same everywhere, so that two deeds never wait for each other: the event, the people by id,
their rows. The event's row is locked by every deed that changes places or seats, so both are counted in peace. A
person's row is held against erasure alone, which holds it first and then deletes what refers to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from eventsite.database import execute, for_update, hold_key
from eventsite.errors import NotFound
from eventsite.events.queries import get_event_by_id
from eventsite.events.tables import Event
from eventsite.interest.states import TAKES_A_PLACE, InterestState
from eventsite.people.services import KnownPerson

TAKEN = ", ".join(f"'{state}'" for state in TAKES_A_PLACE)
EVERYBODY = 1_000_000
LOCK_EVENT = "SELECT id FROM event WHERE id = {}"
STANDINGS = """
    SELECT i.id AS interest_id, i.state, i.registered_at, i.offered_until, p.id, p.email, p.name, p.link_version
    FROM interest i JOIN person p ON p.id = i.person WHERE i.event = {}
"""
WAITING = f"{STANDINGS} AND i.state = 'waitlisted' ORDER BY i.waitlisted_at, i.id LIMIT {{}}"
LAST = """
    SELECT waitlisted_at FROM interest WHERE event = {} AND state = 'waitlisted' ORDER BY waitlisted_at DESC LIMIT 1
"""
OVERDUE = f"{STANDINGS} AND i.state = 'offered' AND i.offered_until <= {{}} ORDER BY p.id"
USED = f"SELECT COUNT(*) AS count FROM interest WHERE event = {{}} AND state IN ({TAKEN})"  # noqa: S608 -- our own names
IN_MOTION = f"""
    SELECT e.id FROM event e WHERE e.state = 'published' AND (
        EXISTS (SELECT 1 FROM interest i WHERE i.event = e.id AND i.state = 'offered' AND i.offered_until <= {{}})
        OR EXISTS (SELECT 1 FROM interest i WHERE i.event = e.id AND i.state = 'waitlisted') AND (
            e.capacity IS NULL OR e.capacity > (
                SELECT COUNT(*) FROM interest i WHERE i.event = e.id AND i.state IN ({TAKEN})
            )
        )
    ) ORDER BY e.id
"""  # noqa: S608 -- our own names


@dataclass(frozen=True)
class Standing:
    """Where a person stands with an event."""

    interest_id: str
    person: KnownPerson
    state: InterestState
    registered_at: datetime
    offered_until: datetime | None


async def hold_event(event_id: str) -> Event:
    """The event as it is now; no place and no seat of it changes until the transaction ends. Raises NotFound."""
    await execute(LOCK_EVENT + for_update(keeps_key=True), event_id)
    return await get_event_by_id(event_id)


async def hold_standing(event_id: str, person_id: str) -> Standing:
    """Where one person stands, who is not erased until the transaction ends. Raises NotFound."""
    rows = await execute(f"{STANDINGS} AND i.person = {{}}{hold_key('p')}", event_id, person_id)
    if not rows:
        raise NotFound
    return _standing(rows[0])


async def hold_standings(event_id: str, interest_ids: Sequence[str]) -> list[Standing]:
    """Where several people stand, in the order in which they registered."""
    if not interest_ids:
        return []
    marks = ", ".join(["{}"] * len(interest_ids))
    rows = await execute(f"{STANDINGS} AND i.id IN ({marks}) ORDER BY p.id{hold_key('p')}", event_id, *interest_ids)
    return sorted(map(_standing, rows), key=lambda one: (one.registered_at, one.interest_id))


async def hold_waiting(event_id: str, most: int | None) -> list[Standing]:
    """The first of the waiting list, in its order; all of it where there is no limit."""
    limit = EVERYBODY if most is None else most
    return [_standing(row) for row in await execute(WAITING + hold_key("p"), event_id, limit)]


async def end_of_list(event_id: str, now: datetime) -> datetime:
    """The moment to put somebody last by: now, or just after the last one, whose deed another clock may have timed."""
    last = await execute(LAST, event_id)
    return max(now, last[0]["waitlisted_at"] + timedelta(microseconds=1)) if last else now


async def hold_overdue(event_id: str, now: datetime) -> list[Standing]:
    """Those whose offers have run out unanswered."""
    return [_standing(row) for row in await execute(OVERDUE + hold_key("p"), event_id, now)]


async def places_used(event_id: str) -> int:
    """How many places are taken, or kept for somebody with an offer."""
    return int((await execute(USED, event_id))[0]["count"])


async def places_left(event: Event) -> int | None:
    """How many places can be given away, nought where more are used than there are; None where there is no limit."""
    return None if event.capacity is None else max(event.capacity - await places_used(event.id), 0)


async def events_in_motion(now: datetime) -> list[str]:
    """The published events (their ids) where an offer has run out, or somebody waits and there is room. One query."""
    return [row["id"] for row in await execute(IN_MOTION, now)]


def _standing(row: dict[str, Any]) -> Standing:
    row = {**row, "is_new": False}
    named = ("interest_id", "state", "registered_at", "offered_until")
    interest_id, state, registered_at, offered_until = (row.pop(name) for name in named)
    return Standing(interest_id, KnownPerson(**row), InterestState(state), registered_at, offered_until)
