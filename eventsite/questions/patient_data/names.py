"""Where somebody is named, and how sure that is: by a title, a first name, who stands before, or two capitals."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from eventsite.questions.patient_data.capitals import AT_THE_BEGINNING, ILLNESSES, ORGANISATIONS, OTHERS
from eventsite.questions.patient_data.first_names import ALSO_WORDS, FIRST_NAMES, OF_THE_PUBLIC
from eventsite.questions.patient_data.wording import words


class Known(Enum):
    """What tells that it is a person."""

    PATIENT = "said to be a patient"
    TITLE = "Mr, Mrs, Ms, Miss"
    RELATIVE = "my mother, our neighbour"
    FIRST_NAME = "a first name and a surname"
    STAFF = "Dr, Professor, Sir: named for what they do, more often than not"
    CAPITALS = "two capital letters, or small ones with a first name"


@dataclass(frozen=True, slots=True)
class Name:
    """Somebody's name in a text: from the title or the introduction to the end of the name."""

    start: int
    end: int
    known: Known


_NO_PART = (
    r"(?!(?:Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Prof|Professor|Sir|Dame|Lord|Lady|Baroness|Rev|Reverend|Nurse|Sister|Matron|"
    r"Patient|Pt)\b)"
)
_PART = rf"{_NO_PART}(?:(?:Mc|Mac|O'|D'|Fitz|Al-|El-)?[A-Z][a-z]+(?:-[A-Z]?[a-z]+)*|[A-Z]\.?(?=\s[A-Z]))"
_SMALL = r"(?:van|von|de|der|den|la|le|bin|bint|ibn|al|el|ap|da|dos|du|ul)"
_TITLE = r"(?P<title>Mr|Mrs|Ms|Miss|Mx|Master|Mstr|MRS|MISS|mr|mrs)\b\.?\s"
_OFFICE = (
    r"(?P<office>Dr|Doctor|Prof|Professor|Sir|Dame|Lord|Lady|Baroness|Rev|Reverend|Father|Sister|Matron|Nurse|Cllr|"
    r"Councillor|DR|"
    r"PROF|dr)\b\.?\s"
)
_RUN = re.compile(
    rf"(?<![\w'])(?:{_TITLE}|{_OFFICE})?(?P<name>{_PART}(?:\s(?:{_SMALL}\s){{0,2}}{_PART}){{0,4}})(?![A-Za-z])"
)
_SMALL_TITLED = re.compile(r"(?<![\w'])(?:mr|mrs)\b\.?\s(?P<name>[a-z][a-z'\-]{2,20})(?P<more>\s[a-z][a-z'\-]{2,20})?")
_SMALL_PAIR = re.compile(
    r"(?<![\w'@.\-])(?=(?P<name>(?P<first>[a-z]{2,14})\s(?P<last>(?:o'|mc)?[a-z\-]{3,20}))(?![\w@\-]))"
)
_INITIAL = re.compile(r"[A-Z]\.?$")

_PATIENTS = r"(?:in-?patient|out-?patient|patient|client|resident|service[\s-]user|pt)"
_CALLED = r"(?:\s(?:called|named|known\sas|by\sthe\sname\sof|is\scalled|was\scalled))"
_RELATIVES = (
    r"(?:mother|mum|mom|mam|father|dad|sister|brother|son|daughter|wife|husband|partner|uncle|aunt|auntie|cousin|"
    r"nephew|niece|nan|"
    r"gran|granny|grandad|grandma|grandmother|grandfather|granddaughter|grandson|baby|child|neighbour|friend|"
    r"colleague|boss|"
    r"flatmate|carer|fiancee?|girlfriend|boyfriend|stepson|stepdaughter|godson|goddaughter|twin|(?:mother|"
    r"father)-in-law|"
    r"employee|student|trainee|tenant|pupil|manager|foster\s(?:son|daughter|child))"
)
_PATIENT_BEFORE = re.compile(
    rf"\b(?:(?:my|our|a|an|the|one|this|another|his|her|their)\s(?:[\w-]+\s){{0,2}}?{_PATIENTS}{_CALLED}?|"
    rf"{_PATIENTS}{_CALLED}|"
    r"patient|pt)(?:'s\sname\sis)?[,:]?\s$",
    re.I,
)
_RELATIVE_BEFORE = re.compile(
    rf"\b(?:(?:my|our|his|her|their)\s(?:[\w-]+\s)?{_RELATIVES}{_CALLED}?,?|"
    r"(?:somebody|someone|man|woman|lady|gentleman|boy|girl|baby|child|person)\s(?:called|named))\s$",
    re.I,
)
_BEHIND_A_NAME = words(
    "who which that was were is are has have had does did will with and said says for from about the when where"
)


def names(plain: str) -> Iterator[Name]:
    """Everybody who is named, in no order."""
    for run in _RUN.finditer(plain):
        if name := _titled(run) if run["title"] or run["office"] else _untitled(plain, run):
            yield name
    for run in _SMALL_TITLED.finditer(plain):
        more = run["more"] and run["more"].strip() not in _BEHIND_A_NAME
        yield Name(run.start(), run.end("more") if more else run.end("name"), Known.TITLE)
    for pair in _SMALL_PAIR.finditer(plain):
        if pair["first"] in FIRST_NAMES and pair["first"] not in ALSO_WORDS and pair["last"] not in _BEHIND_A_NAME:
            yield Name(*pair.span("name"), Known.CAPITALS)


def _titled(run: re.Match[str]) -> Name | None:
    parts = run["name"].split()
    if any(part in ORGANISATIONS or part in AT_THE_BEGINNING for part in parts):
        return None
    return Name(run.start(), run.end(), Known.TITLE if run["title"] else Known.STAFF)


def _untitled(plain: str, run: re.Match[str]) -> Name | None:
    parts, start = run["name"].split(), run.start("name")
    while parts and parts[0] in AT_THE_BEGINNING:
        start += len(parts.pop(0)) + 1
    if not parts or any(part in ORGANISATIONS for part in parts):
        return None
    lead = plain[max(0, start - 60) : start]
    first = parts[0].casefold()
    for pattern, known in ((_PATIENT_BEFORE, Known.PATIENT), (_RELATIVE_BEFORE, Known.RELATIVE)):
        if (before := pattern.search(lead)) and (
            len(parts) > 1 or first in FIRST_NAMES or "called" in before[0] or "named" in before[0]
        ):
            return (
                None if parts[-1] in ILLNESSES and len(parts) == 1 else Name(start - len(before[0]), run.end(), known)
            )
    if len(parts) == 1 or (first, parts[-1].casefold()) in OF_THE_PUBLIC:
        return None
    if first in FIRST_NAMES and not _INITIAL.match(parts[-1]):
        return Name(start, run.end(), Known.FIRST_NAME)
    strange = any(part in OTHERS or part in ILLNESSES for part in parts) or re.match(
        r"\s[A-Z]{2}", plain[run.end() : run.end() + 3]
    )
    return None if strange or len(parts) > 3 else Name(start, run.end(), Known.CAPITALS)
