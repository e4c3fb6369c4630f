"""Deeds of organisers: every bulk deed shows whom it is for before it is done, and is done once."""

import asyncio
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx2
import pytest
import pytest_asyncio

from eventsite.database import execute
from eventsite.events.tables import Event, EventState
from eventsite.interest.tables import Interest, InterestState
from eventsite.mail.suppression import suppress
from eventsite.mail.tables import SuppressionReason
from eventsite.organisers.tables import Role
from tests.factories import MADE_AT, make_event
from tests.interest.crowd import make_interested
from tests.organisers.factories import signed_in

LIST = "/organise/interest"
ACCEPTED, OFFERED, WAITLISTED = InterestState.ACCEPTED, InterestState.OFFERED, InterestState.WAITLISTED
UNTIL = {"until_on": "2027-05-14", "until_at": "17:00"}
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


@pytest_asyncio.fixture(loop_scope="session")
async def olive(client: httpx2.AsyncClient, now: datetime) -> httpx2.AsyncClient:
    """An owner's browser."""
    await signed_in(client, now=now, role=Role.OWNER)
    return client


async def check(olive: httpx2.AsyncClient, event: Event, deed: str, people: Sequence[Interest], **more: str) -> str:
    """The check page of a deed for the people who are ticked."""
    chosen = {"event": event.slug, "deed": deed, "person": [one.id for one in people], **more}
    answer = await olive.post(f"{LIST}/selection", data=chosen)
    assert answer.status_code == 200, answer.text
    return answer.text


async def do(olive: httpx2.AsyncClient, page: str, deed: str, **changes: str) -> str:
    """Does what a check page shows; what is said on the page after it."""
    form: dict[str, Any] = {**dict(HIDDEN.findall(page)), **(UNTIL if deed == "offers" else {}), **changes}
    answer = await olive.post(f"{LIST}/{deed}", data=form)
    assert answer.status_code == 303, answer.text
    return await said(olive, answer)


async def said(olive: httpx2.AsyncClient, answer: httpx2.Response) -> str:
    """The sentence on the page that an answer leads to."""
    page = (await olive.get(answer.headers["location"])).text
    [notice] = re.findall(r'<div class="notice success".*?<strong>Done</strong> (.*?)</p>', page, re.DOTALL)
    return str(notice)


async def states(event: Event) -> dict[str, int]:
    rows = await execute("SELECT state, COUNT(*) AS people FROM interest WHERE event = {} GROUP BY state", event.id)
    return {row["state"]: row["people"] for row in rows}


async def letters(kind: str) -> int:
    rows = await execute("SELECT COUNT(*) AS number FROM outbox_letter WHERE kind = {}", f"interest/{kind}")
    return int(rows[0]["number"])


async def test_offers_are_checked_then_made_and_the_rest_wait(olive: httpx2.AsyncClient) -> None:
    event = await make_event(capacity=3)
    chosen = [*await make_interested(event, 4), *await make_interested(event, 1, ACCEPTED)]
    before = await states(event)

    page = await check(olive, event, "offer", chosen)

    for shown in ("2 people are offered a place.", "2 people go on the waiting list.", "1 person is left alone."):
        assert shown in page
    assert "2 of 3 places are free" in page
    assert await states(event) == before
    assert await do(olive, page, "offers") == "2 places offered, 2 people are on the waiting list."
    assert await states(event) == {"accepted": 1, "offered": 2, "waitlisted": 2}
    rows = await execute("SELECT offered_until FROM interest WHERE state = 'offered'")
    # 5pm of a May day in London.
    assert {row["offered_until"] for row in rows} == {datetime(2027, 5, 14, 16, tzinfo=UTC)}
    assert (await letters("place_offered"), await letters("waiting_list_joined")) == (2, 2)


async def test_that_somebody_who_said_no_is_written_to_again_stands_on_the_page(olive: httpx2.AsyncClient) -> None:
    event = await make_event()
    fresh = await make_interested(event, 2)
    gone = [*await make_interested(event, 1, InterestState.WITHDRAWN), *await make_interested(event, 1, ACCEPTED)]
    warning = "of them withdrew, declined or was cancelled before, and is written to again."
    assert f"1 {warning}" in await check(olive, event, "offer", [*fresh, *gone])
    assert warning not in await check(olive, event, "offer", fresh)


