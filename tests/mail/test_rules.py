"""When a letter goes, and when it goes again."""

from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsite.mail.rules import DAY, MOST_A_DAY, RETRIES, later_slots, wait_before_retry

NOON = datetime(2027, 3, 10, 12, tzinfo=UTC)


def test_r5_15_the_waits_grow_from_a_minute_to_a_day() -> None:
    waits = [wait_before_retry(attempt, 0.5) for attempt in range(1, 9)]
    minutes = [wait.total_seconds() / 60 for wait in waits if wait]
    assert minutes == pytest.approx([1, 5, 15, 60, 180, 360, 720, 1440])


def test_r5_15_after_the_last_retry_a_letter_is_given_up_within_two_days() -> None:
    assert wait_before_retry(9, 0.5) is None
    assert timedelta(hours=46) < sum(RETRIES, timedelta()) < timedelta(hours=48)


@pytest.mark.parametrize(("chance", "minutes"), [(0.0, 4), (0.5, 5), (1.0, 6)])
def test_r5_15_chance_moves_a_wait_by_a_fifth(chance: float, minutes: float) -> None:
    assert wait_before_retry(2, chance) == timedelta(minutes=minutes)


def test_r5_15_nobody_comes_back_within_the_minute_of_a_greylisting_server() -> None:
    assert wait_before_retry(1, 0.0) == timedelta(minutes=1)


def test_the_fourth_letter_goes_a_day_after_the_first() -> None:
    assert list(islice(later_slots([NOON] * 3), 4)) == [NOON + DAY] * 3 + [NOON + 2 * DAY]


def test_only_the_latest_three_count() -> None:
    hours = [NOON + timedelta(hours=hour) for hour in range(5)]
    assert next(later_slots(hours)) == hours[2] + DAY


@given(st.lists(st.integers(0, 1440), min_size=3, max_size=3), st.integers(1, 12))
def test_no_24_hours_hold_a_fourth(minutes: list[int], wanted: int) -> None:
    taken = [NOON + timedelta(minutes=each) for each in minutes]
    line = [*taken, *islice(later_slots(taken), wanted)]
    for moment in line:
        assert len([other for other in line if moment - DAY < other <= moment]) <= MOST_A_DAY
