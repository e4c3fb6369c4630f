"""What a visitor reads when something is wrong: a page in words for every status, and never a traceback."""

import logging
from collections.abc import Sequence
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.types import Scope

from eventsite.errors import NotFound, Refusal
from eventsite.web.responses import private_page
from eventsite.web.throttle import TooOften

log = logging.getLogger("eventsite.web")

WORDS = {
    400: ("We could not read that request", "Go back, check what you sent and try again."),
    403: ("That form came from another site", "Open the page on this site and send the form again from there."),
    404: (
        "Page not found",
        "If you typed the address, check it. If you followed a link, the page may have moved or the link may have been "
        "replaced by a newer one.",
    ),
    405: (
        "That cannot be done here",
        "This address does not take that kind of request. Go back and use the page's own buttons.",
    ),
    413: (
        "That is too large",
        "What you sent is larger than this page can take. Shorten it or choose a smaller file, then send it again.",
    ),
    415: (
        "We could not read that form",
        "This page takes ordinary web forms only. Open it in a browser and send it again from there.",
    ),
    422: ("That could not be done", "Go back and check what you sent."),
    429: ("Too many tries", "You have sent this a number of times in a short while. Wait a little, then try again."),
    500: (
        "Sorry, something went wrong",
        "It is our fault, and it has been noted. Nothing was half done: try again in a few minutes.",
    ),
    503: ("Sorry, we are busy for a moment", "Try again in a few seconds. Nothing you sent was half done."),
}


def error_page(request: Request, status: int, message: str = "", headers: dict[str, str] | None = None) -> Response:
    """The page for a status, with our own sentence or the one given."""
    title, usual = WORDS.get(status, (HTTPStatus(status).phrase, "Go back and try again."))
    context = {"status": status, "title": title, "message": message or usual}
    response = private_page(request, "errors/error.html", context, status=status)
    response.headers.update(headers or {})
    return response


async def on_http_exception(request: Request, error: Exception) -> Response:
    """Answers Starlette's own refusals: unknown address, wrong method, too large, wrong kind."""
    assert isinstance(error, HTTPException)
    detail = "" if error.detail == HTTPStatus(error.status_code).phrase else error.detail
    headers = {"allow": ", ".join(_methods_at(request))} if error.status_code == 405 else error.headers
    return error_page(request, error.status_code, detail, dict(headers or {}))


async def on_not_found(request: Request, error: Exception) -> Response:
    """Answers a row that is not there, or not for this reader."""
    return error_page(request, 404)


async def on_refusal(request: Request, error: Exception) -> Response:
    """Answers a refusal that no view could show beside a field."""
    return error_page(request, 422, str(error))


async def on_too_often(request: Request, error: Exception) -> Response:
    """Answers a deed done too often lately."""
    return error_page(request, 429, str(error), {"retry-after": "3600"})


async def on_unavailable(request: Request, error: Exception) -> Response:
    """Answers while the database cannot be reached or is too busy."""
    log.error("database unavailable: %s", type(error.__cause__ or error).__name__)
    return error_page(request, 503, headers={"retry-after": "5"})


async def on_disconnect(request: Request, error: Exception) -> Response:
    """Nobody is left to answer: the browser went away while it was still sending."""
    return Response(status_code=400)


async def on_crash(request: Request, error: Exception) -> Response:
    """Answers a fault of ours. The traceback goes to the log and never to the page."""
    return error_page(request, 500)


HANDLERS = {
    HTTPException: on_http_exception,
    NotFound: on_not_found,
    TooOften: on_too_often,
    Refusal: on_refusal,
    ClientDisconnect: on_disconnect,
    Exception: on_crash,
}


def _methods_at(request: Request) -> list[str]:
    """What an address takes (RFC 9110 10.2.1); Starlette names what the first of its routes takes and no more."""
    scope = {**request.scope, "root_path": request.scope.get("app_root_path", request.scope.get("root_path", ""))}
    return sorted(_methods(request.app.routes, scope))


def _methods(routes: Sequence[BaseRoute], scope: Scope) -> set[str]:
    found: set[str] = set()
    for route in routes:
        match, inner = route.matches(scope)
        if isinstance(route, Mount) and match is Match.FULL:
            found |= _methods(route.routes, {**scope, **inner})
        elif isinstance(route, Route) and match is Match.PARTIAL:
            found |= route.methods or set()
    return found
