"""The demonstration content: HPN North as it was, two events on the next 26 and 27 June, a dozen questions."""

from datetime import UTC, date, datetime

import httpx2
import pytest

from eventsite.database import execute
from eventsite.demo.content import next_june
from eventsite.demo.crowd import CROWD
from eventsite.demo.loading import load_demonstration
from eventsite.events.queries import get_event
from eventsite.interest.place_services import pass_on_places
from eventsite.interest.queries import Places, limited_seats, places_of
from eventsite.interest.states import InterestState
from eventsite.stationery import Stationery
from tests.conftest import StandingClock

PANEL = [
    ("David Walliker", "chair", "Chief Digital and Information Officer", "Manchester University NHS Foundation Trust"),
    ("Lee Rickles", "panellist", "Chief Information Officer", "Humber Teaching Hospitals NHS Foundation Trust"),
    (
        "Jacqui Cooper",
        "panellist",
        "Chief Nursing Information Officer",
        "Health Innovation Manchester and NHS Greater Manchester",
    ),
    ("Holly Carr", "panellist", "Chief Clinical Information Officer", "Stockport NHS Foundation Trust"),
]


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 11, 23), date(2027, 6, 26)),
        (date(2027, 6, 25), date(2027, 6, 26)),
        (date(2027, 6, 26), date(2028, 6, 26)),
        (date(2027, 6, 28), date(2028, 6, 26)),
    ],
)
def test_the_june_events_are_always_to_come(today: date, first: date) -> None:
    assert next_june(today) == (first, first.replace(day=27))


async def test_it_is_loaded_once(database: None, now: datetime) -> None:
    assert await load_demonstration(now=now) is True
    assert await load_demonstration(now=now) is False
    assert [row["slug"] for row in await execute("SELECT slug FROM event ORDER BY slug")] == [
        "hpn-mental-health",
        "hpn-midlands",
        "hpn-north",
    ]


async def test_the_panel_has_the_posts_the_source_gives(database: None, now: datetime) -> None:
    await load_demonstration(now=now)
    rows = await execute(
        "SELECT s.name, a.part, s.job_title, s.organisation FROM appearance a JOIN speaker s ON s.id = a.speaker "
        "ORDER BY a.position"
    )
    assert [tuple(row.values()) for row in rows] == PANEL


async def test_each_june_event_has_one_panel_that_takes_questions(database: None, now: datetime) -> None:
    await load_demonstration(now=now)
    rows = await execute(
        "SELECT e.slug, s.starts_at FROM programme_session s JOIN event e ON e.id = s.event WHERE s.takes_questions "
        "ORDER BY e.slug"
    )
    assert [row["slug"] for row in rows] == ["hpn-mental-health", "hpn-midlands"]
    # 10:30 on a June morning in London is 9:30 in UTC.
    assert rows[1]["starts_at"] == datetime(2027, 6, 26, 9, 30, tzinfo=UTC)


async def test_a_dozen_questions_stand_in_different_states(database: None, now: datetime) -> None:
    await load_demonstration(now=now)
    rows = await execute("SELECT state, COUNT(*) AS number FROM question GROUP BY state ORDER BY state")
    assert {row["state"]: row["number"] for row in rows} == {"approved": 7, "pending": 4, "rejected": 1}


async def test_people_stand_in_every_state_and_no_place_is_given_twice(
    database: None, stationery: Stationery, now: datetime
) -> None:
    await load_demonstration(now=now, stationery=stationery)
    assert {row["state"] for row in await execute("SELECT DISTINCT state FROM interest")} == set(InterestState)
    midlands, mental_health = [await _places(slug) for slug in ("hpn-midlands", "hpn-mental-health")]
    assert (midlands.capacity, mental_health.capacity) == (120, 16)
    assert midlands.free
    assert (mental_health.free, mental_health.over, mental_health.waiting > 0) == (0, 0, True)


