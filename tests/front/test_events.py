"""The events, one event and one session, as anybody reads them."""

from datetime import UTC, date, datetime

import httpx2
import pytest

from eventsite.database import recorded_statements
from eventsite.events.tables import Event, EventState, Part
from tests.conftest import StandingClock
from tests.factories import make_event, make_session, make_speaker
from tests.questions.factories import make_panel, make_question
from tests.writeups.factories import make_draft, make_writeup


async def read(client: httpx2.AsyncClient, path: str) -> str:
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    return " ".join(answer.text.split())


def register_address(event: Event) -> str:
    return f'href="/interest?event={event.slug}"'


async def test_events_stand_as_cards_with_coming_ones_first(client: httpx2.AsyncClient) -> None:
    await make_event(name="HPN North", starts_on=date(2025, 3, 6), ends_on=date(2025, 3, 7))
    await make_event(name="HPN Midlands", slug="hpn-midlands")

    page = await read(client, "/events")

    assert page.index("HPN Midlands") < page.index("Past events") < page.index("HPN North")
    assert '<h2><a href="/events/hpn-midlands">HPN Midlands</a></h2>' in page
    assert '<time datetime="2027-06-26">Saturday 26 to Sunday 27 June 2027</time>' in page
    assert "The Exchange, Birmingham B1 1AA" in page


async def test_without_events_the_page_says_so_and_points_elsewhere(client: httpx2.AsyncClient) -> None:
    page = await read(client, "/events")
    assert "No event is planned just now" in page
    assert "Past events" not in page


async def test_interest_is_called_for_only_where_it_is_open(client: httpx2.AsyncClient, now: datetime) -> None:
    coming, closed = await make_event(), await make_event(interest_closes_at=now)
    cancelled = await make_event(state=EventState.CANCELLED)
    past = await make_event(starts_on=date(2025, 3, 6), ends_on=date(2025, 3, 7))

    page = await read(client, "/events")

    assert register_address(coming) in page
    for event in (closed, cancelled, past):
        assert register_address(event) not in page
        assert register_address(event) not in await read(client, f"/events/{event.slug}")
    assert register_address(coming) in await read(client, f"/events/{coming.slug}")


async def test_an_event_is_past_from_the_day_after_it(client: httpx2.AsyncClient, clock: StandingClock) -> None:
    await make_event()
    clock.time = datetime(2027, 6, 27, 22, 59, tzinfo=UTC)
    assert "Past events" not in await read(client, "/events")
    clock.time = datetime(2027, 6, 27, 23, 0, tzinfo=UTC)
    assert "Past events" in await read(client, "/events")


async def test_a_draft_is_nowhere_to_be_seen(client: httpx2.AsyncClient) -> None:
    event = await make_event(name="HPN Secret", slug="hpn-secret", state=EventState.DRAFT)
    session = await make_session(event, title="Hush")
    shown = await make_event(name="HPN Midlands")

    answers = [
        await client.get(path)
        for path in (
            "/events/hpn-secret",
            "/events/hpn-secret.ics",
            f"/events/hpn-secret/sessions/{session.slug}",
            f"/events/hpn-secret/sessions/{session.slug}.ics",
            f"/events/{shown.slug}/sessions/{session.slug}",
        )
    ]
    lists = [await client.get(path) for path in ("/events", f"/events/{shown.slug}", f"/events/{shown.slug}.ics")]

    assert [answer.status_code for answer in answers] == [404] * 5
    assert [answer.status_code for answer in lists] == [200] * 3
    for answer in (*answers, *lists):
        assert "HPN Secret" not in answer.text
        assert "Hush" not in answer.text
    assert "HPN Midlands" in lists[0].text


async def test_an_event_shows_its_programme_by_day_in_uk_time(client: httpx2.AsyncClient) -> None:
    event = await make_event(slug="hpn-midlands")
    late = datetime(2027, 6, 26, 23, 15, tzinfo=UTC)
    await make_session(event, title="Night walk", kind="social", starts_at=late, ends_at=late.replace(minute=45))
    panel = await make_session(event, slug="ai", room="Hall 1")
    await make_speaker(panel, Part.CHAIR, name="Zoe Quay")
    await make_speaker(panel, name="Ada Marlowe")

    page = await read(client, "/events/hpn-midlands")

    first, second = (f"{day} June 2027</time></h3>" for day in ("Saturday 26", "Sunday 27"))
    order = [page.index(words) for words in (first, "9:30am to 10:45am", "How do we", second, "Night walk")]
    assert order == sorted(order)
    assert '<time datetime="2027-06-26T09:30:00+01:00">9:30am to 10:45am</time>' in page
    assert "12:15am to 12:45am" in page
    assert '<a href="/events/hpn-midlands/sessions/ai">How do we deploy AI safely?</a>' in page
    assert "<span>Zoe Quay (chair)</span>, <span>Ada Marlowe</span>" in page
    assert '<span class="room">Hall 1</span>' in page


