"""Seats on sessions: what holds without asking the database, and what is said where it does not."""

from datetime import datetime

from eventsite.errors import Refusal
from eventsite.events.tables import Event, EventState, ProgrammeSession, SessionState
from eventsite.interest.states import ACTIVE, InterestState


class SessionFull(Refusal):
    """This session is full. You can join its waiting list."""


class SessionOver(Refusal):
    """This session is over."""


class NeedsInterest(Refusal):
    """Register interest in the event first."""


class NeedsPlace(Refusal):
    """Seats on this session go to people with a place at the event."""


def is_to_come(session: ProgrammeSession, event: Event, now: datetime) -> bool:
    """Whether it takes place, and is not over at an aware moment."""
    return _is_on(session, event) and bool(session.ends_at > now)


def ensure_to_come(session: ProgrammeSession, event: Event, now: datetime) -> None:
    """Raises SessionOver, with the name of the session, where nobody can add it any more."""
    if not _is_on(session, event):
        raise SessionOver(f"“{session.title}” has been cancelled.")
    if session.ends_at <= now:
        raise SessionOver(f"“{session.title}” is over.")


def ensure_may_add(session: ProgrammeSession, event: Event, state: str | None) -> None:
    """Raises NeedsInterest or NeedsPlace where somebody who stands so with the event may not add a session of it."""
    if state not in ACTIVE:
        raise NeedsInterest(f"Register interest in {event.name} first, then add its sessions.")
    if session.capacity is not None and state != InterestState.ACCEPTED:
        raise NeedsPlace(f"“{session.title}” has a limited number of seats. They go to people with a place.")


def full(session: ProgrammeSession) -> SessionFull:
    """What to say to somebody who comes too late."""
    return SessionFull(f"“{session.title}” is full. You can join its waiting list.")


def _is_on(session: ProgrammeSession, event: Event) -> bool:
    return session.state == SessionState.SCHEDULED and event.state == EventState.PUBLISHED
