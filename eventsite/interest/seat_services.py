"""Verbs about seats on sessions. Each is one transaction that holds the event's row, so that seats are counted right.

A seat that comes free passes to the next who waits, in the same transaction.
"""

from datetime import datetime

from eventsite import ledger
from eventsite.database import execute, new_id, transaction
from eventsite.errors import NotFound
from eventsite.events.tables import Event, ProgrammeSession
from eventsite.interest import seat_queries as queries
from eventsite.interest.place_moves import cause_of
from eventsite.interest.seat_letters import (
    Booking,
    seat_given_up,
    seat_lost,
    seat_mail_stopped,
    seat_passed_on,
    seat_taken,
    seat_waitlisted,
)
from eventsite.interest.seat_posting import invite, uninvite, write
from eventsite.interest.seat_rules import (
    NeedsInterest,
    NeedsPlace,
    SessionFull,
    SessionOver,
    ensure_may_add,
    ensure_to_come,
    full,
    is_to_come,
)
from eventsite.interest.tables import SeatState
from eventsite.mail.tables import Cause
from eventsite.people.services import KnownPerson
from eventsite.stationery import Stationery

__all__ = [
    "NeedsInterest",
    "NeedsPlace",
    "SessionFull",
    "SessionOver",
    "add_session",
    "give_up_seat",
    "join_session_list",
    "pass_on_seats",
    "pass_on_seats_of",
    "release_seats",
    "switch_session_mail",
]

PUT = """
    INSERT INTO seat (id, person, session, state, wants_mail, waitlisted_at, created_at, changed_at)
    VALUES ({}, {}, {}, {}, {}, {}, {}, {})
    ON CONFLICT (person, session) DO UPDATE SET state = excluded.state, wants_mail = excluded.wants_mail,
        waitlisted_at = excluded.waitlisted_at, changed_at = excluded.changed_at
    RETURNING id
"""
TURN = "UPDATE seat SET state = {}, waitlisted_at = NULL, changed_at = {} WHERE id = {} AND state = {} RETURNING id"
SWITCH = "UPDATE seat SET wants_mail = {}, changed_at = {} WHERE id = {} RETURNING id"


async def add_session(
    person_id: str, session: ProgrammeSession, *, wants_mail: bool, actor: str, stationery: Stationery, now: datetime
) -> None:
    """Gives a person a seat, or puts a session whose room is not limited into their calendar. Twice is no fault.

    Raises SessionFull, NeedsPlace, NeedsInterest, SessionOver, or NotFound where the person or session is gone.
    """
    async with transaction():
        booking = await _booking(person_id, session.id, now)
        own = await queries.own_seat(person_id, session.id)
        if own and own.state is SeatState.TAKEN:
            return
        if not await queries.has_room_for(person_id, booking.session):
            raise full(booking.session)
        await _put(booking, SeatState.TAKEN, wants_mail, actor, now)
        if wants_mail:
            await invite(booking, seat_taken(booking, stationery), cause_of(actor), stationery, now)


async def join_session_list(
    person_id: str, session: ProgrammeSession, *, wants_mail: bool, actor: str, stationery: Stationery, now: datetime
) -> None:
    """Puts a person on a session's waiting list; they get the seat at once where one is free and nobody waited longer.

    Somebody who has a seat or waits already is left as they are. Raises as `add_session` does, but for SessionFull.
    """
    async with transaction():
        booking = await _booking(person_id, session.id, now)
        own = await queries.own_seat(person_id, session.id)
        if own and own.state in {SeatState.TAKEN, SeatState.WAITLISTED}:
            return
        seat_id = await _put(booking, SeatState.WAITLISTED, wants_mail, actor, now)
        await _pass_on(booking.session, booking.event, stationery, now)
        now_is = await queries.own_seat(person_id, session.id)
        if wants_mail and now_is and now_is.state is SeatState.WAITLISTED:
            await write(seat_id, seat_waitlisted(booking, stationery), cause_of(actor), stationery, now)


async def give_up_seat(person_id: str, session_id: str, *, actor: str, stationery: Stationery, now: datetime) -> bool:
    """Gives a seat back, or leaves the waiting list; the seat passes on. False where there was nothing to give up."""
    async with transaction():
        session, event = await queries.get_held_session(session_id)
        person = await queries.get_person(person_id)
        own = await queries.own_seat(person_id, session_id)
        if own is None or not await _end(own.id, own.state, SeatState.GIVEN_UP, now):
            return False
        await ledger.record("seat.given_up", subject=("seat", own.id), actor=actor, now=now)
        booking = Booking(person, session, event)
        await uninvite(booking, seat_given_up(booking, stationery), cause_of(actor), stationery, now)
        await _pass_on(session, event, stationery, now)
        return True


