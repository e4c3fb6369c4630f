"""Pages that are told at once when something changes, by server-sent events.

An event says which row changed and never what it says: the page asks for what it may see. A stream holds no connection
to the database; it ends with the process, when its reader may no longer see it, and when the reader is gone.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response

from eventsite.database import DatabaseUnavailable
from eventsite.database.changes import Change
from eventsite.web.caching import PRIVATE
from eventsite.web.site import site_of

PING_EVERY = 15
CHECKED_EVERY = 10.0
COME_BACK_AFTER = 2000  # milliseconds

Wants = Callable[[Change], bool]
StillMay = Callable[[], Awaitable[bool]]


def live_response(request: Request, *, wants: Wants, still: StillMay | None = None) -> Response:
    """The changes somebody `wants`, for as long as they stay and `still` says that they may see them.

    Each is an event named `change`, its data JSON of kind, session, row and state. Kind `resync` means: look at
    everything again. A browser that lost the connection goes on where it was, by Last-Event-ID.
    """
    return EventSourceResponse(_events(request, wants, still), ping=PING_EVERY, headers={"cache-control": PRIVATE})


async def _events(request: Request, wants: Wants, still: StillMay | None) -> AsyncIterator[ServerSentEvent]:
    clock, changes = asyncio.get_running_loop().time, site_of(request).changes
    asked, after = clock(), request.headers.get("last-event-id") or changes.newest
    # Said at once, so that the browser knows that it is connected, and from where to go on when it comes back.
    yield ServerSentEvent(event="hello", data="{}", id=after, retry=COME_BACK_AFTER)
    async for change in changes.follow(after=after, wants=wants, pause=CHECKED_EVERY):
        if still and clock() - asked >= CHECKED_EVERY:
            if not await _may(still):
                return
            asked = clock()
        if change:
            yield ServerSentEvent(id=change.id, event="change", data=json.dumps(_told(change)))


def _told(change: Change) -> dict[str, str]:
    return {"kind": change.kind, "session": change.session, "row": change.row, "state": change.state}


async def _may(still: StillMay) -> bool:
    try:
        return await still()
    except DatabaseUnavailable:
        # The browser comes back by itself, and is asked at the door.
        return False
