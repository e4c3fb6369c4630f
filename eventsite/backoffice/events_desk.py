"""Owners' pages on events: the list, one event with its programme, and what can be done to it."""

from starlette.requests import Request
from starlette.responses import Response

from eventsite.backoffice.changes_desk import (
    NOBODY,
    OwnWordsForm,
    check_page,
    goes_back,
    hand_of,
    hand_with,
    preview,
    rehearsed,
    told,
)
from eventsite.backoffice.events_forms import EventForm
from eventsite.backoffice.events_queries import interested_in, interested_people, session_counts
from eventsite.errors import Refusal
from eventsite.events import queries
from eventsite.events.moments import closing_parts
from eventsite.events.programme import programme_of
from eventsite.events.rules import is_open_for_interest, place_of
from eventsite.events.services import create_event, publish_event
from eventsite.events.tables import Event, EventState
from eventsite.interest.change_rules import Mailing
from eventsite.interest.change_services import MoreThanShown, call_off_event, change_event
from eventsite.organisers.guard import desk_page, organiser_of
from eventsite.web.flash import see_other_saying
from eventsite.web.forms import read_form
from eventsite.web.frames import with_frame
from eventsite.web.responses import Context
from eventsite.web.site import site_of


async def show_events(request: Request) -> Response:
    """Every event, the latest first; on an empty desk what to do first."""
    context = {
        "events": await queries.all_events(),
        "people": await interested_people(),
        "sessions": await session_counts(),
        "section": "events",
    }
    return desk_page(request, "backoffice/events.html", context)


async def show_new_event(request: Request) -> Response:
    """An empty form."""
    return _form_page(request, EventForm(motif="generic"))


async def create(request: Request) -> Response:
    """Makes an event, as a draft."""
    form = await read_form(request, EventForm)
    if not form.validate():
        return _form_page(request, form, status=422)
    try:
        event = await create_event(form.draft(), actor=organiser_of(request).id, now=site_of(request).now())
    except Refusal as refusal:
        form.refuse(refusal.field, str(refusal))
        return _form_page(request, form, status=422)
    return see_other_saying(address_of(event), f"{event.name} is a draft. Add its programme, then publish it.")


async def show_event(request: Request) -> Response:
    """One event: its state, its programme and how many people are interested."""
    return await _event_page(request, await queries.get_event(request.path_params["slug"]))


async def show_event_form(request: Request) -> Response:
    """The form with what the event says now."""
    event = await queries.get_event(request.path_params["slug"])
    return _form_page(request, EventForm.of(event), event)


async def edit(request: Request) -> Response:
    """Changes an event; where people have it in their calendars, after a page that says whom it writes to."""
    event, form = await queries.get_event(request.path_params["slug"]), await read_form(request, EventForm)
    if goes_back(form.sent):
        return _form_page(request, form, event)
    if not form.validate():
        return _form_page(request, form, event, status=422)
    draft, own_words = form.draft(), OwnWordsForm(form.sent)
    try:
        mailing = await change_event(event, draft, seen_at=form.seen.moment, **hand_with(request, own_words))
    except MoreThanShown as more:
        return check_page(request, form, own_words, more.mailing, _check_of(event, more.mailing))
    except Refusal as refusal:
        form.show_again(refusal, event.updated_at)
        return _form_page(request, form, event, status=422)
    return see_other_saying(address_of(event), f"{draft.name} is changed.{told(mailing)}")


async def publish(request: Request) -> Response:
    """Puts a draft on the site."""
    event = await queries.get_event(request.path_params["slug"])
    try:
        await publish_event(event, actor=organiser_of(request).id, now=site_of(request).now())
    except Refusal as refusal:
        return await _event_page(request, event, warning=str(refusal), status=422)
    return see_other_saying(address_of(event), f"{event.name} is on the site.")


async def show_cancellation(request: Request) -> Response:
    """What cancelling an event is going to do and whom it writes to, before it is done."""
    return await _cancellation_page(request, await queries.get_event(request.path_params["slug"]), OwnWordsForm())


async def cancel(request: Request) -> Response:
    """Cancels a published event and its programme."""
    event, own_words = await queries.get_event(request.path_params["slug"]), await read_form(request, OwnWordsForm)
    try:
        mailing = await call_off_event(event, **hand_with(request, own_words))
    except MoreThanShown as more:
        return await _cancellation_page(request, event, own_words, warning=str(more) if own_words.is_ready else "")
    except Refusal as refusal:
        return await _event_page(request, event, warning=str(refusal), status=422)
    return see_other_saying(address_of(event), f"{event.name} is cancelled. Its page says so.{told(mailing)}")


def address_of(event: Event) -> str:
    """Where an event is on the desk."""
    return f"/organise/events/{event.slug}"


async def _event_page(request: Request, event: Event, *, warning: str = "", status: int = 200) -> Response:
    now, event = site_of(request).now(), await queries.get_event_by_id(event.id)
    context = {
        "event": event,
        "place": place_of(event),
        "is_open": is_open_for_interest(event, now),
        "closes_on": closing_parts(event.interest_closes_at)[0] if event.interest_closes_at else None,
        "days": await programme_of(event, now),
        "people": await interested_in(event),
        "warning": warning,
        "section": "events",
    }
    return desk_page(request, "backoffice/event.html", context, status=status)


async def _cancellation_page(request: Request, event: Event, own_words: OwnWordsForm, *, warning: str = "") -> Response:
    context = {
        "event": event,
        "people": await interested_in(event),
        "sessions": [session for session in await queries.sessions_of(event.id) if session.state == "scheduled"],
        "warning": warning,
        "section": "events",
    }
    if event.state == EventState.PUBLISHED:
        mailing = await rehearsed(call_off_event(event, **hand_of(request, NOBODY)))
        context |= preview(request, mailing, own_words)
    status = 422 if warning or own_words.errors else 200
    return with_frame(desk_page(request, "backoffice/event_cancellation.html", context, status=status))


def _check_of(event: Event, mailing: Mailing) -> Context:
    links = (("Events", "/organise/events"), (event.name, address_of(event)))
    return {"name": event.name, "links": links, "differences": mailing.differences}


def _form_page(request: Request, form: EventForm, event: Event | None = None, *, status: int = 200) -> Response:
    context = {"form": form, "event": event, "section": "events"}
    return desk_page(request, "backoffice/event_form.html", context, status=status)
