"""While the database is away or busy the site says so in words, and when to try again; then it goes on by itself."""

import asyncio
import sqlite3
import time

import httpx2
import pytest

from eventsite.interest.tables import Interest
from eventsite.people.tables import Person
from tests.database_proxy import way_to
from tests.factories import make_event
from tests.http.test_two_processes import ANN, FAR
from tests.servers import from_a_page, servers

FORM = ANN | {"events": "hpn-midlands"}


def is_told_to_come_back(answer: httpx2.Response) -> bool:
    assert "Traceback" not in answer.text
    assert answer.headers["cache-control"] == "private, no-store"
    return (answer.status_code, answer.headers.get("retry-after")) == (503, "5") and "busy for a moment" in answer.text


async def until_unready(reader: httpx2.AsyncClient) -> None:
    async with asyncio.timeout(5):
        while (await reader.get("/readyz")).status_code != 503:
            pass


@pytest.mark.only_on("postgres")
@pytest.mark.usefixtures("database")
async def test_a_server_whose_database_goes_away_and_comes_back(database_url: str) -> None:
    await make_event(slug="hpn-midlands", **FAR)
    async with way_to(database_url) as way, servers(1, way.url) as (server,), from_a_page(server) as ann:
        assert (await ann.get("/interest")).status_code == 200

        await way.cut()
        await until_unready(ann)
        begun = time.perf_counter()
        refused = [await ann.get(path) for path in ("/", "/interest", "/events/hpn-midlands")]
        refused.append(await ann.post("/interest", data=FORM))
        assert [is_told_to_come_back(answer) for answer in refused] == [True] * 4
        assert time.perf_counter() - begun < 5
        assert (await ann.get("/livez")).status_code == 200
        assert await Person.count() == 0

        await way.open()
        assert (await ann.get("/interest")).status_code == 200
        assert (await ann.post("/interest", data=FORM)).status_code == 303
        assert (await ann.get("/readyz")).status_code == 200
    assert await Interest.count() == 1


@pytest.mark.slow
@pytest.mark.only_on("sqlite")
@pytest.mark.usefixtures("database")
async def test_while_another_process_writes_readers_are_served_and_writers_told(database_url: str) -> None:
    await make_event(slug="hpn-midlands", **FAR)
    async with servers(1, database_url) as (server,), from_a_page(server) as ann:
        other = sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        posting = asyncio.create_task(ann.post("/interest", data=FORM))
        async with from_a_page(server) as mallory:
            assert [(await mallory.get(path)).status_code for path in ("/", "/interest", "/readyz")] == [200] * 3
        assert is_told_to_come_back(await posting)
        other.execute("ROLLBACK")
        other.close()
        assert await Person.count() == 0
        assert (await ann.post("/interest", data=FORM)).status_code == 303
    assert await Interest.count() == 1
