"""Reads about the people of an event: a page of them, how many stand where, and how many places there are."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventsite.database import execute
from eventsite.interest.states import InterestState
from eventsite.web.paging import last_page

PAGE = 50
SIGNS = re.compile("[%_!]")
EVERYBODY = "1 = 1"
HAS_WORDS = (
    "(LOWER(p.name) LIKE {} ESCAPE '!' OR p.email_key LIKE {} ESCAPE '!' OR LOWER(p.organisation) LIKE {} ESCAPE '!')"
)
OF_EVENT = "i.event = {}"
IN_STATE = "i.state = {}"
NEWEST_FIRST = "i.registered_at DESC, i.id DESC"
ORDERS = {
    InterestState.WAITLISTED: "i.waitlisted_at, i.id",
    InterestState.OFFERED: "i.offered_until, i.id",
}
COUNTS = """
    SELECT i.state, COUNT(*) AS everybody, COUNT(CASE WHEN <found> THEN 1 END) AS found
    FROM interest i JOIN person p ON p.id = i.person WHERE <where> GROUP BY i.state
"""
# What is looked up beside a person is looked up for the fifty of the page alone.
PEOPLE = """
    WITH page AS (
        SELECT i.id FROM interest i JOIN person p ON p.id = i.person WHERE <where> ORDER BY <order> LIMIT {} OFFSET {}
    ), waiting AS (
        SELECT id, ROW_NUMBER() OVER (PARTITION BY event ORDER BY waitlisted_at, id) AS position
        FROM interest WHERE state = 'waitlisted'
    )
    SELECT i.id, p.name, p.email, p.job_title, p.organisation, e.name AS event_name, i.state, i.registered_at,
        i.offered_until, waiting.position, COALESCE(s.reason, '') AS suppressed, COALESCE((
            SELECT v.partstat FROM invite v
            WHERE v.person = i.person AND v.event = i.event AND v.session IS NULL AND v.method = 'REQUEST'
            ORDER BY v.stamped_at DESC LIMIT 1), '') AS partstat
    FROM page JOIN interest i ON i.id = page.id JOIN person p ON p.id = i.person JOIN event e ON e.id = i.event
    LEFT JOIN suppression s ON s.address_key = p.email_key LEFT JOIN waiting ON waiting.id = i.id ORDER BY <order>
"""
CANDIDATES = """
    SELECT i.id, i.person, p.name, p.organisation, i.state, COALESCE(s.reason, '') AS suppressed
    FROM interest i JOIN person p ON p.id = i.person LEFT JOIN suppression s ON s.address_key = p.email_key
    WHERE <where> ORDER BY i.registered_at, i.id
"""
SEATS = """
    SELECT s.slug, s.title, s.capacity, COUNT(CASE WHEN t.state = 'taken' THEN 1 END) AS taken,
        COUNT(CASE WHEN t.state = 'waitlisted' THEN 1 END) AS waiting
    FROM programme_session s LEFT JOIN seat t ON t.session = s.id
    WHERE s.event = {} AND s.state = 'scheduled' AND s.capacity IS NOT NULL
    GROUP BY s.id, s.slug, s.title, s.capacity, s.starts_at ORDER BY s.starts_at, s.title
"""


@dataclass(frozen=True)
class InterestFilter:
    """Whom an organiser wants to see: one event's people (its id), those in a state, those with words. Empty: all."""

    event: str = ""
    state: str = ""
    words: str = ""


@dataclass(frozen=True)
class InterestedPerson:
    """A row of the desk's list.

    `position` is their place on the waiting list, counted from 1; `partstat` what their calendar answered (RFC 5545
    section 3.2.12), empty for nothing; `suppressed` why letters are kept from them, empty where they are not.
    """

    id: str
    name: str
    email: str
    job_title: str
    organisation: str
    event_name: str
    state: str
    registered_at: datetime
    offered_until: datetime | None
    position: int | None
    partstat: str
    suppressed: str


@dataclass(frozen=True)
class InterestedPeople:
    """A page of the list. `counts` says how many the filter finds in each state, whatever its own state is."""

    people: list[InterestedPerson]
    counts: dict[str, int]
    everybody: dict[str, int]
    count: int
    number: int

    @property
    def last(self) -> int:
        """The number of the last page."""
        return last_page(self.count, PAGE)


