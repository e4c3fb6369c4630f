"""Health: whether the process lives, and whether it should be sent visitors."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from eventsite.database import DatabaseUnavailable, ping
from eventsite.database.migrate import pending


async def livez(request: Request) -> Response:
    """200 while the process answers; looks at nothing."""
    return PlainTextResponse("ok")


async def readyz(request: Request) -> Response:
    """200 while the database answers and has the newest schema, else 503 with a word of why."""
    try:
        await ping()
        behind = bool(await pending())
    except DatabaseUnavailable:
        return PlainTextResponse("database unavailable", status_code=503)
    return PlainTextResponse("schema behind", status_code=503) if behind else PlainTextResponse("ok")