async def test_a_winter_programme_is_in_winter_time(client: httpx2.AsyncClient) -> None:
    event = await make_event(starts_on=date(2027, 11, 6), ends_on=date(2027, 11, 6))
    start = datetime(2027, 11, 6, 9, 30, tzinfo=UTC)
    await make_session(event, starts_at=start, ends_at=start.replace(hour=12, minute=0))

    page = await read(client, f"/events/{event.slug}")

    assert '<time datetime="2027-11-06T09:30:00+00:00">9:30am to midday</time>' in page
    assert "Saturday 6 November 2027" in page


async def test_a_break_has_no_link_and_a_panel_says_that_it_takes_questions(client: httpx2.AsyncClient) -> None:
    event = await make_event()
    await make_session(event, title="Coffee", kind="break", takes_questions=False)
    await make_session(event, title="Panel")

    page = await read(client, f"/events/{event.slug}")

    assert "<h4>Coffee</h4>" in page
    assert page.count("Takes questions") == 1


async def test_an_event_offers_every_way_into_a_calendar(client: httpx2.AsyncClient) -> None:
    await make_event(slug="hpn-midlands")

    page = await read(client, "/events/hpn-midlands")

    assert 'href="/events/hpn-midlands.ics" download' in page
    assert 'href="webcal://events.example.org/events/hpn-midlands.ics"' in page
    assert ">https://events.example.org/events/hpn-midlands.ics</a>" in page
    assert "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Fevents.example.org" in page
    assert "https://calendar.google.com/calendar/render?action=TEMPLATE" in page
    assert "dates=20270626%2F20270628" in page
    assert "https://outlook.office.com/calendar/action/compose?" in page
    assert "https://outlook.live.com/calendar/0/deeplink/compose?" in page
    assert "How soon a change arrives is up to your calendar" in page


async def test_a_cancelled_event_says_so_and_calls_for_nothing(client: httpx2.AsyncClient) -> None:
    event = await make_event(slug="off", state=EventState.CANCELLED)
    await make_session(event, slug="panel", state="cancelled")

    page = await read(client, "/events/off")
    session = await read(client, "/events/off/sessions/panel")

    assert "This event has been cancelled." in page
    assert "This session has been cancelled." in session
    for text in (page, session):
        assert "webcal:" not in text
        assert "Ask a question" not in text
        assert "calendar.google.com" not in text


async def test_a_past_event_is_not_put_into_calendars_any_more(client: httpx2.AsyncClient) -> None:
    event = await make_event(starts_on=date(2025, 3, 6), ends_on=date(2025, 3, 7))
    assert "webcal:" not in await read(client, f"/events/{event.slug}")
    assert (await client.get(f"/events/{event.slug}.ics")).status_code == 200


async def test_a_past_session_is_not_put_into_calendars_any_more(
    client: httpx2.AsyncClient, clock: StandingClock
) -> None:
    event = await make_event(slug="hpn-midlands")
    session = await make_session(event, slug="ai")
    page = "/events/hpn-midlands/sessions/ai"

    assert "Add to your calendar" in await read(client, page)
    clock.time = session.ends_at
    assert "Add to your calendar" not in await read(client, page)
    assert (await client.get(f"{page}.ics")).status_code == 200


@pytest.mark.parametrize(("capacity", "says"), [(90, True), (None, False)])
async def test_an_event_says_that_places_are_limited(
    client: httpx2.AsyncClient, capacity: int | None, says: bool
) -> None:
    await make_event(slug="hpn-midlands", capacity=capacity)
    assert ("Places are limited." in await read(client, "/events/hpn-midlands")) == says


