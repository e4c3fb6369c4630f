"""Two sites, a browser, and the cast: Olive organises, Ann asks, Mallory must see nothing."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.calendars.libical import Libical, find_libical
from tests.choosing import CHROMIUM
from tests.journeys.sites import Site, demonstration, deployment, own_database
from tests.journeys.steps import sign_in
from tests.journeys.watching import Watch

QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 10_000
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 640}

NewPage = Callable[..., Page]


@pytest.fixture(scope="package")
def site(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration, with an organiser's sign-in and a mailbox."""
    with ExitStack() as stack:
        own = database_of_its_own(database_url, stack, "journeys")
        yield stack.enter_context(demonstration(tmp_path_factory.mktemp("demo"), own))


@pytest.fixture
def empty_site(database_url: str, tmp_path: Path) -> Iterator[Site]:
    """A new deployment without a single row, with its own mail server."""
    with ExitStack() as stack:
        own = database_of_its_own(database_url, stack, "journey_from_nothing")
        yield stack.enter_context(deployment(tmp_path, own))


def database_of_its_own(database_url: str, stack: ExitStack, name: str) -> str | None:
    """A database beside the one of the other tests; None on SQLite, where each site has a file in its own folder."""
    return None if database_url.startswith("sqlite:") else stack.enter_context(own_database(database_url, name))


# For the package and no longer: while Playwright lives its event loop runs in this thread, and no other can.
@pytest.fixture(scope="package")
def chromium(site: Site) -> Iterator[Browser]:
    """Debian's Chromium, which speaks to nobody but the site."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def open_browser(chromium: Browser, site: Site) -> Iterator[NewPage]:
    """Opens a browser of somebody's own. Whatever their pages complain of, and every cookie, fails the test."""
    opened: list[tuple[BrowserContext, Watch, bool]] = []

    def open_one(*, at: Site = site, may_have_cookies: bool = False, **options: object) -> Page:
        context = chromium.new_context(base_url=at.url, **{"viewport": DESK, **options})  # type: ignore[arg-type]  # -- passed on
        context.set_default_timeout(PATIENCE)
        opened.append((context, Watch(context, at.url), may_have_cookies))
        return context.new_page()

    yield open_one
    complaints = [complaint for _, watch, _ in opened for complaint in watch.complaints]
    cookies = [
        cookie for context, _, may_have_cookies in opened if not may_have_cookies for cookie in context.cookies()
    ]
    for context, _, _ in opened:
        context.close()
    assert complaints == []
    assert cookies == [], "readers get no cookies"


@pytest.fixture
def scripts() -> bool:
    """Whether pages may run scripts; a file of journeys asks for both."""
    return True


@pytest.fixture
def ann(open_browser: NewPage, scripts: bool) -> Page:
    """Ann at her desk. She has no account."""
    return open_browser(java_script_enabled=scripts)


@pytest.fixture
def ann_on_her_phone(open_browser: NewPage, scripts: bool) -> Page:
    """Ann on a small phone."""
    return open_browser(java_script_enabled=scripts, viewport=PHONE, is_mobile=True, has_touch=True)


@pytest.fixture
def mallory(open_browser: NewPage, scripts: bool) -> Page:
    """Mallory, in a browser of his own, whom nobody told anything."""
    return open_browser(java_script_enabled=scripts)


@pytest.fixture(scope="package")
def key_to_the_desk(chromium: Browser, site: Site) -> dict[str, object]:
    """What Olive's browser keeps once she is signed in."""
    context = chromium.new_context(base_url=site.url)
    sign_in(context.new_page(), site)
    kept = context.storage_state()
    context.close()
    return dict(kept)


@pytest.fixture
def olive(open_browser: NewPage, key_to_the_desk: dict[str, object], scripts: bool) -> Page:
    """Olive, signed in at the desk."""
    return open_browser(java_script_enabled=scripts, may_have_cookies=True, storage_state=key_to_the_desk)


@pytest.fixture(scope="session")
def libical() -> Libical:
    """A reader of calendars that is not ours."""
    library = find_libical()
    assert library is not None
    return library