async def test_two_organisers_at_once_do_a_deed_once(olive: httpx2.AsyncClient) -> None:
    event = await make_event(capacity=3)
    page = await check(olive, event, "offer", await make_interested(event, 4))
    form = {**dict(HIDDEN.findall(page)), **UNTIL}
    answers = await asyncio.gather(*(olive.post(f"{LIST}/offers", data=form) for _ in range(4)))
    assert [answer.status_code for answer in answers] == [303] * 4
    assert await states(event) == {"offered": 3, "waitlisted": 1}
    assert (await letters("place_offered"), await letters("waiting_list_joined")) == (3, 1)


async def test_a_deed_sent_twice_is_done_once(olive: httpx2.AsyncClient) -> None:
    event = await make_event()
    page = await check(olive, event, "offer", await make_interested(event, 2))
    assert await do(olive, page, "offers") == "2 places offered."
    again = "0 places offered. 2 people had moved since you looked, and were left alone."
    assert await do(olive, page, "offers") == again
    assert await letters("place_offered") == 2


async def test_whoever_withdrew_meanwhile_is_left_alone_and_that_is_said(olive: httpx2.AsyncClient) -> None:
    event = await make_event()
    ann, ben = await make_interested(event, 2)
    page = await check(olive, event, "offer", [ann, ben])
    await execute("UPDATE interest SET state = 'withdrawn' WHERE id = {}", ann.id)
    sentence = "1 place offered. 1 person had moved since you looked, and was left alone."
    assert await do(olive, page, "offers") == sentence
    assert await states(event) == {"offered": 1, "withdrawn": 1}


async def test_everybody_the_list_finds_is_chosen_beyond_its_first_page(olive: httpx2.AsyncClient) -> None:
    event = await make_event(capacity=80)
    await make_interested(event, 100)
    await make_interested(event, 1, ACCEPTED)
    await make_interested(event, 7, name="Somebody else")
    page = await check(olive, event, "offer", [], everybody="yes", q="person", state="interested")
    assert "79 people are offered a place." in page
    assert "21 people go on the waiting list." in page
    # The first twenty of each stand there; the others are one click away, on the same page.
    assert "and 59 more" in page
    assert all(f">Person {number}</bdi>" in page for number in range(100))
    assert "Somebody else" not in page


async def test_who_registers_after_the_check_is_not_in_it(olive: httpx2.AsyncClient) -> None:
    event = await make_event()
    await make_interested(event, 2)
    page = await check(olive, event, "offer", [], everybody="yes")
    await make_interested(event, 1, name="Late")
    assert await do(olive, page, "offers") == "2 places offered."
    assert await states(event) == {"interested": 1, "offered": 2}


@pytest.mark.parametrize("number", [2000, 6000])
async def test_thousands_are_chosen_checked_and_done_in_one_form(olive: httpx2.AsyncClient, number: int) -> None:
    event = await make_event()
    await make_interested(event, number, WAITLISTED)
    page = await check(olive, event, "cancel", [], everybody="yes")
    assert f"{number} people are taken off the waiting list." in page
    # All but two of them have gone elsewhere since: the form is as long all the same.
    await execute(
        "UPDATE interest SET state = 'withdrawn' WHERE event = {} AND id NOT IN (SELECT id FROM interest LIMIT 2)",
        event.id,
    )
    sentence = f"Cancelled for 2 people. {number - 2} people had moved since you looked, and were left alone."
    assert await do(olive, page, "cancellations") == sentence


async def test_places_are_cancelled_and_pass_to_the_waiting_list(olive: httpx2.AsyncClient) -> None:
    event = await make_event(capacity=2)
    taken = await make_interested(event, 2, ACCEPTED)
    await make_interested(event, 3, WAITLISTED)
    page = await check(olive, event, "cancel", taken[:1])
    assert "1 person loses their place." in page
    assert "Places that come free go to the waiting list by themselves." in page
    assert await do(olive, page, "cancellations") == "Cancelled for 1 person."
    assert await states(event) == {"accepted": 1, "cancelled": 1, "offered": 1, "waitlisted": 2}
    assert await letters("place_cancelled") == 1


