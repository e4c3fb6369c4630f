"""Owners' pages on the sessions of an event."""

from datetime import UTC, date, datetime
from typing import Any

import httpx2
import pytest

from eventsite.events import queries
from eventsite.events.tables import EventState
from eventsite.organisers.tables import Role
from eventsite.writeups.tables import Writeup
from tests.factories import MADE_AT, make_event, make_session, make_speaker
from tests.organisers.factories import signed_in

EVENT = "/organise/events/hpn-midlands"
NEW = {
    "title": "How do we deploy AI safely?",
    "kind": "panel",
    "starts_on": "2027-06-26",
    "starts": "9:30",
    "ends": "10:45",
    "room": "Hall 1",
    "summary": "What it takes.",
    "capacity": "40",
    "takes_questions": "yes",
    "questions_close_on": "24/06/2027",
    "questions_close": "5pm",
}
AUTUMN = {"starts_on": date(2027, 10, 31), "ends_on": date(2027, 10, 31)}
SPRING = {"starts_on": date(2027, 3, 28), "ends_on": date(2027, 3, 28)}


@pytest.fixture
async def olive(client: httpx2.AsyncClient, now: datetime) -> httpx2.AsyncClient:
    """A browser that an owner is signed in with."""
    await signed_in(client, now=now)
    return client


async def seen(olive: httpx2.AsyncClient, path: str) -> str:
    answer = await olive.get(path)
    assert answer.status_code == 200, answer.text
    return " ".join(answer.text.split())


async def test_a_session_is_added_with_times_on_uk_clocks(olive: httpx2.AsyncClient) -> None:
    event = await make_event(slug="hpn-midlands")
    first_day = '<option value="2027-06-26" selected>Saturday 26 June 2027</option>'
    assert first_day in await seen(olive, f"{EVENT}/sessions/new")

    answer = await olive.post(f"{EVENT}/sessions/new", data=NEW)

    assert (answer.status_code, answer.headers["location"]) == (303, f"{EVENT}/sessions/how-do-we-deploy-ai-safely")
    session = await queries.get_session_of(event, "how-do-we-deploy-ai-safely")
    assert (session.starts_at, session.ends_at) == (
        datetime(2027, 6, 26, 8, 30, tzinfo=UTC),
        datetime(2027, 6, 26, 9, 45, tzinfo=UTC),
    )
    assert session.questions_close_at == datetime(2027, 6, 24, 16, tzinfo=UTC)
    assert (session.kind, session.room, session.capacity, session.takes_questions) == ("panel", "Hall 1", 40, True)
    assert "How do we deploy AI safely?" in await seen(olive, EVENT)
    assert "9:30am to 10:45am" in await seen(olive, "/events/hpn-midlands")


async def test_a_winter_session_is_in_winter_time(olive: httpx2.AsyncClient) -> None:
    event = await make_event(slug="hpn-midlands", starts_on=date(2027, 11, 6), ends_on=date(2027, 11, 6))
    await olive.post(f"{EVENT}/sessions/new", data=NEW | {"starts_on": "2027-11-06"})
    sessions = await queries.sessions_of(event.id)
    assert [session.starts_at for session in sessions] == [datetime(2027, 11, 6, 9, 30, tzinfo=UTC)]


async def test_a_session_that_ends_at_midnight_ends_with_its_day(olive: httpx2.AsyncClient) -> None:
    event = await make_event(slug="hpn-midlands")
    await olive.post(f"{EVENT}/sessions/new", data=NEW | {"starts_on": "2027-06-27", "starts": "19:00", "ends": "0:00"})
    session = await queries.get_session_of(event, "how-do-we-deploy-ai-safely")
    assert session.ends_at == datetime(2027, 6, 27, 23, tzinfo=UTC)
    page = await seen(olive, f"{EVENT}/sessions/how-do-we-deploy-ai-safely")
    assert 'name="ends" type="time" class="short" value="00:00"' in page


