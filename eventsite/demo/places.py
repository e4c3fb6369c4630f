"""What the demonstration's people have done so far: by the site's own services, at times that have passed.

HPN Midlands has places left; HPN Mental Health is full and has a waiting list. Their letters lie on the desk as sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from eventsite import ledger
from eventsite.clock import london_date
from eventsite.database import execute
from eventsite.demo.people import somebody
from eventsite.events.moments import london_moment
from eventsite.events.queries import get_event, get_session_of
from eventsite.events.tables import Event
from eventsite.interest.place_services import (
    accept_place,
    cancel_places,
    decline_place,
    offer_places,
    pass_on_places_of,
)
from eventsite.interest.seat_services import add_session, join_session_list
from eventsite.interest.services import InterestDraft, register_interest, withdraw_interest
from eventsite.mail.suppression import note_bounce
from eventsite.stationery import Stationery

AT_MIDLANDS = range(30)
AT_MENTAL_HEALTH = range(26, 52)
ARRIVED = """
    UPDATE outbox_letter SET state = 'sent', attempts = 1, due_at = created_at, sent_at = created_at
    WHERE state = 'waiting'
"""
INTERESTS = "SELECT person, id FROM interest WHERE event = {}"
TENTATIVE = "UPDATE invite SET partstat = 'TENTATIVE', replied_at = {} WHERE person = {} AND event = {}"


@dataclass(frozen=True)
class Company:
    """The people of one event, in the order in which they registered, and what they do how long ago."""

    event: Event
    people: Sequence[str]
    stationery: Stationery
    now: datetime

    async def are_offered(self, which: range, *, ago: timedelta, until: datetime) -> None:
        """Organisers offer them places, until a moment that may have passed by now."""
        by_person = {row["person"]: row["id"] for row in await execute(INTERESTS, self.event.id)}
        ids = [by_person[self.people[number]] for number in which]
        at = self.now - ago
        await offer_places(self.event, ids, until=until, actor=ledger.OPERATOR, stationery=self.stationery, now=at)
        await _letters_arrive()

    async def accept(self, which: range, *, ago: timedelta) -> None:
        """They take their offers up."""
        for number in which:
            person = self.people[number]
            at = self.now - ago
            await accept_place(person, self.event.id, actor=ledger.VISITOR, stationery=self.stationery, now=at)
        await _letters_arrive()

    async def decline(self, number: int, *, ago: timedelta) -> None:
        """One of them declines."""
        person, at = self.people[number], self.now - ago
        await decline_place(person, self.event.id, actor=ledger.VISITOR, stationery=self.stationery, now=at)

    async def time_passes(self, *, ago: timedelta) -> None:
        """Offers run out, and places pass on."""
        await pass_on_places_of(self.event.id, stationery=self.stationery, now=self.now - ago)
        await _letters_arrive()

    async def take_seats(self, slug: str, which: Sequence[int], *, ago: timedelta) -> None:
        """They add a session; who finds it full joins its waiting list."""
        session = await get_session_of(self.event, slug)
        for place, number in enumerate(which):
            add = add_session if session.capacity is None or place < session.capacity else join_session_list
            await add(
                self.people[number],
                session,
                wants_mail=place % 3 == 0,
                actor=ledger.VISITOR,
                stationery=self.stationery,
                now=self.now - ago,
            )
        await _letters_arrive()


async def invite_and_answer(stationery: Stationery, now: datetime) -> None:
    """Fifty-two people register, are offered places, and answer or do not. Part of the caller's transaction."""
    midlands, mental_health = await get_event("hpn-midlands"), await get_event("hpn-mental-health")
    known = await _register({"midlands": midlands, "mental_health": mental_health}, stationery, now)
    await _at_midlands(Company(midlands, [known[number] for number in AT_MIDLANDS], stationery, now))
    await _at_mental_health(Company(mental_health, [known[number] for number in AT_MENTAL_HEALTH], stationery, now))
    await _have_trouble(known, now)
    await _letters_arrive()


async def _register(events: dict[str, Event], stationery: Stationery, now: datetime) -> dict[int, str]:
    known = {}
    for number in range(AT_MENTAL_HEALTH.stop):
        wanted = [events["midlands"]] * (number in AT_MIDLANDS) + [events["mental_health"]] * (
            number in AT_MENTAL_HEALTH
        )
        draft = InterestDraft(somebody(number), wanted, updates=number % 3 == 0)
        at = now - timedelta(days=24) + timedelta(hours=5 * number)
        known[number] = (await register_interest(draft, stationery=stationery, now=at)).id
    await _letters_arrive()
    return known


async def _at_midlands(company: Company) -> None:
    event, stationery, now = company.event, company.stationery, company.now
    await company.are_offered(range(18), ago=timedelta(days=9), until=company.now - timedelta(days=3))
    await company.accept(range(13), ago=timedelta(days=7))
    await company.decline(13, ago=timedelta(days=7))
    await company.decline(14, ago=timedelta(days=6))
    await company.take_seats("scribes", range(11), ago=timedelta(days=6))
    await company.take_seats("ai-safety", range(2, 12), ago=timedelta(days=5))
    # Three of the eighteen never answered.
    await company.time_passes(ago=timedelta(days=3) - timedelta(minutes=1))
    await company.are_offered(range(18, 22), ago=timedelta(days=2), until=five_o_clock(company.now, 3))
    await withdraw_interest(
        company.people[22], event.id, actor=ledger.VISITOR, stationery=stationery, now=now - timedelta(days=2)
    )
    rows = await execute("SELECT id FROM interest WHERE person = {} AND event = {}", company.people[12], event.id)
    at = now - timedelta(days=1)
    await cancel_places(event, [rows[0]["id"]], actor=ledger.OPERATOR, stationery=stationery, now=at)
    await execute(TENTATIVE, now - timedelta(days=4), company.people[3], event.id)


async def _at_mental_health(company: Company) -> None:
    # Sixteen places for twenty-four people: eight wait.
    await company.are_offered(range(24), ago=timedelta(days=9), until=company.now - timedelta(days=3))
    await company.accept(range(12), ago=timedelta(days=8))
    await company.take_seats("safety-case", range(9), ago=timedelta(days=7))
    await company.time_passes(ago=timedelta(days=3) - timedelta(minutes=1))
    await company.decline(0, ago=timedelta(days=1))


def five_o_clock(now: datetime, days: int) -> datetime:
    """5pm in London so many days ahead."""
    return london_moment(london_date(now) + timedelta(days=days), time(17))


async def _letters_arrive() -> None:
    """What was written by now has been sent: what is written next comes after it, and not in its place."""
    await execute(ARRIVED)


async def _have_trouble(known: dict[int, str], now: datetime) -> None:
    """Letters to one of them come back."""
    [row] = await execute("SELECT email_key FROM person WHERE id = {}", known[5])
    await note_bounce(
        row["email_key"],
        letter_id=None,
        action="failed",
        status="5.1.1",
        words="550 5.1.1 There is nobody of that name here",
        now=now - timedelta(days=4),
    )
