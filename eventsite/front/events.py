"""The events, one event with its programme, one session; and the calendar files of both."""

from datetime import datetime

from starlette.requests import Request

from eventsite.calendars.rendering import event_file, feed
from eventsite.clock import LONDON, london_date
from eventsite.events import queries
from eventsite.events.programme import programme_of
from eventsite.events.rules import is_open_for_interest, place_of, place_of_session, takes_questions
from eventsite.events.tables import Event, ProgrammeSession
from eventsite.front.calendars import entry_of_event, entry_of_session, feed_of, links_of, subscription_links_of
from eventsite.front.published import published_questions
from eventsite.questions.public_ledger import public_ledger
from eventsite.web.caching import FinishedPage
from eventsite.web.responses import page, public_bytes
from eventsite.web.site import site_of
from eventsite.writeups.queries import writeups_of_event, writeups_of_session

CALENDAR = "text/calendar; charset=utf-8"


async def show_events(request: Request) -> FinishedPage:
    """Coming events and past ones."""
    now = site_of(request).now()
    today = london_date(now)
    context = {
        "coming": await queries.coming_events(today),
        "past": await queries.past_events(today),
        "is_open": lambda event: is_open_for_interest(event, now),
        "place_of": place_of,
    }
    return page(request, "front/events.html", context)


async def show_event(request: Request) -> FinishedPage:
    """One event: when, where, its programme, and how to get it into a calendar."""
    site = site_of(request)
    event, now = await queries.get_public_event(request.path_params["slug"]), site.now()
    context = {
        "event": event,
        "place": place_of(event),
        "is_open": is_open_for_interest(event, now),
        "is_over": event.ends_on < london_date(now),
        "days": await programme_of(event, now),
        "calendar": links_of(entry_of_event(site, event), f"/events/{event.slug}.ics"),
        "subscription": subscription_links_of(site, event),
        "writeups": await writeups_of_event(event.id),
    }
    return page(request, "front/event.html", context)


async def show_session(request: Request) -> FinishedPage:
    """One session: who is on stage, and the questions put to it."""
    site, (event, session) = site_of(request), await _session_of(request)
    context = {
        "event": event,
        "session": session,
        "starts_at": session.starts_at.astimezone(LONDON),
        "place": place_of_session(session, event),
        "people": (await queries.people_on_stage([session.id]))[session.id],
        "is_over": session.ends_at <= site.now(),
        "takes_questions": takes_questions(session, event, site.now()),
        "published": await published_questions(session.id),
        "ledger": await public_ledger(session.id),
        "writeups": await writeups_of_session(session.id),
        "calendar": links_of(entry_of_session(site, session, event), f"{request.url.path}.ics"),
    }
    return page(request, "front/session.html", context)


async def show_event_calendar(request: Request) -> FinishedPage:
    """An event's calendar, to download or to subscribe to."""
    event = await queries.get_public_event(request.path_params["slug"])
    site, sessions = site_of(request), await queries.sessions_of(event.id)
    subscription = feed_of(site, event, sessions, site.now())
    return _calendar_file(request, feed(subscription), event.slug, subscription.modified)


async def show_session_calendar(request: Request) -> FinishedPage:
    """A session's calendar file."""
    event, session = await _session_of(request)
    entry = entry_of_session(site_of(request), session, event)
    return _calendar_file(request, event_file([entry]), session.slug, entry.modified)


async def _session_of(request: Request) -> tuple[Event, ProgrammeSession]:
    event = await queries.get_public_event(request.path_params["slug"])
    return event, await queries.get_public_session(event, request.path_params["session"])


def _calendar_file(request: Request, body: bytes, name: str, modified: datetime) -> FinishedPage:
    headers = {
        "content-disposition": f'attachment; filename="{name}.ics"',
        "referrer-policy": "no-referrer",
        "x-robots-tag": "noindex",
    }
    return public_bytes(request, body, CALENDAR, headers=headers, modified=modified)
