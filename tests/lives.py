"""What people, organisers and workers do to one event, and what calendars show when all is delivered.

Everything is real but the mail server and the clock: services, database, outbox, claims. What is handed over goes to
simulated calendars at once, in that order.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from typing import Any, TypeVar

from icalendar import Calendar

from eventsite.database import execute
from eventsite.events import queries
from eventsite.events.drafts import EventDraft, SessionDraft
from eventsite.events.rules import place_of, place_of_session
from eventsite.events.tables import Event, ProgrammeSession
from eventsite.interest.change_services import call_off_event, call_off_session, change_event, change_session
from eventsite.interest.place_services import (
    accept_place,
    cancel_places,
    offer_places,
    pass_on_places,
)
from eventsite.interest.reply_services import take_reply
from eventsite.interest.seat_services import (
    add_session,
    give_up_seat,
    pass_on_seats,
    switch_session_mail,
)
from eventsite.interest.services import InterestDraft, register_interest
from eventsite.interest.states import ACTIVE
from eventsite.ledger import VISITOR
from eventsite.mail.claims import LEASE, ClaimedLetter, claim
from eventsite.mail.outbox import requeue
from eventsite.mail.settlements import mark_sent, release, release_stale
from eventsite.people.services import PersonDraft
from eventsite.stationery import Stationery
from tests.conftest import StandingClock, empty_database
from tests.factories import make_event, make_session
from tests.simulated_client import SimulatedClient

NAMES = ("ann", "ben", "cay")
ORGANISER = "olive"
EVERYBODY = 10_000
MOST_TRIES = 6
T = TypeVar("T")


@dataclass
class Life:
    """One event with its people, their calendars, and the workers that write to them."""

    stationery: Stationery
    clock: StandingClock
    event_id: str = ""
    session_ids: list[str] = field(default_factory=list)
    people: dict[str, str] = field(default_factory=dict)
    # Of each person one calendar whose owner opens every file, and one whose owner opens none.
    calendars: dict[str, list[SimulatedClient]] = field(default_factory=dict)
    claimed: list[ClaimedLetter] = field(default_factory=list)
    numbers: dict[str, tuple[int, tuple[str, str]]] = field(default_factory=dict)
    asked: set[tuple[str, str]] = field(default_factory=set)
    # Who has wanted to come ever since their receipt, so that any dates they hold must be right.
    faithful: set[str] = field(default_factory=set)

    @classmethod
    async def begin(cls, stationery: Stationery) -> "Life":
        """Two places; one session for one, one for two, one for all. Clocks go back on the second Sunday after it."""
        await empty_database()
        life = cls(stationery, StandingClock(datetime(2027, 3, 10, 12, tzinfo=UTC)))
        days = {"starts_on": date(2029, 10, 20), "ends_on": date(2029, 10, 21)}
        event = await make_event(capacity=2, **days)
        life.event_id = event.id
        for number, capacity in enumerate((1, 2, None)):
            starts_at = datetime(2029, 10, 20, 8 + number, 30, tzinfo=UTC)
            session = await make_session(
                event, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), capacity=capacity
            )
            life.session_ids.append(session.id)
        for name in NAMES:
            address = address_of(name)
            life.calendars[address] = [SimulatedClient(address), SimulatedClient(address, open_files=False)]
            await life.register(name)
        await life.give_place("ann")
        await life.add("ann", 0, True, add_session)
        await life.look()
        return life

    # What people do

    async def register(self, name: str) -> None:
        """The form of interest."""
        email = address_of(name)
        draft = InterestDraft(PersonDraft(email, email, name.title()), [await self.event()], updates=False)
        person = await register_interest(draft, stationery=self.stationery, now=self.clock())
        self.people[name] = person.id

    async def answer(self, name: str, verb: Callable[..., Awaitable[object]]) -> None:
        """Accepts, declines, withdraws, or joins the waiting list."""
        if name in self.people:
            await verb(self.people[name], self.event_id, **self._visitor())

    async def add(self, name: str, number: int, by_mail: bool, verb: Callable[..., Awaitable[object]]) -> None:
        """Adds a session, or joins its waiting list."""
        if name in self.people:
            session = await queries.get_session(self.session_ids[number])
            await verb(self.people[name], session, wants_mail=by_mail, **self._visitor())

    async def give_up(self, name: str, number: int) -> None:
        """Gives a seat back."""
        if name in self.people:
            await give_up_seat(self.people[name], self.session_ids[number], **self._visitor())

    async def switch_mail(self, name: str, number: int, wanted: bool) -> None:
        """Has invitations to a session sent, or stopped."""
        if name in self.people:
            how = {"stationery": self.stationery, "now": self.clock()}
            await switch_session_mail(self.people[name], self.session_ids[number], wanted=wanted, **how)  # type: ignore[arg-type]  # -- passed on

    async def reply(self, name: str, partstat: str, nth: int) -> None:
        """Answers one of the invitations by calendar."""
        rows = await execute("SELECT id, sequence FROM invite WHERE person = {} ORDER BY uid", self.people.get(name))
        for row in rows[nth : nth + 1]:
            how = {"stationery": self.stationery, "now": self.clock()}
            await take_reply(row["id"], partstat, row["sequence"], self.clock(), **how)  # type: ignore[arg-type]  # -- passed on

    # What organisers do

    async def offer(self, name: str) -> None:
        """Offers a place for three days."""
        ids, until = await self._interest_of(name), self.clock() + timedelta(days=3)
        await offer_places(await self.event(), ids, until=until, **self._organiser())

    async def give_place(self, name: str) -> None:
        """Offers a place that is taken up at once."""
        await self.offer(name)
        await self.answer(name, accept_place)

    async def take_back(self, name: str) -> None:
        """Takes a place or an offer back."""
        await cancel_places(await self.event(), await self._interest_of(name), **self._organiser())

    async def change_event(self, **changed: Any) -> None:
        """Other dates (`days` later), another name, another place."""
        event = await self.event()
        by = timedelta(days=changed.pop("days", 0))
        moved = {"starts_on": event.starts_on + by, "ends_on": event.ends_on + by}
        draft = _said_of(event, EventDraft, moved | changed)
        await change_event(event, draft, seen_at=event.updated_at, shown=EVERYBODY, **self._organiser())

    async def change_session(self, number: int, **changed: Any) -> None:
        """Other times (`minutes` later), another title, another room."""
        session = await queries.get_session(self.session_ids[number])
        by = timedelta(minutes=changed.pop("minutes", 0))
        moved = {"starts_at": session.starts_at + by, "ends_at": session.ends_at + by}
        draft = _said_of(session, SessionDraft, moved | changed)
        await change_session(session, draft, seen_at=session.updated_at, shown=EVERYBODY, **self._organiser())

    async def cancel_session(self, number: int) -> None:
        """Cancels one session."""
        session = await queries.get_session(self.session_ids[number])
        await call_off_session(session, shown=EVERYBODY, **self._organiser())

    async def cancel_event(self) -> None:
        """Cancels everything."""
        await call_off_event(await self.event(), shown=EVERYBODY, **self._organiser())

    # What the clock and the workers do

    async def wait(self, minutes: int) -> None:
        """Time passes, and what is done by the clock is done."""
        now = self.clock.move(minutes=minutes)
        await pass_on_places(now, stationery=self.stationery)
        await pass_on_seats(now, stationery=self.stationery)

    async def take_letters(self, worker: str, limit: int) -> None:
        """A worker claims what is due, and has not delivered it yet."""
        await release_stale(now=self.clock())
        for letter in await claim(worker, now=self.clock(), limit=limit):
            self.asked.update(_requested(letter))
            self.claimed.append(letter)

    async def finish(self, nth: int, how: str) -> None:
        """What becomes of a letter that a worker has claimed: `sent`, `failed`, `lost` or `crashed` before or after.

        A worker that was slow delivers what may not be its own any more.
        """
        if not self.claimed:
            return
        letter = self.claimed.pop(nth % len(self.claimed))
        if letter.attempt > MOST_TRIES:
            how = "sent"
        if how in {"sent", "lost", "crashed after"}:
            self.hand_over(letter)
        if how == "sent":
            await mark_sent([letter], now=self.clock())
        elif how in {"failed", "lost"}:
            uncertain = how == "lost"
            await release(letter, now=self.clock(), words="451 later", chance=0.5, uncertain=uncertain)

    def hand_over(self, letter: ClaimedLetter) -> None:
        """The mail server has it, and so has the reader."""
        for email, uid in _cancelled(letter):
            assert (email, uid) in self.asked, f"R4.8: {email} is told that {uid} is off, and never heard of it"
        for calendar in self.calendars[letter.recipient]:
            calendar.take_letter(letter.content)

    async def deliver_all(self) -> None:
        """Everything that waits is delivered, dead letters by pressing "send again"; slow workers are forgotten."""
        self.claimed.clear()
        self.clock.move(seconds=LEASE.total_seconds() + 1)
        for _ in range(200):
            await release_stale(now=self.clock())
            for row in await execute("SELECT id FROM outbox_letter WHERE state = 'dead'"):
                await requeue(row["id"], now=self.clock())
            letters = await claim("last", now=self.clock())
            for letter in letters:
                self.asked.update(_requested(letter))
                self.hand_over(letter)
                await mark_sent([letter], now=self.clock())
            if not letters:
                if not await execute("SELECT id FROM outbox_letter WHERE state IN ('waiting', 'sending', 'dead')"):
                    return
                self.clock.move(hours=6)
        raise AssertionError("the outbox never becomes empty")

    # What must be true

    async def look(self) -> None:
        """After every deed: no SEQUENCE has fallen, each news has a higher one (R4.7); and who still wants to come."""
        for name in NAMES:
            state = await self._state_of(name)
            if state == "interested":
                self.faithful.add(name)
            elif state not in ACTIVE:
                self.faithful.discard(name)
        for row in await execute("SELECT id, sequence, method, digest FROM invite"):
            number, told = row["sequence"], (row["method"], row["digest"] if row["method"] == "REQUEST" else "")
            last_number, last_told = self.numbers.get(row["id"], (-1, told))
            assert number >= last_number, "R4.7: a SEQUENCE fell"
            assert number > last_number or told == last_told, "R4.7: something else is told under the same SEQUENCE"
            self.numbers[row["id"]] = number, told

    async def ensure_calendars_are_right(self) -> None:
        """Each calendar shows what the database says and nothing else, but for dates somebody put in themselves."""
        event, sessions = await self.event(), await queries.sessions_of(self.event_id)
        for name in NAMES:
            expected = await self._expected(name, event, sessions)
            for calendar in self.calendars[address_of(name)]:
                shown = {uid: tuple(entry)[:5] for uid, entry in calendar.entries.items()}
                self._forget_hold(shown, expected, event, name)
                assert shown == expected, f"{name} with open_files={calendar.open_files}: {shown} and not {expected}"

    def _forget_hold(self, shown: dict[str, Any], expected: dict[str, Any], event: Event, name: str) -> None:
        uid = f"event-{event.id}@{self.stationery.uid_domain}"
        if uid in expected or uid not in shown or shown[uid][4] not in {"TENTATIVE", "CANCELLED"}:
            return
        held = shown.pop(uid)
        if name in self.faithful:
            assert held[:4] == _entry_of(event)[:4], f"{name} holds {held} and not {_entry_of(event)}"

    async def _expected(
        self, name: str, event: Event, sessions: list[ProgrammeSession]
    ) -> dict[str, tuple[object, ...]]:
        entries: dict[str, tuple[object, ...]] = {}
        domain, person = self.stationery.uid_domain, self.people.get(name, "")
        if await self._state_of(name) == "accepted":
            entries[f"event-{event.id}@{domain}"] = _entry_of(event)
        seats = await execute("SELECT session FROM seat WHERE person = {} AND state = 'taken' AND wants_mail", person)
        seated = {row["session"] for row in seats}
        for session in sessions:
            if session.id in seated:
                entries[f"session-{session.id}@{domain}"] = (
                    session.title,
                    session.starts_at,
                    session.ends_at,
                    place_of_session(session, event),
                    "CONFIRMED",
                )
        return entries

    async def event(self) -> Event:
        """The event as it is."""
        return await queries.get_event_by_id(self.event_id)

    async def _state_of(self, name: str) -> str:
        rows = await execute("SELECT state FROM interest WHERE person = {}", self.people.get(name, ""))
        return str(rows[0]["state"]) if rows else ""

    async def _interest_of(self, name: str) -> list[str]:
        rows = await execute("SELECT id FROM interest WHERE person = {}", self.people.get(name, ""))
        return [row["id"] for row in rows]

    def _visitor(self) -> dict[str, Any]:
        return {"actor": VISITOR, "stationery": self.stationery, "now": self.clock()}

    def _organiser(self) -> dict[str, Any]:
        return {"actor": ORGANISER, "stationery": self.stationery, "now": self.clock()}


def address_of(name: str) -> str:
    """Where one of the people gets mail."""
    return f"{name}@trust.example"


def _said_of(row: Event | ProgrammeSession, draft: type[T], changed: dict[str, Any]) -> T:
    return draft(**{one.name: getattr(row, one.name) for one in fields(draft)} | changed)  # type: ignore[arg-type]  # -- a dataclass


def _entry_of(event: Event) -> tuple[object, ...]:
    return (event.name, event.starts_on, event.ends_on + timedelta(days=1), place_of(event), "CONFIRMED")


def _requested(letter: ClaimedLetter) -> set[tuple[str, str]]:
    return _told_by(letter, "REQUEST")


def _cancelled(letter: ClaimedLetter) -> set[tuple[str, str]]:
    return _told_by(letter, "CANCEL")


def _told_by(letter: ClaimedLetter, method: str) -> set[tuple[str, str]]:
    """Whom a letter tells what with a METHOD."""
    if b"method=" not in letter.content:
        return set()
    for part in message_from_bytes(letter.content).walk():
        if part.get_content_type() == "text/calendar":
            content: Any = part.get_payload(decode=True)
            calendar: Any = Calendar.from_ical(content)
            if str(calendar.get("METHOD", "")) == method:
                return {(letter.recipient, str(event["UID"])) for event in calendar.walk("VEVENT")}
    return set()
