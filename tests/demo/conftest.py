"""A mailbox, and a site that shows it."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from eventsite.demo.mailbox import Mailbox
from eventsite.settings import Settings
from tests.conftest import StandingClock, browser, lifespan_of

if TYPE_CHECKING:
    import httpx2


@pytest.fixture
def mailbox(tmp_path: Path) -> Mailbox:
    return Mailbox(tmp_path / "mailbox")


@pytest_asyncio.fixture(loop_scope="session")
async def reader(
    mailbox: Mailbox, settings: Settings, clock: StandingClock, database: None
) -> AsyncIterator["httpx2.AsyncClient"]:
    """A browser on a site with the mailbox in it."""
    from eventsite.app import create_app
    from eventsite.demo.mailbox_pages import routes

    application = create_app(settings, now=clock, with_worker=False, more_routes=routes(mailbox))
    async with lifespan_of(application), browser(application) as someone:
        yield someone
