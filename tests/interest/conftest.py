"""An event to give places at."""

from datetime import datetime

import pytest
import pytest_asyncio

from eventsite.stationery import Stationery
from tests.calendars.libical import Libical, find_libical
from tests.factories import make_event
from tests.interest.box_office import BoxOffice


@pytest_asyncio.fixture(loop_scope="session")
async def office(database: None, stationery: Stationery, now: datetime) -> BoxOffice:
    """An event with two places, whose offers are passed on for five days."""
    return BoxOffice(await make_event(capacity=2), stationery, now)


@pytest.fixture(scope="session")
def libical() -> Libical:
    """libical, from Debian's libical3."""
    library = find_libical()
    assert library is not None
    return library
