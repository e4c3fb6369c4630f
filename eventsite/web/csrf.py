"""Forms from other sites are refused by what the browser says of where they come from: no token, no cookie.

`Sec-Fetch-Site` decides where a browser sends it (Fetch Metadata Request Headers); else `Origin`, else `Referer`.
"""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from eventsite.web.errors import error_page

SAFE = {"GET", "HEAD", "OPTIONS"}


class OriginCheck:
    """Middleware: an unsafe request from another site is answered 403 before anything looks at it."""

    def __init__(self, app: ASGIApp, *, site_url: str) -> None:
        self.app = app
        self.site_url = site_url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE and is_from_elsewhere(scope, self.site_url):
            await error_page(Request(scope), 403)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def is_from_elsewhere(scope: Scope, site_url: str) -> bool:
    """Whether a request says that another site made it. One that says nothing at all comes from no browser of today."""
    said = dict(scope["headers"])
    site = said.get(b"sec-fetch-site")
    if site is not None:
        return site not in {b"same-origin", b"none"}
    origin = said.get(b"origin", said.get(b"referer"))
    return origin is not None and _origin(origin) != _origin(site_url.encode())


def _origin(address: bytes) -> tuple[str, str | None, int | None] | None:
    try:
        parts = urlsplit(address.decode("ascii"))
        return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return None
