"""Entries, feeds and people to start from: `session(summary="…")` is the usual session with another summary."""

from datetime import UTC, date, datetime
from typing import Any

from eventsite.calendars.entries import Entry, Feed
from eventsite.calendars.itip import Parties

CHANGED = datetime(2027, 1, 14, 12, 0, tzinfo=UTC)
STAMP = datetime(2027, 2, 1, 9, 15, 30, tzinfo=UTC)


def session(**changes: Any) -> Entry:
    """A panel on 26 June 2027 from 9:30am to 10:45am in Birmingham."""
    usual: dict[str, Any] = {
        "uid": "session-0hq3x7k2m9v4w8z1@events.example.org",
        "summary": "How do we deploy AI safely?",
        "starts": datetime(2027, 6, 26, 8, 30, tzinfo=UTC),
        "ends": datetime(2027, 6, 26, 9, 45, tzinfo=UTC),
        "modified": CHANGED,
        "location": "Great Hall, 1 High Street, Birmingham B15 2TT",
        "description": "A panel of four; questions are welcome, beforehand too.",
        "url": "https://events.example.org/events/hpn-midlands/sessions/ai",
        "categories": ("HPN Midlands",),
    }
    return Entry(**{**usual, **changes})


def event(**changes: Any) -> Entry:
    """HPN Midlands on 26 and 27 June 2027, whole days."""
    usual: dict[str, Any] = {
        "uid": "event-0hq3x7k2m9v4w8z0@events.example.org",
        "summary": "HPN Midlands",
        "starts": date(2027, 6, 26),
        "ends": date(2027, 6, 27),
        "modified": CHANGED,
        "url": "https://events.example.org/events/hpn-midlands",
    }
    return Entry(**{**usual, **changes})


def subscription(*entries: Entry, **changes: Any) -> Feed:
    """The feed of HPN Midlands with these entries."""
    usual: dict[str, Any] = {
        "uid": "feed-0hq3x7k2m9v4w8z0@events.example.org",
        "name": "HPN Midlands",
        "url": "https://events.example.org/events/hpn-midlands.ics",
        "modified": CHANGED,
        "description": "The programme of HPN Midlands",
    }
    return Feed(**{**usual, **changes}, entries=entries)


def parties(**changes: Any) -> Parties:
    """HPN, who invite Ann and would like an answer."""
    usual: dict[str, Any] = {
        "organizer": "events@events.example.org",
        "organizer_name": "HPN events",
        "attendee": "Ann.Other@example.org",
        "wants_reply": True,
    }
    return Parties(**{**usual, **changes})
