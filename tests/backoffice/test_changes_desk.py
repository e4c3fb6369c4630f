"""What organisers see before they save or cancel what people have in their calendars."""

import re
from datetime import date, datetime
from email.message import EmailMessage
from html import unescape
from typing import Any

import httpx2
import pytest
from bs4 import BeautifulSoup

from eventsite.database import execute
from eventsite.events import queries
from eventsite.events.tables import Event, EventState
from eventsite.stationery import Stationery
from tests.factories import make_event, make_session
from tests.interest.people import Cast, letters_to
from tests.organisers.factories import signed_in

DESK = "/organise/events/hpn-midlands"
PANEL = f"{DESK}/sessions/panel"


@pytest.fixture
async def olive(client: httpx2.AsyncClient, now: datetime) -> httpx2.AsyncClient:
    """A browser that an owner is signed in with."""
    await signed_in(client, now=now)
    return client


@pytest.fixture
def cast(database: None, stationery: Stationery, now: datetime) -> Cast:
    return Cast(stationery, now)


async def form_of(olive: httpx2.AsyncClient, page: str, action: str) -> dict[str, str]:
    """What a form on a page would send as it stands, its buttons not pressed."""
    return fields_of((await olive.get(page)).text, action)


def fields_of(page: str, action: str) -> dict[str, str]:
    form = BeautifulSoup(page, "html.parser").find("form", action=action)
    assert form is not None, page
    sent = {}
    for field in form.find_all(["input", "textarea", "select"]):
        if field.name == "select":
            chosen = field.find("option", selected=True)
            sent[str(field["name"])] = str(chosen["value"]) if chosen else ""
        elif field.get("type") not in {"checkbox", "radio"} or field.has_attr("checked"):
            sent[str(field["name"])] = str(field.get("value", field.text.strip()))
    return sent


def words(page: httpx2.Response) -> str:
    return " ".join(BeautifulSoup(page.text, "html.parser").get_text(" ").split())


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


async def save(olive: httpx2.AsyncClient, **changed: str) -> httpx2.Response:
    sent = await form_of(olive, f"{DESK}/edit", f"{DESK}/edit")
    return await olive.post(f"{DESK}/edit", data=sent | changed)


NEXT_WEEK = {"starts_on": "2027-07-03", "ends_on": "2027-07-04"}


async def test_a_change_that_people_are_told_of_is_shown_first_and_nothing_is_saved(
    olive: httpx2.AsyncClient, cast: Cast
) -> None:
    event = await make_event(slug="hpn-midlands")
    await cast.accepted(event)
    await cast.interested(event)

    page = await save(olive, **NEXT_WEEK, summary="Olive typed this")

    assert page.status_code == 200
    assert "Write to 2 people about HPN Midlands?" in words(page)
    assert "1 person with a place gets an update of their calendar entry." in words(page)
    assert "1 person who is interested, without a place so far, gets a letter" in words(page)
    assert "Now Saturday 26 to Sunday 27 June 2027" in words(page)
    assert re.findall("<mark>(.*?)</mark>", page.text) == ["3", "4 July"]
    assert (await queries.get_event("hpn-midlands")).starts_on == date(2027, 6, 26)
    assert fields_of(page.text, f"{DESK}/edit")["summary"] == "Olive typed this"


async def test_confirmed_it_is_saved_and_everybody_is_written_to(olive: httpx2.AsyncClient, cast: Cast) -> None:
    event = await make_event(slug="hpn-midlands")
    ben = await cast.accepted(event)
    page = await save(olive, **NEXT_WEEK)

    answer = await olive.post(f"{DESK}/edit", data=fields_of(page.text, f"{DESK}/edit"))

    assert (answer.status_code, answer.headers["location"]) == (303, DESK)
    assert (await queries.get_event("hpn-midlands")).starts_on == date(2027, 7, 3)
    assert len(await letters_to(ben, "interest/event_moved")) == 1
    assert "HPN Midlands is changed. 1 person is being written to." in words(await olive.get(DESK))


async def test_whoever_goes_back_finds_everything_as_they_typed_it(olive: httpx2.AsyncClient, cast: Cast) -> None:
    await cast.interested(await make_event(slug="hpn-midlands"))
    page = await save(olive, **NEXT_WEEK, summary="Olive <typed> this", venue="The Custard Factory", capacity="140")
    sent = fields_of(page.text, f"{DESK}/edit")

    back = await olive.post(f"{DESK}/edit", data=sent | {"back": "yes"})

    assert back.status_code == 200
    kept = fields_of(back.text, f"{DESK}/edit")
    assert kept == {name: value for name, value in sent.items() if name != "shown"}
    assert (kept["summary"], kept["starts_on"], kept["capacity"]) == ("Olive <typed> this", "2027-07-03", "140")


