"""To the panel: what holds without asking the database. Minutes, and what a job title may say of its owner."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

USUAL_MINUTES = 5
LONGEST_MESSAGE = 200
LONGEST_ROLE = 60

# After one of these a job title names a place, an employer or a person.
_ENDS_ROLE = re.compile(
    r"\s*(?:[,;|(\[/@\n]|\s[-–—]\s|\bat\b|\b(?:for|of) the\b|\bfor\s+(?-i:[A-Z])).*", re.DOTALL | re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_NAMES_EMPLOYER = {"trust", "hospital", "hospitals", "infirmary", "foundation", "university", "council", "icb", "ccg"}
# Words that many employers have in their name, and many a job title.
_SHARED = {"nhs", "health", "care", "healthcare", "service", "services", "digital", "and", "the"}


def minutes_for(minutes: int | None) -> int:
    """How long a question has: as the desk said, else the usual time."""
    return minutes or USUAL_MINUTES


def starts(first: datetime, minutes: Sequence[int | None]) -> list[datetime]:
    """When each question of a list is to begin, if the first begins at a moment and each takes its time."""
    moments, at = [], first
    for length in minutes:
        moments.append(at)
        at += timedelta(minutes=minutes_for(length))
    return moments


def questions_start(starts_at: datetime, ends_at: datetime, minutes: int) -> datetime:
    """When the questions begin: so many minutes before the panel ends, or with it where it is no longer than that."""
    return max(starts_at, ends_at - timedelta(minutes=minutes))


def time_left(asked_at: datetime | None, minutes: int | None, now: datetime) -> str:
    """What is left of a question's time, in whole minutes: "4 of 5 minutes left", "2 minutes over"."""
    given = minutes_for(minutes)
    spent = max(0, int((now - (asked_at or now)).total_seconds() // 60))
    if spent > given:
        return f"{_minutes(spent - given)} over"
    return f"{given - spent} of {_minutes(given)} left"


def people(number: int) -> str:
    """Who asked, as a number: "asked by 7 people", "asked by 1 person"."""
    return "asked by 1 person" if number == 1 else f"asked by {number} people"


def votes_in_words(number: int) -> str:
    """How many of the audience voted for something."""
    return "1 vote" if number == 1 else f"{number} votes"


def role_of(job_title: str, organisation: str, name: str) -> str:
    """The role in a job title, without what leads to one person: employer, place and name. Empty where that is all."""
    role = _ENDS_ROLE.sub("", _without(job_title, organisation)).strip(" .,:-–—")
    telling = set(_words(organisation)) - _SHARED | set(_words(name)) | _NAMES_EMPLOYER
    if len(role) > LONGEST_ROLE or not _WORD.search(role) or telling & set(_words(role)):
        return ""
    return role if any(letter.isupper() for letter in role[1:]) else role[:1].lower() + role[1:]


def roles_in_words(roles: Iterable[str]) -> str:
    """Roles with how often each was given, in alphabetical order alone: "CCIO, chief nurse (2)"."""
    spelt: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for role in sorted(role for role in roles if role):
        key = role.casefold()
        spelt.setdefault(key, role)
        counts[key] += 1
    return ", ".join(spelt[key] + (f" ({counts[key]})" if counts[key] > 1 else "") for key in sorted(counts))


def _without(text: str, part: str) -> str:
    return re.sub(re.escape(part.strip()), "", text, flags=re.IGNORECASE) if part.strip() else text


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _minutes(number: int) -> str:
    return "1 minute" if number == 1 else f"{number} minutes"
