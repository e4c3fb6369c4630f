"""The ledger as owners read it."""

from starlette.requests import Request
from starlette.responses import Response

from eventsite.backoffice.ledger_queries import last_page, newest_deeds
from eventsite.organisers.guard import desk_page
from eventsite.web.paging import page_number


async def show_ledger(request: Request) -> Response:
    """A page of deeds in words, the newest first; a page that is not there is the nearest one that is."""
    last = await last_page()
    page = page_number(request, last)
    context = {"section": "ledger", "deeds": await newest_deeds(page), "page": page, "last": last}
    return desk_page(request, "backoffice/ledger.html", context)
