"""The desk's list of who is interested, chosen by event and state and found by words."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import Response

from eventsite.events.queries import all_events
from eventsite.interest import queries
from eventsite.interest.queries import InterestFilter
from eventsite.interest.states import InterestState
from eventsite.organisers.guard import desk_page
from eventsite.web.forms import shown
from eventsite.web.paging import page_number
from eventsite.web.responses import Answer, Context

LIST = "/organise/interest"
LONGEST_WORDS = 100


async def show_interest(request: Request) -> Answer:
    """GET `/organise/interest?event=&q=&state=&page=`."""
    return await list_page(request, asked_for(request.query_params))


async def list_page(request: Request, asked: Mapping[str, str], *, warning: str = "") -> Response:
    """The list as it was narrowed, with the places of the event it was narrowed to, and perhaps what was wrong."""
    context = await _listed(asked, page_number(request, 100_000))
    warned = {"flash": ("warning", warning)} if warning else {}
    return desk_page(request, "interest/desk.html", {**context, **warned}, status=422 if warning else 200)


async def _listed(asked: Mapping[str, str], number: int) -> Context:
    events = await all_events()
    event = next((event for event in events if event.slug == asked["event"]), None)
    wanted = InterestFilter(event.id if event else "", asked["state"], asked["q"])
    found = await queries.interested_people(wanted, number)
    return {
        "found": found,
        "events": events,
        "event": event,
        "asked": asked,
        "places": queries.places(event.capacity, found.everybody) if event else None,
        "seats": await queries.limited_seats(event.id if event else ""),
        "address": lambda **changes: address_of({**asked, **changes}),
        "states": [state for state in InterestState if state in found.counts or state == asked["state"]],
    }


def asked_for(said: Mapping[str, str]) -> dict[str, str]:
    """How the list was narrowed, as far as that is understood; a state that does not exist is none."""
    event, state, words = (shown(said.get(name, "")).strip() for name in ("event", "state", "q"))
    return {"event": event, "state": state if state in set(InterestState) else "", "q": words[:LONGEST_WORDS]}


def address_of(asked: Mapping[str, object]) -> str:
    """Where the list is when it is narrowed so."""
    query = urlencode({name: value for name, value in asked.items() if value and (name, value) != ("page", 1)})
    return f"{LIST}?{query}" if query else LIST


def way_back(said: str) -> str:
    """Where an organiser came from, as a form carries it: the query of the list, or the id of a person's page."""
    if said.startswith("?"):
        return address_of(asked_for(dict(parse_qsl(said[1:]))))
    return f"{LIST}/{said}" if len(said) == 16 and said.isascii() and said.isalnum() else LIST