@dataclass(frozen=True)
class Candidate:
    """Somebody whom a deed may be for."""

    id: str
    person: str
    name: str
    organisation: str
    state: str
    suppressed: str


@dataclass(frozen=True)
class Places:
    """How many places an event has and who holds them. `capacity` and `free` are None where there is no limit."""

    capacity: int | None
    accepted: int
    offered: int
    waiting: int

    @property
    def used(self) -> int:
        """How many are gone: an offer keeps its place until it runs out."""
        return self.accepted + self.offered

    @property
    def free(self) -> int | None:
        """How many can be offered."""
        return None if self.capacity is None else max(0, self.capacity - self.used)

    @property
    def over(self) -> int:
        """By how many people it is over-full, after its places were made fewer."""
        return 0 if self.capacity is None else max(0, self.used - self.capacity)


@dataclass(frozen=True)
class SessionSeats:
    """How many seats of a session with limited room are taken, and how many people wait for one."""

    slug: str
    title: str
    capacity: int
    taken: int
    waiting: int


async def interested_people(wanted: InterestFilter, number: int = 1) -> InterestedPeople:
    """A page of the people somebody wants to see, and how many stand in each state. Two queries.

    The newest stand first; a waiting list stands in its order, offers in that of their deadlines. A page past the last
    one is the last one. The case of letters is folded by the database: on SQLite of A to Z alone.
    """
    rows = await _counts(wanted)
    counts = {row["state"]: row["found"] for row in rows if row["found"]}
    count = counts.get(wanted.state, 0) if wanted.state else sum(counts.values())
    number = min(number, last_page(count, PAGE))
    people = await _page(wanted, number)
    return InterestedPeople(people, counts, {row["state"]: row["everybody"] for row in rows}, count, number)


async def candidates(wanted: InterestFilter, ids: Sequence[str] | None = None) -> list[Candidate]:
    """Everybody a filter finds, or those of them who have these ids, in the order of registering."""
    where, values = _where(wanted)
    rows = await execute(CANDIDATES.replace("<where>", where), *values)
    chosen = None if ids is None else set(ids)
    return [Candidate(**row) for row in rows if chosen is None or row["id"] in chosen]


def places(capacity: int | None, counts: dict[str, int]) -> Places:
    """How the places of an event stand, from how many people of it are in each state."""
    counted = Counter(counts)
    return Places(capacity, *(counted[state] for state in ("accepted", "offered", "waitlisted")))


async def places_of(event_id: str, capacity: int | None) -> Places:
    """How the places of an event stand now."""
    rows = await execute("SELECT state, COUNT(*) AS people FROM interest WHERE event = {} GROUP BY state", event_id)
    return places(capacity, {row["state"]: row["people"] for row in rows})


async def limited_seats(event_id: str) -> list[SessionSeats]:
    """The sessions of an event that have limited room, by time."""
    return [SessionSeats(**row) for row in await execute(SEATS, event_id)]


async def _counts(wanted: InterestFilter) -> list[dict[str, Any]]:
    found, words = _has_words(wanted.words)
    where, values = _where(InterestFilter(event=wanted.event))
    return await execute(COUNTS.replace("<found>", found).replace("<where>", where), *words, *values)


async def _page(wanted: InterestFilter, number: int) -> list[InterestedPerson]:
    where, values = _where(wanted)
    order = ORDERS.get(InterestState(wanted.state), NEWEST_FIRST) if wanted.state else NEWEST_FIRST
    sql = PEOPLE.replace("<where>", where).replace("<order>", order)
    return [InterestedPerson(**row) for row in await execute(sql, *values, PAGE, (number - 1) * PAGE)]


def _where(wanted: InterestFilter) -> tuple[str, list[str]]:
    """The condition in SQL, and the values for its marks."""
    has_words, words = _has_words(wanted.words)
    parts = [(OF_EVENT, wanted.event), (IN_STATE, wanted.state)]
    conditions = [condition for condition, value in parts if value]
    return " AND ".join([*conditions, has_words]), [*(value for _, value in parts if value), *words]


def _has_words(words: str) -> tuple[str, list[str]]:
    if not words:
        return EVERYBODY, []
    like = "%" + SIGNS.sub(lambda sign: f"!{sign[0]}", words.lower()) + "%"
    return HAS_WORDS, [like] * 3
