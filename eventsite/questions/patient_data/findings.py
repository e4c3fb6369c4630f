"""What was found in a text, and where."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

COVER = "█"

CODE_LABELS = {
    "nhs_number": "NHS number",
    "national_insurance_number": "National Insurance number",
    "email": "email address",
    "telephone": "telephone number",
    "postcode": "postcode",
    "date_of_birth": "date of birth",
    "hospital_number": "hospital number",
    "named_person": "named person and their health",
    "incident": "harm or wrongdoing",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A part of a text, by the offsets of the text as it was given, and what it is."""

    start: int
    end: int
    code: str


def masked(text: str, findings: Iterable[Finding]) -> str:
    """The text with every character that was found covered; its length stays."""
    characters = list(text)
    for finding in findings:
        characters[finding.start : finding.end] = COVER * len(characters[finding.start : finding.end])
    return "".join(characters)


class Taken:
    """Which places of a text belong to a finding already."""

    def __init__(self, length: int) -> None:
        self._cells = bytearray(length)

    def is_free(self, start: int, end: int) -> bool:
        """Whether nobody has any of it."""
        return self._cells.find(1, start, end) == -1

    def take(self, start: int, end: int) -> None:
        """From now on it belongs to somebody."""
        self._cells[start:end] = b"\1" * (end - start)

    def free_parts(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """What of it nobody has yet."""
        while start < end:
            stop = self._cells.find(1, start, end)
            stop = end if stop == -1 else stop
            if start < stop:
                yield start, stop
            start = self._cells.find(0, stop, end)
            if start == -1:
                return


def told_once(first: Iterable[Finding], then: Iterable[Finding], length: int) -> tuple[Finding, ...]:
    """Both in the order of the words; where they overlap, the first ones have the place."""
    kept = list(first)
    taken = Taken(length)
    for one in kept:
        taken.take(one.start, one.end)
    for one in then:
        kept += [Finding(start, end, one.code) for start, end in taken.free_parts(one.start, one.end)]
    return tuple(sorted(kept, key=lambda one: one.start))
