"""A panel with questions on its list, and the cast: Olive and Omar are at the desk, the chair has a link."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from eventsite.links import Links
from eventsite.settings import Settings
from tests.conftest import StandingClock, browser
from tests.questions.conftest import AskedPanel, mallory, olive, omar, panel

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from eventsite.questions.tables import PanelStage, Question

__all__ = ["mallory", "olive", "omar", "panel"]


@dataclass(frozen=True)
class Stage:
    """A panel that is run in the room: its list in order, and the addresses that were given out."""

    panel: AskedPanel
    row: "PanelStage"
    first: "Question"
    second: "Question"
    third: "Question"
    chair: str
    screen: str
    desk: str


@pytest.fixture
async def stage(panel: AskedPanel, settings: Settings, clock: StandingClock) -> Stage:
    """Three questions on the list, one that is published beside it, one that waits and one that is held."""
    from eventsite.questions.stage_services import open_stage
    from tests.organisers.factories import make_organiser
    from tests.panel.factories import listed, published
    from tests.questions.factories import make_question

    first, second, third = [await listed(panel.session, place, text=f"Question {place}?") for place in (1, 2, 3)]
    await published(panel.session, panel.bias, text="Who looks for bias?")
    await make_question(panel.session, text="Nobody has read this.")
    await make_question(panel.session, text="This tells of Mrs Smith.", state="held", held_reasons="named_person")
    row = await open_stage(panel.session.id, (await make_organiser(password=None)).id, now=clock())
    links = Links("", settings.secret_key)
    addresses = links.chair(row.id, row.link_version), links.screen(row.id, row.link_version)
    return Stage(panel, row, first, second, third, *addresses, f"/organise/panels/{panel.session.id}")


@pytest.fixture
async def chair(app: "ASGIApp") -> AsyncIterator[httpx2.AsyncClient]:
    """Whoever chairs, with a phone and no account."""
    async with browser(app, address="198.51.100.40") as someone:
        yield someone


@pytest.fixture
async def vera(app: "ASGIApp", clock: StandingClock) -> AsyncIterator[httpx2.AsyncClient]:
    """Who may look at everything on the desk and change nothing."""
    from eventsite.organisers.tables import Role
    from tests.organisers.factories import signed_in

    async with browser(app, address="203.0.113.11") as someone:
        await signed_in(someone, now=clock(), role=Role.VIEWER, name="Vera Viewer")
        yield someone


def pressed(question: Any = None, *, saw: Any = None, last: str = "") -> dict[str, str]:
    """What a button of the chair's page sends."""
    return {"question": question.id if question else "", "saw": saw.id if saw else "", "last": last}
