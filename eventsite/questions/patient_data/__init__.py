"""Patient data in a question: what may identify a person, and what tells of harm, found by grammar and arithmetic.

Pure: text in, places out; nothing is asked of the outside and nothing is kept. What looks like a number proves itself
(modulo 11, prefixes that are given out, the numbering plan) or is called one by the words before it. Offsets are
those of the text given.
"""

import re
from collections.abc import Callable, Iterable

from eventsite.questions.patient_data.birthdays import birthdays
from eventsite.questions.patient_data.dates import dates_of_birth
from eventsite.questions.patient_data.emails import emails
from eventsite.questions.patient_data.findings import CODE_LABELS, Finding, Taken, masked, told_once
from eventsite.questions.patient_data.hospital_numbers import hospital_numbers
from eventsite.questions.patient_data.incidents import incidents
from eventsite.questions.patient_data.numbers import insurance_numbers, nhs_numbers
from eventsite.questions.patient_data.people import named_people
from eventsite.questions.patient_data.postcodes import postcodes
from eventsite.questions.patient_data.reading import Reading
from eventsite.questions.patient_data.telephones import telephones

__all__ = ["CODE_LABELS", "Finding", "find_incident", "find_personal", "masked", "told_once"]

_Spans = Iterable[tuple[int, int]]

_BY_THEMSELVES: dict[str, Callable[[str], _Spans]] = {
    "email": emails,
    "telephone": telephones,
    "nhs_number": nhs_numbers,
    "national_insurance_number": insurance_numbers,
    "postcode": postcodes,
    "date_of_birth": dates_of_birth,
}
_IN_FIGURES = {"telephone", "nhs_number", "national_insurance_number", "postcode"}
_FIGURE = re.compile(r"\d")
_BIRTH = re.compile(r"born|birth|b-?day|d\.?o\.?b|baby|turn|celebrat|will be", re.I)
_OF_ONE_PERSON = {"nhs_number", "national_insurance_number", "date_of_birth", "hospital_number"}


class _Found:
    """What was found so far: what two finders see, the first one has."""

    def __init__(self, plain: str) -> None:
        self._taken = Taken(len(plain))
        self.spans: list[tuple[int, int, str]] = []

    def add(self, code: str, spans: _Spans) -> None:
        """Keeps each that overlaps nothing that is there."""
        for start, end in spans:
            if self._taken.is_free(start, end):
                self._taken.take(start, end)
                self.spans.append((start, end, code))


def find_personal(text: str) -> tuple[Finding, ...]:
    """What may identify a person, in order and not overlapping: what two finders see, the surer one has."""
    reading = Reading.of(text)
    found = _Found(reading.plain)
    with_figures = _FIGURE.search(reading.plain) is not None
    for code, finder in _BY_THEMSELVES.items():
        if with_figures or code not in _IN_FIGURES:
            found.add(code, finder(reading.plain))
    if with_figures or _BIRTH.search(reading.plain):
        found.add("date_of_birth", birthdays(reading.plain, beside=bool(found.spans)))
    if with_figures:
        found.add("hospital_number", hospital_numbers(reading.plain))
    numbers = tuple((start, end) for start, end, code in found.spans if code in _OF_ONE_PERSON)
    found.add("named_person", named_people(reading.plain, numbers))
    return _findings(reading, found)


def find_incident(text: str) -> tuple[Finding, ...]:
    """Words that tell of harm or wrongdoing now, not of incidents in general."""
    reading = Reading.of(text)
    found = _Found(reading.plain)
    found.add("incident", incidents(reading.plain))
    return _findings(reading, found)


def _findings(reading: Reading, found: _Found) -> tuple[Finding, ...]:
    return tuple(Finding(*reading.original(start, end), code) for start, end, code in sorted(found.spans))
