"""The public pages that show several rooms."""

from starlette.routing import BaseRoute, Route

from eventsite.front import events

PUBLIC: list[BaseRoute] = [
    Route("/events", events.show_events),
    Route("/events/{slug}.ics", events.show_event_calendar),
    Route("/events/{slug}", events.show_event),
    Route("/events/{slug}/sessions/{session}.ics", events.show_session_calendar),
    Route("/events/{slug}/sessions/{session}", events.show_session),
]
