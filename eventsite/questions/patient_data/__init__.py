"""Patient data in a question: what may identify a person, and what tells of harm, found by grammar and arithmetic.

Pure: text in, places out; nothing is asked of the outside and nothing is kept. What looks like a number proves itself
(modulo 11, prefixes that are given out, the numbering plan) or is called one by the words before it. Offsets are
those of the text given.
"""

from collections.abc import Callable, Iterable

from eventsite.questions.patient_data.dates import dates_of_birth
from eventsite.questions.patient_data.emails import emails
from eventsite.questions.patient_data.findings import CODE_LABELS, Finding, Taken, masked
from eventsite.questions.patient_data.hospital_numbers import hospital_numbers
from eventsite.questions.patient_data.incidents import incidents
from eventsite.questions.patient_data.numbers import insurance_numbers, nhs_numbers
from eventsite.questions.patient_data.people import named_people
from eventsite.questions.patient_data.postcodes import postcodes
from eventsite.questions.patient_data.reading import Reading
from eventsite.questions.patient_data.telephones import telephones

__all__ = ["CODE_LABELS", "Finding", "find_incident", "find_personal", "masked"]

_Finder = Callable[[str], Iterable[tuple[int, int]]]

_FINDERS: dict[str, _Finder] = {
    "email": emails,
    "telephone": telephones,
    "nhs_number": nhs_numbers,
    "national_insurance_number": insurance_numbers,
    "date_of_birth": dates_of_birth,
    "postcode": postcodes,
    "hospital_number": hospital_numbers,
}


def find_personal(text: str) -> tuple[Finding, ...]:
    """What may identify a person, in order and not overlapping: what two finders see, the surer one has."""
    reading = Reading.of(text)
    taken, found = Taken(len(reading.plain)), []
    for code, finder in _FINDERS.items():
        for start, end in finder(reading.plain):
            if taken.is_free(start, end):
                taken.take(start, end)
                found.append((start, end, code))
    for start, end in named_people(reading.plain):
        parts = list(taken.free_parts(start, end))
        taken.take(start, end)
        found += [(*part, "named_person") for part in parts if _says_something(reading.plain, part)]
    return _findings(reading, found)


def find_incident(text: str) -> tuple[Finding, ...]:
    """Words that tell of harm or wrongdoing now, not of incidents in general."""
    reading = Reading.of(text)
    taken, found = Taken(len(reading.plain)), []
    for start, end in incidents(reading.plain):
        if taken.is_free(start, end):
            taken.take(start, end)
            found.append((start, end, "incident"))
    return _findings(reading, found)


def _says_something(plain: str, part: tuple[int, int]) -> bool:
    return sum(map(str.isalpha, plain[slice(*part)])) > 1


def _findings(reading: Reading, found: list[tuple[int, int, str]]) -> tuple[Finding, ...]:
    return tuple(Finding(*reading.original(start, end), code) for start, end, code in sorted(found))