async def switch_session_mail(
    person_id: str, session_id: str, *, wanted: bool, stationery: Stationery, now: datetime
) -> None:
    """Sends a person invites to a session they added from now on, or stops that.

    Stopping takes the entry out of their calendar: one that does not follow its session any more would lie.
    Raises NotFound where they have not added it.
    """
    async with transaction():
        session, event = await queries.get_held_session(session_id)
        booking = Booking(await queries.get_person(person_id), session, event)
        own = await queries.own_seat(person_id, session_id)
        if own is None or own.state not in {SeatState.TAKEN, SeatState.WAITLISTED}:
            raise NotFound
        await execute(SWITCH, wanted, now, own.id)
        if not wanted:
            await uninvite(booking, seat_mail_stopped(booking, stationery), Cause.SYSTEM, stationery, now)
        elif own.state is SeatState.TAKEN and not own.wants_mail:
            await invite(booking, seat_taken(booking, stationery), Cause.SYSTEM, stationery, now)


async def release_seats(
    person: KnownPerson, event_id: str, *, actor: str, stationery: Stationery, now: datetime
) -> int:
    """Takes all that a person has at an event's sessions, since their place is lost; how many seats they had.

    Part of the caller's transaction, which holds the event's row. Each seat passes on, and what a letter of ours put
    into their calendar is taken out of it by another.
    """
    held = await queries.seats_held(person.id, event_id)
    for row in held:
        session, event = await queries.get_held_session(row["session"])
        await _end(row["id"], SeatState(row["state"]), SeatState.CANCELLED, now)
        await ledger.record("seat.lost", subject=("seat", row["id"]), actor=actor, now=now)
        booking = Booking(person, session, event)
        await uninvite(booking, seat_lost(booking, stationery), cause_of(actor), stationery, now)
        await _pass_on(session, event, stationery, now)
    return sum(row["state"] == SeatState.TAKEN for row in held)


async def pass_on_seats(now: datetime, *, stationery: Stationery) -> int:
    """Gives free seats to those who wait for them, session by session; how many. A job of the worker."""
    sessions = await queries.sessions_with_room(now)
    return sum([await pass_on_seats_of(session_id, stationery=stationery, now=now) for session_id in sessions])


async def pass_on_seats_of(session_id: str, *, stationery: Stationery, now: datetime) -> int:
    """The same for one session, such as one whose room has just been enlarged."""
    async with transaction():
        session, event = await queries.get_held_session(session_id)
        return await _pass_on(session, event, stationery, now)


async def _booking(person_id: str, session_id: str, now: datetime) -> Booking:
    """The person, the session and its event, held until the transaction ends; raises where they may not add it."""
    session, event = await queries.get_held_session(session_id)
    person = await queries.get_person(person_id)
    ensure_to_come(session, event, now)
    ensure_may_add(session, event, await queries.state_of_interest(person_id, event.id))
    return Booking(person, session, event)


async def _pass_on(session: ProgrammeSession, event: Event, stationery: Stationery, now: datetime) -> int:
    """Gives free seats to the next who wait; how many. The event's row is held."""
    if not is_to_come(session, event, now):
        return 0
    free = await queries.free_seats(session)
    waiting = await queries.waiting_for(session.id) if free != 0 else []
    passed_on = 0
    for row in waiting:
        if passed_on == free:
            break
        passed_on += await _pass_to(row["person"], row["id"], row["wants_mail"], session, event, stationery, now)
    return passed_on


async def _pass_to(
    person_id: str,
    seat_id: str,
    wants_mail: bool,
    session: ProgrammeSession,
    event: Event,
    stationery: Stationery,
    now: datetime,
) -> bool:
    try:
        booking = Booking(await queries.get_person(person_id), session, event)
    except NotFound:
        # Erased while we waited for their row.
        return False
    if not await _end(seat_id, SeatState.WAITLISTED, SeatState.TAKEN, now):
        return False
    await ledger.record("seat.passed_on", subject=("seat", seat_id), actor=ledger.SYSTEM, now=now)
    letter = seat_passed_on(booking, stationery)
    if wants_mail:
        await invite(booking, letter, Cause.SYSTEM, stationery, now)
    else:
        await write(seat_id, letter, Cause.SYSTEM, stationery, now)
    return True


async def _put(booking: Booking, state: SeatState, wants_mail: bool, actor: str, now: datetime) -> str:
    since = now if state is SeatState.WAITLISTED else None
    row = (new_id(), booking.person.id, booking.session.id, state.value, wants_mail, since, now, now)
    seat_id: str = (await execute(PUT, *row))[0]["id"]
    await ledger.record(f"seat.{state.value}", subject=("seat", seat_id), actor=actor, now=now)
    return seat_id


async def _end(seat_id: str, before: SeatState, after: SeatState, now: datetime) -> bool:
    if before not in {SeatState.TAKEN, SeatState.WAITLISTED}:
        return False
    return bool(await execute(TURN, after.value, now, seat_id, before.value))
