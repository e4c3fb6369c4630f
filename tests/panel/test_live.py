"""What changes in a panel reaches the chair and the room at once, without a word of it, for as long as a link holds."""

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime

import httpx2
import pytest

from eventsite.events.queries import get_session
from eventsite.links import Links
from eventsite.questions.room_services import renew_links, send_message
from eventsite.questions.stage_services import Hand, open_stage, set_current
from eventsite.questions.tables import PanelStage
from tests.conftest import SECRET
from tests.organisers.factories import make_organiser
from tests.panel.factories import listed
from tests.questions.factories import make_panel
from tests.servers import PATIENCE, ServerProcess, servers
from tests.web.test_live import events

NOW = datetime(2027, 6, 26, 9, 0, tzinfo=UTC)
SOON = 10.0  # seconds, on a machine that runs other tests meanwhile; in quiet it is a third of one


@pytest.fixture
async def two_servers(database: None) -> AsyncIterator[list[ServerProcess]]:
    async with servers(2, os.environ["DATABASE_URL"]) as both:
        yield both


@pytest.fixture
async def olive(database: None) -> str:
    return str((await make_organiser(password=None)).id)


@pytest.fixture
async def stage(olive: str) -> PanelStage:
    _, session = await make_panel()
    return await open_stage(session.id, olive, now=NOW)


def live(stage: PanelStage) -> list[str]:
    links = Links("", SECRET)
    return [f"{links.chair(stage.id, 0)}/live", f"{links.screen(stage.id, 0)}/live"]


async def until_a_message(stream: AsyncIterator[dict[str, str]]) -> list[dict[str, str]]:
    """What a stream tells, up to a message to the chair."""
    told: list[dict[str, str]] = []
    while not told or told[-1]["kind"] != "message":
        told.append(json.loads((await anext(stream))["data"]))
    return told


async def test_the_chair_and_the_screen_hear_of_it_at_once_in_whichever_process_they_are(
    two_servers: list[ServerProcess], stage: PanelStage, olive: str
) -> None:
    _, elsewhere = await make_panel()
    async with AsyncExitStack() as open_ones, asyncio.timeout(PATIENCE):
        streams = []
        for server, path in zip(two_servers, live(stage), strict=True):
            client = await open_ones.enter_async_context(httpx2.AsyncClient(base_url=server.address, timeout=PATIENCE))
            answer = await open_ones.enter_async_context(client.stream("GET", path))
            assert answer.headers["content-type"].startswith("text/event-stream")
            streams.append(events(answer))
            assert (await anext(streams[-1]))["event"] == "hello"
        await listed(elsewhere, 1)
        question = await listed(await get_session(stage.session), 1, text="Nobody's words")
        began = time.monotonic()
        await set_current(stage, question.id, Hand(olive, ""), now=NOW)
        await send_message(stage.session, "Nobody else's words", olive, now=NOW)
        told = [await until_a_message(stream) for stream in streams]
        took = time.monotonic() - began

    for changes in told:
        assert {change["session"] for change in changes} == {stage.session}
        assert {"question", "stage", "message"} == {change["kind"] for change in changes}
    assert "words" not in json.dumps(told)
    assert took < SOON


@pytest.mark.slow
async def test_a_stream_ends_with_its_link(two_servers: list[ServerProcess], stage: PanelStage, olive: str) -> None:
    path = live(stage)[0]
    async with httpx2.AsyncClient(base_url=two_servers[0].address, timeout=PATIENCE) as client:
        async with client.stream("GET", path) as answer, asyncio.timeout(PATIENCE):
            stream = events(answer)
            await anext(stream)
            await renew_links(stage, olive, now=NOW)
            rest = [event async for event in stream]
        assert {event["event"] for event in rest} <= {"change"}
        assert (await client.get(path)).status_code == 404
