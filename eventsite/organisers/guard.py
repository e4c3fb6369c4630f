"""The door of the desk. Under `/organise` nobody is let in by default, and every route says who may use it."""

from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from eventsite.organisers.queries import LiveSignIn, SignedIn, live_sign_in
from eventsite.organisers.rules import EDITORS, EVERYBODY, MODERATORS, OWNERS, is_worth_noting
from eventsite.organisers.services import note_seen
from eventsite.organisers.tables import Role
from eventsite.web.flash import forget_flash, take_flash
from eventsite.web.responses import Answer, Context, private_page, see_other
from eventsite.web.site import site_of

__all__ = [
    "COOKIE",
    "EDITORS",
    "EVERYBODY",
    "MODERATORS",
    "OWNERS",
    "DeskRoute",
    "Guard",
    "desk_page",
    "desk_route",
    "door_route",
    "organiser_of",
    "still_signed_in",
]

View = Callable[[Request], Awaitable[Answer]]

COOKIE = "__Host-sign-in"


class DeskRoute(Route):
    """A route that says who may use it. None means: the door itself, open to those who are not signed in."""

    roles: frozenset[Role] | None = frozenset()


def desk_route(
    path: str,
    endpoint: View,
    *,
    roles: frozenset[Role] = OWNERS,
    methods: Sequence[str] = ("GET",),
    name: str | None = None,
) -> DeskRoute:
    """A page or a deed of the desk, its path relative to `/organise`, for those in `roles`: OWNERS unless said."""
    route = DeskRoute(path, endpoint, methods=list(methods), name=name)
    route.roles = roles
    return route


def door_route(path: str, endpoint: View, *, methods: Sequence[str] = ("GET",)) -> DeskRoute:
    """A page that must be reached before anybody is signed in: signing in and setting a password, nothing else."""
    route = DeskRoute(path, endpoint, methods=list(methods))
    route.roles = None
    return route


def organiser_of(request: Request) -> SignedIn:
    """Who is signed in. Behind the guard there always is somebody, except at the door."""
    organiser = request.state.organiser
    assert isinstance(organiser, SignedIn)
    return organiser


def still_signed_in(request: Request) -> Callable[[], Awaitable[bool]]:
    """Asks, for an answer that goes on, whether the sign-in it was begun with still holds, and what it was."""
    token, before = request.cookies.get(COOKIE, ""), organiser_of(request)

    async def still() -> bool:
        sign_in = await live_sign_in(token, now=site_of(request).now())
        return sign_in is not None and sign_in.organiser.role == before.role

    return still


def desk_page(request: Request, template: str, context: Context, *, status: int = 200) -> Response:
    """A page of the desk: private, with who is signed in, and once with what the deed before left to say."""
    flash = take_flash(request)
    known = {"organiser": getattr(request.state, "organiser", None), "flash": flash}
    response = private_page(request, template, {**known, **context}, status=status)
    if flash:
        forget_flash(response)
    return response


class Guard:
    """Middleware round the desk's router: no sign-in, no answer; the wrong role, a page that says so.

    Refuses at the start, with a TypeError, to stand before a route that does not say who may use it.
    """

    def __init__(self, app: ASGIApp) -> None:
        assert isinstance(app, Router)
        self.app = app
        self.routes = [_declared(route) for route in app.routes]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        request.state.organiser = await _who(request)
        refusal = self._refusal(request)
        await (refusal or self.app)(scope, receive, send)

    def _refusal(self, request: Request) -> Response | None:
        route, organiser = self._route(request.scope), request.state.organiser
        if route and route.roles is None:
            return None
        if organiser is None:
            return _ask_to_sign_in(request)
        if route and organiser.role not in (route.roles or ()):
            return desk_page(request, "organisers/refused.html", {}, status=403)
        return None

    def _route(self, scope: Scope) -> DeskRoute | None:
        """The route the router is going to choose: the first that takes the path and the method, else the path."""
        found = [(route, route.matches(scope)[0]) for route in self.routes]
        fit = [route for route, match in found if match is Match.FULL]
        return next(iter(fit or [route for route, match in found if match is Match.PARTIAL]), None)


def _declared(route: BaseRoute) -> DeskRoute:
    if not isinstance(route, DeskRoute):
        raise TypeError(f"{route} does not say who may use it: make it with desk_route()")
    return route


async def _who(request: Request) -> SignedIn | None:
    token, now = request.cookies.get(COOKIE), site_of(request).now()
    sign_in: LiveSignIn | None = await live_sign_in(token, now=now) if token else None
    if sign_in is None:
        return None
    if _is_somebodys(request) and is_worth_noting(sign_in.last_seen_at, now):
        await note_seen(sign_in.id, now=now)
    return sign_in.organiser


def _is_somebodys(request: Request) -> bool:
    """Whether a request shows that somebody is there: what a page's own script reads is no sign of life."""
    return request.method not in {"GET", "HEAD"} or request.headers.get("sec-fetch-dest") != "empty"


def _ask_to_sign_in(request: Request) -> Response:
    if request.method not in {"GET", "HEAD"}:
        # Not elsewhere: the browser's Back button then still has what was typed.
        return desk_page(request, "organisers/signed_out.html", {}, status=403)
    query = request.scope["query_string"].decode("latin-1")
    wanted = request.scope["path"] + (f"?{query}" if query else "")
    return see_other(f"/organise/sign-in?next={quote(wanted, safe='/')}")
