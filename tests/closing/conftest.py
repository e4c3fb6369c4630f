"""A panel that is over, its write-up as a draft, and the cast: Olive and Omar own, Mo moderates, Vera only looks."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import httpx2
import pytest

from tests.closing.factories import Evening, make_evening
from tests.conftest import StandingClock, browser
from tests.questions.conftest import mallory

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from eventsite.stationery import Stationery

__all__ = ["mallory"]


@pytest.fixture
async def evening(database: None, stationery: "Stationery", clock: StandingClock) -> Evening:
    """After the panel: nothing is tied and nobody has been told anything."""
    return await make_evening(stationery, clock)


@pytest.fixture
async def olive(app: "ASGIApp", clock: StandingClock) -> AsyncIterator[httpx2.AsyncClient]:
    """An owner, signed in."""
    from tests.organisers.factories import signed_in

    async with browser(app, address="203.0.113.9") as someone:
        await signed_in(someone, now=clock())
        yield someone


@pytest.fixture
async def mo(app: "ASGIApp", clock: StandingClock) -> AsyncIterator[httpx2.AsyncClient]:
    """A moderator, signed in."""
    from eventsite.organisers.tables import Role
    from tests.organisers.factories import signed_in

    async with browser(app, address="203.0.113.12") as someone:
        await signed_in(someone, now=clock(), role=Role.MODERATOR, name="Mo Moderates")
        yield someone


@pytest.fixture
async def vera(app: "ASGIApp", clock: StandingClock) -> AsyncIterator[httpx2.AsyncClient]:
    """Who may look at everything on the desk and change nothing."""
    from eventsite.organisers.tables import Role
    from tests.organisers.factories import signed_in

    async with browser(app, address="203.0.113.11") as someone:
        await signed_in(someone, now=clock(), role=Role.VIEWER, name="Vera Viewer")
        yield someone