async def test_if_more_people_came_meanwhile_the_page_is_shown_again(olive: httpx2.AsyncClient, cast: Cast) -> None:
    event = await make_event(slug="hpn-midlands")
    await cast.interested(event)
    page = await save(olive, **NEXT_WEEK)
    await cast.interested(event, "Mallory Mint")

    again = await olive.post(f"{DESK}/edit", data=fields_of(page.text, f"{DESK}/edit"))

    assert "More people would be written to than the page before said." in words(again)
    assert fields_of(again.text, f"{DESK}/edit")["shown"] == "2"
    assert (await queries.get_event("hpn-midlands")).starts_on == date(2027, 6, 26)


@pytest.mark.parametrize("said", ["", "-1", "1e9", "nine", "9" * 400, "²"])
async def test_a_number_that_is_none_confirms_nothing(olive: httpx2.AsyncClient, cast: Cast, said: str) -> None:
    await cast.interested(await make_event(slug="hpn-midlands"))
    page = await save(olive, **NEXT_WEEK, shown=said)
    assert "Write to 1 person about HPN Midlands?" in words(page)


@pytest.mark.parametrize("change", [{"summary": "Mended."}, {"capacity": "90"}, {"motif": "north"}])
async def test_a_change_that_no_calendar_learns_of_is_saved_at_once(
    olive: httpx2.AsyncClient, cast: Cast, change: dict[str, str]
) -> None:
    await cast.accepted(await make_event(slug="hpn-midlands"))
    assert (await save(olive, **change)).status_code == 303


@pytest.mark.parametrize("state", [EventState.PUBLISHED, EventState.DRAFT])
async def test_a_change_with_nobody_to_write_to_is_saved_at_once(
    olive: httpx2.AsyncClient, cast: Cast, state: EventState
) -> None:
    event = await make_event(slug="hpn-midlands")
    if state == EventState.DRAFT:
        await cast.interested(event)
        await Event.update({Event.state: state}).where(Event.id == event.id)
    assert (await save(olive, **NEXT_WEEK)).status_code == 303


async def test_what_could_not_be_saved_is_refused_before_anybody_is_counted(
    olive: httpx2.AsyncClient, cast: Cast
) -> None:
    event = await make_event(slug="hpn-midlands")
    await make_session(event)
    await cast.interested(event)
    refused = await save(olive, starts_on="2027-06-27", ends_on="2027-06-27")
    assert refused.status_code == 422
    assert "outside the event's dates" in words(refused)


async def test_the_letter_of_one_of_them_is_shown_in_a_frame(olive: httpx2.AsyncClient, cast: Cast) -> None:
    event = await make_event(slug="hpn-midlands")
    await cast.interested(event)
    for name in ("Ben Baker", "Bea Baxter"):
        await cast.accepted(event, name)
    page = await save(olive, **NEXT_WEEK)
    [frame] = BeautifulSoup(page.text, "html.parser").find_all("iframe")

    letter = await olive.get(str(frame["src"]))

    assert frame["sandbox"] == ["allow-popups", "allow-popups-to-escape-sandbox"]
    assert "frame-src 'self'" in page.headers["content-security-policy"]
    assert letter.headers["content-security-policy"].startswith("default-src 'none'")
    assert re.search("Hello B(en Baker|ea Baxter),", unescape(letter.text))
    assert "Saturday 3 to Sunday 4 July 2027" in letter.text
    assert (await queries.get_event("hpn-midlands")).starts_on == date(2027, 6, 26)
    assert await execute("SELECT id FROM outbox_letter WHERE kind = 'interest/event_moved'") == []


async def test_a_session_that_people_have_in_their_calendars_is_checked_too(
    olive: httpx2.AsyncClient, cast: Cast
) -> None:
    event = await make_event(slug="hpn-midlands")
    session = await make_session(event, slug="panel")
    ben = await cast.accepted(event)
    await cast.seat(ben, session)
    sent = await form_of(olive, PANEL, PANEL)

    page = await olive.post(PANEL, data=sent | {"room": "Hall 2"})
    [frame] = BeautifulSoup(page.text, "html.parser").find_all("iframe")
    letter = await olive.get(str(frame["src"]))
    back = await olive.post(PANEL, data=fields_of(page.text, PANEL) | {"back": "yes"})
    answer = await olive.post(PANEL, data=fields_of(page.text, PANEL))

    assert "Write to 1 person about “How do we deploy AI safely?”?" in words(page)
    assert "Hall 2, The Exchange" in letter.text
    assert fields_of(back.text, PANEL)["room"] == "Hall 2"
    assert answer.status_code == 303
    assert len(await letters_to(ben, "interest/session_moved")) == 1


