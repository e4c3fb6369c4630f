"""Owners' pages on events."""

from datetime import UTC, date, datetime
from typing import Any

import httpx2
import pytest

from eventsite.database import recorded_statements
from eventsite.events import queries
from eventsite.events.tables import EventState
from eventsite.organisers.tables import Role
from tests.factories import make_event, make_session, make_speaker
from tests.organisers.factories import signed_in
from tests.self_service.factories import make_interest, make_person

NEW = {
    "name": "HPN Midlands",
    "summary": "Two days.",
    "starts_on": "2027-06-26",
    "ends_on": "27/06/2027",
    "venue": "The Exchange",
    "town": "Birmingham",
    "postcode": "b11aa",
    "motif": "midlands",
    "interest_closes_on": "2027-06-18",
}
ADDRESSES = [
    "/organise/events",
    "/organise/events/new",
    "/organise/events/{}",
    "/organise/events/{}/edit",
    "/organise/events/{}/cancellation",
]
DEEDS = ["new", "{}/edit", "{}/publication", "{}/cancellation"]


@pytest.fixture
async def olive(client: httpx2.AsyncClient, now: datetime) -> httpx2.AsyncClient:
    """A browser that an owner is signed in with."""
    await signed_in(client, now=now)
    return client


async def seen(olive: httpx2.AsyncClient, path: str) -> str:
    answer = await olive.get(path)
    assert answer.status_code == 200, answer.text
    return " ".join(answer.text.split())


async def test_an_empty_desk_says_what_to_do_first(olive: httpx2.AsyncClient) -> None:
    page = await seen(olive, "/organise/events")
    assert "No events yet" in page
    assert 'href="/organise/events/new"' in page


async def test_the_list_shows_every_state_and_the_numbers(olive: httpx2.AsyncClient) -> None:
    event = await make_event(name="HPN Midlands")
    await make_event(name="HPN Secret", state=EventState.DRAFT)
    await make_session(event)

    page = await seen(olive, "/organise/events")

    assert "HPN Secret" in page
    assert '<span class="tag quiet">Draft</span>' in page
    assert '<td class="number">1</td> <td class="number">0</td>' in page


@pytest.mark.parametrize("rows", [1, 30])
async def test_lists_take_as_many_queries_for_one_row_as_for_thirty(olive: httpx2.AsyncClient, rows: int) -> None:
    event = await make_event(slug="hpn-midlands")
    for _ in range(rows):
        await make_event()
        await make_speaker(await make_session(event))

    with recorded_statements() as of_list:
        await seen(olive, "/organise/events")
    with recorded_statements() as of_event:
        await seen(olive, "/organise/events/hpn-midlands")
    with recorded_statements() as of_speakers:
        await seen(olive, "/organise/speakers")

    assert (len(of_list), len(of_event), len(of_speakers)) == (4, 6, 2)


async def test_an_event_is_created_as_a_draft_and_published(olive: httpx2.AsyncClient) -> None:
    created = await olive.post("/organise/events/new", data=NEW)

    assert (created.status_code, created.headers["location"]) == (303, "/organise/events/hpn-midlands")
    event = await queries.get_event("hpn-midlands")
    assert (event.state, event.starts_on, event.ends_on) == ("draft", date(2027, 6, 26), date(2027, 6, 27))
    assert (event.postcode, event.motif) == ("B1 1AA", "midlands")
    assert event.interest_closes_at == datetime(2027, 6, 18, 23, tzinfo=UTC), "with the day in London"
    assert (await olive.get("/events/hpn-midlands")).status_code == 404
    assert "HPN Midlands is a draft." in await seen(olive, "/organise/events/hpn-midlands")

    published = await olive.post("/organise/events/hpn-midlands/publication")

    assert published.status_code == 303
    assert (await olive.get("/events/hpn-midlands")).status_code == 200
    assert "At the end of Friday 18 June 2027" in await seen(olive, "/organise/events/hpn-midlands")


async def test_an_event_of_one_day_needs_no_last_day(olive: httpx2.AsyncClient) -> None:
    await olive.post("/organise/events/new", data=NEW | {"ends_on": ""})
    assert (await queries.get_event("hpn-midlands")).ends_on == date(2027, 6, 26)


