"""Reads about seats: what there is on a session, and who is next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventsite.database import execute, for_update, hold_key
from eventsite.errors import NotFound
from eventsite.events.tables import Event, ProgrammeSession
from eventsite.interest.tables import SeatState
from eventsite.people.services import KnownPerson

# Nobody is erased while a deed of theirs is under way, and the deed of somebody who has just been is none.
PERSON = "SELECT id, email, name, link_version FROM person WHERE id = {}"
EVENT_OF = "SELECT * FROM event WHERE id = (SELECT event FROM programme_session WHERE id = {})"
SESSION = "SELECT * FROM programme_session WHERE id = {}"
STATE = "SELECT state FROM interest WHERE person = {} AND event = {}"
OWN = "SELECT id, state, wants_mail FROM seat WHERE person = {} AND session = {}"
INVITED = "SELECT 1 AS found FROM invite WHERE person = {} AND session = {} AND method = 'REQUEST'"
SPOKEN_FOR = """
    SELECT COUNT(*) AS count FROM seat WHERE session = {} AND person <> {} AND state IN ('taken', 'waitlisted')
"""
TAKEN = "SELECT COUNT(*) AS count FROM seat WHERE session = {} AND state = 'taken'"
WAITING = (
    "SELECT id, person, wants_mail FROM seat WHERE session = {} AND state = 'waitlisted' ORDER BY waitlisted_at, id"
)
HELD = """
    SELECT seat.id, seat.session, seat.state FROM seat JOIN programme_session s ON s.id = seat.session
    WHERE seat.person = {} AND s.event = {} AND seat.state IN ('taken', 'waitlisted') ORDER BY s.id
"""
WITH_ROOM = """
    SELECT s.id FROM programme_session s JOIN event e ON e.id = s.event
    WHERE e.state = 'published' AND s.state = 'scheduled' AND s.ends_at > {}
    AND EXISTS (SELECT 1 FROM seat WHERE seat.session = s.id AND seat.state = 'waitlisted')
    AND (s.capacity IS NULL
        OR s.capacity > (SELECT COUNT(*) FROM seat WHERE seat.session = s.id AND seat.state = 'taken'))
    ORDER BY s.id
"""


@dataclass(frozen=True)
class OwnSeat:
    """What a person has on a session: the row's id, its state, and whether they want invites by email."""

    id: str
    state: SeatState
    wants_mail: bool


async def get_person(person_id: str) -> KnownPerson:
    """The person, who is not erased before the transaction ends; NotFound."""
    for row in await execute(PERSON + hold_key("person"), person_id):
        return KnownPerson(**row, is_new=False)
    raise NotFound


async def get_held_session(session_id: str) -> tuple[ProgrammeSession, Event]:
    """A session and its event, whose row is held: until the transaction ends nobody else changes seats. NotFound."""
    for row in await execute(EVENT_OF + for_update(keeps_key=True), session_id):
        # Only now: what was changed while we waited for the event is seen.
        session = (await execute(SESSION, session_id))[0]
        return ProgrammeSession(**session), Event(**row)
    raise NotFound


async def state_of_interest(person_id: str, event_id: str) -> str | None:
    """Where a person stands with an event; None where they never registered."""
    rows = await execute(STATE, person_id, event_id)
    return rows[0]["state"] if rows else None


async def own_seat(person_id: str, session_id: str) -> OwnSeat | None:
    """What a person has, or once had, on a session."""
    for row in await execute(OWN, person_id, session_id):
        return OwnSeat(row["id"], SeatState(row["state"]), bool(row["wants_mail"]))
    return None


async def is_invited(person_id: str, session_id: str) -> bool:
    """Whether a session stands in a person's calendar by a letter of ours."""
    return bool(await execute(INVITED, person_id, session_id))


async def has_room_for(person_id: str, session: ProgrammeSession) -> bool:
    """Whether a seat is left for somebody. A free one belongs to those who already wait."""
    return session.capacity is None or await _count(SPOKEN_FOR, session.id, person_id) < session.capacity


async def free_seats(session: ProgrammeSession) -> int | None:
    """How many seats nobody has; None for as many as are asked for."""
    return None if session.capacity is None else max(session.capacity - await _count(TAKEN, session.id), 0)


async def waiting_for(session_id: str) -> list[dict[str, Any]]:
    """Who waits for a seat, the next first: `id` of the seat, `person`, `wants_mail`."""
    return await execute(WAITING, session_id)


async def seats_held(person_id: str, event_id: str) -> list[dict[str, Any]]:
    """What a person has or waits for at an event: `id` of the seat, `session`, `state`."""
    return await execute(HELD, person_id, event_id)


async def sessions_with_room(now: datetime) -> list[str]:
    """The ids of coming sessions with a free seat and somebody who waits for it."""
    return [row["id"] for row in await execute(WITH_ROOM, now)]


async def _count(sql: str, *values: str) -> int:
    return int((await execute(sql, *values))[0]["count"])
