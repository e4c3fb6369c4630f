"""The floor for feeds: a bare Starlette route that returns the same bytes, and a 304 to whoever has them.

Run by uvicorn as `tests.benchmarks.bare_feed:app`. FEED names the file, TAG is its ETag.
"""

import os
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

BODY = Path(os.environ["FEED"]).read_bytes()
TAG = os.environ["TAG"]


async def answer(request: Request) -> Response:
    """The bytes, or a 304."""
    if request.headers.get("if-none-match") == TAG:
        return Response(status_code=304, headers={"etag": TAG})
    return Response(BODY, media_type="text/calendar", headers={"etag": TAG})


app = Starlette(routes=[Route("/feed", answer)])
