"""What an asker is warned of before a question is sent. Pure: nothing of the words is kept or logged."""

from dataclasses import dataclass

from eventsite.questions.held import find_all
from eventsite.questions.patient_data import Finding
from eventsite.tokens import keyed_digest

INCIDENT = "incident"
LOOKS_LIKE = {
    "nhs_number": "an NHS number",
    "national_insurance_number": "a National Insurance number",
    "email": "an email address",
    "telephone": "a telephone number",
    "postcode": "a postcode",
    "date_of_birth": "a date of birth",
    "hospital_number": "a hospital number",
    "named_person": "a named person and their health",
}


@dataclass(frozen=True)
class Part:
    """A stretch of what was typed: `code` says what was found there, or is empty."""

    text: str
    code: str = ""

    @property
    def looks_like(self) -> str:
        """What it looks like, with its article; empty where it looks like nothing."""
        return LOOKS_LIKE.get(self.code, "")


@dataclass(frozen=True)
class Warning:
    """What was found in a text: all of it in parts, and whether it tells of harm or wrongdoing."""

    parts: tuple[Part, ...]

    @property
    def personal(self) -> list[Part]:
        """The parts that may identify a person."""
        return [part for part in self.parts if part.looks_like]

    @property
    def tells_of_harm(self) -> bool:
        """Whether some of it tells of harm or wrongdoing now."""
        return any(part.code == INCIDENT for part in self.parts)

    @property
    def sentence(self) -> str:
        """What is wrong with it, for the summary of errors."""
        kinds = list(dict.fromkeys(part.looks_like for part in self.personal))
        return f"Your question has what looks like {_listed(kinds)}. Take it out, or send it anyway"


def warning_about(text: str) -> Warning | None:
    """What to warn of in a text; None where nothing was found."""
    found = find_all(text)
    return Warning(_parts(text, found)) if found else None


def permission(secret: str, text: str) -> str:
    """What "send it anyway" sends along: it holds for these very words, and says nothing about them."""
    return keyed_digest(secret, "send it anyway", text)[:32]


def _parts(text: str, found: tuple[Finding, ...]) -> tuple[Part, ...]:
    parts, end = [], 0
    for one in found:
        start = max(one.start, end)
        if start < one.end:
            parts += [Part(text[end:start]), Part(text[start : one.end], one.code)]
            end = one.end
    return tuple(part for part in (*parts, Part(text[end:])) if part.text)


def _listed(kinds: list[str]) -> str:
    *others, last = kinds
    return f"{', '.join(others)} and {last}" if others else last
