"""Inviting people by name: written or pasted, checked, then invited."""

from starlette.requests import Request
from starlette.responses import Response

from eventsite.events.queries import all_events
from eventsite.events.tables import Event
from eventsite.interest import desk_services, queries
from eventsite.interest.desk import address_of
from eventsite.interest.desk_deeds import deed_by, offers_in_words
from eventsite.interest.desk_forms import InvitationsForm, usual_answer_by
from eventsite.interest.desk_queries import NEW, known_people
from eventsite.interest.desk_rules import plan
from eventsite.interest.place_rules import BadDeadline, EventOver, passes_on
from eventsite.interest.queries import Candidate
from eventsite.interest.states import Deed
from eventsite.organisers.guard import desk_page
from eventsite.web.flash import see_other_saying
from eventsite.web.forms import read_form
from eventsite.web.responses import Answer
from eventsite.web.site import site_of


async def show_invitations(request: Request) -> Answer:
    """GET `/organise/interest/invitations?event=`: the form, empty."""
    events = await _events(request)
    asked = request.query_params.get("event", "")
    event = next((event for event in events if event.slug == asked), events[0] if events else None)
    usual = usual_answer_by(event, site_of(request).now()) if event else {}
    return _form_page(request, InvitationsForm(event=event.slug if event else "", **usual), events)


async def check_invitations(request: Request) -> Answer:
    """POST `/organise/interest/invitations/check`: shows who is invited and what each gets."""
    form, events = await read_form(request, InvitationsForm), await _events(request)
    event = _valid(form, events)
    if event is None:
        return _form_page(request, form, events)
    return await _check_page(request, event, form)


async def create_invitations(request: Request) -> Answer:
    """POST `/organise/interest/invitations`: invites everybody who stands as the check page showed them."""
    form, events = await read_form(request, InvitationsForm), await _events(request)
    event = _valid(form, events)
    if event is None:
        return _form_page(request, form, events)
    seen = form.seen.data.split()
    if len(seen) != len(form.people.drafts):
        return await _check_page(request, event, form)
    try:
        done = await desk_services.invite_as_seen(event, form.people.drafts, seen, until=form.until, **deed_by(request))
    except (BadDeadline, EventOver) as refusal:
        form.refuse("until_on", str(refusal))
        return _form_page(request, form, events)
    return see_other_saying(address_of({"event": event.slug}), offers_in_words(done))


async def _events(request: Request) -> list[Event]:
    """The events to which people can be invited, the next one first."""
    now = site_of(request).now()
    return [event for event in reversed(await all_events()) if passes_on(event, now)]


def _valid(form: InvitationsForm, events: list[Event]) -> Event | None:
    """The event of a form that can be used; otherwise None, and the form says why."""
    is_sound = form.validate()
    event = next((event for event in events if event.slug == form.event.data), None)
    if event is None:
        form.refuse("event", "Choose an event from the list")
    return event if is_sound else None


def _form_page(request: Request, form: InvitationsForm, events: list[Event]) -> Response:
    context = {"form": form, "events": events}
    return desk_page(request, "interest/desk_invitations.html", context, status=422 if form.errors else 200)


async def _check_page(request: Request, event: Event, form: InvitationsForm) -> Response:
    known = await known_people(event.id, form.people.drafts)
    people = [
        Candidate(one.draft.email_key, "", one.draft.name, one.draft.email, _state(one.standing), one.suppressed)
        for one in known
    ]
    places = await queries.places_of(event.id, event.capacity)
    context = {
        "form": form,
        "event": event,
        "places": places,
        "known": {one.draft.email_key: one for one in known},
        "shares": plan(Deed.OFFER, people, places.free),
        "seen": " ".join(one.standing for one in known),
    }
    return desk_page(request, "interest/desk_invitations_check.html", context)


def _state(standing: str) -> str:
    return "interested" if standing == NEW else standing
