"""Everything at once: never more places than there are, none left over while somebody waits, nobody stuck."""

import asyncio
from collections import Counter
from collections.abc import Awaitable
from datetime import timedelta
from random import Random

import pytest

from eventsite import ledger
from eventsite.database import execute
from eventsite.errors import Refusal
from eventsite.events.queries import get_event_by_id
from eventsite.interest.place_queries import places_used
from eventsite.interest.services import InterestDraft, register_interest
from eventsite.people.services import PersonDraft
from eventsite.self_service.erasure import erase
from tests.conftest import SECRET
from tests.factories import make_event
from tests.interest.box_office import BoxOffice

CAPACITY = 5
NAMES = [f"p{number}" for number in range(16)]
ROUNDS = 30


async def told(deed: Awaitable[object]) -> str:
    """How a deed ended: "done", or the name of the refusal. Anything else is a fault, and raised."""
    try:
        await deed
    except Refusal as refusal:
        return type(refusal).__name__
    return "done"


async def watched(office: BoxOffice, stop: asyncio.Event) -> int:
    """The most places that anybody who looked from outside ever saw used."""
    most = 0
    while not stop.is_set():
        most = max(most, await places_used(office.event.id))
        await asyncio.sleep(0)
    return most


async def at_once(office: BoxOffice, deeds: list[Awaitable[object]]) -> tuple[Counter[str], int]:
    """How all of these ended, and the most places used meanwhile."""
    stop = asyncio.Event()
    watching = asyncio.create_task(watched(office, stop))
    try:
        endings = Counter(await asyncio.gather(*map(told, deeds)))
    finally:
        stop.set()
    return endings, await watching


async def erased(office: BoxOffice, name: str) -> None:
    await erase(office.address(name), secret=SECRET, actor=ledger.OPERATOR, now=office.now)


async def registered(office: BoxOffice, name: str) -> None:
    draft = PersonDraft(office.address(name), office.address(name), name)
    await register_interest(InterestDraft(draft, [office.event], False), stationery=office.stationery, now=office.now)


def many_deeds(office: BoxOffice, chance: Random) -> list[Awaitable[object]]:
    """Two dozen deeds of people, organisers and two workers, about the same few places."""
    names = chance.sample(NAMES, len(NAMES))
    newcomer = PersonDraft(f"new@{office.event.slug}.example", f"new@{office.event.slug}.example", "New")
    until = office.now + timedelta(days=1)
    deeds: list[Awaitable[object]] = [
        *(office.accept(name) for name in chance.sample(NAMES, 8)),
        *(office.decline(name) for name in names[:3]),
        *(office.withdraw(name) for name in names[3:5]),
        *(office.wait(name) for name in names[5:7]),
        *(erased(office, name) for name in names[7:9]),
        *(registered(office, name) for name in names[4:8]),
        office.cancel(*names[2:5]),
        office.offer(*names[6:14], until=until),
        office.offer(*reversed(names[9:16]), until=until),
        office.invite(newcomer, until=until),
        *(office.pass_on() for _ in range(2)),
    ]
    chance.shuffle(deeds)
    return deeds


async def make_office(office: BoxOffice) -> BoxOffice:
    """A fresh event whose places are all offered, some of them until just now, and a list of people who wait."""
    fresh = BoxOffice(await make_event(capacity=CAPACITY), office.stationery, office.now)
    await fresh.people(*NAMES)
    await fresh.offer(*NAMES[:2], until=fresh.now + timedelta(minutes=2))
    await fresh.offer(*NAMES[2:10])
    fresh.now += timedelta(minutes=5)
    return fresh


async def check(office: BoxOffice) -> None:
    """What must hold when the dust has settled."""
    states = Counter((await office.states()).values())
    used = await places_used(office.event.id)
    assert used <= CAPACITY
    assert used == CAPACITY or not states["waitlisted"]
    offered = await execute(
        "SELECT i.id, COUNT(*) AS count FROM ledger_entry l JOIN interest i ON i.id = l.subject_id "
        "WHERE l.deed = 'place.offered' AND i.event = {} GROUP BY i.id",
        office.event.id,
    )
    for row in offered:
        sql = "SELECT COUNT(*) AS count FROM outbox_letter WHERE thread = {} AND kind = 'interest/place_offered'"
        assert (await execute(sql, row["id"]))[0]["count"] == row["count"]


@pytest.mark.slow
async def test_whatever_happens_at_once_the_capacity_holds_and_what_is_freed_passes_on(office: BoxOffice) -> None:
    endings: Counter[str] = Counter()
    for number in range(ROUNDS):
        fresh = await make_office(office)
        ended, most = await at_once(fresh, many_deeds(fresh, Random(number)))
        assert most <= CAPACITY
        endings += ended
        await fresh.pass_on()
        await check(fresh)
    # The rounds would prove little if nearly everything were refused, or nothing.
    assert endings["done"] > ROUNDS * 10
    assert endings["NoOffer"] > ROUNDS


async def test_sixty_four_answer_at_once_and_exactly_the_offered_have_a_place(office: BoxOffice) -> None:
    names = [f"q{number}" for number in range(64)]
    await office.people(*names)
    await office.offer(*names)
    endings, most = await at_once(office, [office.accept(name) for name in names])
    assert (endings, most) == ({"done": 2, "NoOffer": 62}, 2)
    assert Counter((await office.states()).values()) == {"accepted": 2, "waitlisted": 62}


async def test_one_place_after_the_other_goes_down_the_list_while_everybody_declines(office: BoxOffice) -> None:
    names = [f"q{number}" for number in range(20)]
    await office.people(*names)
    await office.offer(*names)
    for _ in range(10):
        states = await office.states()
        holding = [name for name, state in states.items() if state == "offered"]
        assert len(holding) == 2
        endings, most = await at_once(office, [office.decline(name) for name in holding])
        assert (endings, most) == ({"done": 2}, 2)
    assert Counter((await office.states()).values()) == {"declined": 20}


async def test_two_organisers_offering_the_same_people_at_once_write_one_letter_each(office: BoxOffice) -> None:
    await office.people("ann", "bea", "cem")
    await at_once(office, [office.offer("ann", "bea", "cem") for _ in range(4)])
    assert {name: await office.kinds(name) for name in office.ids} == {
        "ann": ["place_offered"],
        "bea": ["place_offered"],
        "cem": ["waiting_list_joined"],
    }
    assert (await get_event_by_id(office.event.id)).capacity == 2
