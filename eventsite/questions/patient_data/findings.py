"""What was found in a text, and where."""

from collections.abc import Iterable
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


def fitted(spans: Iterable[tuple[int, int]], taken: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of spans once what is taken is cut out of them, in order and disjoint."""
    taken, left, reached = sorted(taken), [], 0
    for start, end in sorted(spans):
        start = max(start, reached)
        for takes_from, takes_to in taken:
            if takes_to <= start or takes_from >= end:
                continue
            if takes_from > start:
                left.append((start, takes_from))
            start = takes_to
        if start < end:
            left.append((start, end))
        reached = max(reached, end)
    return left
