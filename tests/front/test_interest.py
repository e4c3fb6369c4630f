"""The form of interest: one page, one POST, one transaction, and a sentence for everything that can be typed wrong."""

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import Context
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from urllib.parse import quote, urlencode

import httpx2
import pytest
from icalendar import Calendar
from starlette.types import ASGIApp

from eventsite.database import execute, transaction
from eventsite.events.queries import ensure_still_published
from eventsite.events.rules import InterestClosed
from eventsite.events.services import cancel_event
from eventsite.events.tables import Event, EventState
from eventsite.web.throttle import FORMS_A_NETWORK, FORMS_AN_ADDRESS
from tests.conftest import StandingClock, browser
from tests.factories import make_event, make_session

TYPED = {
    "name": "Ann Asker",
    "email": "ann@trust.example.org",
    "job_title": "Chief nursing information officer",
    "organisation": "Example Trust",
}
FORM = "application/x-www-form-urlencoded"


async def send(client: httpx2.AsyncClient, *events: Event, **changed: str) -> httpx2.Response:
    """The form as a browser sends it, with these events ticked."""
    pairs = [*(TYPED | changed).items(), *(("events", event.slug) for event in events)]
    return await client.post("/interest", content=urlencode(pairs), headers={"content-type": FORM})


async def send_raw(client: httpx2.AsyncClient, body: str | bytes, content_type: str = FORM) -> httpx2.Response:
    return await client.post("/interest", content=body, headers={"content-type": content_type})


async def count(table: str) -> int:
    return int((await execute(f"SELECT COUNT(*) AS number FROM {table}"))[0]["number"])


def read(row: dict[str, Any]) -> tuple[EmailMessage, str, str]:
    """A stored letter: all of it, its plain text and its HTML."""
    letter = message_from_bytes(row["content"], _class=EmailMessage, policy=policy.default)
    text, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert text
    assert html
    return letter, text.get_content(), html.get_content()


async def nothing_was_written() -> bool:
    tables = ("person", "interest", "consent", "question", "outbox_letter", "ledger_entry")
    return [await count(table) for table in tables] == [0] * len(tables)


async def letters() -> list[dict[str, Any]]:
    return await execute("SELECT * FROM outbox_letter ORDER BY created_at, id")


async def test_one_form_writes_person_interests_ledger_and_letter_together(client: httpx2.AsyncClient) -> None:
    midlands, mental_health = await make_event(), await make_event(name="HPN Mental Health")
    answer = await send(client, midlands, mental_health)
    assert (answer.status_code, answer.headers["location"]) == (303, "/interest/thanks")
    person = (await execute("SELECT * FROM person"))[0]
    assert {name: person[name] for name in TYPED} == TYPED
    interests = await execute("SELECT event, state FROM interest")
    assert {(row["event"], row["state"]) for row in interests} == {
        (midlands.id, "interested"),
        (mental_health.id, "interested"),
    }
    assert [row["deed"] for row in await execute("SELECT deed FROM ledger_entry")] == ["interest.registered"]
    assert [row["recipient"] for row in await letters()] == ["ann@trust.example.org"]


async def test_the_letter_has_a_hold_for_each_event(client: httpx2.AsyncClient) -> None:
    event = await make_event()
    await send(client, event)
    letter, text, _ = read((await letters())[0])
    (attached,) = letter.iter_attachments()
    entry = Calendar.from_ical(attached.get_content()).walk("VEVENT")[0]
    assert (str(entry["STATUS"]), str(entry["TRANSP"])) == ("TENTATIVE", "TRANSPARENT")
    assert str(entry["UID"]) == f"event-{event.id}@events.example.org"
    assert (entry.decoded("DTSTART").isoformat(), entry.decoded("DTEND").isoformat()) == ("2027-06-26", "2027-06-28")
    assert "Saturday 26 to Sunday 27 June 2027" in text
    assert "https://events.example.org/my/" in text


async def test_the_page_of_thanks_is_the_same_for_everybody(client: httpx2.AsyncClient) -> None:
    first, second = await client.get("/interest/thanks"), await client.get("/interest/thanks")
    assert first.content == second.content
    assert "What happens next" in first.text
    assert "set-cookie" not in first.headers