@pytest.mark.parametrize("page", [DESK, PANEL])
async def test_cancelling_says_whom_it_writes_to_and_asks_again_if_they_are_more(
    olive: httpx2.AsyncClient, cast: Cast, page: str
) -> None:
    event = await make_event(slug="hpn-midlands")
    session = await make_session(event, slug="panel")
    await cast.seat(await cast.accepted(event), session)
    asked = await olive.get(f"{page}/cancellation")
    letter = await olive.get(f"{page}/cancellation/letter")
    await cast.seat(await cast.accepted(event, "Bea Baxter"), session)

    more = await olive.post(f"{page}/cancellation", data=fields_of(asked.text, f"{page}/cancellation"))
    done = await olive.post(f"{page}/cancellation", data=fields_of(more.text, f"{page}/cancellation"))

    assert "This will write to 1 person" in words(asked)
    assert "will not take place" in letter.text
    assert (more.status_code, done.status_code) == (422, 303)
    assert "More people would get a letter than this page said." in words(more)
    assert "2 people are being written to." in words(await olive.get(DESK))


WHY = "The hall's roof leaks.\n\nCoffee & cake <stay>."


async def test_organisers_say_in_their_own_words_why_it_changes(olive: httpx2.AsyncClient, cast: Cast) -> None:
    event = await make_event(slug="hpn-midlands")
    ben = await cast.accepted(event)
    page = await save(olive, **NEXT_WEEK)

    sent = fields_of(page.text, f"{DESK}/edit") | {"own_words": WHY}
    looked = await olive.post(f"{DESK}/edit", data=sent | {"look": "yes"})
    frame = BeautifulSoup(looked.text, "html.parser").find("iframe")
    assert frame is not None
    letter = await olive.get(str(frame["src"]))
    answer = await olive.post(f"{DESK}/edit", data=fields_of(looked.text, f"{DESK}/edit"))

    assert looked.status_code == 200
    assert "More people" not in words(looked)
    assert "From the organisers The hall's roof leaks. Coffee & cake <stay>. What has changed" in words(letter)
    assert answer.status_code == 303
    (sent_to_ben,) = await letters_to(ben, "interest/event_moved")
    assert f"From the organisers\n\n{WHY}\n\nWhat has changed\n" in text_of(sent_to_ben)


@pytest.mark.parametrize("page", [DESK, PANEL])
async def test_so_they_do_when_it_is_cancelled(olive: httpx2.AsyncClient, cast: Cast, page: str) -> None:
    event = await make_event(slug="hpn-midlands")
    session = await make_session(event, slug="panel")
    ben = await cast.accepted(event)
    await cast.seat(ben, session)
    sent = await form_of(olive, f"{page}/cancellation", f"{page}/cancellation")

    too_long = await olive.post(f"{page}/cancellation", data=sent | {"own_words": "x" * 501})
    done = await olive.post(f"{page}/cancellation", data=sent | {"own_words": WHY})

    assert too_long.status_code == 422
    assert words(too_long).count("Your own words must be 500 characters or less") == 2, "at the top, and at the field"
    assert fields_of(too_long.text, f"{page}/cancellation")["own_words"] == "x" * 501
    assert done.status_code == 303
    kind = "interest/event_cancelled" if page == DESK else "interest/session_cancelled"
    assert [WHY in text_of(letter) for letter in await letters_to(ben, kind)] == [True]


async def test_their_words_are_kept_when_they_go_back_to_the_form(olive: httpx2.AsyncClient, cast: Cast) -> None:
    await cast.interested(await make_event(slug="hpn-midlands"))
    sent = fields_of((await save(olive, **NEXT_WEEK)).text, f"{DESK}/edit") | {"own_words": WHY}
    back = await olive.post(f"{DESK}/edit", data=sent | {"back": "yes"})
    again = await olive.post(f"{DESK}/edit", data=fields_of(back.text, f"{DESK}/edit"))
    assert fields_of(again.text, f"{DESK}/edit")["own_words"].splitlines() == WHY.splitlines()


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("edit/letter", EventState.PUBLISHED),
        ("edit/letter?name=", EventState.PUBLISHED),
        ("cancellation/letter", EventState.PUBLISHED),
        ("cancellation/letter", EventState.CANCELLED),
        ("sessions/panel/letter", EventState.PUBLISHED),
        ("sessions/panel/cancellation/letter", EventState.PUBLISHED),
    ],
)
async def test_a_letter_that_nobody_would_get_is_not_found(
    olive: httpx2.AsyncClient, path: str, state: EventState
) -> None:
    event = await make_event(slug="hpn-midlands", state=state)
    await make_session(event, slug="panel")
    assert (await olive.get(f"{DESK}/{path}")).status_code == 404


async def test_what_people_typed_is_shown_as_text_and_never_as_a_page(olive: httpx2.AsyncClient, cast: Cast) -> None:
    event = await make_event(slug="hpn-midlands", name="<b>Bold</b> & plain")
    await cast.interested(event, "<script>alert(1)</script>")
    answer: Any = await save(olive, **NEXT_WEEK, venue='"><img src=x>')
    assert "<script>alert" not in answer.text
    assert "<img src=x>" not in answer.text
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; plain" in answer.text
