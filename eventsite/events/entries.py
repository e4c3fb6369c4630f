"""Events and sessions as calendar entries. Their UIDs hold the row's id, so they stay when everything else changes."""

from eventsite.calendars.entries import Entry, Status
from eventsite.events.rules import place_of, place_of_session
from eventsite.events.tables import Event, EventState, ProgrammeSession, SessionState
from eventsite.links import Links


def event_entry(event: Event, links: Links, uid_domain: str) -> Entry:
    """The whole days of an event, free. Its UID is also that of the hold and of the invite."""
    return Entry(
        uid=f"event-{event.id}@{uid_domain}",
        summary=event.name,
        starts=event.starts_on,
        ends=event.ends_on,
        modified=event.updated_at,
        created=event.created_at,
        location=place_of(event),
        description=event.summary,
        url=links.to(f"/events/{event.slug}"),
        status=Status.CANCELLED if event.state == EventState.CANCELLED else Status.CONFIRMED,
        transparent=True,
        sequence=event.sequence,
        categories=(event.name,),
    )


def session_entry(session: ProgrammeSession, event: Event, links: Links, uid_domain: str) -> Entry:
    """A session with its times in London. Cancelled when it is, or when its whole event is."""
    is_cancelled = session.state == SessionState.CANCELLED or event.state == EventState.CANCELLED
    return Entry(
        uid=f"session-{session.id}@{uid_domain}",
        summary=session.title,
        starts=session.starts_at,
        ends=session.ends_at,
        modified=session.updated_at,
        created=session.created_at,
        location=place_of_session(session, event),
        description="\n\n".join(filter(None, [f"Part of {event.name}.", session.summary])),
        url=links.to(f"/events/{event.slug}/sessions/{session.slug}"),
        status=Status.CANCELLED if is_cancelled else Status.CONFIRMED,
        sequence=session.sequence,
        categories=(event.name,),
    )
