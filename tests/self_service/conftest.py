"""An event with a panel, for people to be interested in and to ask."""

import pytest

from eventsite.events.tables import Event, ProgrammeSession
from tests.factories import make_event, make_session


@pytest.fixture
async def event(database: None) -> Event:
    """26 to 27 June 2027; the clock of the tests stands at 10 March 2027."""
    return await make_event(slug="hpn-midlands", name="HPN Midlands")


@pytest.fixture
async def session(event: Event) -> ProgrammeSession:
    return await make_session(event)
