"""What organisers do to one person or to many: chosen, checked, then done."""

from datetime import datetime
from typing import TypedDict

from starlette.requests import Request
from starlette.responses import Response

from eventsite.errors import Refusal
from eventsite.events.queries import get_event
from eventsite.events.tables import Event
from eventsite.interest import desk_services, queries
from eventsite.interest.desk import LIST, address_of, asked_for, list_page, way_back
from eventsite.interest.desk_forms import DeedForm, OfferForm, SelectionForm, usual_answer_by
from eventsite.interest.desk_rules import DEEDS, frozen, number_of_people, plan, thawed
from eventsite.interest.desk_services import Done, RoomLeft
from eventsite.interest.place_rules import BadDeadline, EventOver, ensure_gives_places
from eventsite.interest.queries import Candidate, InterestFilter, Places
from eventsite.interest.states import Deed
from eventsite.organisers.guard import desk_page, organiser_of
from eventsite.stationery import Stationery
from eventsite.web.flash import see_other_saying
from eventsite.web.forms import read_form
from eventsite.web.responses import Answer
from eventsite.web.site import site_of

NOBODY = "Tick the people first, or the box that stands for all of them."
NO_DEED = "Choose what to do."


class By(TypedDict):
    """What every deed is told beside whom it is for."""

    actor: str
    stationery: Stationery
    now: datetime


async def check_selection(request: Request) -> Answer:
    """POST `/organise/interest/selection`: shows whom a deed is for and what each gets, before it is done."""
    form = await read_form(request, SelectionForm)
    event = await get_event(form.event.data)
    asked = asked_for({"event": event.slug, "state": form.state.data, "q": form.q.data})
    people = await _chosen(form, event, asked)
    if not form.validate() or not people or form.deed.data not in DEEDS:
        return await list_page(request, asked, warning=NO_DEED if people else NOBODY)
    back = address_of(asked).removeprefix(LIST)
    return await _check_page(request, event, Deed(form.deed.data), people, back=back)


async def create_offers(request: Request) -> Answer:
    """POST `/organise/interest/offers`: offers places until an hour of a day."""
    form, by = await read_form(request, OfferForm), deed_by(request)
    event, seen = await get_event(form.event.data), thawed(form.seen.data)
    if not form.validate():
        return await _check_again(request, event, Deed.OFFER, form)
    try:
        done = await desk_services.offer_as_seen(event, seen, until=form.until, **by)
    except (BadDeadline, EventOver) as refusal:
        return await _check_again(request, event, Deed.OFFER, form, refusal)
    return see_other_saying(way_back(form.back.data), offers_in_words(done))


async def create_waiting(request: Request) -> Answer:
    """POST `/organise/interest/waiting-list`: puts people on the waiting list of a full event."""
    form, by = await read_form(request, DeedForm), deed_by(request)
    event, seen = await get_event(form.event.data), thawed(form.seen.data)
    try:
        done = await desk_services.put_on_list_as_seen(event, seen, **by)
    except (RoomLeft, EventOver) as refusal:
        return await _check_again(request, event, Deed.WAIT, form, refusal)
    return see_other_saying(way_back(form.back.data), waiting_in_words(done))


async def create_cancellations(request: Request) -> Answer:
    """POST `/organise/interest/cancellations`: takes back places, offers and the hope of one."""
    form, by = await read_form(request, DeedForm), deed_by(request)
    event = await get_event(form.event.data)
    done = await desk_services.cancel_as_seen(event, thawed(form.seen.data), **by)
    sentence = f"Cancelled for {number_of_people(done.number)}.{moved_in_words(done)}"
    return see_other_saying(way_back(form.back.data), sentence)


def deed_by(request: Request) -> By:
    """Who does a deed, when, and what its letters are written with."""
    site = site_of(request)
    return {"actor": organiser_of(request).id, "stationery": site.stationery, "now": site.now()}


def offers_in_words(done: Done) -> str:
    """What came of offering places: "80 places offered, 43 people are on the waiting list."."""
    offered = "1 place offered" if done.number == 1 else f"{done.number} places offered"
    parts = [offered, waiting_in_words(done).rstrip(".")] if done.waitlisted else [offered]
    return f"{', '.join(parts)}.{moved_in_words(done)}"


def waiting_in_words(done: Done) -> str:
    """How many people a deed put on the waiting list."""
    return f"{number_of_people(done.waitlisted)} {'is' if done.waitlisted == 1 else 'are'} on the waiting list."


def moved_in_words(done: Done) -> str:
    """That some were left alone, to follow a sentence; nothing where there were none."""
    if not done.moved:
        return ""
    return f" {number_of_people(done.moved)} had moved since you looked, and {_was(done.moved)} left alone."


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


async def _chosen(form: SelectionForm, event: Event, asked: dict[str, str]) -> list[Candidate]:
    if form.everybody.data:
        return await queries.candidates(InterestFilter(event.id, asked["state"], asked["q"]))
    return await queries.candidates(InterestFilter(event.id), form.person.data)


async def _check_again(
    request: Request, event: Event, deed: Deed, form: DeedForm, refusal: Refusal | None = None
) -> Response:
    """The check page with everybody as they stand now, and why nothing was done."""
    warning = ""
    if isinstance(refusal, BadDeadline):
        form.refuse("until_on", str(refusal))
    elif refusal:
        warning = str(refusal)
    people = await queries.candidates(InterestFilter(event.id), list(thawed(form.seen.data)))
    return await _check_page(request, event, deed, people, form=form, warning=warning)


async def _check_page(
    request: Request,
    event: Event,
    deed: Deed,
    people: list[Candidate],
    *,
    form: DeedForm | None = None,
    back: str = "",
    warning: str = "",
) -> Response:
    """Whom a deed is for, what each gets, and the button that does it. Who is on the page is frozen in it."""
    now, places = site_of(request).now(), await queries.places_of(event.id, event.capacity)
    status = 422 if form else 200
    form = form or OfferForm(back=back, **usual_answer_by(event, now))
    context = {
        "event": event,
        "deed": deed,
        "people": people,
        "shares": plan(deed, people, places.free),
        "places": places,
        "seen": frozen(people),
        "form": form,
        "refusal": warning or _why_not(event, deed, places, now),
        "back": way_back(form.back.data),
    }
    return desk_page(request, "interest/desk_check.html", context, status=status)


def _why_not(event: Event, deed: Deed, places: Places, now: datetime) -> str:
    """Why a deed cannot be done to anybody; empty where it can."""
    if deed is Deed.CANCEL:
        return ""
    try:
        ensure_gives_places(event, now)
    except EventOver as refusal:
        return f"{refusal}."
    return str(RoomLeft()) if deed is Deed.WAIT and places.free != 0 else ""