async def test_nobody_is_offered_a_place_a_moment_before_they_are_taken_off_the_list(olive: httpx2.AsyncClient) -> None:
    event = await make_event(capacity=150)
    await make_interested(event, 150, ACCEPTED)
    await make_interested(event, 60, WAITLISTED)
    page = await check(olive, event, "cancel", [], everybody="yes")
    assert await do(olive, page, "cancellations") == "Cancelled for 210 people."
    assert (await states(event), await letters("place_offered")) == ({"cancelled": 210}, 0)


async def test_who_registered_first_comes_first_however_many_they_are(olive: httpx2.AsyncClient) -> None:
    event = await make_event(capacity=130)
    late = MADE_AT + timedelta(days=9)
    await make_interested(event, 120, registered_at=late)
    await make_interested(event, 120, InterestState.EXPIRED)
    page = await check(olive, event, "offer", [], everybody="yes")
    assert await do(olive, page, "offers") == "130 places offered, 110 people are on the waiting list."
    rows = await execute("SELECT state, COUNT(*) AS people FROM interest WHERE registered_at = {} GROUP BY state", late)
    assert {row["state"]: row["people"] for row in rows} == {"offered": 10, "waitlisted": 110}


async def test_people_are_put_on_the_list_of_a_full_event(olive: httpx2.AsyncClient) -> None:
    event = await make_event(capacity=1)
    await make_interested(event, 1, OFFERED)
    page = await check(olive, event, "wait", await make_interested(event, 2))
    assert await do(olive, page, "waiting-list") == "2 people are on the waiting list."
    assert await states(event) == {"offered": 1, "waitlisted": 2}
    assert await letters("waiting_list_joined") == 2


async def test_nobody_is_put_on_a_list_while_there_are_places(olive: httpx2.AsyncClient) -> None:
    event = await make_event(capacity=2)
    people = await make_interested(event, 1)
    page = await check(olive, event, "wait", people)
    assert "There are places left" in page
    assert '<button class="button">' not in page
    form = {"event": event.slug, "seen": f"interested {people[0].id}"}
    assert (await olive.post(f"{LIST}/waiting-list", data=form)).status_code == 422
    assert await states(event) == {"interested": 1}


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        ({"until_on": "2027-03-09"}, "The time to answer by has passed already"),
        ({"until_on": "2027-06-27"}, "The time to answer by must be before HPN Midlands begins"),
        ({"until_on": ""}, "Enter the day to answer by"),
        ({"until_at": "late"}, "Enter the time to answer by as a time"),
    ],
)
async def test_a_deadline_that_will_not_do_is_said_and_the_people_are_kept(
    olive: httpx2.AsyncClient, until: dict[str, str], sentence: str
) -> None:
    event = await make_event()
    people = await make_interested(event, 3)
    page = await check(olive, event, "offer", people)
    answer = await olive.post(f"{LIST}/offers", data={**dict(HIDDEN.findall(page)), **UNTIL, **until})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "3 people are offered a place." in answer.text
    assert await do(olive, answer.text, "offers") == "3 places offered."


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"state": EventState.DRAFT}, "is not on the site yet"),
        ({"state": EventState.CANCELLED}, "has been cancelled"),
        ({"starts_on": date(2027, 3, 1), "ends_on": date(2027, 3, 2)}, "is over"),
    ],
)
async def test_no_place_is_offered_where_there_are_none_to_be_had(
    olive: httpx2.AsyncClient, given: dict[str, Any], sentence: str
) -> None:
    event = await make_event(**given)
    people = await make_interested(event, 1)
    assert sentence in await check(olive, event, "offer", people)
    form = {"event": event.slug, "seen": f"interested {people[0].id}", **UNTIL}
    refused = await olive.post(f"{LIST}/offers", data=form)
    assert (refused.status_code, sentence in refused.text) == (422, True)
    assert await states(event) == {"interested": 1}


