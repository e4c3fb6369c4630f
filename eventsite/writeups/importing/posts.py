"""Posts: what a text says about a person right after the name, or right before it."""

import re
from dataclasses import dataclass

from eventsite.writeups.importing.names import UPPER, Found, is_organisation, organisation_at
from eventsite.writeups.importing.vocabulary import POST

_CHAIR_WORD = r"(?:co-?)?(?:chair(?:person|man|woman)?|host|moderator|facilitator)s?"
_AFTER_NAME = re.compile(
    r"(?P<chair>\s*\((?:the\s+|our\s+)?(?:panel\s+|session\s+)?" + _CHAIR_WORD + r"\))?"
    r"(?:,\s+(?:who\s+(?:is|was)\s+)?|\s+[–—-]\s+|\s*\|\s*|(?P<bracket>\s*\()|:\s+|(?P<verb>\s+(?:is|was)\s+(?!in\b)))(?:(?:the|our|a|an|its)\s+)?"
)
_STOP = re.compile(r"[;!?\n:()|“”‘\"]|\s[–—-]\s|(?<!\bSt)\.(?=\s|$)")
_AT = re.compile(rf"\s(?:at|from|with)\s(?=(?:[Tt]he\s)?[{UPPER}0-9])")
_OF = re.compile(rf"\s(?:of|for)\s(?=(?:[Tt]he\s)?[{UPPER}0-9])")
_VERB = re.compile(
    r"\s(?:sa(?:id|ys)|told|tells|was|is|were|has|had|who|which|whose|gave|took|kicked|spoke|speaks|began|led|leads|opened|"
    r"closed|joined|talked|summed|put|went|(?:explain|add|not|ask|warn|argu|agre|describ|shar|comment|remark|observ|point|"
    r"highlight|stress|suggest|believ|caution|acknowledg|challeng|outlin|discuss|chair|host|moderat|reflect|prais)e?[ds]|"
    r"also|then|and\s(?=[a-z]+ed\b))\b"
)
_ROLE_ON_THE_DAY = re.compile(
    rf"(?:panel|session|our|the|event)?\s*{_CHAIR_WORD}(?:\s+of\s+(?:the|this|our)\s+\w+)?", re.I
)
_JOB_WORD = (
    r"(?:chief|deputy|associate|medical|clinical|nursing|digital|information|executive|programme|managing|transformation|"
    r"technology|operating|safety|officer|senior|lead|joint|assistant|national|regional|vice|interim|nurse|patient|data|ai|"
    r"innovation|and|head|consultant|group|trust)"
)
_BEFORE_NAME = re.compile(rf"(?:\b{_JOB_WORD}\s+){{0,6}}{POST.pattern},?\s+$", re.IGNORECASE)
_LONGEST_JOB, _LOOK_AHEAD = 14, 300


@dataclass(frozen=True)
class Post:
    """What a person is, where that stands in the text ends, and whether it says that he or she is the chair."""

    job_title: str
    organisation: str
    end: int
    is_chair: bool = False


def post_after(text: str, position: int, limit: int) -> Post | None:
    """The post given right after a name that ends at `position`: ", Chief Nurse at …", " (chair), …", " – …", " (…)".

    Reads no further than `limit`, where the next person begins.
    """
    opening = _AFTER_NAME.match(text, position, limit)
    if opening is None:
        return None
    is_chair = bool(opening["chair"])
    start = opening.end()
    segment = _STOP.split(text[start : min(limit, start + _LOOK_AHEAD)], maxsplit=1)[0]
    read = _read(segment)
    if read is None:
        return Post("", "", opening.end("chair"), True) if is_chair else None
    job, organisation, end = read
    end = start + end + (1 if opening["bracket"] and text[start + end : start + end + 1] == ")" else 0)
    if _ROLE_ON_THE_DAY.fullmatch(job) and not (organisation and job.lower() == "chair"):
        return Post("", organisation, end, True)
    # "she was a nurse for years" tells a life, not a post
    return None if opening["verb"] and not organisation else Post(job, organisation, end, is_chair)


def organisation_after(text: str, position: int, limit: int) -> Post | None:
    """The organisation alone, right after a name: " of Leeds Teaching Hospitals", ", from NHS England"."""
    opening = re.compile(r",?\s+(?:of|from|at)\s+").match(text, position, limit)
    found = organisation_at(text, opening.end(), limit) if opening else None
    return Post("", found.text, found.end) if found and is_organisation(found.text) else None


def job_before(text: str, position: int) -> Found | None:
    """The post right before a name that begins at `position`: "chief nurse Amara Osei"."""
    start = max(position - 120, 0)
    match = _BEFORE_NAME.search(text[start:position])
    if match is None:
        return None
    job = match[0].strip().rstrip(",")
    return None if _ROLE_ON_THE_DAY.fullmatch(job) else Found(job, start + match.start(), position)


def _read(segment: str) -> tuple[str, str, int] | None:
    """Job, organisation and the end of both in the text that follows a name."""
    clause = segment.split(",", 1)[0]
    at = _AT.search(clause)
    if at and _is_job(clause[: at.start()]):
        found = organisation_at(segment, at.end(), len(segment))
        return clause[: at.start()], found.text if found else "", found.end if found else at.start()
    job = _job_at_start(clause)
    if not _is_job(job):
        return None
    if found := _organisation_after_comma(segment, len(job)):
        return job, found.text, found.end
    for of in reversed(list(_OF.finditer(job))):
        inside = organisation_at(job, of.end(), len(job))
        if (
            inside
            and inside.end == len(job)
            and is_organisation(inside.text, for_certain=True)
            and _is_job(job[: of.start()])
        ):
            return job[: of.start()], inside.text, len(job)
    return job, "", len(job)


def _job_at_start(clause: str) -> str:
    """The job a clause begins with: its capitalised words, or else everything before the verb."""
    if clause[:1].isupper():
        found = organisation_at(clause, 0, len(clause))
        return found.text if found else ""
    return _VERB.split(clause, maxsplit=1)[0].rstrip()


def _is_job(text: str) -> bool:
    return bool(POST.search(text)) and len(text.split()) <= _LONGEST_JOB and not _VERB.search(" " + text)


def _organisation_after_comma(segment: str, position: int) -> Found | None:
    comma = re.compile(r",\s+(?:of\s+)?").match(segment, position)
    found = organisation_at(segment, comma.end(), len(segment)) if comma else None
    if found is None or POST.search(found.text):
        return None
    # two capitalised words without a word such as Trust may be the next person, if a post follows them
    follows = segment[found.end : found.end + 60]
    return None if not is_organisation(found.text) and follows.startswith(", ") and POST.search(follows) else found
