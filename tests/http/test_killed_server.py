"""A server killed in the middle of its work: what it had said thank you for is there, and nothing is there by half."""

import asyncio

import httpx2
import pytest

from eventsite.database import execute
from eventsite.interest.tables import Interest
from eventsite.mail.tables import OutboxLetter
from eventsite.people.tables import Person
from tests.factories import make_event
from tests.http.test_two_processes import ANN, FAR
from tests.servers import ServerProcess, from_a_page, servers

WRITERS = 8
KILLS = 3
AFTER = 25  # forms said thank you for
WITHOUT_LETTER = """
    SELECT email FROM person WHERE id NOT IN (SELECT person FROM interest)
    OR email NOT IN (SELECT recipient FROM outbox_letter)
"""


async def post_until_it_dies(server: ServerProcess, name: str, acknowledged: list[str], *, enough: int) -> None:
    """Sends form after form; whoever is thanked as the last of so many kills the server under the others' hands."""
    async with from_a_page(server) as browser:
        for number in range(10_000):
            address = f"ann-{name}-{number}@trust.example"
            try:
                answer = await browser.post("/interest", data=ANN | {"email": address, "events": "hpn-midlands"})
            except httpx2.TransportError:
                return
            assert answer.status_code == 303
            acknowledged.append(address)
            if len(acknowledged) == enough:
                await server.kill()


@pytest.mark.usefixtures("database")
async def test_what_was_acknowledged_is_there_and_nothing_by_half(database_url: str) -> None:
    await make_event(slug="hpn-midlands", **FAR)
    acknowledged: list[str] = []
    for round_ in range(KILLS):
        async with servers(1, database_url) as (server,):
            enough = AFTER * (round_ + 1)
            names = [f"{round_}-{writer}" for writer in range(WRITERS)]
            await asyncio.gather(*(post_until_it_dies(server, name, acknowledged, enough=enough) for name in names))

    there = set(await Person.select(Person.email).output(as_list=True))
    assert len(acknowledged) >= AFTER * KILLS
    assert set(acknowledged) - there == set()
    # At most what was in flight at each kill may be there without its sender having been told.
    assert len(there) - len(acknowledged) <= WRITERS * KILLS
    assert await execute(WITHOUT_LETTER) == []
    assert await Interest.count() == await OutboxLetter.count() == len(there)
