"""Dates and times in words (NHS service manual)."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from eventsite.calendars.entries import UnfitEntry
from eventsite.calendars.wording import (
    date_in_words,
    date_with_weekday,
    dates_in_words,
    dates_with_weekdays,
    time_in_words,
    times_in_words,
    when_in_words,
)

LONDON = ZoneInfo("Europe/London")


def at(hour: int, minute: int = 0, *, day: int = 26, month: int = 6) -> datetime:
    """A moment by the clock in London in 2025, handed over in UTC as the database does."""
    return datetime(2025, month, day, hour, minute, tzinfo=LONDON).astimezone(UTC)


def test_a_date_has_no_ordinal_and_the_month_in_full() -> None:
    assert date_in_words(date(2025, 6, 26)) == "26 June 2025"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 6, 26), "Thursday 26 June 2025"),
        (date(2026, 6, 26), "Friday 26 June 2026"),
        (date(2027, 6, 26), "Saturday 26 June 2027"),
        (date(2027, 6, 27), "Sunday 27 June 2027"),
    ],
)
def test_r1_17_the_weekday_is_worked_out(day: date, words: str) -> None:
    assert date_with_weekday(day) == words


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_has_its_name(month: int) -> None:
    assert date_in_words(date(2027, month, 3)) == date(2027, month, 3).strftime("3 %B 2027")


def test_a_moment_has_the_date_it_has_in_london() -> None:
    assert date_in_words(datetime(2027, 6, 26, 23, 30, tzinfo=UTC)) == "27 June 2027"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2025, 6, 26), date(2025, 6, 26), "26 June 2025"),
        (date(2025, 6, 26), date(2025, 6, 27), "26 to 27 June 2025"),
        (date(2025, 6, 30), date(2025, 7, 1), "30 June to 1 July 2025"),
        (date(2025, 12, 31), date(2026, 1, 1), "31 December 2025 to 1 January 2026"),
        (date(2025, 6, 26), date(2026, 6, 26), "26 June 2025 to 26 June 2026"),
    ],
)
def test_a_range_of_dates_says_nothing_twice(first: date, last: date, words: str) -> None:
    assert dates_in_words(first, last) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2027, 6, 26), date(2027, 6, 26), "Saturday 26 June 2027"),
        (date(2027, 6, 26), date(2027, 6, 27), "Saturday 26 to Sunday 27 June 2027"),
        (date(2025, 6, 30), date(2025, 7, 1), "Monday 30 June to Tuesday 1 July 2025"),
    ],
)
def test_a_range_of_dates_can_name_the_weekdays(first: date, last: date, words: str) -> None:
    assert dates_with_weekdays(first, last) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (at(0), "midnight"),
        (at(0, 30), "12:30am"),
        (at(9), "9am"),
        (at(9, 5), "9:05am"),
        (at(11, 59), "11:59am"),
        (at(12), "midday"),
        (at(12, 15), "12:15pm"),
        (at(17, 30), "5:30pm"),
        (at(17), "5pm"),
    ],
)
def test_a_time_is_by_the_twelve_hour_clock(moment: datetime, words: str) -> None:
    assert time_in_words(moment) == words


def test_a_time_is_by_the_clock_of_the_zone_asked_for() -> None:
    winter = datetime(2027, 1, 10, 9, 30, tzinfo=UTC)
    summer = datetime(2027, 6, 26, 9, 30, tzinfo=UTC)

    assert time_in_words(winter, "Europe/London") == "9:30am"
    assert time_in_words(summer, "Europe/London") == "10:30am"
    assert time_in_words(summer, UTC) == "9:30am"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (at(9), at(17), "9am to 5pm"),
        (at(9, 30), at(12), "9:30am to midday"),
        (at(9, 30), at(10, 45), "9:30am to 10:45am"),
        (at(21), at(0, day=27), "9pm to midnight"),
        (at(9), at(17, day=27), "9am on 26 June 2025 to 5pm on 27 June 2025"),
    ],
)
def test_a_range_of_times(start: datetime, end: datetime, words: str) -> None:
    assert times_in_words(start, end) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (at(9), at(17), "26 June 2025, 9am to 5pm"),
        (at(9), at(17, day=27), "9am on 26 June 2025 to 5pm on 27 June 2025"),
    ],
)
def test_a_date_and_its_times(start: datetime, end: datetime, words: str) -> None:
    assert when_in_words(start, end) == words


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(UnfitEntry, match="has no time zone"):
        time_in_words(datetime(2027, 6, 26, 9, 30))  # noqa: DTZ001 -- the naive moment is what is refused