@pytest.mark.parametrize(
    ("of_event", "fault", "field", "sentence"),
    [
        ({}, {"title": ""}, "title", "Enter the session’s title"),
        ({}, {"title": "x" * 10_000}, "title", "Title must be 160 characters or less"),
        ({}, {"title": "a\x07b"}, "title", "This has characters that cannot be used"),
        ({}, {"kind": "party"}, "kind", "Choose what kind of session it is"),
        ({}, {"kind": ""}, "kind", "Choose what kind of session it is"),
        ({}, {"starts_on": ""}, "starts_on", "Choose the day"),
        ({}, {"starts_on": "soon"}, "starts_on", "Enter the day as a date, like 26/06/2027"),
        ({}, {"starts_on": "2027-06-25"}, "starts_on", "is on Friday 25 June 2027, outside the event"),
        ({}, {"starts_on": "2027-06-28"}, "starts_on", "is on Monday 28 June 2027, outside the event"),
        ({}, {"starts": ""}, "starts", "Enter when the session starts"),
        ({}, {"starts": "early"}, "starts", "Enter the start as a time, like 9:30"),
        ({}, {"starts": "25:00"}, "starts", "Enter the start as a time, like 9:30"),
        ({}, {"ends": ""}, "ends", "Enter when the session ends"),
        ({}, {"ends": "late"}, "ends", "Enter the end as a time, like 10:45"),
        ({}, {"ends": "9:30"}, "ends", "The end must be after the start"),
        ({}, {"ends": "9:00"}, "ends", "The end must be after the start"),
        ({}, {"room": "x" * 81}, "room", "Room must be 80 characters or less"),
        ({}, {"summary": "x" * 1001}, "summary", "Summary must be 1000 characters or less"),
        ({}, {"capacity": "many"}, "capacity", "Enter the number of places as a whole number, like 40"),
        ({}, {"capacity": "0"}, "capacity", "Enter the number of places as a whole number, like 40"),
        ({}, {"capacity": "-3"}, "capacity", "Enter the number of places as a whole number, like 40"),
        ({}, {"questions_close_on": "then"}, "questions_close_on", "Enter the day questions close as a date"),
        ({}, {"questions_close": "then"}, "questions_close", "Enter the time questions close, like 17:00"),
        ({}, {"questions_close_on": ""}, "questions_close", "Enter the day on which questions close"),
        (
            SPRING,
            {"starts_on": "2027-03-28", "starts": "1:30"},
            "starts",
            "There is no 1:30am on Sunday 28 March 2027, when the clocks go forward",
        ),
        (
            AUTUMN,
            {"starts_on": "2027-10-31", "starts": "0:30", "ends": "1:30"},
            "ends",
            "1:30am comes twice on Sunday 31 October 2027, when the clocks go back",
        ),
    ],
)
async def test_each_fault_is_said_beside_its_field_and_nothing_is_lost(
    olive: httpx2.AsyncClient, of_event: dict[str, Any], fault: dict[str, str], field: str, sentence: str
) -> None:
    event = await make_event(slug="hpn-midlands", **of_event)

    answer = await olive.post(f"{EVENT}/sessions/new", data=NEW | fault)

    page = " ".join(answer.text.split())
    assert answer.status_code == 422
    assert f'<a href="#{field}">' in page
    assert sentence in page
    assert "What it takes." in page or "summary" in fault
    assert await queries.sessions_of(event.id) == []


async def test_the_page_of_a_session_shows_what_it_says_and_changes_it(olive: httpx2.AsyncClient) -> None:
    event = await make_event(slug="hpn-midlands")
    session = await make_session(event, slug="ai", questions_close_at=datetime(2027, 6, 24, 23, tzinfo=UTC))
    page = await seen(olive, f"{EVENT}/sessions/ai")
    for shown in ("How do we deploy AI safely?", "09:30", "10:45", "Hall 1", "2027-06-24"):
        assert f'value="{shown}"' in page
    assert 'name="questions_close" type="time" class="short" value=""' in page, "with the end of that day"

    changes = NEW | {"starts": "11:00", "ends": "11:45", "seen": session.updated_at.isoformat()}
    answer = await olive.post(f"{EVENT}/sessions/ai", data=changes)

    assert answer.status_code == 303
    changed = await queries.get_session(session.id)
    assert (changed.starts_at, changed.sequence) == (datetime(2027, 6, 26, 10, tzinfo=UTC), 1)


async def test_a_session_s_faults_are_said_on_its_page(olive: httpx2.AsyncClient) -> None:
    session = await make_session(await make_event(slug="hpn-midlands"), slug="ai")
    right = NEW | {"seen": session.updated_at.isoformat()}

    for fault, sentence in (
        ({"ends": "9:00"}, "The end must be after the start"),
        ({"seen": ""}, "Somebody else saved this while you had it open"),
        ({"starts_on": "2027-06-25"}, "outside the event"),
    ):
        answer = await olive.post(f"{EVENT}/sessions/ai", data=right | fault)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert 'value="40"' in answer.text


