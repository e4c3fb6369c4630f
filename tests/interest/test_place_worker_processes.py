"""Workers as a deployment starts them, on the clock of the machine: a place passes on with no request by anyone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from email import message_from_bytes

import pytest

from eventsite.clock import london_date, utc_now
from eventsite.interest.tables import Interest
from eventsite.stationery import Stationery
from tests.factories import make_event
from tests.interest.box_office import BoxOffice
from tests.servers import deployment, run_eventsite
from tests.smtp_server import SmtpServer, smtp_server

A_MINUTE = 60


@asynccontextmanager
async def worker_process(database_url: str, server: SmtpServer) -> AsyncIterator[None]:
    """One `eventsite worker`, ended as a deployment ends it."""
    settings = deployment(database_url, "https://events.example.org") | {"SMTP_URL": server.url()}
    process = await run_eventsite("worker", environment=settings)
    try:
        yield
    finally:
        process.terminate()
        await asyncio.wait_for(process.communicate(), 20)


@pytest.mark.slow
@pytest.mark.usefixtures("database")
async def test_two_worker_processes_pass_a_place_on_within_a_minute_and_write_once(
    database_url: str, stationery: Stationery
) -> None:
    day = london_date(utc_now()) + timedelta(days=60)
    event = await make_event(starts_on=day, ends_on=day, capacity=1)
    office = BoxOffice(event, stationery, utc_now() - timedelta(minutes=5))
    await office.people("ann", "bea")
    await office.offer("ann", "bea")
    async with smtp_server() as server, worker_process(database_url, server), worker_process(database_url, server):
        await server.wait_for(2, seconds=A_MINUTE)
        deadline = utc_now() + timedelta(seconds=1)
        await Interest.update({Interest.offered_until: deadline}).where(Interest.id == office.interests["ann"])
        await server.wait_for(4, seconds=A_MINUTE)
    assert await office.states() == {"ann": "expired", "bea": "offered"}
    assert sorted(str(message_from_bytes(letter.content)["Subject"]) for letter in server.letters) == [
        "A place for you at HPN Midlands",
        "A place for you at HPN Midlands",
        "Our offer of a place at HPN Midlands has run out",
        "You are on the waiting list for HPN Midlands",
    ]
