"""The calendar files of events and sessions."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx2
import pytest
from icalendar import Calendar

from eventsite.database import recorded_statements
from eventsite.events.tables import Event, EventState, ProgrammeSession
from tests.conftest import StandingClock
from tests.factories import MADE_AT, make_event, make_session
from tests.self_service.factories import make_interest, make_person, make_seat


async def fetch(client: httpx2.AsyncClient, path: str) -> Any:
    answer = await client.get(path)
    assert answer.status_code == 200
    return Calendar.from_ical(answer.content)


def entries(calendar: Any) -> dict[str, Any]:
    return {str(entry["UID"]).partition("-")[2].partition("@")[0]: entry for entry in calendar.walk("VEVENT")}


async def test_r1_5_r1_8_an_event_s_feed_has_its_days_and_each_of_its_sessions(client: httpx2.AsyncClient) -> None:
    event, other = await make_event(slug="hpn-midlands"), await make_event()
    session, lunch = await make_session(event), await make_session(event, title="Lunch", kind="break")
    await make_session(other)

    calendar = await fetch(client, "/events/hpn-midlands.ics")

    assert set(entries(calendar)) == {event.id, session.id, lunch.id}
    days = entries(calendar)[event.id]
    assert days["UID"] == f"event-{event.id}@events.example.org"
    assert (days["DTSTART"].to_ical(), days["DTEND"].to_ical()) == (b"20270626", b"20270628")
    assert days["TRANSP"] == "TRANSPARENT"
    timed = entries(calendar)[session.id]
    assert timed["UID"] == f"session-{session.id}@events.example.org"
    assert timed["DTSTART"].dt.astimezone(UTC) == datetime(2027, 6, 26, 8, 30, tzinfo=UTC)
    assert timed["DTSTART"].params["TZID"] == "Europe/London"
    assert timed["LOCATION"] == "Hall 1, The Exchange, Birmingham B1 1AA"
    assert calendar["SOURCE"] == "https://events.example.org/events/hpn-midlands.ics"


async def test_a_session_s_file_has_that_session_alone(client: httpx2.AsyncClient) -> None:
    event = await make_event(slug="hpn-midlands")
    start = datetime(2027, 1, 10, 9, 30, tzinfo=UTC)
    session = await make_session(event, slug="ai", starts_at=start, ends_at=start + timedelta(hours=1))
    await make_session(event)

    calendar = await fetch(client, "/events/hpn-midlands/sessions/ai.ics")

    assert set(entries(calendar)) == {session.id}
    assert entries(calendar)[session.id]["DTSTART"].to_ical() == b"20270110T093000"
    assert entries(calendar)[session.id]["URL"] == "https://events.example.org/events/hpn-midlands/sessions/ai"


@pytest.mark.parametrize("path", ["/events/hpn-midlands.ics", "/events/hpn-midlands/sessions/ai.ics"])
async def test_r2_1_r2_2_r3_1_a_file_is_served_as_calendars_need_it(client: httpx2.AsyncClient, path: str) -> None:
    await make_session(await make_event(slug="hpn-midlands"), slug="ai")

    answer = await client.get(path)
    head = await client.head(path)

    name = path.rpartition("/")[2]
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "public, no-cache"
    assert answer.headers["last-modified"] == format_datetime(MADE_AT, usegmt=True)
    assert b"METHOD" not in answer.content
    assert b"ORGANIZER" not in answer.content
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", answer.headers["etag"])
    assert answer.headers["x-robots-tag"] == "noindex"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert int(answer.headers["content-length"]) > 500
    assert (await client.post(path)).status_code == 405


@pytest.mark.parametrize("path", ["/events/hpn-midlands.ics", "/events/hpn-midlands/sessions/ai.ics"])
async def test_r2_7_r3_4_who_has_the_newest_file_is_told_so(
    client: httpx2.AsyncClient, clock: StandingClock, path: str
) -> None:
    await make_session(await make_event(slug="hpn-midlands"), slug="ai")
    first = await client.get(path)
    tag, since = first.headers["etag"], first.headers["last-modified"]
    clock.move(hours=1)

    answers = [
        await client.get(path, headers=headers)
        for headers in (
            {"if-none-match": tag},
            {"if-none-match": f'"other", W/{tag}'},
            {"if-modified-since": since},
            {"if-none-match": '"other"', "if-modified-since": since},
        )
    ]

    assert [answer.status_code for answer in answers] == [304, 304, 304, 200]
    assert answers[0].headers["etag"] == tag
    assert answers[3].content == first.content, "an hour later the same bytes"


async def test_r3_5_the_order_of_rows_does_not_change_the_bytes(client: httpx2.AsyncClient) -> None:
    event = await make_event(slug="hpn-midlands")
    sessions = [await make_session(event, title=f"Session {number}") for number in range(4)]
    first = await client.get("/events/hpn-midlands.ics")
    for session in reversed(sessions):
        await ProgrammeSession.delete().where(ProgrammeSession.id == session.id)
        session._exists_in_db = False
        await session.save()

    assert (await client.get("/events/hpn-midlands.ics")).content == first.content


async def test_r1_3_r3_7_a_session_that_moves_keeps_its_identity_and_is_newer(
    client: httpx2.AsyncClient, now: datetime
) -> None:
    session = await make_session(await make_event(slug="hpn-midlands"), slug="ai")
    before = entries(await fetch(client, "/events/hpn-midlands/sessions/ai.ics"))[session.id]
    session.starts_at, session.sequence, session.updated_at = session.starts_at - timedelta(hours=1), 1, now
    await session.save()

    after = entries(await fetch(client, "/events/hpn-midlands/sessions/ai.ics"))[session.id]

    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["LAST-MODIFIED"].dt == after["DTSTAMP"].dt == now > before["DTSTAMP"].dt


async def test_r2_5_r3_6_a_cancelled_session_stays_for_thirty_days_after_its_end(
    client: httpx2.AsyncClient, clock: StandingClock
) -> None:
    event = await make_event(slug="hpn-midlands")
    on, off = await make_session(event), await make_session(event, slug="off", state="cancelled", sequence=1)
    clock.time = off.ends_at + timedelta(days=30, seconds=-1)
    kept = await client.get("/events/hpn-midlands.ics")
    clock.time = off.ends_at + timedelta(days=30)
    since = {"if-modified-since": kept.headers["last-modified"]}
    gone = await client.get("/events/hpn-midlands.ics", headers=since)

    cancelled = entries(Calendar.from_ical(kept.content))[off.id]
    assert (cancelled["STATUS"], cancelled["TRANSP"], cancelled["SEQUENCE"]) == ("CANCELLED", "TRANSPARENT", 1)
    assert cancelled["SUMMARY"] == "Cancelled: How do we deploy AI safely?"
    assert set(entries(Calendar.from_ical(gone.content))) == {event.id, on.id}
    assert set(entries(await fetch(client, "/events/hpn-midlands/sessions/off.ics"))) == {off.id}


async def test_r3_6_a_cancelled_event_is_cancelled_in_calendars_with_all_it_has(client: httpx2.AsyncClient) -> None:
    event = await make_event(slug="off", state=EventState.CANCELLED)
    await make_session(event)

    calendar = await fetch(client, "/events/off.ics")

    assert {str(entry["STATUS"]) for entry in entries(calendar).values()} == {"CANCELLED"}
    assert len(entries(calendar)) == 2


async def test_r3_11_an_event_without_a_programme_has_a_feed_already(client: httpx2.AsyncClient) -> None:
    event = await make_event(slug="hpn-midlands", summary="")
    assert set(entries(await fetch(client, "/events/hpn-midlands.ics"))) == {event.id}


@pytest.mark.parametrize("path", ["/events/nothing.ics", "/events/hpn-midlands/sessions/nothing.ics", "/events/.ics"])
async def test_there_is_no_file_of_what_is_not_there(client: httpx2.AsyncClient, path: str) -> None:
    await make_event(slug="hpn-midlands")
    assert (await client.get(path)).status_code == 404


async def test_r1_9_awkward_words_stay_words(client: httpx2.AsyncClient) -> None:
    awkward = 'Ünïcode, "quotes"; back\\slash 🧡\r\nATTENDEE:mailto:mallory@example.org'
    event: Event = await make_event(slug="hpn-midlands", name=awkward[:110], summary=awkward)
    await make_session(event, title=awkward, room=awkward[:70])

    answer = await client.get("/events/hpn-midlands.ics")

    assert b"\r\nATTENDEE" not in answer.content
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))


async def test_r3_6_a_draft_never_appears(client: httpx2.AsyncClient) -> None:
    event = await make_event(slug="hpn-midlands")
    await make_session(event, slug="ai")
    paths = ["/events/hpn-midlands.ics", "/events/hpn-midlands/sessions/ai.ics"]
    assert [(await client.get(path)).status_code for path in paths] == [200, 200]
    await Event.update({Event.state: EventState.DRAFT}, force=True)
    assert [(await client.get(path)).status_code for path in paths] == [404, 404]


async def test_r1_16_a_public_feed_says_nothing_of_who_comes(client: httpx2.AsyncClient, now: datetime) -> None:
    event = await make_event(slug="hpn-midlands")
    session = await make_session(event, capacity=40)
    ann = await make_person("ann", now=now)
    await make_interest(ann, event, now=now, state="accepted")
    await make_seat(ann, session, now=now)

    body = (await client.get("/events/hpn-midlands.ics")).content

    assert [trace for trace in (ann.email, ann.name, ann.id, ann.organisation) if trace.encode() in body] == []


@pytest.mark.parametrize("sessions", [1, 50])
async def test_r3_9_the_feed_is_written_once_and_then_costs_no_query(
    client: httpx2.AsyncClient, settle: Callable[[], Awaitable[None]], sessions: int
) -> None:
    event = await make_event(slug="hpn-midlands")
    for number in range(sessions):
        await make_session(event, title=f"Session {number}")
    await settle()
    asked = []
    for _ in range(2):
        with recorded_statements() as statements:
            answer = await client.get("/events/hpn-midlands.ics")
        asked.append(len(statements))
    assert asked == [2, 0]
    with recorded_statements() as statements:
        unchanged = await client.get("/events/hpn-midlands.ics", headers={"if-none-match": answer.headers["etag"]})
    assert (unchanged.status_code, len(statements)) == (304, 0)


@pytest.mark.parametrize(
    "agent", ["Google-Calendar-Importer", "Microsoft Exchange", "iOS/17.5 (21F79) dataaccessd/1.0", "Mozilla/5.0"]
)
async def test_r3_10_no_calendar_is_kept_out(client: httpx2.AsyncClient, agent: str) -> None:
    await make_event(slug="hpn-midlands")
    elsewhere = {"user-agent": agent, "sec-fetch-site": "cross-site", "origin": "https://calendar.example"}
    answer = await client.get("/events/hpn-midlands.ics", headers=elsewhere)
    assert (answer.status_code, "set-cookie" in answer.headers) == (200, False)
    refused = [line.partition(": ")[2] for line in (await client.get("/robots.txt")).text.splitlines()]
    assert [path for path in refused if path and "/events/hpn-midlands.ics".startswith(path)] == []


async def test_r2_3_r3_2_r3_8_the_page_says_how_to_subscribe_and_how_late_calendars_are(
    client: httpx2.AsyncClient,
) -> None:
    await make_event(slug="hpn-midlands")
    said = (await client.get("/events/hpn-midlands")).text
    for words in (
        'href="webcal://events.example.org/events/hpn-midlands.ics"',
        ">https://events.example.org/events/hpn-midlands.ics</a>",
        "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Fevents.example.org%2Fevents%2Fhpn-midlands.ics",
        'href="/events/hpn-midlands.ics" download',
        "Outlook on a computer looks every 1 to 3 hours",
        "Google in 8 to 24 hours",
    ):
        assert words in said, words
