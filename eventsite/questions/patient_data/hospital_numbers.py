"""Numbers that a hospital gave a person: known by the words before them, or by the code of a trust in front."""

import re
from collections.abc import Iterator

Span = tuple[int, int]

_NO = r"(?:\s?(?:no|num|number|nr|id|identifier|ref|reference|#)\b\.?)"
_CALLED = (
    rf"\b(?:(?:(?:hosp(?:ital)?\.?|patient|pt|case|unit|PAS|EPR|medical\srecord|record|district|chart|RiO|CHI|NHS|local|"
    rf"accession|episode|referral|clinic|admission){_NO})|MRN|UBRN|CRN|case\s?notes?{_NO}?|NHS\s?#)s?"
)
_NUMBER = r"(?:[A-Z]{1,4}[\s\-/]?)?\d(?:[\s\-./]?\d){3,11}(?:[\-/]?[A-Z]{1,2}(?![A-Z]))?"
_CALLED_ONE = re.compile(rf"{_CALLED}[\s.:#=(\-]{{0,4}}(?:(?:is|was)\s)?(?P<number>{_NUMBER})(?!\w|,\d)", re.I)
_OF_A_TRUST = re.compile(r"(?<![\w-])R(?!EF|EQ|FC|FP|EV)[A-Z0-9]{2}[\s-]?\d{6,8}(?![\w])")
_YEAR = re.compile(r"(?:19|20)\d\d(?:[-/]\d\d)?$")


def hospital_numbers(plain: str) -> Iterator[Span]:
    """Numbers by the words before them."""
    for found in _CALLED_ONE.finditer(plain):
        if not _YEAR.match(found["number"]):
            yield found.span("number")
    for found in _OF_A_TRUST.finditer(plain):
        yield found.span()
