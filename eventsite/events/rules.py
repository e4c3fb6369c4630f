"""Events: what holds without asking the database."""

from datetime import date, datetime
from typing import Protocol

from eventsite.calendars.wording import date_with_weekday
from eventsite.clock import london_date
from eventsite.errors import Refusal
from eventsite.events.moments import end_of
from eventsite.events.tables import Event, EventState, ProgrammeSession, SessionState


class InterestClosed(Refusal):
    """This event has closed to expressions of interest."""

    field = "events"


class QuestionsClosed(Refusal):
    """This panel does not take questions any more."""

    field = "text"


class OutsideTheDates(Refusal):
    """This session is outside the dates of its event"""

    field = "starts_on"


class Somewhere(Protocol):
    """What has a place: an event, or the draft of one."""

    @property
    def venue(self) -> str: ...
    @property
    def town(self) -> str: ...
    @property
    def postcode(self) -> str: ...


class Timed(Protocol):
    """What has a title and takes a stretch of time: a session, or the draft of one."""

    @property
    def title(self) -> str: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


def is_open_for_interest(event: Event, now: datetime) -> bool:
    """Whether somebody may register interest: published, not over in London, and before its closing moment if any."""
    is_over = event.ends_on < london_date(now)
    return event.state == EventState.PUBLISHED and not is_over and _is_before(now, event.interest_closes_at)


def ensure_open_for_interest(event: Event, now: datetime) -> None:
    """Raises InterestClosed with a sentence that names the event."""
    if not is_open_for_interest(event, now):
        if event.state == EventState.CANCELLED:
            raise InterestClosed(f"{event.name} has been cancelled")
        raise InterestClosed(f"{event.name} has closed to expressions of interest")


def takes_questions(session: ProgrammeSession, event: Event, now: datetime) -> bool:
    """Whether a question may be put to a session: asked for, not cancelled, not closed and not over."""
    is_on = event.state == EventState.PUBLISHED and session.state == SessionState.SCHEDULED
    is_in_time = session.ends_at > now and _is_before(now, session.questions_close_at)
    return bool(session.takes_questions and is_on and is_in_time)


def ensure_takes_questions(session: ProgrammeSession, event: Event, now: datetime) -> None:
    """Raises QuestionsClosed with a sentence that names the session."""
    if not takes_questions(session, event, now):
        if session.state == SessionState.CANCELLED or event.state == EventState.CANCELLED:
            raise QuestionsClosed(f"“{session.title}” has been cancelled, so it takes no questions")
        raise QuestionsClosed(f"“{session.title}” does not take questions any more")


def ensure_within(session: Timed, first: date, last: date) -> None:
    """Raises OutsideTheDates for a session that is not wholly within the days of an event, the last included."""
    day = london_date(session.starts_at)
    if day < first or session.ends_at > end_of(last):
        raise OutsideTheDates(f"“{session.title}” is on {date_with_weekday(day)}, outside the event's dates")


def place_of(event: Somewhere) -> str:
    """Where an event is, on one line: "The Exchange, Birmingham B1 1AA". Parts that are not known are left out."""
    town = " ".join(filter(None, [event.town, event.postcode]))
    return ", ".join(filter(None, [event.venue, town]))


def place_of_session(session: ProgrammeSession, event: Event) -> str:
    """Where a session is, on one line: its room, then the place of the event."""
    return ", ".join(filter(None, [session.room, place_of(event)]))


def _is_before(now: datetime, moment: datetime | None) -> bool:
    return moment is None or now < moment
