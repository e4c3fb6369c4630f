"""Calendar objects to bytes (RFC 5545). The same entries always give the same bytes: nothing here looks at a clock."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache

from icalendar import Calendar, Event, Timezone
from icalendar.prop import vCategory, vDDDTypes, vDuration, vInt, vText, vUri

from eventsite.calendars.entries import Entry, Feed, UnfitEntry

PRODID = "-//HPN//eventsite 1.0//EN"
REFRESH = timedelta(hours=6)

# Written by hand, since Outlook reads a zone's RRULE and ignores RDATE: with the lists of dates that libraries make
# from the zone database it is an hour wrong in summer. Each DTSTART is an instance of its own rule (RFC 5545 §3.6.5).
LONDON_ZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/London
X-LIC-LOCATION:Europe/London
BEGIN:STANDARD
TZNAME:GMT
DTSTART:19961027T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
TZNAME:BST
DTSTART:19970330T010000
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""
ZONE = Timezone.from_ical(LONDON_ZONE).to_ical(sorted=False)
END = b"END:VCALENDAR\r\n"


def event_file(entries: Iterable[Entry]) -> bytes:
    """A file to download or attach, with any number of entries. Raises UnfitEntry where two share a UID.

    It has no METHOD, so it needs no ORGANIZER and has no ATTENDEE (RFC 5546 §3.2.1): an ORGANIZER in a file makes
    calendars write "accepted" to it.
    """
    return _assembled(_file_opening(), entries)


def hold(entry: Entry) -> bytes:
    """The "hold the date" file of an event: its whole days, tentative and free, with the UID it will always have."""
    return event_file([entry.as_hold()])


def feed(subscription: Feed) -> bytes:
    """A calendar to subscribe to, with the properties of RFC 7986 §5 and the older X- names that calendars read.

    One with no entries is valid. Raises UnfitEntry where two entries share a UID.
    """
    calendar = new_calendar()
    for name in ("NAME", "X-WR-CALNAME"):
        calendar[name] = vText(subscription.name)
    for name in ("DESCRIPTION", "X-WR-CALDESC"):
        calendar[name] = vText(subscription.description or subscription.name)
    calendar["X-WR-TIMEZONE"] = vText("Europe/London")
    calendar["UID"] = vText(subscription.uid)
    calendar["LAST-MODIFIED"] = vDDDTypes(subscription.modified)
    # RFC 7986 §5.7 and §5.8: both have no default value type, so VALUE must be said.
    calendar["REFRESH-INTERVAL"] = vDuration(REFRESH, params={"VALUE": "DURATION"})
    calendar["X-PUBLISHED-TTL"] = vDuration(REFRESH)
    calendar["SOURCE"] = vUri(subscription.url, params={"VALUE": "URI"})
    calendar["COLOR"] = vText(subscription.colour)
    return _assembled(opening_of(calendar), subscription.entries)


def new_calendar() -> Calendar:
    """A calendar with what every one begins with, and nothing in it."""
    calendar = Calendar()
    calendar["VERSION"] = vText("2.0")
    calendar["PRODID"] = vText(PRODID)
    calendar["CALSCALE"] = vText("GREGORIAN")
    return calendar


def opening_of(calendar: Calendar) -> bytes:
    """The lines of a calendar's own properties: what it holds and END go after them."""
    written: bytes = calendar.to_ical(sorted=False)
    return written.removesuffix(END)


def zone_for(entries: Sequence[Entry]) -> bytes:
    """The zone that these entries need: none where all take whole days.

    RFC 5545 §3.6: a calendar holds at least one component, so one without entries holds the zone.
    """
    return b"" if entries and all(entry.is_all_day for entry in entries) else ZONE


def properties_of(entry: Entry) -> Iterator[tuple[str, object]]:
    """Names and values of an entry's VEVENT, in the order in which they are written."""
    starts, ends = _span(entry)
    yield "UID", vText(entry.uid)
    yield "DTSTAMP", vDDDTypes(entry.modified)
    yield "SEQUENCE", vInt(entry.sequence)
    yield "DTSTART", vDDDTypes(starts)
    yield "DTEND", vDDDTypes(ends)
    yield "SUMMARY", vText(entry.title)
    yield from _optional(entry)
    yield "STATUS", vText(entry.status)
    yield "TRANSP", vText("TRANSPARENT" if entry.is_free else "OPAQUE")
    if entry.categories:
        yield "CATEGORIES", vCategory(list(entry.categories))
    yield "CREATED", vDDDTypes(entry.created or entry.modified)
    yield "LAST-MODIFIED", vDDDTypes(entry.modified)


def written_event(properties: Iterable[tuple[str, object]]) -> bytes:
    """A VEVENT of these properties, each of which stands in it once."""
    event = Event()
    for name, value in properties:
        event[name] = value
    written: bytes = event.to_ical(sorted=False)
    return written


@cache
def _file_opening() -> bytes:
    return opening_of(new_calendar())


def _assembled(opening: bytes, entries: Iterable[Entry]) -> bytes:
    ordered = sorted(entries, key=_place)
    _ensure_single(ordered)
    return b"".join([opening, zone_for(ordered), *map(_event, ordered), END])


def _place(entry: Entry) -> tuple[date, float, str]:
    moment = entry.starts.timestamp() if isinstance(entry.starts, datetime) else 0.0
    return entry.first_day, moment, entry.uid


def _ensure_single(entries: Sequence[Entry]) -> None:
    if len({entry.uid for entry in entries}) < len(entries):
        raise UnfitEntry("Two entries of one calendar cannot have the same UID.")


# A hold is attached to every receipt, and a session stands in every feed that has it: they are written once.
@lru_cache(maxsize=1024)
def _event(entry: Entry) -> bytes:
    return written_event(properties_of(entry))


def _optional(entry: Entry) -> Iterator[tuple[str, object]]:
    if entry.location:
        yield "LOCATION", vText(entry.location)
    if entry.details:
        yield "DESCRIPTION", vText(entry.details)
    if entry.url:
        yield "URL", vUri(entry.url)


def _span(entry: Entry) -> tuple[datetime | date, datetime | date]:
    """DTSTART and DTEND: the end of whole days is the day after the last (RFC 5545 §3.6.1)."""
    starts, ends = entry.starts, entry.ends
    if not isinstance(starts, datetime) or not isinstance(ends, datetime):
        return starts, ends + timedelta(days=1)
    # RFC 5545 §3.3.5: of the hour that comes twice in October a local time means the first, but readers differ (ical.js
    # takes the second), so that hour is written in UTC.
    if _comes_twice(starts) or _comes_twice(ends):
        return starts.astimezone(UTC), ends.astimezone(UTC)
    return starts, ends


def _comes_twice(moment: datetime) -> bool:
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()
