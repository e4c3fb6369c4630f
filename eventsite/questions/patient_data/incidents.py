"""Words that tell of harm or wrongdoing now, and not of harm in general.

A sentence tells of it when it says that it happened (*a patient was harmed*) or goes on (*is covering up*). It asks in
general when it supposes (*if*, *would*), counts (*how many*), turns the verb round (*was a patient harmed?*) or says
*ever*; a question that names a day of this week tells of it all the same.
"""

import re
from collections.abc import Iterator

from eventsite.questions.patient_data.harm import harm
from eventsite.questions.patient_data.incident_words import TELLS, TELLS_OF_NOW, WHEN
from eventsite.questions.patient_data.incidents_told import AND_DIED, TOLD
from eventsite.questions.patient_data.told import SENTENCE

Span = tuple[int, int]

_SUPPOSES = re.compile(
    r"\b(?:if|unless|whether|suppose|supposing|imagine|in\scase|ever|how\s(?:many|often|much|likely|frequently)|"
    r"hypothetical\w*|scenario|"
    r"pretend|example|e\.?g|fictional|films?|novel|drama|series|stud(?:y|ies)|trials?|papers?|literature|published|"
    r"inquir(?:y|ies)|bbc|"
    r"newspapers?|headlines?|the\snews|talks?|speakers?|slides?|session|lecture|america|usa?|abroad|overseas|afraid|"
    r"fears?|feared|worr\w+|"
    r"risk\sthat|chance\sthat|likelihood|prevent\w*|avoid\w*|stop|no|nobody|none|never|without|(?:in|since|before|"
    r"of)\s(?:19\d\d|20[01]\d)|"
    r"(?:years|decades|centuries)\sago|historically|lest|assum\w+|claims?|myth|rumours?)\b[^:;]*$",
    re.I,
)
_MAY_BE = re.compile(
    r"\b(?:would|could|should|might|may|can|must|will|shall|to|not|when|whenever|where|once|until|who(?:ever)?|what|"
    r"which)\b[^,:;]*$",
    re.I,
)
_TURNED = re.compile(r"\b(?:is|are|was|were|has|have|had|did|does|do|am)\s(?:\w+ly\s)?$", re.I)
_ASKS = re.compile(
    r"\s*(?:and\s|but\s|so\s)?(?:is|are|was|were|has|have|had|did|does|do|am|can|could|should|would|will|how|why|"
    r"what|who|which|where|when)\b",
    re.I,
)
_IN_ANOTHER_TIME = re.compile(
    r"^[^.?!\n]{0,80}\b(?:in\s(?:19\d\d|20[01]\d|america|the\s(?:us|usa|states|film|book|novel|study|trial|news))|"
    r"(?:years|decades)\sago|abroad)\b",
    re.I,
)
_OF_A_THING = re.compile(
    r"\b(?:batter(?:y|ies)|laptops?|phones?|tablets?|wi-?fi|servers?|screens?|projects?|pilots?|ideas?|links?|bids?|plans?|computers?|"
    r"systems?|apps?|tools?|pcs?)\s(?:has\s|have\s|just\s|was\s|were\s)*$",
    re.I,
)
_TIME = re.compile(rf"\b{WHEN}\b", re.I)


def incidents(plain: str) -> Iterator[Span]:
    """Words that tell that somebody was harmed, that wrong is being done, or that somebody was told to hide it."""
    yield from harm(plain)
    for sentence in SENTENCE.finditer(plain):
        said = sentence[0]
        recent = _TIME.search(said) is not None
        for pattern in (*TELLS, AND_DIED, *TOLD):
            for found in pattern.finditer(said):
                if not _in_general(said, found, recent=recent):
                    yield sentence.start() + found.start(), sentence.start() + found.end()
        if recent and not _ASKS.match(said):
            for found in TELLS_OF_NOW.finditer(said):
                if not _OF_A_THING.search(said[: found.start()]) and not _in_general(said, found, recent=True):
                    yield sentence.start() + found.start(), sentence.start() + found.end()


def _in_general(sentence: str, found: re.Match[str], *, recent: bool) -> bool:
    """Whether the words before it make it a case that is thought of, counted or asked for."""
    before = sentence[: found.start()]
    if _SUPPOSES.search(before) or _TURNED.search(before):
        return True
    if not recent and _IN_ANOTHER_TIME.match(sentence[found.end() :]):
        return True
    return not recent and _MAY_BE.search(before) is not None
