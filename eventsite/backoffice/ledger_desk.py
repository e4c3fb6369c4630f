"""The ledger as owners read it."""

from starlette.requests import Request
from starlette.responses import Response

from eventsite.backoffice.ledger_queries import last_page, newest_deeds
from eventsite.organisers.guard import desk_page


async def show_ledger(request: Request) -> Response:
    """A page of deeds in words, the newest first; a page that is not there is the nearest one that is."""
    last = await last_page()
    page = _number(request.query_params.get("page", ""), last)
    context = {"section": "ledger", "deeds": await newest_deeds(page), "page": page, "last": last}
    return desk_page(request, "backoffice/ledger.html", context)


def _number(said: str, last: int) -> int:
    return min(max(int(said), 1), last) if said.isascii() and said.isdigit() and len(said) < 10 else 1
