"""Where somebody is named, and how sure that is: by a title, a first name, who stands before, or two capitals."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from eventsite.questions.patient_data.capitals import AT_THE_BEGINNING, ILLNESSES, NOT_SOMEBODY, ORGANISATIONS, OTHERS
from eventsite.questions.patient_data.first_names import ALSO_WORDS, FIRST_NAMES
from eventsite.questions.patient_data.introductions import PATIENT_BEFORE, RELATIVE_BEFORE, WORKMATE_BEFORE
from eventsite.questions.patient_data.public_names import is_of_the_public
from eventsite.questions.patient_data.wording import words


class Known(Enum):
    """What tells that it is a person."""

    PATIENT = "said to be a patient"
    TITLE = "Mr, Mrs, Ms, Miss"
    RELATIVE = "my mother, our neighbour"
    FIRST_NAME = "a first name and a surname"
    SINGLE = "a first name alone"
    INITIALS = "initials alone"
    STAFF = "Dr, Professor, Sir: named for what they do, more often than not"
    CAPITALS = "two capital letters, or small ones with a first name"


@dataclass(frozen=True, slots=True)
class Name:
    """Somebody's name in a text, with its title, and where the words begin that say who it is."""

    start: int
    end: int
    known: Known
    introduced: int = -1

    @property
    def lead(self) -> int:
        """Where the words before it end."""
        return self.start if self.introduced < 0 else self.introduced


_TITLES = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Master|Mstr|MRS|MISS|mr|mrs|Sgt|Sergeant|Cpl|Corporal|Capt|Captain|Fr|Mme|Madame|"
    r"Monsieur|Herr|Frau|Messrs|Pte|Lance\sCorporal|Mr\sand\sMrs|Mr\s&\sMrs)"
)
_OFFICES = (
    r"(?:Dr|Doctor|Prof|Professor|Sir|Dame|Lord|Lady|Baroness|(?:The\s)?Rev'd|Revd|Rev|Reverend|Father|Sister|Matron|"
    r"Nurse|Cllr|"
    r"Councillor|DR|PROF|dr|Pastor|Rabbi|Imam|Major|Colonel|Col|PC)"
)
_NO_PART = rf"(?!(?:{_TITLES}|{_OFFICES}|Patient|Pt)\b)"
_PART = (
    rf"{_NO_PART}(?:(?:Mc|Mac|O'|D'|d'|Fitz|Al-|El-|De|Le|La)?[A-Z][a-z]+(?:-[A-Z]?[a-z]+){{0,3}}|"
    rf"(?:[A-Z]\.){{1,3}}(?=\s?[A-Z])|"
    r"[A-Z](?=\s[A-Z][a-z]))"
)
_SMALL = r"(?:van|von|de|der|den|la|le|bin|bint|ibn|al|el|ap|da|dos|du|ul|y|e|ten|ter|st)"
_RUN = re.compile(
    rf"(?<![\w'\-])(?:(?P<title>{_TITLES})\b\.?\s|"
    rf"(?P<office>{_OFFICES})\b\.?\s)?(?P<name>{_PART}(?:\s(?:{_SMALL}\s){{0,2}}{_PART}){{0,4}}"
    r"(?:\s[A-Z]\.?(?=[\s,;:)'?!]))?)(?![A-Za-z])"
    rf"|(?<![\w']){_TITLES}\b\.?\s(?P<letter>[A-Z])(?:\.|(?=[\s,;:)'?!]))"
)
_SMALL_TITLED = re.compile(r"(?<![\w'])(?:mr|mrs)\b\.?\s(?P<name>[a-z][a-z'\-]{2,20})(?P<more>\s[a-z][a-z'\-]{2,20})?")
_SMALL_PAIR = re.compile(
    r"(?<![\w'@.\-])(?=(?P<name>(?P<first>[a-z]{2,14})\s(?P<last>(?:o'|mc)?[a-z\-]{3,20}))(?![\w@\-]))"
)
_INITIAL = re.compile(r"[A-Z]\.?$")
_INITIALS = re.compile(r"(?:[A-Z]\.?){1,3}$")
_IS_AGED = re.compile(
    r"(?:,?\s\(?(?:age[d:]?\s?)?\d{1,3}(?:\s?(?:yo|yrs?|years?\sold|y/o|months?|weeks?|m|f))?(?:[,).;]|\s(?:and|"
    r"who)\b)|"
    r",?\s\(?(?:d\.?o\.?b|b\.|born|\*\s?\d))",
    re.I,
)
_AS_SOMEBODY = re.compile(r"'s\s|,?\s(?:who|whose)\b|,\s(?:he|she|\d)|\s(?:has|had|needs|lost|takes)\s(?!been\b)")
_BEHIND_A_NAME = words(
    "who which that was were is are has have had does did will with and said says for from about the when where can"
)
_LONGEST_LEAD = 70