async def test_places_and_the_days_to_answer_are_said_shown_and_changed_without_a_word_to_calendars(
    olive: httpx2.AsyncClient,
) -> None:
    await olive.post("/organise/events/new", data=NEW | {"capacity": "120", "reply_days": "7"})
    event = await queries.get_event("hpn-midlands")
    assert (event.capacity, event.reply_days) == (120, 7)
    page = await seen(olive, "/organise/events/hpn-midlands/edit")
    assert 'value="120"' in page
    assert 'value="7"' in page

    changes = NEW | {"capacity": "", "reply_days": "", "seen": event.updated_at.isoformat()}
    assert (await olive.post("/organise/events/hpn-midlands/edit", data=changes)).status_code == 303

    changed = await queries.get_event("hpn-midlands")
    limits: tuple[int | None, int, int] = (changed.capacity, changed.reply_days, changed.sequence)
    assert limits == (None, 5, event.sequence)


@pytest.mark.parametrize(
    ("fault", "field", "sentence"),
    [
        ({"name": ""}, "name", "Enter the event’s name"),
        ({"name": " \t "}, "name", "Enter the event’s name"),
        ({"name": "x" * 10_000}, "name", "Name must be 120 characters or less"),
        ({"name": "a\0b"}, "name", "This has characters that cannot be used"),
        ({"name": ["One", "Two"]}, "name", "This was answered more than once"),
        ({"summary": "x" * 601}, "summary", "Summary must be 600 characters or less"),
        ({"starts_on": ""}, "starts_on", "Enter the first day"),
        ({"starts_on": "soon"}, "starts_on", "Enter the first day as a date, like 26/06/2027"),
        ({"starts_on": "2027-02-30"}, "starts_on", "Enter the first day as a date, like 26/06/2027"),
        ({"ends_on": "later"}, "ends_on", "Enter the last day as a date, like 27/06/2027"),
        ({"ends_on": "2027-06-25"}, "ends_on", "The last day must not be before the first"),
        ({"ends_on": "2028-06-25"}, "ends_on", "An event can last 31 days at most"),
        ({"venue": "x" * 121}, "venue", "Venue must be 120 characters or less"),
        ({"town": "x" * 81}, "town", "Town or city must be 80 characters or less"),
        ({"postcode": "Birmingham"}, "postcode", "Enter a full postcode, like B1 1AA"),
        ({"motif": ""}, "motif", "Choose a drawing from the list"),
        ({"motif": "../../secret"}, "motif", "Choose a drawing from the list"),
        ({"interest_closes_on": "never"}, "interest_closes_on", "Enter the day interest closes as a date"),
        ({"capacity": "many"}, "capacity", "Enter the number of places as a whole number"),
        ({"capacity": "0"}, "capacity", "Enter the number of places as a whole number"),
        ({"reply_days": "61"}, "reply_days", "Enter the days to answer as a whole number from 1 to 60"),
    ],
)
async def test_each_fault_is_said_beside_its_field_and_nothing_is_lost(
    olive: httpx2.AsyncClient, fault: dict[str, Any], field: str, sentence: str
) -> None:
    answer = await olive.post("/organise/events/new", data=NEW | fault)

    page = " ".join(answer.text.split())
    assert answer.status_code == 422
    assert f'<a href="#{field}">{sentence}' in page
    assert 'value="The Exchange"' in page or "venue" in fault
    typed = fault[field]
    if isinstance(typed, str) and typed.strip() and typed.isprintable() and field != "motif":
        assert typed in page
    assert "<title>Error: " in page
    assert await queries.all_events() == []


async def test_awkward_words_are_kept_and_shown(olive: httpx2.AsyncClient) -> None:
    words = {"name": "<script>x</script> 🧡 \u202eright", "summary": "=?utf-8?q?a=0D=0ABcc:b@example.org?="}
    answer = await olive.post("/organise/events/new", data=NEW | words)
    page = await seen(olive, answer.headers["location"])
    assert "&lt;script&gt;x&lt;/script&gt; 🧡 right" in page
    assert "=?utf-8?q?a=0D=0ABcc:b@example.org?=" in page


async def test_the_same_form_sent_twice_makes_one_event(olive: httpx2.AsyncClient) -> None:
    await olive.post("/organise/events/new", data=NEW)
    again = await olive.post("/organise/events/new", data=NEW)
    assert again.status_code == 422
    assert "There is already an event of this name on these dates" in again.text
    assert len(await queries.all_events()) == 1


async def test_the_form_shows_what_the_event_says_and_changes_it(olive: httpx2.AsyncClient) -> None:
    event = await make_event(slug="hpn-midlands", interest_closes_at=datetime(2027, 6, 18, 23, tzinfo=UTC))
    page = await seen(olive, "/organise/events/hpn-midlands/edit")
    for shown in ("HPN Midlands", "2027-06-26", "2027-06-27", "The Exchange", "B1 1AA", "2027-06-18"):
        assert f'value="{shown}"' in page

    changes = NEW | {"venue": "The Hall", "interest_closes_on": "", "seen": event.updated_at.isoformat()}
    answer = await olive.post("/organise/events/hpn-midlands/edit", data=changes)

    assert answer.status_code == 303
    changed = await queries.get_event("hpn-midlands")
    assert (changed.venue, changed.sequence) == ("The Hall", 1)
    assert changed.interest_closes_at is None


