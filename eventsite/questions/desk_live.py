"""The desk while several work at it: what changed since, who is looking at what, and one row of the queue anew."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from eventsite.database.changes import Change
from eventsite.organisers.guard import organiser_of, still_signed_in
from eventsite.questions.desk_places import filter_of, row_page
from eventsite.questions.presence import look_at, looking
from eventsite.questions.queue import waiting
from eventsite.web.caching import PRIVATE
from eventsite.web.live import live_response
from eventsite.web.site import site_of

KINDS = frozenset({"question", "presence"})


async def follow_desk(request: Request) -> Response:
    """What changes on the desk from now on, of one panel or of all: ids, never words."""
    panel = request.query_params.get("panel", "")

    def wants(change: Change) -> bool:
        return change.kind in KINDS and change.session in ("", panel or change.session)

    return live_response(request, wants=wants, still=still_signed_in(request))


async def show_row(request: Request) -> Response:
    """One row of the queue as it stands now, for a page that is narrowed as the query says."""
    said = {name: value for name in ("panel", "state", "q", "page") if (value := request.query_params.get(name))}
    return await row_page(request, back=f"?{urlencode(said)}")


async def show_presence(request: Request) -> Response:
    """Who else is looking at which question, and how many wait."""
    panel = filter_of(request.query_params).panel
    others = await looking(organiser_of(request).id, site_of(request).now())
    return JSONResponse({"looking": others, "waiting": await waiting(panel)}, headers={"cache-control": PRIVATE})


async def create_presence(request: Request) -> Response:
    """Notes that this organiser has a question before them."""
    await look_at(request.path_params["id"], organiser_of(request).id, now=site_of(request).now())
    return Response(status_code=204)
