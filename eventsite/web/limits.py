"""What a request may be: its address readable, its body 64 KiB, and more only on the desk's upload addresses."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from eventsite.web.errors import error_page
from eventsite.web.forms import UNREADABLE

SMALL = 64 * 1024
LARGE = 12 * 1024 * 1024


class ReadablePath:
    """Middleware: nothing is at an address with control characters; PostgreSQL would not even look for a NUL."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and UNREADABLE.search(scope["path"]):
            await error_page(Request(scope), 404)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


class BodyLimit:
    """Middleware: a body over the limit is answered 413, whether its length was announced or it comes in chunks."""

    def __init__(self, app: ASGIApp, *, uploads: tuple[str, ...]) -> None:
        self.app = app
        self.uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = LARGE if scope["path"].startswith(self.uploads) else SMALL
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) > most:
            await error_page(Request(scope), 413)(scope, receive, send)
        else:
            await self.app(scope, _counted(receive, most), send)


def _counted(receive: Receive, most: int) -> Receive:
    seen = 0

    async def receive_counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise HTTPException(413)
        return message

    return receive_counted
