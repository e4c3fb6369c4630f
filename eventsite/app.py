"""The whole application on one screen: what it answers, what is wrapped around it, and what it opens and closes."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount, Route, Router
from starlette.types import ASGIApp

from eventsite.announcements.routes import DESK as ANNOUNCEMENTS_DESK
from eventsite.announcements.routes import ONE_CLICK
from eventsite.announcements.routes import PUBLIC as ANNOUNCEMENTS
from eventsite.backoffice.routes import DESK as BACKOFFICE_DESK
from eventsite.clock import utc_now
from eventsite.closing.routes import DESK as CLOSING_DESK
from eventsite.closing.routes import PUBLIC as CLOSING
from eventsite.database import DatabaseUnavailable, close_database, open_database
from eventsite.database.changes import Changes
from eventsite.database.revision import Revision
from eventsite.exports.routes import DESK as EXPORTS_DESK
from eventsite.front.routes import PUBLIC as FRONT
from eventsite.interest.routes import DESK as INTEREST_DESK
from eventsite.organisers.guard import Guard
from eventsite.organisers.routes import DESK as ORGANISERS_DESK
from eventsite.organisers.routes import PUBLIC as ORGANISERS
from eventsite.panel.routes import DESK as PANEL_DESK
from eventsite.panel.routes import PUBLIC as PANEL
from eventsite.presentation import static_files, stationery_for
from eventsite.questions.routes import DESK as QUESTIONS_DESK
from eventsite.self_service.routes import PUBLIC as SELF_SERVICE
from eventsite.settings import Settings
from eventsite.web.caching import CachedPages, PageCache
from eventsite.web.csrf import OriginCheck
from eventsite.web.errors import HANDLERS, on_unavailable
from eventsite.web.headers import SecurityHeaders
from eventsite.web.health import livez, readyz
from eventsite.web.limits import BodyLimit, ReadablePath
from eventsite.web.site import Site
from eventsite.web.static import StaticFiles
from eventsite.worker import Worker
from eventsite.writeups.routes import DESK as WRITEUPS_DESK
from eventsite.writeups.routes import PUBLIC as WRITEUPS

# Files, and the ids of everybody whom a deed of an organiser is for.
LARGE_BODIES = ("/organise/writeups/", "/organise/interest/")


def create_app(
    settings: Settings,
    *,
    now: Callable[[], datetime] = utc_now,
    with_worker: bool = True,
    more_routes: Sequence[BaseRoute] = (),
) -> ASGIApp:
    """The site as an ASGI application. `with_worker` sends letters from this process too; `more_routes` come first."""
    revision, changes = Revision(), Changes()
    stationery = stationery_for(settings)
    worker = Worker(stationery, now=now) if with_worker else None
    site = Site(
        settings=settings,
        templates=stationery.templates,
        links=stationery.links,
        stationery=stationery,
        pages=PageCache(revision, now=now),
        changes=changes,
        now=now,
    )
    inner = Starlette(
        routes=[*more_routes, *routes(static_files())],
        middleware=[
            Middleware(ReadablePath),
            Middleware(BodyLimit, uploads=LARGE_BODIES),
            Middleware(OriginCheck, site_url=settings.site_url, open_to_all=ONE_CLICK),
        ],
        exception_handlers={**HANDLERS, DatabaseUnavailable: on_unavailable},
        lifespan=lambda app: lifespan(revision, changes, worker),
    )
    # Starlette would redirect to the name the request gave for the site, and that may be anybody's.
    inner.router.redirect_slashes = False
    inner.state.site = site
    return SecurityHeaders(CachedPages(inner, site.pages), is_https=settings.is_https)


def routes(static: StaticFiles) -> list[BaseRoute]:
    """Every address of the site. What lies under `/organise` is behind one guard that lets nobody in by default."""
    desk = [
        *ORGANISERS_DESK,
        *BACKOFFICE_DESK,
        *CLOSING_DESK,
        *QUESTIONS_DESK,
        *INTEREST_DESK,
        *WRITEUPS_DESK,
        *ANNOUNCEMENTS_DESK,
        *EXPORTS_DESK,
    ]
    desk += PANEL_DESK
    return [
        Route("/static/{name:path}", static.answer),
        Route("/favicon.ico", static.favicon),
        Route("/livez", livez),
        Route("/readyz", readyz),
        *FRONT,
        *WRITEUPS,
        *PANEL,
        *CLOSING,
        *SELF_SERVICE,
        *ANNOUNCEMENTS,
        *ORGANISERS,
        Mount("/organise", Router(desk, redirect_slashes=False), middleware=[Middleware(Guard)]),
    ]


@asynccontextmanager
async def lifespan(revision: Revision, changes: Changes, worker: Worker | None) -> AsyncIterator[None]:
    """Opens the database, watches for changes and sends letters; closes all of them in the opposite order."""
    await open_database()
    try:
        await revision.open()
        await changes.open()
        async with worker.running() if worker else _nothing():
            yield
    finally:
        await changes.close()
        await revision.close()
        await close_database()


@asynccontextmanager
async def _nothing() -> AsyncIterator[None]:
    yield
