"""Forms from other sites are refused by what the browser says of where they come from: no token, no cookie.

`Sec-Fetch-Site` decides where a browser sends it (Fetch Metadata Request Headers); else `Origin`, else `Referer`.
"""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from eventsite.web.errors import error_page

SAFE = {"GET", "HEAD", "OPTIONS"}


class OriginCheck:
    """Middleware: an unsafe request from another site is answered 403 before anything looks at it.

    Under the addresses `open_to_all` anybody may post from anywhere: there a token in the address is all that counts.
    """

    def __init__(self, app: ASGIApp, *, site_url: str, open_to_all: tuple[str, ...] = ()) -> None:
        self.app = app
        self.site_url = site_url
        self.open_to_all = open_to_all

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._is_refused(scope):
            await error_page(Request(scope), 403)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _is_refused(self, scope: Scope) -> bool:
        is_safe = scope["method"] in SAFE or scope["path"].startswith(self.open_to_all)
        return not is_safe and is_from_elsewhere(scope, self.site_url)


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
