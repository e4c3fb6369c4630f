"""Two server processes on one database: whoever is in a hurry and sends a form twenty times has sent it once."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

import httpx2
import pytest_asyncio

from eventsite.events.tables import ProgrammeSession
from eventsite.interest.tables import Interest
from eventsite.ledger.tables import LedgerEntry
from eventsite.mail.tables import OutboxLetter
from eventsite.people.tables import Consent, Person
from eventsite.questions.tables import Question
from tests.factories import make_event, make_session
from tests.servers import ServerProcess, from_a_page, servers

CLIENTS = 20
FAR = {"starts_on": date(2097, 6, 26), "ends_on": date(2097, 6, 27)}
FAR_SESSION = {
    "starts_at": datetime(2097, 6, 26, 8, 30, tzinfo=UTC),
    "ends_at": datetime(2097, 6, 26, 9, 45, tzinfo=UTC),
}
ANN: dict[str, Any] = {
    "name": "Ann Ames",
    "email": "ann@trust.example",
    "job_title": "Chief nursing information officer",
    "organisation": "Example Hospitals NHS Trust",
    "events": ["hpn-midlands", "hpn-mental-health"],
    "updates": "yes",
}
QUESTION = {"question": "Who signs the safety case?", "question_session": "hpn-midlands/ai-safety"}


@pytest_asyncio.fixture(loop_scope="session")
async def panel(database: None) -> ProgrammeSession:
    """Two open events, one with a panel that takes questions; the servers' clocks are real, so all lies far ahead."""
    await make_event(slug="hpn-mental-health", name="HPN Mental Health", **FAR)
    event = await make_event(slug="hpn-midlands", **FAR)
    return await make_session(event, slug="ai-safety", **FAR_SESSION)


@pytest_asyncio.fixture(loop_scope="session")
async def two(panel: ProgrammeSession, database_url: str) -> AsyncIterator[list[ServerProcess]]:
    async with servers(2, database_url) as running:
        yield running


async def post_at_once(two: list[ServerProcess], path: str, forms: Sequence[dict[str, Any]]) -> list[httpx2.Response]:
    """Each form from a browser of its own at the same moment, on a connection that is open already; the pages after."""
    browsers = [from_a_page(two[number % 2]) for number in range(CLIENTS)]
    try:
        await asyncio.gather(*(browser.get("/livez") for browser in browsers))
        answers = await asyncio.gather(
            *(browser.post(path, data=form) for browser, form in zip(browsers, forms, strict=True))
        )
        pages = await asyncio.gather(
            *(browser.get(answer.headers["location"]) for browser, answer in zip(browsers, answers, strict=True))
        )
    finally:
        await asyncio.gather(*(browser.aclose() for browser in browsers))
    assert Counter(answer.status_code for answer in answers) == {303: CLIENTS}
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert {(page.status_code, page.content) for page in pages} == {(200, pages[0].content)}
    return pages


async def kinds_of_letters() -> Counter[str]:
    return Counter(await OutboxLetter.select(OutboxLetter.kind).output(as_list=True))


async def counts() -> dict[str, int]:
    tables = (Person, Interest, Consent, Question)
    return {table._meta.tablename: await table.count() for table in tables}


async def test_twenty_times_the_same_interest_is_one(two: list[ServerProcess]) -> None:
    await post_at_once(two, "/interest", [ANN] * CLIENTS)
    assert await counts() == {"person": 1, "interest": 2, "consent": 1, "question": 0}
    assert await kinds_of_letters() == {"interest/received": 1}
    assert await LedgerEntry.count().where(LedgerEntry.deed == "interest.registered") == 1


async def test_twenty_times_the_same_interest_with_a_question_is_one_of_each(two: list[ServerProcess]) -> None:
    await post_at_once(two, "/interest", [ANN | QUESTION] * CLIENTS)
    assert await counts() == {"person": 1, "interest": 2, "consent": 1, "question": 1}
    assert await kinds_of_letters() == {"interest/received": 1, "questions/received": 1}


async def test_twenty_forms_that_name_the_events_in_turn_are_one_interest_in_each(two: list[ServerProcess]) -> None:
    forms = [ANN | {"events": ANN["events"][number % 2]} for number in range(CLIENTS)]
    await post_at_once(two, "/interest", forms)
    assert await counts() == {"person": 1, "interest": 2, "consent": 1, "question": 0}
    assert await kinds_of_letters() == {"interest/received": 2}


async def test_twenty_people_at_once_are_twenty_people(two: list[ServerProcess]) -> None:
    forms = [ANN | {"email": f"ann-{number}@trust.example", "name": f"Ann {number}"} for number in range(CLIENTS)]
    await post_at_once(two, "/interest", forms)
    assert await counts() == {"person": 20, "interest": 40, "consent": 20, "question": 0}
    assert await kinds_of_letters() == {"interest/received": 20}


async def until_it_shows(reader: httpx2.AsyncClient, words: str) -> None:
    async with asyncio.timeout(5):
        while words not in (await reader.get("/events")).text:  # noqa: ASYNC110 -- what an onlooker does
            await asyncio.sleep(0.02)


async def test_what_another_process_publishes_each_server_shows(two: list[ServerProcess]) -> None:
    """Each process keeps pages as finished bytes, and has to find out by itself that another one changed something."""
    async with from_a_page(two[0]) as ann, from_a_page(two[1]) as olive:
        assert [(await reader.get("/events")).status_code for reader in (ann, olive)] == [200, 200]
        await make_event(slug="hpn-london", name="HPN London", **FAR)
        await asyncio.gather(until_it_shows(ann, "HPN London"), until_it_shows(olive, "HPN London"))
        pages = [await reader.get("/events") for reader in (ann, olive)]
    assert pages[0].content == pages[1].content
    assert pages[0].headers["etag"] == pages[1].headers["etag"]
