"""Fields for days, clock times and numbers: as browsers send them, and as people type them where there is no picker."""

import re
from datetime import date, time
from typing import Any

from wtforms import Form
from wtforms.validators import StopValidation

from eventsite.web.forms import Words

EARLIEST_YEAR, LATEST_YEAR = 2000, 2100

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_ISO_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_BRITISH_DAY = re.compile(r"(?P<day>\d{1,2})[/. -](?P<month>\d{1,2}|[a-z]{3,9})[/. -](?P<year>\d{4})", re.ASCII | re.I)
_CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2})(?::\d{2})?)?\s*(?P<half>[ap]m)?", re.ASCII | re.I)


def read_day(text: str) -> date | None:
    """The day that "2027-06-26", "26/06/2027" or "26 June 2027" names; None for anything else."""
    match = _ISO_DAY.fullmatch(text) or _BRITISH_DAY.fullmatch(text)
    if not match:
        return None
    try:
        day = date(int(match["year"]), _month(match["month"].lower()), int(match["day"]))
    except ValueError:
        return None
    return day if EARLIEST_YEAR <= day.year <= LATEST_YEAR else None


def _month(said: str) -> int:
    """A month by number, name or short name; 0 for none."""
    if said.isdigit():
        return int(said)
    return next((number for number, name in enumerate(_MONTHS, 1) if name.startswith(said)), 0)


def read_clock(text: str) -> time | None:
    """The clock time that "09:30", "9:30", "9.30am", "2pm", "midday" or "midnight" names; None for anything else."""
    text = {"midday": "12:00", "noon": "12:00", "midnight": "00:00"}.get(text.lower(), text)
    match = _CLOCK.fullmatch(text)
    if not match:
        return None
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return time(hour, int(match["minute"] or 0))
    except ValueError:
        return None


class DayField(Words):
    """A day. `data` is what was typed, `day` what it means; shown as the browser's date picker wants it."""

    def process_data(self, value: Any) -> None:
        self.data = value.isoformat() if value else ""

    @property
    def day(self) -> date | None:
        """The day that was meant, if any can be made out."""
        return read_day(self.data or "")


class ClockField(Words):
    """A clock time in the United Kingdom. `data` is what was typed, `clock` what it means."""

    def process_data(self, value: Any) -> None:
        self.data = "" if value is None else f"{value:%H:%M}"

    @property
    def clock(self) -> time | None:
        """The time that was meant, if any can be made out."""
        return read_clock(self.data or "")


class NumberField(Words):
    """A whole number from 1 upwards, or nothing."""

    def process_data(self, value: Any) -> None:
        self.data = str(value) if value else ""

    @property
    def number(self) -> int | None:
        """The number that was meant, if any can be made out."""
        return int(self.data) if re.fullmatch(r"[1-9]\d{0,4}", self.data or "", re.ASCII) else None


class ADay:
    """Puts a day as a picker shows it; refuses what is none from 2000 to 2100. Nothing at all is let through."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence

    def __call__(self, form: Form, field: DayField) -> None:
        if field.data and field.day is None:
            raise StopValidation(self.sentence)
        field.process_data(field.day)


class AClock:
    """Puts a time as a picker shows it; refuses what is none. Nothing at all is let through."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence

    def __call__(self, form: Form, field: ClockField) -> None:
        if field.data and field.clock is None:
            raise StopValidation(self.sentence)
        field.process_data(field.clock)


class OneOf:
    """Refuses an answer that is not among those offered."""

    def __init__(self, offered: Any, sentence: str) -> None:
        self.offered = set(offered)
        self.sentence = sentence

    def __call__(self, form: Form, field: Any) -> None:
        if field.data not in self.offered:
            raise StopValidation(self.sentence)
