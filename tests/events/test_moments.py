"""Clock times in the United Kingdom as moments."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from eventsite.events.moments import NoSuchTime, closing_moment, closing_parts, end_moment, london_moment, shifted

SUMMER = date(2027, 6, 26)
WINTER = date(2027, 1, 10)
FORWARD = date(2027, 3, 28)
BACK = date(2027, 10, 31)


@pytest.mark.parametrize(
    ("day", "clock", "moment"),
    [
        (SUMMER, time(9, 30), datetime(2027, 6, 26, 8, 30, tzinfo=UTC)),
        (WINTER, time(9, 30), datetime(2027, 1, 10, 9, 30, tzinfo=UTC)),
        (FORWARD, time(0, 59), datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        (FORWARD, time(2), datetime(2027, 3, 28, 1, tzinfo=UTC)),
        (BACK, time(0, 59), datetime(2027, 10, 30, 23, 59, tzinfo=UTC)),
        (BACK, time(2), datetime(2027, 10, 31, 2, tzinfo=UTC)),
    ],
)
def test_a_clock_time_is_the_moment_clocks_show_it(day: date, clock: time, moment: datetime) -> None:
    assert london_moment(day, clock) == moment


def test_an_hour_that_the_clocks_leave_out_is_refused_in_words() -> None:
    with pytest.raises(NoSuchTime) as refusal:
        london_moment(FORWARD, time(1, 30))
    assert str(refusal.value) == "There is no 1:30am on Sunday 28 March 2027, when the clocks go forward"


def test_an_hour_that_comes_twice_is_refused_in_words() -> None:
    with pytest.raises(NoSuchTime) as refusal:
        london_moment(BACK, time(1))
    assert str(refusal.value) == "1am comes twice on Sunday 31 October 2027, when the clocks go back"


def test_an_end_at_midnight_is_the_midnight_after_the_day() -> None:
    assert end_moment(SUMMER, time(0)) == datetime(2027, 6, 26, 23, tzinfo=UTC)
    assert end_moment(SUMMER, time(0, 1)) == datetime(2027, 6, 25, 23, 1, tzinfo=UTC)


@pytest.mark.parametrize("clock", [None, time(17), time(0, 1)])
def test_what_a_closing_moment_was_made_from_can_be_read_off_it(clock: time | None) -> None:
    assert closing_parts(closing_moment(SUMMER, clock)) == (SUMMER, clock)


def test_a_shift_by_days_keeps_the_clock_time_over_the_change_to_summer_time() -> None:
    saturday = datetime(2027, 3, 27, 9, 30, tzinfo=UTC)

    assert shifted(saturday, timedelta(days=1)) == datetime(2027, 3, 28, 8, 30, tzinfo=UTC)