async def test_where_nothing_can_be_done_there_is_no_button(olive: httpx2.AsyncClient) -> None:
    event = await make_event()
    page = await check(olive, event, "offer", await make_interested(event, 2, ACCEPTED))
    assert "There is nothing to do" in page
    assert "Offer the places" not in page


@pytest.mark.parametrize(
    ("chosen", "sentence"), [({"deed": "offer"}, "Tick the people first"), ({"everybody": "yes"}, "Choose what to do")]
)
async def test_a_form_without_people_or_without_a_deed_says_so(
    olive: httpx2.AsyncClient, chosen: dict[str, str], sentence: str
) -> None:
    event = await make_event()
    await make_interested(event, 1)
    answer = await olive.post(f"{LIST}/selection", data={"event": event.slug, **chosen})
    assert (answer.status_code, sentence in answer.text) == (422, True)


async def test_ids_of_another_event_are_nobody(olive: httpx2.AsyncClient) -> None:
    midlands, north = await make_event(), await make_event()
    [elsewhere] = await make_interested(north, 1)
    answer = await olive.post(
        f"{LIST}/selection", data={"event": midlands.slug, "deed": "offer", "person": elsewhere.id}
    )
    assert answer.status_code == 422
    form = {"event": midlands.slug, "seen": f"interested {elsewhere.id}", **UNTIL}
    answer = await olive.post(f"{LIST}/offers", data=form)
    assert "0 places offered" in await said(olive, answer)
    assert await states(north) == {"interested": 1}


async def test_addresses_that_letters_are_kept_from_are_counted(olive: httpx2.AsyncClient, now: datetime) -> None:
    event = await make_event()
    people = await make_interested(event, 2)
    await execute("UPDATE person SET email_key = 'gone@nowhere.example' WHERE id = {}", people[0].person)
    await suppress("gone@nowhere.example", reason=SuppressionReason.BOUNCED, words="gone", now=now)
    page = await check(olive, event, "offer", people)
    assert "1 of them gets no letter" in page
    assert "Letters come back" in page


async def test_an_organiser_comes_back_to_the_list_as_it_was_narrowed_and_nowhere_else(
    olive: httpx2.AsyncClient,
) -> None:
    event = await make_event()
    page = await check(olive, event, "offer", await make_interested(event, 1), q="person", state="interested")
    form = {**dict(HIDDEN.findall(page)), **UNTIL}
    expected = f"{LIST}?event={event.slug}&state=interested&q=person"
    for back, there in (
        (form["back"].replace("&amp;", "&"), expected),
        ("https://elsewhere.example", LIST),
        ("//elsewhere.example", LIST),
        ("?event=a&state=b", f"{LIST}?event=a"),
    ):
        answer = await olive.post(f"{LIST}/offers", data={**form, "back": back})
        assert answer.headers["location"] == there


async def test_the_ledger_says_which_organiser_it_was(client: httpx2.AsyncClient, now: datetime) -> None:
    organiser = await signed_in(client, now=now, role=Role.OWNER)
    event = await make_event()
    page = await check(client, event, "offer", await make_interested(event, 1))
    await do(client, page, "offers")
    rows = await execute("SELECT actor FROM ledger_entry WHERE deed = 'place.offered'")
    assert [row["actor"] for row in rows] == [organiser.id]


async def test_an_offer_can_be_made_until_the_usual_day_without_a_thought(olive: httpx2.AsyncClient) -> None:
    event = await make_event(reply_days=7)
    page = await check(olive, event, "offer", await make_interested(event, 1))
    until = dict(re.findall(r'name="(until_\w+)"[^>]* value="([^"]*)"', page))
    assert until == {"until_on": "2027-03-17", "until_at": "17:00"}
    assert await do(olive, page, "offers", **until) == "1 place offered."


async def test_mallory_does_nothing(client: httpx2.AsyncClient, now: datetime) -> None:
    event = await make_event()
    [ann] = await make_interested(event, 1)
    form = {"event": event.slug, "seen": f"interested {ann.id}", **UNTIL}
    await signed_in(client, now=now, role=Role.MODERATOR)
    for deed in ("selection", "offers", "waiting-list", "cancellations"):
        assert (await client.post(f"{LIST}/{deed}", data=form)).status_code == 403
    assert await states(event) == {"interested": 1}
