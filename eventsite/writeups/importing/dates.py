"""Days written out in English, as a line about an event gives them."""

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY = r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?!\d)"
_TO = r"\s*(?:[-–—/&,]|to|and|until)\s*"
_YEAR = r"(?:,?\s+(\d{4})(?!\d))?"
_END = rf"{_WEEKDAY}{_DAY}\s+(?:of\s+)?({_MONTH}){_YEAR}"
_DAYS = re.compile(rf"{_WEEKDAY}{_DAY}(?:\s+(?:of\s+)?({_MONTH}))?{_YEAR}{_TO}{_END}", re.IGNORECASE)
_ONE_DAY = re.compile(_END, re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"{_WEEKDAY}\b({_MONTH})\s+{_DAY}(?:{_TO}{_DAY})?(?:,?\s+(\d{{4}})(?!\d))?", re.IGNORECASE)
_NUMBERS = re.compile(r"(?<!\d)(?:(\d{4})-(\d{2})-(\d{2})|(\d{1,2})[/.](\d{1,2})[/.](\d{4}))(?!\d)")


@dataclass(frozen=True)
class WrittenDates:
    """Days found in a text: where they stand, and first and last day where the text gives a year."""

    start: int
    end: int
    days: tuple[date, date] | None


def find_dates(text: str) -> WrittenDates | None:
    """The first mention of a day or days: "6-7 March 2025", "30 June to 1 July 2025", "March 6-7, 2025", "2025-03-06".

    Numbers with strokes are read as day, month, year. `days` is None where there is no year or no such day.
    """
    if match := _DAYS.search(text):
        first, month, year, last, last_month, last_year = match.groups()
        return _found(match, _day(year or last_year, month or last_month, first), _day(last_year, last_month, last))
    if match := _ONE_DAY.search(text):
        day, month, year = match.groups()
        return _found(match, _day(year, month, day), _day(year, month, day))
    if match := _MONTH_FIRST.search(text):
        month, first, last, year = match.groups()
        return _found(match, _day(year, month, first), _day(year, month, last or first))
    return _find_numbers(text)


def _find_numbers(text: str) -> WrittenDates | None:
    found = list(_NUMBERS.finditer(text))[:2]
    days = [_calendar_day(*(match.group(1, 2, 3) if match[1] else match.group(6, 5, 4))) for match in found]
    if not found:
        return None
    return WrittenDates(found[0].start(), found[-1].end(), _in_order(days[0], days[-1]))


def _found(match: re.Match[str], first: date | None, last: date | None) -> WrittenDates:
    return WrittenDates(match.start(), match.end(), _in_order(first, last))


def _in_order(first: date | None, last: date | None) -> tuple[date, date] | None:
    return (first, last) if first and last and first <= last else None


def _day(year: str | None, month: str, day: str) -> date | None:
    return _calendar_day(year, str(_MONTHS.index(month[:3].casefold()) + 1), day) if year else None


def _calendar_day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
