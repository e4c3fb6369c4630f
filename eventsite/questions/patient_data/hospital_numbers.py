"""Numbers that a hospital gave a person: known by the words before them, or by the code of a trust in front."""

import re
from collections.abc import Iterator

from eventsite.questions.patient_data.hospital_labels import labelled_numbers

Span = tuple[int, int]

_NO = r"(?:(?:no|num|number|nr|id|identifier|ref|reference)s?\b\.?|#)"
_KEPT = (
    r"(?:hosp(?:ital)?\.?|patient|pt|case|unit|PAS|EPR|EHR|medical\srecord|(?:health\s|patient\s)record|"
    r"(?<!\sa\s)record|district|chart|RiO|SystmOne|EMIS|"
    r"CHI|NHS|local(?:\spatient)?|accession|referral|admission|(?-i:[B-HJ-Z])|H&C|specimen|episode|spell|lab(?:oratory)?|notes|"
    r"health\sand\scare|client|client's|patient's)"
)
_CALLED = (
    rf"\b(?:{_KEPT}[\s\-]?{_NO}|M\.?R\.?N\b\.?|UBRN|CRN|case[\s-]?notes?(?:\s?{_NO})?|X-number|K-number|hospitals?#)"
)
_GIVEN = r"(?:[\s.:#=(\"'\-]|\b(?:is|was|of|given|as|listed|recorded|being|shown|reads?)\b){0,9}"
_LETTERS = r"(?:[A-Z]{1,4}[\s\-/]?)?"
_NUMBER = rf"{_LETTERS}\d(?:[\s\-./]?\d){{3,11}}(?:[\-/]?[A-Z]{{1,2}}(?![A-Z]))?(?!\w|[,.:]\d)"
_CALLED_ONE = re.compile(rf"{_CALLED}{_GIVEN}(?P<number>{_NUMBER})", re.I)
_LONG = (
    r"(?:[A-Z]{1,3}[\-/]?\d{4,9}[A-Z]?|\d{5,10}[A-Z]?|\d{2,4}-[A-Z]{1,2}-\d{4,9}|\d\d[A-Z]{1,2}\d{5,9})(?!\w|[,.:-]\d)"
)
_A_FEW_WORDS_ON = re.compile(
    rf"{_CALLED}(?:[,:;]?\s(?!in\b|on\s\d)(?:\([\w\s]{{1,30}}\)|[\w']{{1,20}})){{0,7}}?"
    rf"(?:\s(?:is|was|reads?|in\sfull|full|as)|[,:]|(?<=\)))\s(?P<number>{_LONG})|{_CALLED}\s(?P<near>\d\d-?[A-Z]{{1,2}}-?\d{{4,9}})(?!\w)"
    rf"|\bpatient(?:'s)?\swith\sID\s(?P<id>{_LONG})|\bnumber\s(?:at|in|of|with)\s(?:the|our|that)\shospital\s(?:is|was)\s"
    rf"(?P<there>{_LONG})|\b(?:PAS|RiO)\s(?P<bare>(?-i:[A-Z])\d{{6,8}}[A-Z]?|\d{{7}})(?!\w|[,.:]\d)",
    re.I,
)
_FEW = ("number", "near", "id", "there", "bare")
_COUNTED = re.compile(
    r"\s(?:people|patients?|staff|users|wristbands|records|beds|pages|persons|adults|children|letters|labels|forms|"
    r"devices|pounds)\b",
    re.I,
)
_ANOTHER = re.compile(rf"\s?(?:,|and|or|&|/|;)\s?(?:and\s)?(?P<number>{_NUMBER})", re.I)
_OF_A_PATIENT = re.compile(
    r"\b(?:patient|pt|client|case)\s(?P<number>(?:[A-Z]{1,3}\d{5,9}[A-Z]?|\d{6,9}[A-Z]?)(?!\w|[,.:]\d))", re.I
)
_CALLED_BEHIND = re.compile(
    rf"(?<![\w/.\-])(?P<number>[A-Z]{{0,3}}\d{{5,10}}[A-Z]?)\s?(?:\(|,\s|is\s|was\s)(?:\w+\s){{0,2}}(?:hosp(?:ital)?|"
    rf"patient|unit|case|PAS|MRN)\b"
    rf"(?:\s?{_NO}|(?<=MRN))",
    re.I,
)
_OF_A_TRUST = re.compile(r"(?<![\w-])R(?!EF|EQ|FC|FP|EV|ES|IS)[A-Z0-9]{2}[\s-]?\d{6,8}(?![\w])")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[-/]\s?(?:20)?\d\d)?$")
_MOST_NUMBERS = 20


def hospital_numbers(plain: str) -> Iterator[Span]:
    """Numbers by the words at them, those that stand with them, and those that begin with a trust."""
    for found in _CALLED_ONE.finditer(plain):
        if not _YEAR.match(found["number"]) and not _COUNTED.match(plain, found.end()):
            yield found.span("number")
            yield from _others(plain, found.end())
    for pattern in (_OF_A_PATIENT, _CALLED_BEHIND):
        for found in pattern.finditer(plain):
            yield found.span("number")
    for found in _A_FEW_WORDS_ON.finditer(plain):
        if not _COUNTED.match(plain, found.end()):
            yield next(found.span(name) for name in _FEW if found[name])
    for found in _OF_A_TRUST.finditer(plain):
        yield found.span()
    yield from labelled_numbers(plain)


def _others(plain: str, at: int) -> Iterator[Span]:
    """Hospital numbers 123456 and 234567."""
    for _ in range(_MOST_NUMBERS):
        found = _ANOTHER.match(plain, at)
        if found is None:
            return
        at = found.end()
        if not _YEAR.match(found["number"]):
            yield found.span("number")
