"""Calendar files of events and sessions, and the links that stand beside them on a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from eventsite.calendars import links as calendar_links
from eventsite.calendars.entries import Entry, Feed
from eventsite.events.entries import event_entry, session_entry
from eventsite.events.tables import Event, ProgrammeSession, SessionState
from eventsite.web.site import Site

CANCELLED_STAYS = timedelta(days=30)


@dataclass(frozen=True)
class CalendarLinks:
    """What a page offers for one entry: a file, and the calendars on the web that can be opened with it filled in."""

    ics: str
    google: str
    outlook: str
    outlook_home: str


@dataclass(frozen=True)
class SubscriptionLinks:
    """What a page offers for a feed: its address to copy, and calendars that subscribe to it by themselves."""

    address: str
    webcal: str
    google: str


def entry_of_event(site: Site, event: Event) -> Entry:
    """The all-day entry of an event."""
    return event_entry(event, site.links, site.settings.uid_domain)


def entry_of_session(site: Site, session: ProgrammeSession, event: Event) -> Entry:
    """The entry of a session."""
    return session_entry(session, event, site.links, site.settings.uid_domain)


def links_of(entry: Entry, ics: str) -> CalendarLinks:
    """The links for an entry whose file is at the path `ics`."""
    return CalendarLinks(
        ics=ics,
        google=calendar_links.google_link(entry),
        outlook=calendar_links.outlook_work_link(entry),
        outlook_home=calendar_links.outlook_personal_link(entry),
    )


def subscription_links_of(site: Site, event: Event) -> SubscriptionLinks:
    """The links that subscribe to an event's programme."""
    address = feed_address(site, event)
    return SubscriptionLinks(
        address=address,
        webcal=calendar_links.webcal_link(address),
        google=calendar_links.google_subscription_link(address),
    )


def feed_address(site: Site, event: Event) -> str:
    """Where an event's feed is, in full."""
    return site.links.to(f"/events/{event.slug}.ics")


def feed_of(site: Site, event: Event, sessions: Sequence[ProgrammeSession], now: datetime) -> Feed:
    """An event's feed: its days and its sessions, a cancelled one until 30 days after it would have ended."""
    gone = [session for session in sessions if _is_gone(session, now)]
    kept = [session for session in sessions if not _is_gone(session, now)]
    # That an entry left the feed is a change of the feed too.
    changes = [event.updated_at, *(session.updated_at for session in kept), *map(_goes_at, gone)]
    return Feed(
        uid=f"programme-{event.id}@{site.settings.uid_domain}",
        name=event.name,
        url=feed_address(site, event),
        modified=max(changes),
        entries=(entry_of_event(site, event), *(entry_of_session(site, session, event) for session in kept)),
        description=event.summary,
    )


def _is_gone(session: ProgrammeSession, now: datetime) -> bool:
    return session.state == SessionState.CANCELLED and _goes_at(session) <= now


def _goes_at(session: ProgrammeSession) -> datetime:
    ends_at: datetime = session.ends_at
    return ends_at + CANCELLED_STAYS
