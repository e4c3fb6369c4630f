"""Reading what was written, line by line, and moments to write."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Calendar

from eventsite.calendars.entries import Entry, Status
from eventsite.calendars.itip import cancel, request
from eventsite.calendars.rendering import event_file, feed, hold
from tests.calendars.factories import STAMP, event, parties, session, subscription

INJECTION = (
    "x\r\nATTENDEE:mailto:mallory@example.org\nATTENDEE:mailto:mallory@example.org\u2028ATTENDEE:a\x85ATTENDEE:b"
)
AWKWARD = 'Ünïcode, "quotes"; back\\slash: 🧡 \\n % ^n \t end'


def lines(written: bytes) -> list[str]:
    """The content lines, unfolded (RFC 5545 §3.1)."""
    return written.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def values(written: bytes, name: str) -> list[str]:
    """Every value of a property outside the zone, with its parameters."""
    return [line.removeprefix(name)[1:] for line in lines(without_zone(written)) if re.match(f"{name}[:;]", line)]


def without_zone(written: bytes) -> bytes:
    """The calendar without its VTIMEZONE."""
    return re.sub(rb"BEGIN:VTIMEZONE.*END:VTIMEZONE\r\n", b"", written, flags=re.DOTALL)


def parsed(written: bytes) -> Any:
    """The calendar as icalendar reads it. Untyped: what a property holds depends on the property."""
    return Calendar.from_ical(written)


def published() -> dict[str, bytes]:
    """One of each file and feed, for everybody to read."""
    cancelled = session(uid="session-2@events.example.org", status=Status.CANCELLED)
    return {
        "session": event_file([session()]),
        "several": event_file([event(), session(), cancelled]),
        "hold": hold(event()),
        "empty feed": feed(subscription()),
        "feed": feed(subscription(event(), session(), cancelled)),
        "long texts": feed(subscription(long_texts(), name="é" * 255)),
    }


def invitations() -> dict[str, bytes]:
    """One of each that goes to one person."""
    cancelled = session(status=Status.CANCELLED, sequence=2)
    long_names = parties(organizer_name="HPN: 🧡, é; " * 5 + "HPN", attendee=f"{'a' * 64}@{'b' * 185}.org")
    return {
        "request": request(session(sequence=1), parties(), stamp=STAMP),
        "request for whole days": request(event(), parties(wants_reply=False), stamp=STAMP),
        "request with long texts": request(long_texts(), long_names, stamp=STAMP),
        "cancel of the session": cancel(cancelled, parties(), stamp=STAMP),
        "cancel for one person": cancel(session(sequence=2), parties(), stamp=STAMP),
        "cancel of whole days": cancel(event(sequence=2), parties(), stamp=STAMP),
    }


def long_texts() -> Entry:
    """A session whose every text is long and awkward."""
    return session(summary="é" * 255, description=AWKWARD * 90, location="🧡" * 255)


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment in UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def hours(first: datetime, last: datetime, step: timedelta = timedelta(hours=1)) -> Iterator[datetime]:
    """Every moment from the first to the last."""
    while first < last:
        yield first
        first += step


def in_utc(entry: Entry) -> tuple[datetime, datetime]:
    """The moments of a timed entry."""
    assert isinstance(entry.starts, datetime)
    assert isinstance(entry.ends, datetime)
    return entry.starts.astimezone(UTC), entry.ends.astimezone(UTC)
