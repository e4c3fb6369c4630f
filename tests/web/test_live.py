"""Streams of a real server process: what they say and carry, and that nothing holds them when their time is over."""

import asyncio
import json
import os
import signal
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx2
import pytest

from eventsite.database import execute
from eventsite.organisers.guard import COOKIE
from eventsite.organisers.tables import Role
from eventsite.questions.tables import Question
from tests.organisers.factories import make_organiser, make_sign_in
from tests.questions.factories import make_panel, make_question
from tests.servers import PATIENCE, ServerProcess, servers

LIVE = "/organise/questions/live"


@pytest.fixture
async def server(database: None) -> AsyncIterator[ServerProcess]:
    async with servers(1, os.environ["DATABASE_URL"]) as (one,):
        yield one


@pytest.fixture
async def token(database: None) -> str:
    """A viewer's sign-in."""
    return await make_sign_in(await make_organiser(password=None, role=Role.VIEWER), now=datetime.now(UTC))


@pytest.fixture
async def desk(server: ServerProcess, token: str) -> AsyncIterator[httpx2.AsyncClient]:
    cookies = {"cookie": f"{COOKIE}={token}"}
    async with httpx2.AsyncClient(base_url=server.address, headers=cookies, timeout=PATIENCE) as client:
        yield client


async def events(answer: httpx2.Response) -> AsyncIterator[dict[str, str]]:
    """The events of a stream, each as its fields."""
    fields: dict[str, str] = {}
    async for line in answer.aiter_lines():
        name, _, value = line.partition(": ")
        if line:
            fields[name] = value
        elif fields:
            yield fields
            fields = {}


async def test_a_change_reaches_an_open_desk_without_a_word_of_it(desk: httpx2.AsyncClient) -> None:
    _, panel = await make_panel()
    async with desk.stream("GET", f"{LIVE}?panel={panel.id}") as answer, asyncio.timeout(PATIENCE):
        stream = events(answer)
        assert (await anext(stream))["event"] == "hello"
        _, elsewhere = await make_panel()
        await make_question(elsewhere)
        question = await make_question(panel, text="Nobody's words")
        change = await anext(stream)

    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["cache-control"] == "private, no-store"
    assert change["event"] == "change"
    told = json.loads(change["data"])
    assert told == {"kind": "question", "session": panel.id, "row": question.id, "state": "pending"}
    assert change["id"]


async def test_who_loses_the_line_goes_on_where_they_were(desk: httpx2.AsyncClient) -> None:
    _, panel = await make_panel()
    async with desk.stream("GET", LIVE) as answer, asyncio.timeout(PATIENCE):
        hello = await anext(events(answer))
    missed = await make_question(panel)
    await asyncio.sleep(0.5)

    async with desk.stream("GET", LIVE, headers={"last-event-id": hello["id"]}) as answer, asyncio.timeout(PATIENCE):
        stream = events(answer)
        await anext(stream)
        told = json.loads((await anext(stream))["data"])
    assert told["row"] == missed.id or told["kind"] == "resync"


async def test_nobody_follows_who_is_not_signed_in(server: ServerProcess) -> None:
    async with httpx2.AsyncClient(base_url=server.address) as mallory:
        answer = await mallory.get(LIVE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/organise/sign-in?next=/organise/questions/live")


async def test_a_stream_ends_with_the_sign_in(desk: httpx2.AsyncClient) -> None:
    async with desk.stream("GET", LIVE) as answer, asyncio.timeout(PATIENCE):
        stream = events(answer)
        await anext(stream)
        await execute("DELETE FROM sign_in")
        assert [event async for event in stream] == []


async def test_a_process_with_open_streams_stops_at_once(desk: httpx2.AsyncClient, server: ServerProcess) -> None:
    async with desk.stream("GET", LIVE) as first, desk.stream("GET", LIVE) as second:
        await anext(events(first))
        await anext(events(second))
        asked_at = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        said, _ = await asyncio.wait_for(server.process.communicate(), PATIENCE)
        took = time.monotonic() - asked_at

    # uvicorn ends itself by the signal it was sent, once everything is closed.
    assert server.process.returncode == -signal.SIGTERM
    assert "Finished server process" in said.decode()
    assert "Traceback" not in said.decode()
    assert took < 3


async def test_only_the_headers_are_asked_for(desk: httpx2.AsyncClient) -> None:
    answer = await desk.head(LIVE)
    assert (answer.status_code, await Question.count()) == (200, 0)
