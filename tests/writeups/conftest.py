"""The cast: Olive and Omar write, Mo only moderates, Mallory must see nothing of a draft. And the event it is about."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2
import pytest

from tests.conftest import StandingClock, browser

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from eventsite.events.tables import Event


NORTH = {
    **{"name": "HPN North", "slug": "hpn-north", "motif": "north", "town": "", "venue": "", "postcode": ""},
    **{"starts_on": date(2025, 3, 6), "ends_on": date(2025, 3, 7)},
}


@pytest.fixture
def source(shared: Path) -> bytes:
    """The real write-up, as HPN wrote it."""
    return (shared / "writeups" / "how-do-we-deploy-ai-safely.txt").read_bytes()


@pytest.fixture
async def north(database: None) -> "Event":
    """HPN North on 6 and 7 March 2025, as the real write-up names it."""
    from tests.factories import make_event

    return await make_event(**NORTH)


@pytest.fixture
async def mallory(app: "ASGIApp") -> AsyncIterator[httpx2.AsyncClient]:
    """Anybody at all."""
    async with browser(app, address="192.0.2.66") as someone:
        yield someone


@pytest.fixture
async def olive(app: "ASGIApp", clock: StandingClock) -> AsyncIterator[httpx2.AsyncClient]:
    """An owner, signed in."""
    from tests.organisers.factories import signed_in

    async with browser(app, address="203.0.113.9") as someone:
        await signed_in(someone, now=clock(), name="Olive Organiser")
        yield someone


@pytest.fixture
async def omar(app: "ASGIApp", clock: StandingClock) -> AsyncIterator[httpx2.AsyncClient]:
    """Another owner at another desk."""
    from tests.organisers.factories import signed_in

    async with browser(app, address="203.0.113.10") as someone:
        await signed_in(someone, now=clock(), name="Omar Organiser")
        yield someone


@pytest.fixture
async def mo(app: "ASGIApp", clock: StandingClock) -> AsyncIterator[httpx2.AsyncClient]:
    """A moderator, signed in."""
    from eventsite.organisers.tables import Role
    from tests.organisers.factories import signed_in

    async with browser(app, address="203.0.113.11") as someone:
        await signed_in(someone, now=clock(), role=Role.MODERATOR, name="Mo Moderates")
        yield someone
