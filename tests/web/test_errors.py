"""Whatever is wrong, there is a page in words about it, with the right status and nothing of the inside."""

import httpx2
import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from eventsite.app import create_app
from eventsite.database import DatabaseUnavailable
from eventsite.errors import NotFound, Refusal
from eventsite.settings import Settings
from eventsite.web.errors import WORDS
from eventsite.web.throttle import TooOften
from tests.conftest import StandingClock, browser, lifespan_of


class PanelFull(Refusal):
    """This panel has no room left."""


RAISED: list[tuple[Exception, int, str]] = [
    (PanelFull(), 422, "This panel has no room left."),
    (Refusal("Dr <b>Who</b> has left & gone."), 422, "Dr &lt;b&gt;Who&lt;/b&gt; has left &amp; gone."),
    (NotFound(), 404, "Page not found"),
    (TooOften(), 429, "Wait a little, then try again."),
    (DatabaseUnavailable("host=10.0.0.1 password=secret"), 503, "Sorry, we are busy for a moment"),
    (HTTPException(413), 413, "larger than this page can take"),
    (HTTPException(415), 415, "ordinary web forms only"),
    (HTTPException(400, "The file is broken."), 400, "The file is broken."),
    (HTTPException(418), 418, "Go back and try again."),
    (ZeroDivisionError("secret"), 500, "It is our fault"),
]


async def answer_of(settings: Settings, clock: StandingClock, error: Exception) -> httpx2.Response:
    async def fail(request: Request) -> Response:
        raise error

    application = create_app(settings, now=clock, with_worker=False, more_routes=[Route("/failing", fail)])
    async with lifespan_of(application), browser(application) as reader:
        return await reader.get("/failing")


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(("error", "status", "words"), RAISED, ids=lambda value: type(value).__name__)
async def test_it_is_told_in_words(
    settings: Settings, clock: StandingClock, error: Exception, status: int, words: str
) -> None:
    answer = await answer_of(settings, clock, error)
    assert (answer.status_code, words in answer.text) == (status, True)
    assert answer.headers["cache-control"] == "private, no-store"
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(("error", "seconds"), [(TooOften(), "3600"), (DatabaseUnavailable(), "5")])
async def test_what_passes_says_when_to_try_again(
    settings: Settings, clock: StandingClock, error: Exception, seconds: str
) -> None:
    assert (await answer_of(settings, clock, error)).headers["retry-after"] == seconds


async def test_error_pages_are_pages_of_the_site(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/nothing")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert '<html lang="en-GB">' in answer.text
    assert "<h1" in answer.text


def test_each_status_the_contract_names_has_words_of_its_own() -> None:
    assert set(WORDS) >= {400, 403, 404, 405, 413, 415, 422, 429, 500, 503}
