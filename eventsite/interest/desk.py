"""The desk's list of who is interested."""

from urllib.parse import urlencode

from starlette.requests import Request

from eventsite.events.queries import all_events
from eventsite.interest.queries import interested_people
from eventsite.organisers.guard import desk_page
from eventsite.web.paging import page_number
from eventsite.web.responses import Answer


async def show_interest(request: Request) -> Answer:
    """GET `/organise/interest?event=&q=&page=`."""
    asked = request.query_params
    event, words = asked.get("event", ""), asked.get("q", "").strip()[:100]
    found = await interested_people(event=event, words=words, number=page_number(request, 100_000))
    address = "/organise/interest?" + urlencode({"event": event, "q": words}) + "&page="
    context = {"found": found, "events": await all_events(), "event": event, "words": words, "address": address}
    return desk_page(request, "interest/desk.html", context)
