"""Sixty-four people who press "Add" at the same moment, when one seat is left, at two server processes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx2

from eventsite.database import execute
from eventsite.interest.tables import Interest, InterestState, Seat
from eventsite.people.tables import Person
from eventsite.tokens import Purpose, make_token
from tests.conftest import SECRET
from tests.factories import MADE_AT, make_event, make_session
from tests.servers import ServerProcess, from_a_page

PEOPLE = 64
CAPACITY = 3
FULL = "“How do we deploy AI safely?” is full. You can join its waiting list."
STARTS = datetime(2097, 6, 26, 8, 30, tzinfo=UTC)
ENDS = datetime(2097, 6, 26, 9, 45, tzinfo=UTC)


@dataclass(frozen=True)
class Racer:
    """Somebody with a place: their browser, and the path of the session on their own page."""

    person_id: str
    path: str
    browser: httpx2.AsyncClient

    async def press(self, deed: str, **sent: str) -> httpx2.Response:
        """Presses a button of the page: `seat`, `waiting` or `release`."""
        return await self.browser.post(f"{self.path}/{deed}", data=sent)


@dataclass(frozen=True)
class Race:
    """A panel with one seat left, and everybody who wants it."""

    session_id: str
    racers: list[Racer]

    async def run(self) -> list[httpx2.Response]:
        """All press at once; what each of them gets. Every other one wants an invite by email."""
        sent = [{"mail": "yes"} if number % 2 else {} for number in range(len(self.racers))]
        return await asyncio.gather(*(one.press("seat", **form) for one, form in zip(self.racers, sent, strict=True)))

    async def again(self) -> None:
        """One seat is left once more."""
        ids = ", ".join("{}" for _ in self.racers)
        await execute(f"DELETE FROM seat WHERE person IN ({ids})", *(racer.person_id for racer in self.racers))

    async def taken(self) -> set[str]:
        """Who has a seat."""
        rows = await execute("SELECT person FROM seat WHERE session = {} AND state = 'taken'", self.session_id)
        return {row["person"] for row in rows}

    async def ensure_one_winner(self, answers: list[httpx2.Response]) -> Racer:
        """The one who got the seat; all others were told so and offered the waiting list. Raises AssertionError."""
        won = [racer for racer, answer in zip(self.racers, answers, strict=True) if answer.status_code == 303]
        lost = [answer for answer in answers if answer.status_code == 422]
        assert (len(won), len(lost)) == (1, len(self.racers) - 1), [answer.status_code for answer in answers]
        for answer in lost:
            told = answer.text.partition('role="alert"')[2].partition("<h1>")[0]
            assert FULL in told, "told in words"
            assert "Join the waiting list" in told, "offered the waiting list"
        seated = await self.taken()
        assert len(seated) == CAPACITY, "as many as there are seats, and no more"
        assert won[0].person_id in seated
        return won[0]


@asynccontextmanager
async def race_at(two: list[ServerProcess]) -> AsyncIterator[Race]:
    """A panel with a seat left and sixty-four people with browsers open, half of them at either server."""
    far = {"starts_on": STARTS.date(), "ends_on": STARTS.date()}
    event = await make_event(slug="hpn-midlands", **far)
    session = await make_session(event, slug="ai-safety", starts_at=STARTS, ends_at=ENDS, capacity=CAPACITY)
    people = [await _make_person(number, event.id) for number in range(PEOPLE + CAPACITY - 1)]
    for person in people[PEOPLE:]:
        await Seat(person=person.id, session=session.id, created_at=MADE_AT, changed_at=MADE_AT).save()
    browsers = [from_a_page(two[number % 2]) for number in range(PEOPLE)]
    racers = [
        Racer(person.id, f"{_own_page(person)}/events/hpn-midlands/sessions/ai-safety", browser)
        for person, browser in zip(people, browsers, strict=False)
    ]
    try:
        # A connection is open before the start: the race is for the seat, not for the port.
        await asyncio.gather(*(browser.get("/livez") for browser in browsers))
        yield Race(session.id, racers)
    finally:
        await asyncio.gather(*(browser.aclose() for browser in browsers))


async def _make_person(number: int, event_id: str) -> Person:
    email = f"racer-{number}@trust.example"
    at: dict[str, Any] = {"created_at": MADE_AT, "updated_at": MADE_AT}
    person = Person(email=email, email_key=email, name=f"Racer {number}", **at)
    await person.save()
    since: dict[str, Any] = {"registered_at": MADE_AT, "changed_at": MADE_AT}
    await Interest(person=person.id, event=event_id, state=InterestState.ACCEPTED, **since).save()
    return person


def _own_page(person: Person) -> str:
    return "/my/" + make_token(SECRET, Purpose.MY, person.id, 0)