@pytest.mark.parametrize("stale", ["", "yesterday", "2027-01-04", "9999-12-31T23:59:59-23:59"])
async def test_who_did_not_see_the_newest_is_told_and_may_then_go_over_it(
    olive: httpx2.AsyncClient, stale: str
) -> None:
    event = await make_event(slug="hpn-midlands")

    first = await olive.post("/organise/events/hpn-midlands/edit", data=NEW | {"seen": stale})
    assert first.status_code == 422
    assert "Somebody else saved this while you had it open" in first.text
    assert f'name="seen" value="{event.updated_at.isoformat()}"' in first.text

    again = NEW | {"seen": event.updated_at.isoformat()}
    assert (await olive.post("/organise/events/hpn-midlands/edit", data=again)).status_code == 303


async def test_a_session_that_would_be_left_out_is_named(olive: httpx2.AsyncClient) -> None:
    event = await make_event(slug="hpn-midlands")
    await make_session(event, title="Opening")
    data = NEW | {"starts_on": "2027-06-27", "seen": event.updated_at.isoformat()}
    answer = await olive.post("/organise/events/hpn-midlands/edit", data=data)
    assert answer.status_code == 422
    assert "“Opening” is on Saturday 26 June 2027, outside the event" in answer.text


async def test_what_cancelling_does_is_said_before_it_is_done(olive: httpx2.AsyncClient, now: datetime) -> None:
    event = await make_event(slug="hpn-midlands")
    await make_session(event)
    await make_session(event)
    for who in ("ann", "olive", "mallory"):
        await make_interest(
            await make_person(who, now=now), event, now=now, state="withdrawn" if who == "mallory" else "interested"
        )

    asked = await seen(olive, "/organise/events/hpn-midlands/cancellation")
    assert "Its 2 sessions are cancelled with it." in asked
    assert "2 people have registered interest. Every place and every seat ends." in asked
    assert "This will write to 2 people" in asked
    assert (await queries.get_event("hpn-midlands")).state == "published"

    answer = await olive.post("/organise/events/hpn-midlands/cancellation", data={"shown": "2"})
    assert answer.status_code == 303
    assert "This event has been cancelled." in await seen(olive, "/events/hpn-midlands")


@pytest.mark.parametrize(
    ("state", "deed", "sentence"),
    [
        (EventState.PUBLISHED, "publication", "This event is on the site already."),
        (EventState.DRAFT, "cancellation", "This event is not on the site, so there is nothing to cancel."),
        (EventState.CANCELLED, "cancellation", "This event is not on the site, so there is nothing to cancel."),
    ],
)
async def test_a_deed_that_does_not_fit_is_refused_in_words(
    olive: httpx2.AsyncClient, state: EventState, deed: str, sentence: str
) -> None:
    await make_event(slug="hpn-midlands", state=state)
    answer = await olive.post(f"/organise/events/hpn-midlands/{deed}")
    assert answer.status_code == 422
    assert sentence in answer.text
    assert (await queries.get_event("hpn-midlands")).state == state


@pytest.mark.parametrize("path", ["/organise/events/nothing", "/organise/events/nothing/edit"])
async def test_what_is_not_there_is_not_found(olive: httpx2.AsyncClient, path: str) -> None:
    assert (await olive.get(path)).status_code == 404


async def test_nobody_but_an_owner_sees_or_does_anything(client: httpx2.AsyncClient, now: datetime) -> None:
    event = await make_event(name="HPN Secret", state=EventState.DRAFT)

    async def answers() -> list[httpx2.Response]:
        pages = [await client.get(path.format(event.slug)) for path in ADDRESSES]
        return pages + [await client.post(f"/organise/events/{deed.format(event.slug)}", data=NEW) for deed in DEEDS]

    stranger = await answers()
    await signed_in(client, now=now, role=Role.MODERATOR)
    moderator = await answers()

    assert [answer.status_code for answer in stranger] == [303] * 5 + [403] * 4
    assert [answer.status_code for answer in moderator] == [403] * 9
    assert not any("HPN Secret" in answer.text for answer in stranger + moderator)
    assert [event.state for event in await queries.all_events()] == ["draft"]
