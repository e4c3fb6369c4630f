"""Clock times in the United Kingdom as moments, and the two hours a year in which that is not plain."""

from datetime import UTC, date, datetime, time, timedelta

from eventsite.calendars.wording import date_with_weekday, time_in_words
from eventsite.clock import LONDON
from eventsite.errors import Refusal


class NoSuchTime(Refusal):
    """A clock time that a day does not have, or has twice, because the clocks change."""


def london_moment(day: date, clock: time) -> datetime:
    """The moment, in UTC, at which clocks in the United Kingdom show that time on that day.

    Raises NoSuchTime for a time between 1am and 2am on the two Sundays when the clocks change.
    """
    first, second = (datetime.combine(day, clock, LONDON).replace(fold=fold) for fold in (0, 1))
    moment = first.astimezone(UTC)
    if moment.astimezone(LONDON).time() != clock:
        raise NoSuchTime(f"There is no {_said(clock)} on {date_with_weekday(day)}, when the clocks go forward")
    if second.astimezone(UTC) != moment:
        raise NoSuchTime(f"{_said(clock)} comes twice on {date_with_weekday(day)}, when the clocks go back")
    return moment


def end_moment(day: date, clock: time) -> datetime:
    """The same for the end of something: midnight is the one at the end of that day."""
    return london_moment(day + timedelta(days=1) if clock == time(0) else day, clock)


def end_of(day: date) -> datetime:
    """The moment, in UTC, at which a day in the United Kingdom is over."""
    return end_moment(day, time(0))


def closing_moment(day: date, clock: time | None) -> datetime:
    """The moment, in UTC, at which something closes: at that time of the day, or with the day where none is said."""
    return end_moment(day, clock or time(0))


def closing_parts(moment: datetime) -> tuple[date, time | None]:
    """The day and the time of day that `closing_moment` made a moment from."""
    local = moment.astimezone(LONDON)
    return (local.date() - timedelta(days=1), None) if local.time() == time(0) else (local.date(), local.time())


def shifted(moment: datetime, by: timedelta) -> datetime:
    """The moment so many whole days later by the calendar in the United Kingdom, at the same clock time."""
    local = moment.astimezone(LONDON)
    return london_moment(local.date() + by, local.time())


def _said(clock: time) -> str:
    return time_in_words(datetime.combine(date.min, clock, UTC), UTC)
