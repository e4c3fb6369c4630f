"""An event with a panel, and an owner at her desk."""

from datetime import datetime

import httpx2
import pytest

from eventsite.events.tables import Event, ProgrammeSession
from tests.factories import make_event, make_session
from tests.organisers.factories import signed_in


@pytest.fixture
async def event(database: None) -> Event:
    """26 to 27 June 2027; the clock of the tests stands at 10 March 2027."""
    return await make_event(slug="hpn-midlands", name="HPN Midlands")


@pytest.fixture
async def session(event: Event) -> ProgrammeSession:
    return await make_session(event)


@pytest.fixture
async def olive(client: httpx2.AsyncClient, now: datetime) -> httpx2.AsyncClient:
    """A browser that an owner is signed in with."""
    await signed_in(client, now=now)
    return client
