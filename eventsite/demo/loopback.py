"""This machine has two names, cookies and forms belong to one: the demonstration redirects from the other."""

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class OneName:
    """Middleware: whoever asks `localhost` for what lives at `127.0.0.1`, or the other way about, is sent there."""

    def __init__(self, app: ASGIApp, *, site_url: str) -> None:
        self.app = app
        self.site_url = site_url
        name = site_url.partition("://")[2]
        others = {"localhost": "127.0.0.1", "127.0.0.1": "localhost"}
        self.other = next((name.replace(a, b, 1).encode() for a, b in others.items() if name.startswith(a)), b"")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self.other and dict(scope["headers"]).get(b"host") == self.other:
            query = scope["query_string"].decode("latin-1")
            there = f"{self.site_url}{scope['path']}{'?' + query if query else ''}"
            await RedirectResponse(there, status_code=307)(scope, receive, send)
        else:
            await self.app(scope, receive, send)
