"""The first page: what is coming, what was written, and the two things to do."""

from starlette.requests import Request

from eventsite.clock import london_date
from eventsite.events.queries import coming_events, panels_taking_questions
from eventsite.web.responses import Answer, page
from eventsite.web.site import site_of
from eventsite.writeups.queries import newest_writeups


async def show_home(request: Request) -> Answer:
    """GET `/`."""
    now = site_of(request).now()
    context = {
        "events": await coming_events(london_date(now)),
        "panels": await panels_taking_questions(now),
        "writeups": await newest_writeups(3),
    }
    return page(request, "front/home.html", context)
