"""What every test may ask for: a migrated database of either kind, the site, a client, a clock that stands still."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import hypothesis
import pytest
import pytest_asyncio

from eventsite.settings import Settings, load_settings
from tests import choosing

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message

    from eventsite.stationery import Stationery

# A machine that others use too is slow now and then, which is no fault of the code.
hypothesis.settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("unhurried")

SECRET = "a secret of the tests, long enough to be one"
SITE_URL = "https://events.example.org"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--db", choices=["sqlite", "postgres"], default="sqlite", help="which database the tests run on")


def pytest_configure(config: pytest.Config) -> None:
    """Names the database before anything of the project is imported: the engine is made at import."""
    for name in Settings.model_fields:
        os.environ.pop(name.upper(), None)
    config.pluginmanager.register(choosing)
    stack = ExitStack()
    config.add_cleanup(stack.close)
    if config.getoption("--db") == "sqlite":
        folder = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/test.sqlite"
        return
    from tests.postgres import postgres_url

    try:
        os.environ["DATABASE_URL"] = stack.enter_context(postgres_url())
    except LookupError as error:
        if os.environ.get("CI"):
            raise
        pytest.exit(f"No PostgreSQL to test on: {error}", returncode=0)


@dataclass
class StandingClock:
    """A clock for tests: stands still until it is moved. Called, it tells the time."""

    time: datetime = field(default_factory=lambda: datetime(2027, 3, 10, 12, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.time

    def move(self, **by: float) -> datetime:
        self.time += timedelta(**by)
        return self.time


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def now(clock: StandingClock) -> datetime:
    return clock.time


@pytest.fixture(scope="session")
def database_url(pytestconfig: pytest.Config) -> str:
    return os.environ["DATABASE_URL"]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def migrated(database_url: str) -> AsyncIterator[None]:
    """The newest schema, brought about by the migrations themselves."""
    from eventsite.database import close_database, open_database
    from eventsite.database.migrate import migrate

    await open_database()
    await migrate()
    await empty_database()
    yield
    await close_database()


@pytest_asyncio.fixture(loop_scope="session")
async def database(migrated: None) -> AsyncIterator[None]:
    """An empty database, emptied again afterwards."""
    yield
    await empty_database()


async def empty_database() -> None:
    """Deletes every row of every table, children first."""
    from piccolo.table import sort_table_classes

    from eventsite.database import transaction
    from eventsite.piccolo_app import APP_CONFIG

    async with transaction():
        for table in reversed(sort_table_classes(APP_CONFIG.table_classes)):
            await table.raw(f"DELETE FROM {table._meta.tablename}")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the project with the real write-up; tests that need it are left out where it is not."""
    return choosing.SHARED


@pytest.fixture
def settings() -> Settings:
    """A deployment's settings, as the tests mean them."""
    return load_settings({"secret_key": SECRET, "site_url": SITE_URL, "mail_from": "events@events.example.org"})


@pytest.fixture
def stationery(settings: Settings) -> "Stationery":
    """What services write letters with."""
    from eventsite.presentation import stationery_for

    return stationery_for(settings)


@pytest_asyncio.fixture(loop_scope="session")
async def app(settings: Settings, database: None, clock: StandingClock) -> AsyncIterator["ASGIApp"]:
    """The whole application, without its worker: a test that wants letters sent runs one."""
    from eventsite.app import create_app

    application = create_app(settings, now=clock, with_worker=False)
    async with lifespan_of(application):
        yield application


@pytest_asyncio.fixture(loop_scope="session")
async def client(app: "ASGIApp") -> AsyncIterator["httpx2.AsyncClient"]:
    """A browser of nobody in particular: no cookies, redirects not followed, same-origin as a form's post is."""
    async with browser(app) as someone:
        yield someone


@pytest.fixture
def settle(app: "ASGIApp") -> Callable[[], Awaitable[None]]:
    """Returns once the site knows of every change made behind its back, which PostgreSQL tells it of in a moment."""
    with_headers: Any = app
    return with_headers.app.cache.revision.settle  # type: ignore[no-any-return]  # -- two layers down in middleware


def browser(app: "ASGIApp", *, address: str = "203.0.113.7", **headers: str) -> "httpx2.AsyncClient":
    """A client that says of itself what a browser on this site would, from a network of its own."""
    transport = httpx2.ASGITransport(app=app, client=(address, 40000), raise_app_exceptions=False)
    said = {"sec-fetch-site": "same-origin", "origin": SITE_URL, **headers}
    return httpx2.AsyncClient(transport=transport, base_url=SITE_URL, headers=said)


@asynccontextmanager
async def lifespan_of(application: "ASGIApp") -> AsyncIterator[None]:
    """Starts and stops an application as a server does, through its lifespan messages."""
    to_app: asyncio.Queue[Message] = asyncio.Queue()
    from_app: asyncio.Queue[Message] = asyncio.Queue()

    async def live() -> None:
        await application({"type": "lifespan", "asgi": {"version": "3.0"}}, to_app.get, from_app.put)

    task = asyncio.create_task(live())
    await to_app.put({"type": "lifespan.startup"})
    started = await from_app.get()
    assert started["type"] == "lifespan.startup.complete", started
    try:
        yield
    finally:
        await to_app.put({"type": "lifespan.shutdown"})
        await from_app.get()
        await task
