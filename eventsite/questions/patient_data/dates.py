"""Dates of birth: dates that are called one, and dates that can hardly be anything else."""

import re
from collections.abc import Iterator

Span = tuple[int, int]

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:(?:18|19|20)\d\d|'?\d\d)"
_GAP = r"[\s.,/\-]{0,3}"
_WRITTEN = (
    rf"(?:(?:the\s)?{_DAY}(?:\s?(?:st|nd|rd|th))?(?:\sday)?(?:\sof)?{_GAP}{_MONTH}(?:{_GAP}(?:in\s)?{_YEAR})"
    rf"|{_MONTH}{_GAP}(?:the\s)?{_DAY}(?:\s?(?:st|nd|rd|th))?{_GAP}{_YEAR})(?!\d)"
)
_FIGURES = (
    rf"(?:{_DAY}\s?(?P<by>[-./ ])\s?{_DAY}\s?(?P=by)\s?{_YEAR}"
    r"|(?:18|19|20)\d\d\s?(?P<iso>[-./ ])\s?\d\d?\s?(?P=iso)\s?\d\d?)(?!\d)"
)
_FULL = rf"(?:{_FIGURES}|{_WRITTEN}|(?<!\d)\d{{8}}(?!\d)|(?<!\d)\d{{6}}(?!\d))"
_CALLED = r"\b(?:d\.?\s?/?o\.?\s?/?b\b\.?|dates?[\s_-]of[\s_-]birth|birth[\s_-]?(?:date|day))s?"
_FILLING = r"(?:[\s:=(,;\"'\-]|\b(?:is|was|as|of|on|the|given|recorded|listed|shown|entered|reads?|being|a)\b){0,12}"
_IS_ONE = re.compile(rf"{_CALLED}{_FILLING}(?P<date>{_FULL})", re.I)
_BORN = re.compile(rf"\b(?:born|b\.)(?:[\s:(,]|\b(?:on|in|the|at)\b){{0,6}}(?P<date>{_FULL})", re.I)


def dates_of_birth(plain: str) -> Iterator[Span]:
    """Dates behind the words that make them one."""
    for pattern in (_IS_ONE, _BORN):
        for found in pattern.finditer(plain):
            yield found.span("date")