async def test_a_session_says_when_where_and_who(client: httpx2.AsyncClient) -> None:
    event = await make_event(slug="hpn-midlands")
    session = await make_session(event, slug="ai")
    await make_speaker(session, Part.CHAIR, name="Zoe Quay", job_title="Chief nurse", organisation="Example Trust")

    page = await read(client, "/events/hpn-midlands/sessions/ai")

    assert "<h1>How do we deploy AI safely?</h1>" in page
    assert '<time datetime="2027-06-26">Saturday 26 June 2027</time>' in page
    assert '<time datetime="2027-06-26T09:30:00+01:00">9:30am to 10:45am</time> (UK time)' in page
    assert "Hall 1, The Exchange, Birmingham B1 1AA" in page
    assert 'Zoe Quay <span class="part">Chair</span>' in page
    assert "Chief nurse, Example Trust" in page
    assert 'href="/events/hpn-midlands/sessions/ai.ics" download' in page
    assert "startdt=2027-06-26T08%3A30%3A00Z" in page


async def test_a_panel_asks_for_questions_until_they_close(client: httpx2.AsyncClient, clock: StandingClock) -> None:
    event = await make_event(slug="hpn-midlands")
    await make_session(event, slug="ai", questions_close_at=datetime(2027, 6, 24, 16, tzinfo=UTC))
    ask = 'href="/events/hpn-midlands/sessions/ai/questions"'

    assert ask in await read(client, "/events/hpn-midlands/sessions/ai")
    clock.time = datetime(2027, 6, 24, 16, tzinfo=UTC)
    assert ask not in await read(client, "/events/hpn-midlands/sessions/ai")


async def test_approved_questions_stand_on_the_page_of_their_panel(client: httpx2.AsyncClient) -> None:
    event, session = await make_panel()
    for state in ("pending", "approved", "rejected", "withdrawn"):
        await make_question(session, text=f"A question that is {state}", state=state)

    page = await read(client, f"/events/{event.slug}/sessions/{session.slug}")

    assert "A question that is approved" in page
    for state in ("pending", "rejected", "withdrawn"):
        assert f"A question that is {state}" not in page


async def test_published_write_ups_stand_on_the_pages_they_belong_to(client: httpx2.AsyncClient) -> None:
    event, session = await make_panel()
    await make_writeup(title="What was said", slug="said", event=event.id, session=session.id)
    await make_draft(title="What is not said yet", event=event.id, session=session.id)

    for path in (f"/events/{event.slug}", f"/events/{event.slug}/sessions/{session.slug}"):
        page = await read(client, path)
        assert '<a href="/writeups/said">What was said</a>' in page
        assert "What is not said yet" not in page


async def test_what_organisers_wrote_is_shown_and_never_run(client: httpx2.AsyncClient) -> None:
    script = "<script>alert(1)</script>"
    event = await make_event(name=f"N {script}", summary=f"S {script}", venue=f"V {script}")
    session = await make_session(event, title=f"T {script}", summary=f"U {script}", room=f"R {script}")
    await make_speaker(session, name=f"P {script}")

    for path in ("/events", f"/events/{event.slug}", f"/events/{event.slug}/sessions/{session.slug}"):
        page = await read(client, path)
        assert script not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("rows", [1, 30])
async def test_lists_take_as_many_queries_for_one_row_as_for_thirty(client: httpx2.AsyncClient, rows: int) -> None:
    event = await make_event(slug="hpn-midlands")
    for _ in range(rows):
        await make_event()
        await make_speaker(await make_session(event))

    with recorded_statements() as of_events:
        await read(client, "/events")
    with recorded_statements() as of_event:
        await read(client, "/events/hpn-midlands")
    with recorded_statements() as of_calendar:
        await read(client, "/events/hpn-midlands.ics")

    assert (len(of_events), len(of_event), len(of_calendar)) == (2, 4, 2)


async def test_a_page_is_the_same_for_everybody_and_changes_at_once(client: httpx2.AsyncClient) -> None:
    event = await make_event(slug="hpn-midlands")
    first = await client.get("/events/hpn-midlands")
    again = await client.get("/events/hpn-midlands", headers={"if-none-match": first.headers["etag"]})
    event.summary = "Something else."
    await event.save()
    changed = await client.get("/events/hpn-midlands", headers={"if-none-match": first.headers["etag"]})

    assert first.headers["cache-control"] == "public, no-cache"
    assert "set-cookie" not in first.headers
    assert (again.status_code, again.content) == (304, b"")
    assert (changed.status_code, "Something else." in changed.text) == (200, True)


@pytest.mark.parametrize("path", ["/events", "/events/{}", "/events/{}.ics", "/events/{}/sessions/{}.ics"])
async def test_nothing_is_posted_to_a_page(client: httpx2.AsyncClient, path: str) -> None:
    event = await make_event()
    session = await make_session(event)
    answer = await client.post(path.format(event.slug, session.slug), data={"name": "Mallory"})
    assert answer.status_code == 405
