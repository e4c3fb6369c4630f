"""What is written, and readers of it that are not ours; `tests/choosing.py` leaves out the tests of a missing one."""

import pytest

from tests.calendars.icaljs import IcalJs, find_icaljs
from tests.calendars.libical import Libical, find_libical
from tests.calendars.reading import every_kind


@pytest.fixture(scope="session")
def libical() -> Libical:
    """libical, from Debian's libical3."""
    library = find_libical()
    assert library is not None
    return library


@pytest.fixture(scope="session")
def icaljs() -> IcalJs:
    """ical.js, from tests/package.json."""
    reader = find_icaljs()
    assert reader is not None
    return reader


@pytest.fixture(params=range(6), ids=["session", "several", "hold", "empty feed", "feed", "long texts"])
def written(request: pytest.FixtureRequest) -> bytes:
    """Each thing that is written, in turn."""
    chosen: int = request.param
    return list(every_kind())[chosen]
