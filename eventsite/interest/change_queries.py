"""Reads about whom a change of an event or a session concerns."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from eventsite.database import execute, hold_key
from eventsite.events.tables import Event, EventState, ProgrammeSession, SessionState
from eventsite.interest.change_rules import (
    Follower,
    Mailing,
    SeatHolder,
    SessionMailing,
    differences_of_event,
    differences_of_session,
    is_event_over,
    is_session_over,
)
from eventsite.interest.states import ACTIVE
from eventsite.people.services import KnownPerson

ACTIVE_STATES = ", ".join(f"'{state}'" for state in ACTIVE)
PERSON = "p.id, p.email, p.name, p.link_version"
OF_EVENT = f"""
    SELECT {PERSON}, i.id AS interest, i.state, v.method, v.sequence
    FROM interest i JOIN person p ON p.id = i.person
        LEFT JOIN invite v ON v.person = i.person AND v.event = i.event AND v.session IS NULL
    WHERE i.event = {{}} AND (i.state IN ({ACTIVE_STATES}) OR v.method = 'REQUEST')
    ORDER BY p.id
"""  # noqa: S608 -- our own words
OF_SESSIONS = f"""
    SELECT {PERSON}, t.id AS seat, t.session, v.method
    FROM seat t JOIN person p ON p.id = t.person
        LEFT JOIN invite v ON v.person = t.person AND v.session = t.session
    WHERE t.session IN (MARKS) AND (t.state = 'taken' OR v.method = 'REQUEST')
    ORDER BY p.id
"""  # noqa: S608 -- our own words


async def followers_of(event_id: str) -> list[Follower]:
    """Who wants to come to an event, or has it in their calendar by invitation. None of them is erased meanwhile."""
    rows = await execute(OF_EVENT + hold_key("p"), event_id)
    return [
        Follower(_person(row), row["interest"], row["state"], row["method"] == "REQUEST", row["sequence"])
        for row in rows
    ]


async def seat_holders_of(session_ids: Sequence[str]) -> dict[str, list[SeatHolder]]:
    """Who has added each session; the waiting list is not among them. One query."""
    holders: dict[str, list[SeatHolder]] = defaultdict(list)
    if session_ids:
        marks = ", ".join(["{}"] * len(session_ids))
        for row in await execute(OF_SESSIONS.replace("MARKS", marks) + hold_key("p"), *session_ids):
            holders[row["session"]].append(SeatHolder(_person(row), row["seat"], row["method"] == "REQUEST"))
    return holders


def _person(row: dict[str, Any]) -> KnownPerson:
    return KnownPerson(row["id"], row["email"], row["name"], row["link_version"], is_new=False)


async def mailing_of_change(
    old: Event, new: Event, sessions: Sequence[tuple[ProgrammeSession, ProgrammeSession]], now: datetime
) -> Mailing:
    """Whom a change of an event, and of these sessions of it (as they were, as they are), is to be told.

    Those whose calendars were invited, and for the event those who may hold its dates. Of what was over before and is
    over now nobody is told, and nobody outside knows a draft.
    """
    if new.state != EventState.PUBLISHED:
        return Mailing(new)
    differences = differences_of_event(old, new)
    is_told = differences and not (is_event_over(old, now) and is_event_over(new, now))
    followers = await followers_of(new.id) if is_told else []
    return Mailing(new, followers, await _moved_sessions(old, new, sessions, now), differences)


async def mailing_of_cancellation(event: Event, sessions: Sequence[ProgrammeSession], now: datetime) -> Mailing:
    """Whom the cancellation of an event with these sessions is to be told.

    One letter says it of the event; beside it only what takes a session out of a calendar is sent.
    """
    followers = [] if is_event_over(event, now) else await followers_of(event.id)
    to_come = [session for session in sessions if not is_session_over(session, now)]
    holders = await seat_holders_of([session.id for session in to_come])
    parts = [SessionMailing(one, _invited(holders[one.id])) for one in to_come]
    return Mailing(event, followers, parts, is_cancellation=True)


async def mailing_of_session_cancellation(event: Event, session: ProgrammeSession, now: datetime) -> Mailing:
    """Whom the cancellation of one session is to be told: all who have added it."""
    if event.state != EventState.PUBLISHED or is_session_over(session, now):
        return Mailing(event, is_cancellation=True)
    holders = (await seat_holders_of([session.id]))[session.id]
    return Mailing(event, sessions=[SessionMailing(session, holders)], is_cancellation=True)


async def _moved_sessions(
    old: Event, new: Event, sessions: Sequence[tuple[ProgrammeSession, ProgrammeSession]], now: datetime
) -> list[SessionMailing]:
    differences = {
        after.id: differences_of_session(before, after, old, new)
        for before, after in sessions
        if after.state == SessionState.SCHEDULED and not (is_session_over(before, now) and is_session_over(after, now))
    }
    moved = [after for _, after in sessions if differences.get(after.id)]
    holders = await seat_holders_of([session.id for session in moved])
    return [SessionMailing(one, _invited(holders[one.id]), differences[one.id]) for one in moved]


def _invited(holders: Sequence[SeatHolder]) -> list[SeatHolder]:
    return [holder for holder in holders if holder.has_entry]
