"""The arithmetic of buckets, on its own and kept in the database for all workers together."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eventsite.database import execute
from eventsite.mail.pace import EXCHANGE_ONLINE, Limit, after_one, limits_of, opens_at
from eventsite.mail.turns import take_turn
from tests.conftest import StandingClock

NOON = datetime(2027, 3, 10, 12, tzinfo=UTC)
LIMITS = st.integers(1, 40).flatmap(
    lambda letters: st.builds(
        Limit,
        st.just("any"),
        st.just(letters),
        st.integers(1, 100).map(lambda seconds: timedelta(seconds=seconds)),
        st.integers(1, letters),
    )
)


def taken(limit: Limit, knocks: list[int]) -> list[datetime]:
    """When letters went, of those who came so many milliseconds one after the other."""
    full_at, now, gone = NOON, NOON, []
    for wait in knocks:
        now += timedelta(milliseconds=wait)
        if opens_at(limit, full_at, now) <= now:
            full_at = after_one(limit, full_at, now)
            gone.append(now)
    return gone


@given(LIMITS, st.lists(st.integers(0, 30_000), max_size=150))
@example(Limit("minute", 30, timedelta(minutes=1)), [0] * 10 + [2_000] * 100)
@example(Limit("day", 40, timedelta(seconds=100), burst=20), [0] * 60 + [4_762] * 60)
def test_r5_16_no_span_ever_sees_more_letters_than_the_limit(limit: Limit, knocks: list[int]) -> None:
    gone = taken(limit, knocks)
    for moment in gone:
        assert len([other for other in gone if moment <= other < moment + limit.period]) <= limit.letters


@given(LIMITS)
@example(Limit("any", 7, timedelta(minutes=1)))
def test_r5_16_whoever_comes_when_it_opens_is_let_through(limit: Limit) -> None:
    full_at, now, gone = NOON, NOON, []
    for _ in range(50):
        now = opens_at(limit, full_at, now)
        assert opens_at(limit, full_at, now) == now
        full_at = after_one(limit, full_at, now)
        gone.append(now)
    assert now - NOON == max(0, 50 - limit.burst) * limit.interval
    assert len([moment for moment in gone if moment < NOON + limit.period]) == min(limit.letters, 50)


def test_r5_16_a_bucket_that_was_left_alone_is_no_fuller_than_full() -> None:
    limit = Limit("any", 10, timedelta(minutes=1), burst=3)
    assert len(taken(limit, [10_000_000, 0, 0, 0, 0])) == 3


def test_r5_16_what_a_rate_means() -> None:
    assert limits_of("") == ()
    assert limits_of("120") == (Limit("minute", 120, timedelta(minutes=1)),)
    assert limits_of("exchange-online") == EXCHANGE_ONLINE
    assert [(limit.letters, limit.period) for limit in EXCHANGE_ONLINE] == [
        (30, timedelta(minutes=1)),
        (10_000, timedelta(days=1)),
    ]
    assert EXCHANGE_ONLINE[0].interval == timedelta(seconds=2)


@pytest.mark.usefixtures("database")
async def test_r5_16_of_many_workers_at_once_only_so_many_have_a_turn(clock: StandingClock) -> None:
    limits = [Limit("minute", 12, timedelta(minutes=1), burst=4)]
    answers = await asyncio.gather(*(take_turn(limits, now=clock()) for _ in range(20)))
    assert answers.count(None) == 4
    assert {answer for answer in answers if answer} == {clock() + limits[0].interval}


@pytest.mark.usefixtures("database")
async def test_r5_16_a_full_day_closes_a_free_minute_and_costs_it_nothing(clock: StandingClock) -> None:
    minute = Limit("minute", 600, timedelta(minutes=1))
    day = Limit("day", 2, timedelta(days=1), burst=2)
    assert await take_turn([minute, day], now=clock()) is None
    assert await take_turn([minute, day], now=clock.move(seconds=1)) is None
    before = await execute("SELECT full_at FROM mail_pace WHERE id = 'minute'")
    opens = await take_turn([minute, day], now=clock.move(seconds=1))
    assert opens is not None
    assert opens > clock() + timedelta(hours=20)
    assert await execute("SELECT full_at FROM mail_pace WHERE id = 'minute'") == before


@pytest.mark.usefixtures("database")
async def test_r5_16_without_a_limit_there_is_always_a_turn(clock: StandingClock) -> None:
    assert [await take_turn([], now=clock()) for _ in range(3)] == [None] * 3
