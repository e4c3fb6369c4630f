"""Names that are not written in full: initials, two who share a surname, a surname in front, small letters."""

import re
from collections.abc import Iterator

from eventsite.questions.patient_data.capitals import AT_THE_BEGINNING, ORGANISATIONS, OTHERS
from eventsite.questions.patient_data.first_names import ALSO_WORDS, FIRST_NAMES
from eventsite.questions.patient_data.introductions import BY_KINSHIP, RELATIVE_BEFORE
from eventsite.questions.patient_data.names import Known, Name
from eventsite.questions.patient_data.wording import words

_LETTERS = re.compile(r"(?<![\w.])(?P<name>[A-Z]\.\s?[A-Z]\.(?:\s?[A-Z]\.)?)(?=[\s,;:)'?!]|$)(?!\s[A-Z][a-z]+)")
_NO_PERSON = words(
    "UK US EU AI GP NI IT NB PS AE ED IV RA EG IE PM AM NHS DOB USA MRN CEO CSO MRI ICU ITU BMA GMC OK QC KC"
)
_SHARED = re.compile(
    r"(?<![\w'])(?P<name>(?P<one>[A-Z][a-z]{1,20})(?:\sand\s|"
    r"\s&\s)(?P<other>[A-Z][a-z]{1,20})\s[A-Z][a-z'-]{1,30})(?!\w)"
)
_SURNAME_FIRST = re.compile(
    r"(?<![\w'\-])(?P<name>(?P<last>[A-Z][A-Za-z'-]{1,30}),\s(?P<first>[A-Z][a-z]+)(?:\s[A-Z]\.?)?)(?=\s?[-(;:,/|]|"
    r"\s(?:dob|nhs|mrn|\d|d\.o\.b)|$)",
    re.I,
)
_SMALL_SINGLE = re.compile(r"(?<![\w'@.\-])(?P<name>[a-z]{3,14})(?![\w@\-])")
_FONDLY = re.compile(rf"\b(?P<word>{'|'.join(sorted(BY_KINSHIP))})\s(?P<name>[A-Za-z][a-z]{{2,14}})(?![\w-])", re.I)
_HERE = re.compile(r"(?:^|[.!?,]\s)(?P<name>[A-Z][a-z]+(?:\s[A-Z][a-z'-]{1,30})?)(?=\s(?:here|speaking)\b)")
_LOUD = re.compile(
    r"(?<![\w'])(?P<name>(?P<first>[A-Z]{3,})(?:\s[A-Z]\.?)?\s(?:O'|MC)?[A-Z]{3,}(?:-[A-Z]{3,})?)(?![\w'])"
)
_SMALL_FIRST = re.compile(
    r"(?:^|[.!?,]\s)(?P<name>[a-z]{3,14})(?=(?:\s(?:from|in|at|on|who)\s[^.?!,]{1,30}?)?\s(?:has|had|is|was|needs|lost|can't)\s)"
)


def short_names(plain: str) -> Iterator[Name]:
    """Everybody who is named in one of these ways."""
    for found in _LETTERS.finditer(plain):
        if re.sub(r"[.\s]", "", found["name"]) not in _NO_PERSON:
            yield Name(*found.span("name"), Known.INITIALS)
    for found in _SHARED.finditer(plain):
        if _is_first(found["one"]) and _is_first(found["other"]):
            yield Name(*found.span("name"), Known.FIRST_NAME)
    for found in _SURNAME_FIRST.finditer(plain):
        if found["last"].istitle() or found["last"].isupper():
            yield from _surname_first(found)
    for found in _FONDLY.finditer(plain):
        if _is_first(found["name"]) and (found["name"][0].isupper() or found["name"] not in ALSO_WORDS):
            yield Name(*found.span("name"), Known.RELATIVE, found.start())
    for found in _HERE.finditer(plain):
        if _is_first(found["name"].split()[0]):
            yield Name(*found.span("name"), Known.RELATIVE)
    for found in _LOUD.finditer(plain):
        if _is_first(found["first"]) and found["first"].casefold() not in ALSO_WORDS:
            yield Name(*found.span("name"), Known.FIRST_NAME)
    for found in _SMALL_FIRST.finditer(plain):
        if found["name"] in FIRST_NAMES and found["name"] not in ALSO_WORDS:
            yield Name(*found.span("name"), Known.SINGLE)
    yield from _small(plain)


def _surname_first(found: re.Match[str]) -> Iterator[Name]:
    last = found["last"].title()
    strange = last in AT_THE_BEGINNING or last in ORGANISATIONS or last in OTHERS or last.casefold() in FIRST_NAMES
    if not strange and found["first"].istitle() and _is_first(found["first"]):
        yield Name(*found.span("name"), Known.FIRST_NAME)


def _small(plain: str) -> Iterator[Name]:
    """My mum jean."""
    for found in _SMALL_SINGLE.finditer(plain):
        if found["name"] in FIRST_NAMES and found["name"] not in ALSO_WORDS:
            lead_from = max(0, found.start() - 60)
            if before := RELATIVE_BEFORE.search(plain[lead_from : found.start()]):
                yield Name(*found.span("name"), Known.RELATIVE, lead_from + before.start())


def _is_first(name: str) -> bool:
    return name.casefold() in FIRST_NAMES