async def test_one_workshop_is_nearly_full_and_one_is(database: None, stationery: Stationery, now: datetime) -> None:
    await load_demonstration(now=now, stationery=stationery)
    midlands, mental_health = await get_event("hpn-midlands"), await get_event("hpn-mental-health")
    seats = {each.slug: each for each in [*await limited_seats(midlands.id), *await limited_seats(mental_health.id)]}
    assert (seats["scribes"].taken, seats["scribes"].capacity) == (11, 12)
    assert (seats["safety-case"].taken, seats["safety-case"].capacity) == (8, 8)
    assert seats["ai-safety"].capacity == 40


async def test_what_the_people_were_sent_lies_on_the_desk_and_nothing_waits(
    database: None, stationery: Stationery, now: datetime
) -> None:
    await load_demonstration(now=now, stationery=stationery)
    letters = await execute("SELECT kind, state, recipient, created_at FROM outbox_letter")
    assert {row["state"] for row in letters} == {"sent"}
    assert {"interest/received", "interest/place_offered", "interest/place_confirmed", "interest/offer_expired"} <= {
        row["kind"] for row in letters
    }
    assert all(row["recipient"].endswith(".example") and row["created_at"] < now for row in letters)


async def test_no_offer_of_the_demonstration_has_run_out_when_it_starts(
    database: None, stationery: Stationery, now: datetime
) -> None:
    await load_demonstration(now=now, stationery=stationery, crowd=True)
    offers = await execute("SELECT offered_until FROM interest WHERE state = 'offered'")
    assert len(offers) > 20
    assert all(row["offered_until"] > now for row in offers)
    assert await pass_on_places(now, stationery=stationery) == 0


async def test_the_crowd_is_two_thousand_people_and_fills_the_midlands_to_the_last_place(
    database: None, stationery: Stationery, now: datetime
) -> None:
    said: list[tuple[int, int]] = []
    await load_demonstration(
        now=now, stationery=stationery, crowd=True, progress=lambda done, total: said.append((done, total))
    )
    [row] = await execute("SELECT COUNT(*) AS number, COUNT(DISTINCT email_key) AS addresses FROM person")
    assert row["number"] == row["addresses"] == CROWD + 52
    midlands = await _places("hpn-midlands")
    assert (midlands.free, midlands.over, midlands.waiting) == (0, 0, 180)
    assert (said[0], said[-1]) == ((200, CROWD), (CROWD, CROWD))
    full = [each for each in await limited_seats((await get_event("hpn-midlands")).id) if each.slug == "ai-safety"]
    assert [(each.taken, each.capacity) for each in full] == [(40, 40)]


async def _places(slug: str) -> Places:
    event = await get_event(slug)
    return await places_of(event.id, event.capacity)


async def test_every_page_of_it_can_be_read(client: httpx2.AsyncClient, clock: StandingClock) -> None:
    await load_demonstration(now=clock.time)
    paths = ["/", "/events", "/writeups", "/writeups/how-do-we-deploy-ai-safely", "/interest"]
    for event in ("hpn-north", "hpn-midlands", "hpn-mental-health"):
        paths += [f"/events/{event}", f"/events/{event}.ics"]
    for row in await execute("SELECT e.slug AS event, s.slug FROM programme_session s JOIN event e ON e.id = s.event"):
        session = f"/events/{row['event']}/sessions/{row['slug']}"
        paths += [session, f"{session}.ics", f"{session}/questions"]
    answers = {path: (await client.get(path)).status_code for path in paths}
    closed = {path for path, status in answers.items() if status != 200}
    # Only the two panels take questions.
    assert {path for path in closed if not path.endswith("/questions")} == set()
    assert sum(path.endswith("/ai-safety/questions") for path in answers.keys() - closed) == 2


async def test_pending_and_rejected_questions_are_on_no_public_page(
    client: httpx2.AsyncClient, clock: StandingClock
) -> None:
    await load_demonstration(now=clock.time)
    hidden = [row["text"] for row in await execute("SELECT text FROM question WHERE state <> 'approved'")]
    page = (await client.get("/events/hpn-midlands/sessions/ai-safety/questions")).text
    assert "Who owns the hazard log" in page
    assert [text for text in hidden if text[:30] in page] == []
