"""Dates and times in words, as the NHS service manual writes them: "Saturday 26 June 2027", "9:30am to midday".

The weekday is always worked out. A moment must be aware; a naive one raises UnfitEntry.
"""

from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from eventsite.calendars.entries import UnfitEntry
from eventsite.clock import LONDON

# Not from `calendar` or strftime: those speak the language of the machine.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Zone = str | tzinfo


def date_in_words(day: date) -> str:
    """A date such as "26 June 2027". Of an aware moment, its day in London."""
    day = _day(day)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def date_with_weekday(day: date) -> str:
    """A date such as "Saturday 26 June 2027". Of an aware moment, its day in London."""
    day = _day(day)
    return f"{_WEEKDAYS[day.weekday()]} {date_in_words(day)}"


def dates_in_words(first: date, last: date) -> str:
    """A range such as "26 to 27 June 2027", "30 June to 1 July 2025", or the one date where both are the same."""
    first, last = _day(first), _day(last)
    if first == last:
        return date_in_words(first)
    return f"{_first_of_range(first, last)} to {date_in_words(last)}"


def dates_with_weekdays(first: date, last: date) -> str:
    """A range such as "Saturday 26 to Sunday 27 June 2027" or "Monday 30 June to Tuesday 1 July 2025"."""
    first, last = _day(first), _day(last)
    if first == last:
        return date_with_weekday(first)
    return f"{_WEEKDAYS[first.weekday()]} {_first_of_range(first, last)} to {date_with_weekday(last)}"


def time_in_words(moment: datetime, zone: Zone = LONDON) -> str:
    """A time such as "9am", "5:30pm", "midday" or "midnight", by the clock of a zone."""
    local = _local(moment, zone)
    if local.minute == 0 and local.hour in {0, 12}:
        return "midday" if local.hour else "midnight"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def times_in_words(start: datetime, end: datetime, zone: Zone = LONDON) -> str:
    """Times such as "9:30am to midday". Over two days "9am on 26 June 2027 to 5pm on 27 June 2027"."""
    times = time_in_words(start, zone), time_in_words(end, zone)
    first, last = _days(start, end, zone)
    if first == last:
        return " to ".join(times)
    return f"{times[0]} on {date_in_words(first)} to {times[1]} on {date_in_words(last)}"


def when_in_words(start: datetime, end: datetime, zone: Zone = LONDON) -> str:
    """A date and its times, such as "26 June 2027, 9am to 5pm"."""
    first, last = _days(start, end, zone)
    times = times_in_words(start, end, zone)
    return f"{date_in_words(first)}, {times}" if first == last else times


def _first_of_range(first: date, last: date) -> str:
    """The first date of a range without what the last one says anyway."""
    if (first.year, first.month) == (last.year, last.month):
        return str(first.day)
    return date_in_words(first).removesuffix(f" {last.year}")


def _days(start: datetime, end: datetime, zone: Zone) -> tuple[date, date]:
    """The days of both; what ends at midnight ends on the day before."""
    return _local(start, zone).date(), (_local(end, zone) - timedelta(microseconds=1)).date()


def _day(day: date) -> date:
    return _local(day, LONDON).date() if isinstance(day, datetime) else day


def _local(moment: datetime, zone: Zone) -> datetime:
    if moment.tzinfo is None:
        raise UnfitEntry(f"The time {moment} has no time zone.")
    return moment.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)
