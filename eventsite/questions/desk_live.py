"""The desk while several work at it: what changed since, who is looking at what, and one row of the queue anew."""

from starlette.requests import Request
from starlette.responses import Response

from eventsite.database.changes import Change
from eventsite.organisers.guard import still_signed_in
from eventsite.web.live import live_response

KINDS = frozenset({"question", "presence"})


async def follow_desk(request: Request) -> Response:
    """What changes on the desk from now on, of one panel or of all: ids, never words."""
    panel = request.query_params.get("panel", "")

    def wants(change: Change) -> bool:
        return change.kind in KINDS and change.session in ("", panel or change.session)

    return live_response(request, wants=wants, still=still_signed_in(request))
