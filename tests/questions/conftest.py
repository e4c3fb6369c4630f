"""The cast: Olive moderates, Ann asks, Mallory must see nothing. And a panel to ask."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx2
import pytest

from tests.conftest import StandingClock, browser

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from eventsite.events.tables import Event, ProgrammeSession
    from eventsite.questions.tables import Theme
    from eventsite.stationery import Stationery
    from tests.questions.deciding import Desk


@dataclass(frozen=True)
class AskedPanel:
    """A panel that takes questions, where it is asked, and the themes there are."""

    event: "Event"
    session: "ProgrammeSession"
    path: str
    safety: "Theme"
    bias: "Theme"
    workforce: "Theme"


@pytest.fixture
async def panel(database: None) -> AskedPanel:
    return await make_asked_panel()


async def make_asked_panel() -> AskedPanel:
    """A panel and three themes."""
    from tests.questions.factories import make_panel, make_theme, path_of

    event, session = await make_panel()
    themes = [await make_theme(label) for label in ("Clinical safety", "Bias", "Workforce")]
    return AskedPanel(event, session, path_of(event, session), *themes)


@pytest.fixture
async def desk(panel: AskedPanel, stationery: "Stationery", clock: StandingClock) -> "Desk":
    """Olive's verbs, without a browser."""
    from tests.organisers.factories import make_organiser
    from tests.questions.deciding import Desk

    return Desk(panel, (await make_organiser()).id, stationery, clock)


@pytest.fixture
async def ann(app: "ASGIApp") -> AsyncIterator[httpx2.AsyncClient]:
    """Who asks."""
    async with browser(app, address="198.51.100.7") as someone:
        yield someone


@pytest.fixture
async def mallory(app: "ASGIApp") -> AsyncIterator[httpx2.AsyncClient]:
    """Who must see nothing of it."""
    async with browser(app, address="192.0.2.66") as someone:
        yield someone


@pytest.fixture
async def olive(app: "ASGIApp", clock: StandingClock) -> AsyncIterator[httpx2.AsyncClient]:
    """Who moderates, signed in."""
    from eventsite.organisers.tables import Role
    from tests.organisers.factories import signed_in

    async with browser(app, address="203.0.113.9") as someone:
        await signed_in(someone, now=clock(), role=Role.MODERATOR, name="Olive Organiser")
        yield someone


@pytest.fixture
async def omar(app: "ASGIApp", clock: StandingClock) -> AsyncIterator[httpx2.AsyncClient]:
    """Who moderates at the same time, signed in."""
    from tests.organisers.factories import signed_in

    async with browser(app, address="203.0.113.10") as someone:
        await signed_in(someone, now=clock(), name="Omar Organiser")
        yield someone