def names(plain: str) -> Iterator[Name]:
    """Everybody who is named by a title, a first name or two capitals, in no order."""
    for run in _RUN.finditer(plain):
        if run["letter"]:
            yield Name(*run.span(), Known.TITLE)
        elif name := _titled(plain, run) if run["title"] or run["office"] else _untitled(plain, run):
            yield name
    for run in _SMALL_TITLED.finditer(plain):
        more = run["more"] and run["more"].strip() not in _BEHIND_A_NAME
        yield Name(run.start(), run.end("more") if more else run.end("name"), Known.TITLE)
    for pair in _SMALL_PAIR.finditer(plain):
        if pair["first"] in FIRST_NAMES and pair["first"] not in ALSO_WORDS and pair["last"] not in _BEHIND_A_NAME:
            yield Name(*pair.span("name"), Known.CAPITALS)


def _titled(plain: str, run: re.Match[str]) -> Name | None:
    parts = run["name"].split()
    if any(part in ORGANISATIONS or part in AT_THE_BEGINNING for part in parts) or is_of_the_public(parts):
        return None
    if introduced := _introduced(plain, run.start(), run.end(), parts):
        return introduced
    return Name(run.start(), run.end(), Known.TITLE if run["title"] else Known.STAFF)


def _untitled(plain: str, run: re.Match[str]) -> Name | None:
    parts, start = run["name"].split(), run.start("name")
    while parts and parts[0] in AT_THE_BEGINNING:
        start += len(parts.pop(0)) + 1
    if not parts or any(part in ORGANISATIONS for part in parts) or is_of_the_public(parts):
        return None
    return _introduced(plain, start, run.end(), parts) or _by_itself(plain, start, run.end(), parts)


def _introduced(plain: str, start: int, end: int, parts: list[str]) -> Name | None:
    """Somebody of whom the words before say who it is."""
    if len(parts) == 1 and (parts[0] in ILLNESSES or parts[0] in OTHERS or parts[0] in NOT_SOMEBODY):
        return None
    lead_from = max(0, start - _LONGEST_LEAD)
    lead = plain[lead_from:start]
    for pattern, known in (
        (PATIENT_BEFORE, Known.PATIENT),
        (RELATIVE_BEFORE, Known.RELATIVE),
        (WORKMATE_BEFORE, Known.FIRST_NAME),
    ):
        if before := pattern.search(lead):
            return Name(start, end, known, lead_from + before.start())
    return None


def _by_itself(plain: str, start: int, end: int, parts: list[str]) -> Name | None:
    first = parts[0].casefold().split("-")[0]
    known_first = first in FIRST_NAMES
    if len(parts) == 1 or _INITIAL.match(parts[-1]):
        aged = parts[0] not in OTHERS | NOT_SOMEBODY and _IS_AGED.match(plain, end)
        also = first in ALSO_WORDS and not _AS_SOMEBODY.match(plain, end)
        sure = known_first and (len(parts) > 1 or not (also or parts[0] in NOT_SOMEBODY))
        return Name(start, end, Known.SINGLE) if sure or (aged and len(parts[0]) > 2) else None
    strange = any(part in OTHERS or part in ILLNESSES for part in parts)
    if known_first or (_INITIALS.match(parts[0]) and "." in parts[0] and not strange):
        return Name(start, end, Known.FIRST_NAME)
    strange = strange or re.match(r"\s[A-Z]{2}", plain[end : end + 3]) is not None
    return None if strange or len(parts) > 3 else Name(start, end, Known.CAPITALS)
