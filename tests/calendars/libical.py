"""libical, the reader of calendars in many desktops and servers, asked through ctypes (Debian: libical3)."""

import ctypes
import ctypes.util
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

_VEVENT = 4
_ANY_PROPERTY = 0


class Unreadable(Exception):
    """libical could not make a calendar of the bytes."""


class _Time(ctypes.Structure):
    _fields_ = [
        *((name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second")),
        ("is_date", ctypes.c_int),
        ("is_daylight", ctypes.c_int),
        ("zone", ctypes.c_void_p),
    ]


@dataclass(frozen=True)
class Reading:
    """One VEVENT as libical understands it: moments in UTC, or dates (the last one excluded, as in the file).

    `names` are those of all its properties, in the order of the alphabet.
    """

    names: tuple[str, ...]
    uid: str
    summary: str
    location: str
    description: str
    starts: datetime | date
    ends: datetime | date


class Libical:
    """The library and what the tests ask of it."""

    def __init__(self, path: str) -> None:
        self._library = ctypes.CDLL(path)

    def is_allowed(self, written: bytes) -> bool:
        """Whether every line parses, and the calendar keeps the tables of RFC 5546 for its METHOD."""
        with self._parsed(written) as calendar:
            allowed = self._call("icalrestriction_check", calendar)
            errors = self._call("icalcomponent_count_errors", calendar)
            return bool(allowed) and not errors

    def events(self, written: bytes) -> list[Reading]:
        """Every VEVENT, in the order of the file."""
        with self._parsed(written) as calendar:
            return [self._reading(event) for event in self._events(calendar)]

    def offsets(self, written: bytes, tzid: str, moments: Iterator[datetime]) -> Iterator[timedelta]:
        """What the calendar's own VTIMEZONE adds to each of these moments in UTC."""
        ask = self._library.icaltimezone_get_utc_offset_of_utc_time
        ask.argtypes = [ctypes.c_void_p, ctypes.POINTER(_Time), ctypes.POINTER(ctypes.c_int)]
        daylight = ctypes.c_int()
        with self._parsed(written) as calendar:
            zone = self._call("icalcomponent_get_timezone", calendar, tzid.encode(), result=ctypes.c_void_p)
            for moment in moments:
                time = _Time(moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
                yield timedelta(seconds=ask(zone, ctypes.byref(time), ctypes.byref(daylight)))

    @contextmanager
    def _parsed(self, written: bytes) -> Iterator[Any]:
        calendar = ctypes.c_void_p(self._call("icalparser_parse_string", written, result=ctypes.c_void_p))
        if not calendar:
            raise Unreadable(written)
        try:
            yield calendar
        finally:
            self._call("icalcomponent_free", calendar)

    def _events(self, calendar: Any) -> Iterator[Any]:
        step = "icalcomponent_get_first_component"
        while event := self._call(step, calendar, _VEVENT, result=ctypes.c_void_p):
            yield ctypes.c_void_p(event)
            step = "icalcomponent_get_next_component"

    def _reading(self, event: Any) -> Reading:
        texts = {name: self._text(event, name) for name in ("uid", "summary", "location", "description")}
        names = tuple(sorted(self._names(event)))
        return Reading(names=names, starts=self._time(event, "dtstart"), ends=self._time(event, "dtend"), **texts)

    def _names(self, event: Any) -> Iterator[str]:
        step = "icalcomponent_get_first_property"
        while found := self._call(step, event, _ANY_PROPERTY, result=ctypes.c_void_p):
            name = self._call("icalproperty_get_property_name", ctypes.c_void_p(found), result=ctypes.c_char_p)
            yield name.decode()
            step = "icalcomponent_get_next_property"

    def _text(self, event: Any, name: str) -> str:
        found = self._call(f"icalcomponent_get_{name}", event, result=ctypes.c_char_p)
        return found.decode() if found else ""

    def _time(self, event: Any, name: str) -> datetime | date:
        time = self._call(f"icalcomponent_get_{name}", event, result=_Time)
        if time.is_date:
            return date(time.year, time.month, time.day)
        zone = ctypes.c_void_p(time.zone)
        return datetime.fromtimestamp(self._call("icaltime_as_timet_with_zone", time, zone, result=ctypes.c_long), UTC)

    def _call(self, name: str, *values: Any, result: Any = ctypes.c_int) -> Any:
        function = getattr(self._library, name)
        function.restype = result
        return function(*values)


def find_libical() -> Libical | None:
    """The library where the machine has it."""
    path = ctypes.util.find_library("ical")
    return Libical(path) if path else None
