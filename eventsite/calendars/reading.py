"""A calendar object of our own taken apart again, to be shown to people in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Component

from eventsite.calendars.wording import date_with_weekday, dates_with_weekdays, times_in_words


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """One entry. `method` is that of its calendar (RFC 5546), empty for a file; `when` are its times in words."""

    method: str
    title: str
    when: str
    location: str
    status: str
    sequence: int


def read_entries(content: bytes) -> Sequence[ShownEntry]:
    """The entries of a calendar we wrote. Raises ValueError for what is none."""
    calendar = Calendar.from_ical(content)
    method = str(calendar.get("METHOD", ""))
    return [_shown(entry, method) for entry in calendar.walk("VEVENT")]


def _shown(entry: Component, method: str) -> ShownEntry:
    return ShownEntry(
        method=method,
        title=str(entry.get("SUMMARY", "")),
        when=_when(entry.decoded("DTSTART"), entry.decoded("DTEND")),
        location=str(entry.get("LOCATION", "")),
        status=str(entry.get("STATUS", "")),
        sequence=int(entry.get("SEQUENCE", 0)),
    )


def _when(starts: date, ends: date) -> str:
    if isinstance(starts, datetime) and isinstance(ends, datetime):
        return f"{date_with_weekday(starts)}, {times_in_words(starts, ends)} (UK time)"
    # RFC 5545 §3.6.1: the last of whole days is the one before DTEND.
    return f"{dates_with_weekdays(starts, ends - timedelta(days=1))}, whole days"
