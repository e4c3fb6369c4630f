"""Owners' pages on the sessions of an event."""

from datetime import timedelta

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
from eventsite.backoffice.events_desk import address_of
from eventsite.backoffice.events_queries import has_writeup
from eventsite.backoffice.sessions_forms import SessionForm, StageForm
from eventsite.calendars.wording import date_with_weekday
from eventsite.database import transaction
from eventsite.errors import Refusal
from eventsite.events import queries
from eventsite.events.session_services import add_session, remove_session
from eventsite.events.tables import Event, EventState, ProgrammeSession, SessionState
from eventsite.interest.change_rules import Mailing
from eventsite.interest.change_services import MoreThanShown, call_off_session, change_session
from eventsite.organisers.guard import desk_page, organiser_of
from eventsite.web.flash import see_other_saying
from eventsite.web.forms import read_form
from eventsite.web.frames import with_frame
from eventsite.web.responses import Context
from eventsite.web.site import site_of


class HasWriteup(Refusal):
    """This session has a write-up, so it stays. Give the write-up another session first."""


async def show_new_session(request: Request) -> Response:
    """An empty form, on the event's first day."""
    event = await queries.get_event(request.path_params["slug"])
    return _form_page(request, event, SessionForm(starts_on=event.starts_on, kind="talk"))


async def create(request: Request) -> Response:
    """Adds a session to an event's programme."""
    event = await queries.get_event(request.path_params["slug"])
    form, site = await read_form(request, SessionForm), site_of(request)
    if not form.validate():
        return _form_page(request, event, form, status=422)
    try:
        session = await add_session(event, form.draft(), actor=organiser_of(request).id, now=site.now())
    except Refusal as refusal:
        form.refuse(refusal.field, str(refusal))
        return _form_page(request, event, form, status=422)
    return see_other_saying(session_address_of(event, session), f"“{session.title}” is in the programme.")


async def show_session(request: Request) -> Response:
    """A session as a form, and the people on its stage."""
    event, session = await session_of(request)
    return await session_page(request, event, session)


async def edit(request: Request) -> Response:
    """Changes a session; where people have it in their calendars, after a page that says whom it writes to."""
    (event, session), form = await session_of(request), await read_form(request, SessionForm)
    if goes_back(form.sent):
        return await session_page(request, event, session, form=form)
    if not form.validate():
        return await session_page(request, event, session, form=form, status=422)
    draft, own_words = form.draft(), OwnWordsForm(form.sent)
    try:
        mailing = await change_session(session, draft, seen_at=form.seen.moment, **hand_with(request, own_words))
    except MoreThanShown as more:
        return check_page(request, form, own_words, more.mailing, _check_of(event, session, more.mailing))
    except Refusal as refusal:
        form.show_again(refusal, session.updated_at)
        return await session_page(request, event, session, form=form, status=422)
    return see_other_saying(session_address_of(event, session), f"“{draft.title}” is changed.{told(mailing)}")


async def show_cancellation(request: Request) -> Response:
    """What cancelling a session, or taking it out of a draft, is going to do, and whom it writes to."""
    return await _cancellation_page(request, *await session_of(request), OwnWordsForm())


async def cancel(request: Request) -> Response:
    """Cancels a session of an event that is on the site."""
    (event, session), own_words = await session_of(request), await read_form(request, OwnWordsForm)
    try:
        mailing = await call_off_session(session, **hand_with(request, own_words))
    except MoreThanShown as more:
        warning = str(more) if own_words.is_ready else ""
        return await _cancellation_page(request, event, session, own_words, warning=warning)
    except Refusal as refusal:
        return await session_page(request, event, session, warning=str(refusal), status=422)
    sentence = f"“{session.title}” is cancelled. The programme says so.{told(mailing)}"
    return see_other_saying(address_of(event), sentence)


async def remove(request: Request) -> Response:
    """Takes a session out of a draft event."""
    event, session = await session_of(request)
    try:
        async with transaction():
            if await has_writeup(session):
                raise HasWriteup
            await remove_session(session, actor=organiser_of(request).id, now=site_of(request).now())
    except Refusal as refusal:
        return await session_page(request, event, session, warning=str(refusal), status=422)
    return see_other_saying(address_of(event), f"“{session.title}” is out of the programme.")


async def session_of(request: Request) -> tuple[Event, ProgrammeSession]:
    """The event and the session that an address names; NotFound."""
    event = await queries.get_event(request.path_params["slug"])
    return event, await queries.get_session_of(event, request.path_params["session"])


def session_address_of(event: Event, session: ProgrammeSession) -> str:
    """Where a session is on the desk."""
    return f"{address_of(event)}/sessions/{session.slug}"


async def session_page(
    request: Request,
    event: Event,
    session: ProgrammeSession,
    *,
    form: SessionForm | None = None,
    stage: StageForm | None = None,
    warning: str = "",
    status: int = 200,
) -> Response:
    """A session with its two forms, either of them as it was sent."""
    shown = {
        "form": form or SessionForm.of(session),
        "stage": stage or StageForm(part="speaker"),
        "people": (await queries.people_on_stage([session.id]))[session.id],
        "speakers": await queries.all_speakers(),
        "warning": warning,
    }
    return desk_page(request, "backoffice/session.html", _context(event, session) | shown, status=status)


async def _cancellation_page(
    request: Request, event: Event, session: ProgrammeSession, own_words: OwnWordsForm, *, warning: str = ""
) -> Response:
    context = _context(event, session) | {"warning": warning}
    if event.state != EventState.DRAFT and session.state == SessionState.SCHEDULED:
        mailing = await rehearsed(call_off_session(session, **hand_of(request, NOBODY)))
        context |= preview(request, mailing, own_words)
    status = 422 if warning or own_words.errors else 200
    return with_frame(desk_page(request, "backoffice/session_cancellation.html", context, status=status))


def _check_of(event: Event, session: ProgrammeSession, mailing: Mailing) -> Context:
    links = (
        ("Events", "/organise/events"),
        (event.name, address_of(event)),
        (session.title, session_address_of(event, session)),
    )
    return {"name": f"“{session.title}”", "links": links, "differences": mailing.sessions[0].differences}


def _form_page(request: Request, event: Event, form: SessionForm, *, status: int = 200) -> Response:
    return desk_page(request, "backoffice/session_form.html", _context(event) | {"form": form}, status=status)


def _context(event: Event, session: ProgrammeSession | None = None) -> Context:
    return {
        "event": event,
        "session": session,
        "days": days_of(event),
        "is_draft": event.state == EventState.DRAFT,
        "section": "events",
    }


def days_of(event: Event) -> list[tuple[str, str]]:
    """The days of an event as choices: "2027-06-26", "Saturday 26 June 2027"."""
    length = (event.ends_on - event.starts_on).days + 1
    days = [event.starts_on + timedelta(days=number) for number in range(length)]
    return [(day.isoformat(), date_with_weekday(day)) for day in days]
