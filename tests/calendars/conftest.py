"""What is written, and readers of it that are not ours; `tests/choosing.py` leaves out the tests of a missing one."""

from collections.abc import Iterator

import pytest

from tests.calendars.icaljs import IcalJs, find_icaljs
from tests.calendars.libical import Libical, find_libical
from tests.calendars.radicale import Radicale, running_radicale
from tests.calendars.reading import invitations, published

pytest.register_assert_rewrite("tests.calendars.generating")


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


@pytest.fixture(scope="session")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radicale]:
    """A calendar server, running."""
    with running_radicale(tmp_path_factory.mktemp("radicale")) as server:
        yield server


@pytest.fixture(params=sorted(published() | invitations()))
def written(request: pytest.FixtureRequest) -> bytes:
    """Each thing that is written, in turn."""
    return (published() | invitations())[request.param]


@pytest.fixture(params=sorted(published()))
def public(request: pytest.FixtureRequest) -> bytes:
    """Each file and feed that everybody may read, in turn."""
    return published()[request.param]


@pytest.fixture(params=sorted(invitations()))
def invitation(request: pytest.FixtureRequest) -> bytes:
    """Each invitation and cancellation, in turn."""
    return invitations()[request.param]
