"""The pages the law asks for say what is true of the code, and a complaint reaches whoever must answer it."""

import asyncio
import re
from datetime import datetime, timedelta
from pathlib import Path

import httpx2
import pytest

import eventsite
from eventsite.database import execute
from eventsite.front.statements import ACCESSIBILITY, COOKIES
from eventsite.mail import queries as outbox
from eventsite.mail.reading import ReadLetter, read_letter
from eventsite.people.holdings import HOLDINGS
from eventsite.people.keeping import Whom
from tests.conftest import StandingClock

COMPLAINT = {"name": "Ann Archer", "email": "ann@trust.example", "text": "You wrote to me twice.\n\nPlease stop."}
ORGANISERS = "events@events.example.org"
LEGAL = ["/privacy", "/cookies", "/accessibility", "/complaints", "/complaints/received"]


async def letters_to(address: str) -> list[ReadLetter]:
    lines = await outbox.letters_to(address)
    return [read_letter((await outbox.letter(line.id)).content) for line in lines]


@pytest.mark.parametrize("path", LEGAL)
async def test_a_legal_page_is_public_and_the_same_for_everyone(client: httpx2.AsyncClient, path: str) -> None:
    first, second = await client.get(path), await client.get(path, headers={"user-agent": "another"})
    assert first.status_code == 200
    assert first.content == second.content
    assert first.headers["cache-control"] == "public, no-cache"
    assert first.headers["etag"] == second.headers["etag"]
    assert "set-cookie" not in first.headers


async def test_the_notice_says_of_everything_held_what_why_and_until_when(client: httpx2.AsyncClient) -> None:
    said = (await client.get("/privacy")).text
    for holding in HOLDINGS:
        for words in (holding.what, holding.why, holding.basis.value, holding.kept):
            assert words in said, (holding.table, words)


async def test_everything_held_is_held_on_somebody_the_notice_names(client: httpx2.AsyncClient) -> None:
    said = (await client.get("/privacy")).text
    assert {one.whom for one in HOLDINGS} == set(Whom)
    assert [whom for whom in Whom if f"<h3>{whom.value}</h3>" not in said] == []


@pytest.mark.parametrize(
    "duty",
    [
        "Healthcare Partnership Network decides",
        f"mailto:{ORGANISERS}",
        "legitimate interests",
        "Who else sees it",
        "outside the United Kingdom",
        "What you must tell us",
        "made by a program alone",
        "Object",
        "Restrict",
        "Take it along",
        'href="/complaints"',
        "Information Commissioner",
        "Version 1.2, 28 November 2026",
    ],
)
async def test_the_notice_has_what_article_13_asks_for(client: httpx2.AsyncClient, duty: str) -> None:
    said = re.sub(r"<strong>|</strong>", "", (await client.get("/privacy")).text)
    assert duty.casefold() in said.casefold()


async def test_every_cookie_the_code_sets_is_named(client: httpx2.AsyncClient) -> None:
    sources = [path.read_text() for path in Path(eventsite.__file__).parent.rglob("*.py")]
    set_by_code = {name for source in sources for name in re.findall(r'"(__Host-[\w-]+)"', source)}
    assert {cookie.name for cookie in COOKIES} == set_by_code
    setters = [source for source in sources if ".set_cookie(" in source]
    assert len(setters) == len(COOKIES)
    said = (await client.get("/cookies")).text
    for cookie in COOKIES:
        assert f"<code>{cookie.name}</code>" in said


async def test_the_accessibility_statement_has_its_dates_and_its_issues(client: httpx2.AsyncClient) -> None:
    said = (await client.get("/accessibility")).text
    assert ACCESSIBILITY.next_review - ACCESSIBILITY.tested <= timedelta(days=366)
    assert "Last tested on 23 November 2026" in said
    assert "partially compliant" in said
    assert "level AA" in said
    for issue in ACCESSIBILITY.issues:
        assert issue.what in said


async def test_the_form_says_until_when_a_complaint_is_kept(client: httpx2.AsyncClient) -> None:
    said = (await client.get("/complaints")).text
    assert said.count("Kept until 9 March 2029") == 3
    assert "You can enter up to 4000 characters" in said