async def test_the_address_ticks_an_event(client: httpx2.AsyncClient) -> None:
    event = await make_event()
    page = (await client.get(f"/interest?event={event.slug}")).text
    assert f'value="{event.slug}" checked' in page
    assert "checked" not in (await client.get("/interest?event=nothing-of-the-kind")).text


async def test_a_second_form_adds_what_is_missing_and_changes_nothing(
    client: httpx2.AsyncClient, clock: StandingClock
) -> None:
    first, second = await make_event(), await make_event(name="HPN Mental Health")
    await send(client, first)
    clock.move(hours=2)
    answer = await send(client, first, second, name="Somebody Else", updates="yes")
    assert (answer.status_code, answer.headers["location"]) == (303, "/interest/thanks")
    assert [row["name"] for row in await execute("SELECT name FROM person")] == ["Ann Asker"]
    assert await count("interest") == 2
    assert await count("consent") == 0
    assert [row["subject"] for row in await letters()] == [
        "Your interest in HPN Midlands",
        "Your interest in HPN Mental Health",
    ]


async def test_a_form_with_nothing_new_brings_the_link_again_once(
    client: httpx2.AsyncClient, clock: StandingClock
) -> None:
    event = await make_event()
    await send(client, event)
    await send(client, event, email="ANN@trust.example.org")
    assert len(await letters()) == 1
    clock.move(hours=1)
    await send(client, event)
    await send(client, event)
    assert [row["kind"] for row in await letters()] == ["interest/received", "interest/known"]


async def test_somebody_who_withdrew_may_come_back(client: httpx2.AsyncClient, clock: StandingClock) -> None:
    event = await make_event()
    await send(client, event)
    await execute("UPDATE interest SET state = 'withdrawn'")
    clock.move(hours=1)
    await send(client, event)
    assert [row["state"] for row in await execute("SELECT state FROM interest")] == ["interested"]
    assert [row["kind"] for row in await letters()] == ["interest/received", "interest/received"]


async def test_news_is_a_consent_with_its_words(client: httpx2.AsyncClient) -> None:
    await send(client, await make_event(), updates="yes")
    (consent,) = await execute("SELECT action, purpose, wording FROM consent")
    assert consent == {"action": "given", "purpose": "updates", "wording": "Send me news of other HPN events by email"}
    page = (await client.get("/interest")).text
    assert consent["wording"] in page


async def test_a_question_comes_along_in_the_same_deed(client: httpx2.AsyncClient) -> None:
    event = await make_event()
    panel = await make_session(event)
    answer = await send(client, event, question="Who signs it off?", question_session=f"{event.slug}/{panel.slug}")
    assert answer.status_code == 303
    (question,) = await execute("SELECT text, state, session FROM question")
    assert question == {"text": "Who signs it off?", "state": "pending", "session": panel.id}
    assert {row["kind"] for row in await letters()} == {"interest/received", "questions/received"}


async def test_with_one_panel_nobody_need_name_it(client: httpx2.AsyncClient) -> None:
    event = await make_event()
    await make_session(event)
    assert (await send(client, event, question="Who signs it off?")).status_code == 303
    assert await count("question") == 1


