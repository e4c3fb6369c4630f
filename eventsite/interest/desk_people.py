"""One person and one event on the desk: where they stand, how they got there, and what can be done."""

from starlette.requests import Request

from eventsite import ledger
from eventsite.database import transaction
from eventsite.events.queries import get_event_by_id
from eventsite.interest import desk_queries, queries
from eventsite.interest.desk import LIST
from eventsite.interest.desk_forms import OfferForm, usual_answer_by
from eventsite.interest.states import Deed, can
from eventsite.mail import suppression
from eventsite.mail.queries import letters_to
from eventsite.organisers.guard import desk_page, organiser_of
from eventsite.web.flash import see_other_saying
from eventsite.web.responses import Answer, Context
from eventsite.web.site import site_of


async def show_person(request: Request) -> Answer:
    """GET `/organise/interest/{id}`."""
    standing = await desk_queries.get_standing(request.path_params["id"])
    return desk_page(
        request, "interest/desk_person.html", {**await _place(request, standing), **await _record(standing)}
    )


async def write_again(request: Request) -> Answer:
    """POST `/organise/interest/{id}/letters`: letters go to the person's address again."""
    standing = await desk_queries.get_standing(request.path_params["id"])
    async with transaction():
        await suppression.lift(standing.email_key)
        actor, subject = organiser_of(request).id, ("person", standing.person)
        await ledger.record("address.allowed", subject=subject, actor=actor, now=site_of(request).now())
    return see_other_saying(f"{LIST}/{standing.id}", "Letters go to this address again.")


async def _place(request: Request, standing: desk_queries.Standing) -> Context:
    """Where they stand, and what can be done about it."""
    event = await get_event_by_id(standing.event)
    return {
        "standing": standing,
        "event": event,
        "places": await queries.places_of(event.id, event.capacity),
        "position": await desk_queries.position_of(standing),
        "deeds": [deed for deed in Deed if can(deed, standing.state)],
        "form": OfferForm(**usual_answer_by(event, site_of(request).now())),
    }


async def _record(standing: desk_queries.Standing) -> Context:
    """What happened, and what was written."""
    return {
        "others": await desk_queries.other_interests(standing),
        "sessions": await desk_queries.sessions_added(standing),
        "entries": await desk_queries.calendar_entries(standing),
        "history": await desk_queries.history(standing),
        "bounces": await desk_queries.bounces_of(standing),
        "stopped": await desk_queries.stopped(standing),
        "letters": await letters_to(standing.email_key),
    }