async def test_a_complaint_is_kept_with_the_day_it_is_due(client: httpx2.AsyncClient, now: datetime) -> None:
    response = await client.post("/complaints", data=COMPLAINT)
    assert (response.status_code, response.headers["location"]) == (303, "/complaints/received")
    (row,) = await execute("SELECT name, email, email_key, text, received_at, due_at FROM complaint")
    assert row == {
        **COMPLAINT,
        "email_key": "ann@trust.example",
        "received_at": now,
        "due_at": now + timedelta(days=30),
    }
    (entry,) = await execute("SELECT deed, actor, details FROM ledger_entry")
    assert entry == {"deed": "complaint.received", "actor": "visitor", "details": '{"due": "2027-04-09"}'}


async def test_the_organisers_get_it_and_can_answer(client: httpx2.AsyncClient) -> None:
    await client.post("/complaints", data=COMPLAINT)
    (letter,) = await letters_to(ORGANISERS)
    assert letter.header("subject") == "A data protection complaint: answer by 9 April 2027"
    assert letter.header("reply-to") == "ann@trust.example"
    for body in (letter.text, letter.html):
        assert "Ann Archer" in body
        assert "You wrote to me twice." in body
        assert "Please stop." in body


async def test_whoever_complains_is_told_when_and_nothing_they_typed(client: httpx2.AsyncClient) -> None:
    await client.post("/complaints", data=COMPLAINT)
    (letter,) = await letters_to("ann@trust.example")
    for body in (letter.text, letter.html):
        assert "9 April 2027" in body
        assert "Archer" not in body
        assert "twice" not in body


async def test_the_letters_are_counted_as_a_visitors_and_as_ours(client: httpx2.AsyncClient) -> None:
    await client.post("/complaints", data=COMPLAINT)
    rows = await execute("SELECT recipient, cause FROM outbox_letter ORDER BY recipient")
    assert [tuple(row.values()) for row in rows] == [("ann@trust.example", "visitor"), (ORGANISERS, "system")]


async def test_the_same_complaint_sent_at_once_is_one(client: httpx2.AsyncClient) -> None:
    answers = await asyncio.gather(*(client.post("/complaints", data=COMPLAINT) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {303}
    assert len(await execute("SELECT id FROM complaint")) == 1
    assert len(await execute("SELECT id FROM outbox_letter")) == 2


async def test_the_same_words_an_hour_later_are_another(client: httpx2.AsyncClient, clock: StandingClock) -> None:
    await client.post("/complaints", data=COMPLAINT)
    clock.move(hours=1)
    await client.post("/complaints", data=COMPLAINT)
    assert len(await execute("SELECT id FROM complaint")) == 2


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Enter your full name"),
        ("name", "x" * 201, "Full name must be 200 characters or less"),
        ("email", "", "Enter your email address, so that we can answer you"),
        ("email", "ann@", "Enter an email address in the correct format"),
        ("text", " ", "Enter what happened"),
        ("text", "x" * 4001, "What happened must be 4000 characters or less"),
        ("text", "one\x00two", "characters that cannot be used"),
        ("leave_empty", "buy", "Leave this field empty"),
    ],
)
async def test_what_cannot_be_used_is_said_beside_the_field_and_nothing_is_lost(
    client: httpx2.AsyncClient, field: str, value: str, sentence: str
) -> None:
    response = await client.post("/complaints", data=COMPLAINT | {field: value})
    assert response.status_code == 422
    assert response.headers["cache-control"] == "private, no-store"
    assert sentence in response.text
    assert "<title>Error: " in response.text
    kept = {name: words for name, words in COMPLAINT.items() if name != field}
    assert [words for words in kept.values() if words.replace("\n", "") not in response.text.replace("\n", "")] == []
    assert await execute("SELECT id FROM complaint") == []


async def test_a_complaint_of_4000_characters_in_any_script_is_taken(client: httpx2.AsyncClient) -> None:
    text = "ж" * 3990 + " <b>&ok"
    assert (await client.post("/complaints", data=COMPLAINT | {"text": text})).status_code == 303
    (letter,) = await letters_to(ORGANISERS)
    assert f"> {text}" in letter.text
    assert "<b>" not in letter.html


async def test_too_many_complaints_are_a_429_in_words(client: httpx2.AsyncClient) -> None:
    for number in range(20):
        answer = await client.post("/complaints", data=COMPLAINT | {"email": f"a{number}@trust.example"})
        assert answer.status_code == 303
    answer = await client.post("/complaints", data=COMPLAINT | {"email": "b@trust.example"})
    assert answer.status_code == 429
    assert "Wait a little" in answer.text


async def test_a_complaint_from_another_site_is_refused(client: httpx2.AsyncClient) -> None:
    answer = await client.post("/complaints", data=COMPLAINT, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert await execute("SELECT id FROM complaint") == []