async def test_with_two_panels_it_must_be_said_which(client: httpx2.AsyncClient) -> None:
    event = await make_event()
    await make_session(event)
    await make_session(event, title="Another panel")
    answer = await send(client, event, question="Who signs it off?")
    assert answer.status_code == 422
    assert "Select the panel your question is for" in answer.text
    assert await nothing_was_written()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Enter your full name"),
        ({"name": "   \u00a0 "}, "Enter your full name"),
        ({"name": "x" * 10_000}, "Full name must be 200 characters or less"),
        ({"email": ""}, "Enter your work email address"),
        ({"email": "ann"}, "Enter an email address in the correct format, like name@example.com"),
        ({"email": "ann@trust.example.org, eve@evil.example"}, "Enter an email address in the correct format"),
        ({"email": "ann@trust.example.org\r\nBcc: eve@evil.example"}, "Enter an email address in the correct format"),
        ({"email": "=?utf-8?q?a=0D=0ABcc:eve@evil.example?="}, "Enter an email address in the correct format"),
        ({"email": "änn@trust.example.org"}, "no accented letters before the @ sign"),
        ({"job_title": ""}, "Enter your job title"),
        ({"job_title": "x" * 161}, "Job title must be 160 characters or less"),
        ({"organisation": ""}, "Enter your organisation"),
        ({"organisation": "x" * 201}, "Organisation must be 200 characters or less"),
        ({"question": "x" * 501}, "Your question must be 500 characters or less"),
        ({"question": "😀" * 251}, "Your question must be 500 characters or less"),
        ({"leave_empty": "http://spam.example"}, "Leave this field empty"),
    ],
)
async def test_what_is_typed_wrong_gets_a_sentence_and_every_word_stays(
    client: httpx2.AsyncClient, changed: dict[str, str], sentence: str
) -> None:
    event = await make_event()
    await make_session(event)
    answer = await send(client, event, **changed)
    assert answer.status_code == 422
    assert answer.headers["cache-control"] == "private, no-store"
    assert "<title>Error: " in answer.text
    assert "There is a problem" in answer.text
    assert sentence in answer.text
    kept = {name: value for name, value in TYPED.items() if name not in changed}
    assert [value for value in kept.values() if f'value="{value}"' not in answer.text] == []
    assert f'value="{event.slug}" checked' in answer.text
    assert await nothing_was_written()


async def test_an_accent_in_the_domain_is_its_ascii_form(client: httpx2.AsyncClient) -> None:
    await send(client, await make_event(), email="ann@exämple.org")
    assert [row["email"] for row in await execute("SELECT email FROM person")] == ["ann@xn--exmple-cua.org"]


@pytest.mark.parametrize(
    "name",
    [
        "=?utf-8?q?a=0D=0ABcc:_eve@evil.example?=",
        "<script>alert(1)</script>",
        'Ann & Sons\' "best"',
        "Zoë 😀 Žižek",
        "مريم الأمين",
        "http://spam.example/buy",
    ],
)
async def test_any_name_is_kept_and_no_letter_repeats_what_is_not_one(client: httpx2.AsyncClient, name: str) -> None:
    answer = await send(client, await make_event(), name=name)
    assert answer.status_code == 303
    assert [row["name"] for row in await execute("SELECT name FROM person")] == [name]
    letter, text, html = read((await letters())[0])
    assert letter["bcc"] is None
    assert letter["to"] == "ann@trust.example.org"
    assert [word for word in ("spam.example", "<script>") if word in text or word in html] == []


@pytest.mark.parametrize("unreadable", ["%00", "%ED%A0%80", "%FF", "%1B", "%C2%85", "%E2%80%A8"])
async def test_characters_nobody_can_read_are_shown_and_refused(client: httpx2.AsyncClient, unreadable: str) -> None:
    event = await make_event()
    body = urlencode(TYPED | {"events": event.slug}).replace("Ann+Asker", f"Ann{unreadable}Asker")
    answer = await send_raw(client, body)
    assert answer.status_code == 422
    assert "This has characters that cannot be used" in answer.text
    assert 'value="Ann\ufffd' in answer.text
    assert await nothing_was_written()


async def test_marks_that_turn_the_text_round_are_taken_out(client: httpx2.AsyncClient) -> None:
    await send(client, await make_event(), name="Ann\u202e Asker\u2066\u200b")
    assert [row["name"] for row in await execute("SELECT name FROM person")] == ["Ann Asker"]


async def test_no_event_is_a_fault_of_the_events(client: httpx2.AsyncClient) -> None:
    await make_event()
    answer = await send(client)
    assert answer.status_code == 422
    assert '<a href="#events">Select at least one event</a>' in answer.text


async def test_an_unknown_event_and_a_draft_are_alike(client: httpx2.AsyncClient) -> None:
    draft = await make_event(state=EventState.DRAFT)
    for slug in (draft.slug, "no-such-event", "../../etc", quote("<script>")):
        answer = await send_raw(client, urlencode(TYPED | {"events": slug}))
        assert (answer.status_code, "Select events from the list" in answer.text) == (422, True)
        assert draft.name not in answer.text
    assert await nothing_was_written()


