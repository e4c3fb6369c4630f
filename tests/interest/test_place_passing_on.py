"""An offer that runs out passes to the next who waits, with no request made by anyone, once, and in order."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from eventsite import ledger
from eventsite.database import new_id, recorded_statements
from eventsite.events.tables import EventState
from eventsite.interest.place_queries import end_of_list
from eventsite.interest.tables import Interest
from eventsite.jobs import jobs
from eventsite.mail.rhythm import Rhythm
from eventsite.mail.worker import run_worker
from eventsite.self_service.erasure import erase
from tests.conftest import SECRET, StandingClock
from tests.interest.box_office import BoxOffice

ACCEPTED, OFFERED, EXPIRED, WAITING = "accepted", "offered", "expired", "waitlisted"
QUICK = Rhythm(poll=0.02, jobs=0.05)


class Pigeonhole:
    """A mail server that takes everything."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    async def deliver(self, sender: str, recipient: str, content: bytes, **_: object) -> None:
        self.taken.append(recipient)

    async def close(self) -> None:
        """Nothing to let go of."""


async def work(office: BoxOffice, clock: StandingClock, hole: Pigeonhole, stop: asyncio.Event) -> None:
    """One worker, until it is told to stop."""
    todo = jobs(office.stationery)
    await run_worker(hole, now=clock, stop=stop, wake=asyncio.Event(), jobs=todo, owner=new_id(), rhythm=QUICK)


@asynccontextmanager
async def workers(office: BoxOffice, clock: StandingClock, *holes: Pigeonhole) -> AsyncIterator[None]:
    """As many workers as mail servers, with all the jobs of the site; the clock is the test's."""
    stop = asyncio.Event()
    tasks = [asyncio.create_task(work(office, clock, hole, stop)) for hole in holes]
    try:
        yield
    finally:
        stop.set()
        await asyncio.gather(*tasks)


async def becomes(office: BoxOffice, expected: dict[str, str]) -> None:
    """Waits until everybody stands so."""
    for _ in range(500):
        if await office.states() == expected:
            return
        await asyncio.sleep(0.02)
    assert await office.states() == expected


async def arrives(hole: Pigeonhole, address: str, *, times: int) -> None:
    """Waits until so many letters to an address have been delivered."""
    for _ in range(500):
        if hole.taken.count(address) == times:
            return
        await asyncio.sleep(0.02)
    assert hole.taken.count(address) == times


async def full_house(office: BoxOffice) -> datetime:
    """Ann and Bea have offers for a day, Cem and Dot wait; the deadline."""
    await office.people("ann", "bea", "cem", "dot")
    until = office.now + timedelta(days=1)
    await office.offer("ann", "bea", "cem", "dot", until=until)
    return until


async def test_within_a_minute_of_its_deadline_the_next_person_has_it(office: BoxOffice, clock: StandingClock) -> None:
    """The worker looks every 15 seconds; here, as often as it can, on a clock that stands where it is put."""
    assert Rhythm().jobs <= 60
    until = await full_house(office)
    await office.accept("bea")
    clock.time = until - timedelta(microseconds=1)
    hole = Pigeonhole()
    async with workers(office, clock, hole):
        await asyncio.sleep(0.3)
        assert await office.state("ann") == OFFERED
        clock.time = until
        await becomes(office, {"ann": EXPIRED, "bea": ACCEPTED, "cem": OFFERED, "dot": WAITING})
        await arrives(hole, office.address("cem"), times=2)
    assert await office.kinds("cem") == ["waiting_list_joined", "place_offered"]


async def test_two_workers_at_once_pass_a_place_on_once(office: BoxOffice, clock: StandingClock) -> None:
    until = await full_house(office)
    clock.time = until + timedelta(seconds=1)
    async with workers(office, clock, Pigeonhole(), Pigeonhole()):
        await becomes(office, {"ann": EXPIRED, "bea": EXPIRED, "cem": OFFERED, "dot": OFFERED})
        await asyncio.sleep(0.3)
    for name in ("cem", "dot"):
        assert await office.kinds(name) == ["waiting_list_joined", "place_offered"]
    assert await office.kinds("ann") == ["place_offered", "offer_expired"]


async def test_the_job_run_at_once_by_many_passes_a_place_on_once(office: BoxOffice) -> None:
    await full_house(office)
    office.now += timedelta(days=2)
    counts = await asyncio.gather(*(office.pass_on() for _ in range(6)))
    assert sorted(counts) == [0, 0, 0, 0, 0, 2]
    assert await office.kinds("cem") == ["waiting_list_joined", "place_offered"]


