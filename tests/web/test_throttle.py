"""How often is too often: counted by networks and addresses, in the database, and forgotten when the time is up."""

import asyncio
from datetime import timedelta

import pytest
from starlette.requests import Request

from eventsite.app import create_app
from eventsite.database import transaction
from eventsite.settings import Settings
from eventsite.web.site import Site
from eventsite.web.tables import ThrottleBucket
from eventsite.web.throttle import Allowance, TooOften, give_back, network_of, use
from tests.conftest import StandingClock
from tests.routes import router_of

THREE_A_MINUTE = Allowance("tries", 3, timedelta(minutes=1))
SIX_A_MINUTE = Allowance("other tries", 6, timedelta(minutes=1))


@pytest.fixture
def site(settings: Settings, database: None) -> Site:
    found: Site = router_of(create_app(settings, with_worker=False)).state.site
    return found


async def uses_before_too_often(site: Site, clock: StandingClock, subject: str = "ann") -> int:
    for number in range(100):
        try:
            await use(site, THREE_A_MINUTE, subject, now=clock.time)
        except TooOften:
            return number
    return 100


async def test_so_many_uses_and_no_more(site: Site, clock: StandingClock) -> None:
    assert await uses_before_too_often(site, clock) == 3
    assert await uses_before_too_often(site, clock) == 0


async def test_each_subject_and_each_allowance_is_counted_by_itself(site: Site, clock: StandingClock) -> None:
    assert await uses_before_too_often(site, clock) == 3
    assert await uses_before_too_often(site, clock, "mallory") == 3
    for _ in range(6):
        await use(site, SIX_A_MINUTE, "ann", now=clock.time)


async def test_the_window_begins_with_the_first_use_and_ends_by_the_clock(site: Site, clock: StandingClock) -> None:
    await use(site, THREE_A_MINUTE, "ann", now=clock.time)
    clock.move(seconds=59)
    assert await uses_before_too_often(site, clock) == 2
    clock.move(seconds=1)
    assert await uses_before_too_often(site, clock) == 3


async def test_a_deed_that_did_not_happen_is_not_counted(site: Site, clock: StandingClock) -> None:
    for _ in range(5):
        with pytest.raises(LookupError):
            async with transaction():
                await use(site, THREE_A_MINUTE, "ann", now=clock.time)
                raise LookupError
    assert await uses_before_too_often(site, clock) == 3


async def test_a_use_can_be_given_back_but_not_more_than_there_were(site: Site, clock: StandingClock) -> None:
    await use(site, THREE_A_MINUTE, "ann", now=clock.time)
    for _ in range(5):
        await give_back(site, THREE_A_MINUTE, "ann")
    assert await uses_before_too_often(site, clock) == 3


async def test_many_at_once_are_counted_rightly(site: Site, clock: StandingClock) -> None:
    tries = (use(site, THREE_A_MINUTE, "ann", now=clock.time) for _ in range(20))
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes].count(type(None)) == 3


async def test_the_table_says_nothing_about_anybody(site: Site, clock: StandingClock) -> None:
    await use(site, THREE_A_MINUTE, "ann@trust.example", now=clock.time)
    rows = await ThrottleBucket.select()
    assert "ann" not in str(rows)
    assert "trust" not in str(rows)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("127.0.0.1", None),
        ("127.8.8.8", None),
        ("::1", None),
        ("::ffff:127.0.0.1", None),
        ("not an address", None),
        ("", None),
    ],
)
def test_what_an_address_is_counted_by(address: str, network: str | None) -> None:
    assert network_of(Request({"type": "http", "headers": [], "client": (address, 40000)})) == network


def test_without_an_address_nothing_is_counted() -> None:
    assert network_of(Request({"type": "http", "headers": [], "client": None})) is None