async def test_an_event_that_closed_meanwhile_says_so(client: httpx2.AsyncClient, clock: StandingClock) -> None:
    event = await make_event(interest_closes_at=clock.time)
    other = await make_event(name="HPN Mental Health")
    answer = await send(client, event, other)
    assert answer.status_code == 422
    assert "HPN Midlands has closed to expressions of interest" in answer.text
    assert f'value="{other.slug}" checked' in answer.text
    assert await nothing_was_written()


async def test_an_event_that_is_cancelled_meanwhile_says_so(
    client: httpx2.AsyncClient, clock: StandingClock, settle: Callable[[], Awaitable[None]]
) -> None:
    event = await make_event()
    assert event.name in (await client.get("/interest")).text
    await cancel_event(event, actor="olive", now=clock.time)
    await settle()
    answer = await send(client, event)
    assert answer.status_code == 422
    assert "HPN Midlands has been cancelled" in answer.text


@pytest.mark.parametrize("field", ["name", "email", "organisation", "question"])
async def test_a_field_answered_twice_is_asked_again(client: httpx2.AsyncClient, field: str) -> None:
    event = await make_event()
    await make_session(event)
    pairs = [*TYPED.items(), ("events", event.slug), (field, "one"), (field, "two")]
    answer = await send_raw(client, urlencode(pairs))
    assert (answer.status_code, "This was answered more than once" in answer.text) == (422, True)
    assert await nothing_was_written()


async def test_an_event_ticked_twice_is_one_interest(client: httpx2.AsyncClient) -> None:
    event = await make_event()
    assert (await send(client, event, event)).status_code == 303
    assert await count("interest") == 1


async def test_twenty_at_once_are_one_person_one_letter_and_one_answer(app: ASGIApp) -> None:
    event = await make_event()
    async with browser(app) as client:
        answers = await asyncio.gather(*(send(client, event) for _ in range(20)))
    assert {(answer.status_code, answer.headers["location"], answer.content) for answer in answers} == {
        (303, "/interest/thanks", b"")
    }
    counts = [await count(table) for table in ("person", "interest", "outbox_letter", "ledger_entry")]
    assert counts == [1, 1, 1, 1]


async def test_too_often_from_one_address_is_told_in_words(client: httpx2.AsyncClient, clock: StandingClock) -> None:
    event = await make_event()
    for _ in range(FORMS_AN_ADDRESS.uses):
        assert (await send(client, event)).status_code == 303
    refused = await send(client, event)
    assert (refused.status_code, "Wait a little" in refused.text) == (429, True)
    clock.move(hours=1, seconds=1)
    assert (await send(client, event)).status_code == 303


async def test_too_often_from_one_network_is_told_in_words(client: httpx2.AsyncClient) -> None:
    event = await make_event()
    await send(client, event)
    await execute("UPDATE throttle_bucket SET used = {}", FORMS_A_NETWORK.uses)
    assert (await send(client, event, email="ben@trust.example.org")).status_code == 429
    assert await count("person") == 1


async def test_the_form_is_the_same_bytes_for_all_and_has_no_cookie(app: ASGIApp) -> None:
    await make_event()
    async with browser(app) as ann, browser(app, address="198.51.100.9") as ben:
        one, two = await ann.get("/interest"), await ben.get("/interest")
    assert one.content == two.content
    assert one.headers["cache-control"] == "public, no-cache"
    assert one.headers["etag"] == two.headers["etag"]
    assert "set-cookie" not in one.headers


async def test_without_an_open_event_the_page_says_what_to_do(client: httpx2.AsyncClient) -> None:
    page = (await client.get("/interest")).text
    assert "No event is open for interest at the moment" in page
    assert "<form" not in page


async def test_an_event_stays_published_until_the_deed_is_done(database: None, now: datetime) -> None:
    event = await make_event()
    done: list[str] = []

    async def cancel() -> None:
        await cancel_event(event, actor="olive", now=now)
        done.append("cancelled")

    async with transaction():
        await ensure_still_published([event])
        cancelling = asyncio.create_task(cancel(), context=Context())
        await asyncio.sleep(0.1)
        done.append("registered")
    await cancelling
    assert done == ["registered", "cancelled"]
    with pytest.raises(InterestClosed, match="HPN Midlands has closed"):
        await ensure_still_published([event])
