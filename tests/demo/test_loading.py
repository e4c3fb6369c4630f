"""The demonstration content: HPN North as it was, two events on the next 26 and 27 June, a dozen questions."""

from datetime import UTC, date, datetime

import httpx2
import pytest

from eventsite.database import execute
from eventsite.demo.content import next_june
from eventsite.demo.loading import load_demonstration
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


async def test_the_crowd_is_two_thousand_people_in_two_events(database: None, now: datetime) -> None:
    await load_demonstration(now=now, crowd=True)
    rows = await execute("SELECT COUNT(*) AS number FROM interest GROUP BY event")
    assert [row["number"] for row in rows] == [1000, 1000]


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