async def test_the_next_has_as_many_days_as_the_event_gives(office: BoxOffice) -> None:
    await office.change_event(reply_days=2)
    await full_house(office)
    await office.pass_on(days=1)
    row = await Interest.select(Interest.offered_until).where(Interest.id == office.interests["cem"]).first()
    assert row is not None
    assert row["offered_until"] == office.now + timedelta(days=2)


async def test_but_no_longer_than_until_the_event_begins_in_london(office: BoxOffice) -> None:
    await office.people("ann", "bea", "cem")
    office.now = datetime(2027, 6, 23, 12, 0, tzinfo=UTC)
    await office.offer("ann", "bea", "cem", until=office.now + timedelta(hours=1))
    await office.decline("ann")
    row = await Interest.select(Interest.offered_until).where(Interest.id == office.interests["cem"]).first()
    assert row is not None
    assert row["offered_until"] == datetime(2027, 6, 25, 23, 0, tzinfo=UTC)


async def test_a_larger_capacity_is_given_away(office: BoxOffice) -> None:
    await full_house(office)
    assert await office.pass_on() == 0
    await office.change_event(capacity=3)
    assert await office.pass_on() == 1
    assert await office.state("cem") == OFFERED
    await office.change_event(capacity=None)
    assert await office.pass_on() == 1
    assert await office.state("dot") == OFFERED


async def test_the_place_of_somebody_erased_is_passed_on(office: BoxOffice) -> None:
    await full_house(office)
    await office.accept("ann")
    await erase(office.address("ann"), secret=SECRET, actor=ledger.OPERATOR, now=office.now)
    assert await office.pass_on() == 1
    assert await office.states() == {"bea": OFFERED, "cem": OFFERED, "dot": WAITING}


@pytest.mark.parametrize("state", [EventState.CANCELLED, EventState.DRAFT])
async def test_nothing_passes_on_where_nothing_takes_place(office: BoxOffice, state: EventState) -> None:
    await full_house(office)
    await office.change_event(state=state)
    assert await office.pass_on(days=2) == 0
    await office.decline("ann")
    assert await office.states() == {"ann": "declined", "bea": OFFERED, "cem": WAITING, "dot": WAITING}


async def test_nothing_passes_on_once_the_event_has_begun(office: BoxOffice) -> None:
    """The offers end, and their letter names no list that would lead nowhere."""
    await full_house(office)
    office.now = datetime(2027, 6, 26, 7, 0, tzinfo=UTC)
    assert await office.pass_on() == 0
    assert await office.states() == {"ann": EXPIRED, "bea": EXPIRED, "cem": WAITING, "dot": WAITING}
    last = await office.last("ann")
    assert last.kind == "interest/offer_expired"
    assert "waiting list" not in last.text


async def test_an_offer_that_ran_out_on_an_event_long_over_needs_no_letter(office: BoxOffice) -> None:
    """The worker may have been off for a week."""
    await full_house(office)
    office.now = datetime(2027, 7, 2, 7, 0, tzinfo=UTC)
    await office.pass_on()
    assert await office.state("ann") == EXPIRED
    assert await office.kinds("ann") == ["place_offered"]


async def test_the_list_keeps_its_order_though_a_clock_is_slow(office: BoxOffice) -> None:
    await office.people("ann", "bea", "cem", "dot")
    await office.offer("ann", "bea", "cem")
    office.now -= timedelta(hours=1)
    await office.wait("dot")
    await office.decline("ann")
    assert await office.states() == {"ann": "declined", "bea": OFFERED, "cem": OFFERED, "dot": WAITING}


async def test_several_who_go_on_the_list_in_one_deed_have_moments_of_their_own(office: BoxOffice) -> None:
    await office.change_event(capacity=0)
    await office.people("ann", "bea", "cem")
    await office.offer("cem", "bea", "ann")
    rows = await Interest.select(Interest.id, Interest.waitlisted_at).order_by(Interest.waitlisted_at)
    assert [row["id"] for row in rows] == [office.interests[name] for name in ("ann", "bea", "cem")]
    assert len({row["waitlisted_at"] for row in rows}) == 3
    assert await end_of_list(office.event.id, office.now) == rows[-1]["waitlisted_at"] + timedelta(microseconds=1)


async def test_a_look_that_finds_nothing_is_one_query(office: BoxOffice) -> None:
    await full_house(office)
    with recorded_statements() as statements:
        assert await office.pass_on() == 0
    assert len(statements) == 1
