"""An event's programme as one person picks from it: what they have, what there is left, and what clashes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from eventsite.clock import london_date
from eventsite.database import execute
from eventsite.events.queries import sessions_of
from eventsite.events.tables import Event, EventState, ProgrammeSession, SessionKind, SessionState
from eventsite.interest.states import ACTIVE, InterestState
from eventsite.interest.tables import SeatState
from eventsite.self_service.rules import (
    answer_in_words,
    at_the_same_time,
    position_in_words,
    seats_in_words,
    seats_left,
)

COUNTS = """
    SELECT t.session, t.state, COUNT(*) AS count FROM seat t JOIN programme_session s ON s.id = t.session
    WHERE s.event = {} AND t.state IN ('taken', 'waitlisted') GROUP BY t.session, t.state
"""
OWN = """
    SELECT t.session, t.state, t.wants_mail, v.partstat, v.method,
        (SELECT COUNT(*) FROM seat o WHERE o.session = t.session AND o.state = 'waitlisted'
            AND (o.waitlisted_at < t.waitlisted_at OR (o.waitlisted_at = t.waitlisted_at AND o.id < t.id))) AS ahead
    FROM seat t JOIN programme_session s ON s.id = t.session
    LEFT JOIN invite v ON v.person = t.person AND COALESCE(v.session, '') = t.session
    WHERE t.person = {} AND s.event = {} AND t.state IN ('taken', 'waitlisted')
"""


@dataclass(frozen=True)
class PickRow:
    """A session a person may pick, or has. `seats`, `position` and `answered` are words, empty where there are none."""

    session: ProgrammeSession
    state: str
    wants_mail: bool
    seats: str
    position: str
    answered: str
    is_full: bool
    is_limited: bool
    is_to_come: bool
    needs_place: bool
    clashes: Sequence[str] = ()

    @property
    def is_theirs(self) -> bool:
        """Whether they have it, or wait for it."""
        return bool(self.state)

    @property
    def can_be_added(self) -> bool:
        """Whether the page has a button to add it or wait for it. Nobody adds lunch, unless its seats are counted."""
        is_fit = self.session.kind != SessionKind.BREAK or self.is_limited
        return self.is_to_come and is_fit and not self.is_theirs and not self.needs_place


@dataclass(frozen=True)
class OwnProgramme:
    """A programme by days (London's), and where its reader stands with the event."""

    event: Event
    state: str
    days: Sequence[tuple[date, Sequence[PickRow]]] = field(default=())

    @property
    def is_active(self) -> bool:
        """Whether they can add anything at all."""
        return self.state in ACTIVE


async def own_programme(person_id: str, event: Event, state: str, now: datetime) -> OwnProgramme:
    """The programme as a person sees it who stands so with the event. Three queries, however long it is."""
    sessions = await sessions_of(event.id)
    counts = {(row["session"], row["state"]): row["count"] for row in await execute(COUNTS, event.id)}
    own = {row["session"]: row for row in await execute(OWN, person_id, event.id)}
    theirs = [session for session in sessions if session.id in own and session.state == SessionState.SCHEDULED]
    shown = [session for session in sessions if session.state == SessionState.SCHEDULED or session.id in own]
    rows = [_row(session, event, state, own.get(session.id, {}), counts, theirs, now) for session in shown]
    days = groupby(rows, lambda row: london_date(row.session.starts_at))
    return OwnProgramme(event, state, [(day, list(of_day)) for day, of_day in days])


def _row(
    session: ProgrammeSession,
    event: Event,
    state: str,
    own: Mapping[str, Any],
    counts: Mapping[tuple[str, str], int],
    theirs: Sequence[ProgrammeSession],
    now: datetime,
) -> PickRow:
    taken, waiting = (counts.get((session.id, held.value), 0) for held in (SeatState.TAKEN, SeatState.WAITLISTED))
    is_on = event.state == EventState.PUBLISHED and session.state == SessionState.SCHEDULED
    return PickRow(
        session,
        state=own.get("state", ""),
        wants_mail=bool(own.get("wants_mail")),
        seats=seats_in_words(session.capacity, taken, waiting),
        position=position_in_words(own["ahead"]) if own.get("state") == SeatState.WAITLISTED else "",
        answered=answer_in_words(own.get("partstat")) if own.get("method") == "REQUEST" else "",
        is_full=session.capacity is not None and not seats_left(session.capacity, taken, waiting),
        is_limited=session.capacity is not None,
        is_to_come=is_on and session.ends_at > now,
        needs_place=session.capacity is not None and state != InterestState.ACCEPTED,
        clashes=[other.title for other in at_the_same_time(session, theirs)],
    )
