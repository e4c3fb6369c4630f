"""What the buttons of a person's own page do about an event. Each decision is a resource that is posted to."""

from starlette.requests import Request
from starlette.responses import Response

from eventsite import ledger
from eventsite.errors import Refusal
from eventsite.interest.place_services import accept_place, decline_place, join_waiting_list
from eventsite.interest.services import withdraw_interest
from eventsite.interest.states import InterestState
from eventsite.self_service.answers import back, own_page_of, person_and_interest_of
from eventsite.self_service.queries import get_own_interest
from eventsite.self_service.services import return_interest
from eventsite.web.site import site_of


async def create_acceptance(request: Request) -> Response:
    """POST `/my/{token}/interests/{slug}/acceptance`: takes the place that was offered."""
    site, (person, interest) = site_of(request), await person_and_interest_of(request)
    event_id: str = interest.event.id
    try:
        await accept_place(person.id, event_id, actor=ledger.VISITOR, stationery=site.stationery, now=site.now())
    except Refusal as refusal:
        return await own_page_of(request, person, refused=str(refusal))
    return back(request, "accepted")


async def create_declining(request: Request) -> Response:
    """POST `/my/{token}/interests/{slug}/declining`: turns an offer down, or gives a place up."""
    site, (person, interest) = site_of(request), await person_and_interest_of(request)
    event_id: str = interest.event.id
    try:
        await decline_place(person.id, event_id, actor=ledger.VISITOR, stationery=site.stationery, now=site.now())
    except Refusal as refusal:
        return await own_page_of(request, person, refused=str(refusal))
    return back(request, "declined")


async def create_waiting(request: Request) -> Response:
    """POST `/my/{token}/interests/{slug}/waiting`: onto the waiting list, or to a place at once if one is free."""
    site, (person, interest) = site_of(request), await person_and_interest_of(request)
    event_id: str = interest.event.id
    try:
        await join_waiting_list(person.id, event_id, actor=ledger.VISITOR, stationery=site.stationery, now=site.now())
    except Refusal as refusal:
        return await own_page_of(request, person, refused=str(refusal))
    interest = await get_own_interest(person.id, interest.event.slug)
    return back(request, "offered" if interest.state == InterestState.OFFERED else "waiting")


async def create_withdrawal(request: Request) -> Response:
    """POST `/my/{token}/interests/{slug}/withdrawal`."""
    site, (person, interest) = site_of(request), await person_and_interest_of(request)
    event_id: str = interest.event.id
    await withdraw_interest(person.id, event_id, actor=ledger.VISITOR, stationery=site.stationery, now=site.now())
    return back(request, "withdrawn")


async def create_return(request: Request) -> Response:
    """POST `/my/{token}/interests/{slug}/return`: takes up again what was withdrawn, declined or ran out."""
    site, (person, interest) = site_of(request), await person_and_interest_of(request)
    try:
        await return_interest(person, interest, stationery=site.stationery, now=site.now())
    except Refusal as refusal:
        return await own_page_of(request, person, refused=str(refusal))
    return back(request, "returned")