async def test_questions_are_not_taken_when_the_box_is_not_ticked(olive: httpx2.AsyncClient) -> None:
    event = await make_event(slug="hpn-midlands")
    data = {name: value for name, value in NEW.items() if name != "takes_questions"}
    await olive.post(f"{EVENT}/sessions/new", data=data)
    session = await queries.get_session_of(event, "how-do-we-deploy-ai-safely")
    assert session.takes_questions is False
    assert session.questions_close_at is None


async def test_a_session_on_the_site_is_cancelled_after_a_word_of_warning(olive: httpx2.AsyncClient) -> None:
    session = await make_session(await make_event(slug="hpn-midlands"), slug="ai")
    assert "This cannot be undone." in await seen(olive, f"{EVENT}/sessions/ai/cancellation")

    answer = await olive.post(f"{EVENT}/sessions/ai/cancellation")
    again = await olive.post(f"{EVENT}/sessions/ai/cancellation")
    edited = await olive.post(f"{EVENT}/sessions/ai", data=NEW | {"seen": session.updated_at.isoformat()})
    taken_out = await olive.post(f"{EVENT}/sessions/ai/removal")

    assert (answer.status_code, again.status_code, edited.status_code, taken_out.status_code) == (303, 422, 422, 422)
    assert "This session has been cancelled already." in again.text
    assert "so its sessions can be cancelled but not taken away" in taken_out.text
    assert (await queries.get_session(session.id)).state == "cancelled"
    assert "This session has been cancelled." in await seen(olive, "/events/hpn-midlands/sessions/ai")
    assert "marked as cancelled" in await seen(olive, f"{EVENT}/sessions/ai")


async def test_a_session_of_a_draft_goes_without_a_trace(olive: httpx2.AsyncClient) -> None:
    event = await make_event(slug="hpn-midlands", state=EventState.DRAFT)
    await make_speaker(await make_session(event, slug="ai"))
    assert "Take it out" in await seen(olive, f"{EVENT}/sessions/ai/cancellation")

    answer = await olive.post(f"{EVENT}/sessions/ai/removal")

    assert answer.status_code == 303
    assert await queries.sessions_of(event.id) == []


async def test_a_session_that_is_written_up_stays(olive: httpx2.AsyncClient) -> None:
    event = await make_event(slug="hpn-midlands", state=EventState.DRAFT)
    session = await make_session(event, slug="ai")
    await Writeup(slug="w", title="W", session=session.id, created_at=MADE_AT, updated_at=MADE_AT).save()

    answer = await olive.post(f"{EVENT}/sessions/ai/removal")

    assert (answer.status_code, "This session has a write-up, so it stays." in answer.text) == (422, True)
    assert await Writeup.count() == 1
    assert len(await queries.sessions_of(event.id)) == 1


async def test_a_cancelled_event_takes_no_more_sessions(olive: httpx2.AsyncClient) -> None:
    event = await make_event(slug="hpn-midlands", state=EventState.CANCELLED)
    answer = await olive.post(f"{EVENT}/sessions/new", data=NEW)
    assert (answer.status_code, "This event has been cancelled" in answer.text) == (422, True)
    assert await queries.sessions_of(event.id) == []


async def test_nobody_but_an_owner_sees_or_does_anything(client: httpx2.AsyncClient, now: datetime) -> None:
    event = await make_event(slug="hpn-midlands", state=EventState.DRAFT)
    session = await make_session(event, slug="ai", title="Hush")
    speaker = await make_speaker(session)
    pages = ["sessions/new", "sessions/ai", "sessions/ai/cancellation"]
    stage = [f"sessions/ai/stage/{speaker.id}/{deed}" for deed in ("removal", "promotion")]
    deeds = [*pages, "sessions/ai/removal", "sessions/ai/stage", *stage]

    async def answers() -> list[httpx2.Response]:
        got = [await client.get(f"{EVENT}/{page}") for page in pages]
        return got + [await client.post(f"{EVENT}/{deed}", data=NEW) for deed in deeds]

    stranger = await answers()
    await signed_in(client, now=now, role=Role.MODERATOR)
    moderator = await answers()

    assert [answer.status_code for answer in stranger] == [303] * 3 + [403] * 7
    assert [answer.status_code for answer in moderator] == [403] * 10
    assert not any("Hush" in answer.text for answer in stranger + moderator)
    assert [(await queries.get_session(session.id)).state] == ["scheduled"]
    assert len((await queries.people_on_stage([session.id]))[session.id]) == 1
