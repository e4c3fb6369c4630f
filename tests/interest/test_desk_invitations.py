"""Inviting people by name: each line is checked, the page says what each gets, and it is done once."""

from datetime import datetime
from html import unescape

import httpx2
import pytest_asyncio

from eventsite.database import execute
from eventsite.events.tables import EventState
from eventsite.interest.tables import InterestState
from eventsite.organisers.tables import Role
from tests.factories import make_event
from tests.interest.crowd import make_interested
from tests.interest.test_desk_deeds import HIDDEN, said
from tests.organisers.factories import signed_in

INVITATIONS = "/organise/interest/invitations"
PEOPLE = "Ann Archer <ann@example.org>\r\nBen Baker, ben@example.org"
UNTIL = {"until_on": "2027-05-14", "until_at": "17:00"}


@pytest_asyncio.fixture(loop_scope="session")
async def olive(client: httpx2.AsyncClient, now: datetime) -> httpx2.AsyncClient:
    """An owner's browser."""
    await signed_in(client, now=now, role=Role.OWNER)
    return client


async def check(olive: httpx2.AsyncClient, slug: str, people: str = PEOPLE) -> str:
    answer = await olive.post(f"{INVITATIONS}/check", data={"event": slug, "people": people, **UNTIL})
    assert answer.status_code == 200, answer.text
    return answer.text


async def invite(olive: httpx2.AsyncClient, page: str) -> str:
    """Sends what a check page holds; what is said after it."""
    form = {name: unescape(value) for name, value in HIDDEN.findall(page)}
    answer = await olive.post(INVITATIONS, data=form)
    assert answer.status_code == 303, answer.text
    return await said(olive, answer)


async def states() -> dict[str, str]:
    rows = await execute("SELECT p.name, i.state FROM interest i JOIN person p ON p.id = i.person")
    return {row["name"]: row["state"] for row in rows}


async def test_named_people_are_checked_then_invited(olive: httpx2.AsyncClient) -> None:
    event = await make_event(capacity=5)
    page = await check(olive, event.slug)
    for shown in ("2 people are offered a place.", "Ann Archer", "ben@example.org", "New here", "14 May 2027, 5pm"):
        assert shown in page
    assert await execute("SELECT id FROM person") == []
    assert await invite(olive, page) == "2 places offered."
    assert await states() == {"Ann Archer": "offered", "Ben Baker": "offered"}
    letters = await execute("SELECT recipient, cause FROM outbox_letter WHERE kind = 'interest/place_offered'")
    assert {(row["recipient"], row["cause"]) for row in letters} == {
        ("ann@example.org", "organiser"),
        ("ben@example.org", "organiser"),
    }


async def test_sent_twice_it_is_done_once(olive: httpx2.AsyncClient) -> None:
    event = await make_event()
    page = await check(olive, event.slug)
    assert await invite(olive, page) == "2 places offered."
    again = "0 places offered. 2 people had moved since you looked, and were left alone."
    assert await invite(olive, page) == again
    assert len(await execute("SELECT id FROM outbox_letter")) == 2


async def test_what_we_know_of_somebody_stays_as_it_is(olive: httpx2.AsyncClient) -> None:
    event = await make_event()
    await make_interested(event, 1, name="Dr Ann Archer", email="ann@example.org")
    page = await check(olive, event.slug)
    assert "Known as <bdi>Dr Ann Archer</bdi>, and stays so" in page
    await invite(olive, page)
    assert await states() == {"Dr Ann Archer": "offered", "Ben Baker": "offered"}


async def test_where_there_is_no_room_they_wait_and_who_has_a_place_is_left_alone(olive: httpx2.AsyncClient) -> None:
    event = await make_event(capacity=2)
    await make_interested(event, 1, InterestState.ACCEPTED, name="Ann Archer", email="ann@example.org")
    page = await check(olive, event.slug, PEOPLE + "\r\nCy Clay, cy@example.org")
    for shown in ("1 person is offered a place.", "1 person goes on the waiting list.", "1 person is left alone."):
        assert shown in page
    assert await invite(olive, page) == "1 place offered, 1 person is on the waiting list."
    assert await states() == {"Ann Archer": "accepted", "Ben Baker": "offered", "Cy Clay": "waitlisted"}


async def test_a_bad_line_is_named_and_every_word_is_kept(olive: httpx2.AsyncClient) -> None:
    event = await make_event()
    people = "Ann Archer <ann@example.org>\r\nBen Baker, ben at <example>"
    answer = await olive.post(f"{INVITATIONS}/check", data={"event": event.slug, "people": people, **UNTIL})
    assert answer.status_code == 422
    assert "“Ben Baker, ben at &lt;example&gt;”: There is no email address in this line" in answer.text
    assert "Ben Baker, ben at &lt;example&gt;</textarea>" in answer.text
    assert await execute("SELECT id FROM person") == []


async def test_a_deadline_that_passed_while_the_page_stood_open_is_said(olive: httpx2.AsyncClient) -> None:
    event = await make_event()
    page = await check(olive, event.slug)
    form = {name: unescape(value) for name, value in HIDDEN.findall(page)}
    answer = await olive.post(INVITATIONS, data={**form, "until_on": "2027-03-09"})
    assert answer.status_code == 422
    assert "The time to answer by has passed already" in answer.text
    assert "ann@example.org" in answer.text
    assert await execute("SELECT id FROM person") == []


async def test_a_form_that_never_saw_the_check_page_is_shown_it(olive: httpx2.AsyncClient) -> None:
    event = await make_event()
    answer = await olive.post(INVITATIONS, data={"event": event.slug, "people": PEOPLE, **UNTIL})
    assert "Nothing is sent yet" in answer.text
    assert await execute("SELECT id FROM person") == []


async def test_only_events_that_are_still_to_come_can_be_chosen(olive: httpx2.AsyncClient) -> None:
    await make_event(slug="coming", name="Coming")
    await make_event(slug="draft", name="Hidden", state=EventState.DRAFT)
    page = (await olive.get(INVITATIONS)).text
    assert "Coming, 26 to 27 June 2027" in page
    assert "Hidden" not in page
    for slug in ("draft", "nowhere", ""):
        answer = await olive.post(f"{INVITATIONS}/check", data={"event": slug, "people": PEOPLE, **UNTIL})
        assert (answer.status_code, "Choose an event from the list" in answer.text) == (422, True)


async def test_without_any_event_the_page_says_so(olive: httpx2.AsyncClient) -> None:
    assert "There is no event on the site that is still to come." in (await olive.get(INVITATIONS)).text


async def test_mallory_invites_nobody(client: httpx2.AsyncClient, now: datetime) -> None:
    event = await make_event()
    await signed_in(client, now=now, role=Role.MODERATOR)
    form = {"event": event.slug, "people": PEOPLE, "seen": "new new", **UNTIL}
    for address in (INVITATIONS, f"{INVITATIONS}/check"):
        assert (await client.post(address, data=form)).status_code == 403
    assert await execute("SELECT id FROM person") == []
