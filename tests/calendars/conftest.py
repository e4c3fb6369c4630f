"""What is written, and readers of it that are not ours: without one its tests are left out, but never in CI."""

import os
from typing import TypeVar

import pytest

from tests.calendars.icaljs import IcalJs, find_icaljs
from tests.calendars.libical import Libical, find_libical
from tests.calendars.reading import every_kind

Reader = TypeVar("Reader")


@pytest.fixture(scope="session")
def libical() -> Libical:
    """libical, from Debian's libical3."""
    return _present(find_libical(), "libical is not on this machine (apt-get install libical3)")


@pytest.fixture(scope="session")
def icaljs() -> IcalJs:
    """ical.js, from tests/package.json."""
    return _present(find_icaljs(), "node or ical.js is not on this machine (npm install --prefix tests)")


@pytest.fixture(params=range(6), ids=["session", "several", "hold", "empty feed", "feed", "long texts"])
def written(request: pytest.FixtureRequest) -> bytes:
    """Each thing that is written, in turn."""
    chosen: int = request.param
    return list(every_kind())[chosen]


def _present(reader: Reader | None, reason: str) -> Reader:
    if reader is None and os.environ.get("CI"):
        pytest.fail(reason)
    if reader is None:
        pytest.skip(reason)
    return reader
