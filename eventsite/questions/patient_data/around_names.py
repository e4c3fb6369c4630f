"""What stands around a name: words of illness, of care and of office, and numbers that belong to one person.

A name is somebody's who is cared for when such words stand near it and no office comes between: the closer the name is
to *my mother* or *patient*, the weaker the words that are enough.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from eventsite.questions.patient_data.health_words import said_of_care, said_of_illness
from eventsite.questions.patient_data.introductions import OWN_NAME_BEFORE
from eventsite.questions.patient_data.names import Known, Name
from eventsite.questions.patient_data.phrasebook import Span, Words
from eventsite.questions.patient_data.roles import ROLES, SPEAKS, THANKED
from eventsite.questions.patient_data.spans import Spans

_SENTENCE_ENDS = re.compile(r"(?<![.\s][A-Z])(?<!\b[MDJS][rst])(?<!Mrs)(?<!Rev)(?<!\b[A-Z])[.?!]+['\")]?\s|\n")
_THEIRS = re.compile(
    r"\b(?:his|her|their|whose|he|she|they|him|them|hers)(?:'s|'d|'ll|'re|'ve)?\s(?:[^\s,.;:?!]+\s){0,3}$|\b(?:he|"
    r"she|they)(?:'s|\s(?:is|was|has|had))\s$"
)
_POSSESSIVE = re.compile(r"(?:'s?|s')\s(?:[\w'-]+\s){0,3}$")
_ADDRESSED = re.compile(
    r",\s(?:what|how|why|do|does|would|could|can|will|is|are|when|where|which|who\sshould|you|your|please|may|"
    r"should|have)\b",
    re.I,
)
_THEMSELVES = re.compile(r"[^.;?!]{0,15}\b(?:herself|himself|now\sa|who\sis\s(?:now\s)?(?:my|our)\spatient)\b", re.I)
_AGED = re.compile(
    r",?\s\(?(?:aged?\s|now\s)?\d{1,3}(?:\s?(?:yo|yrs?|years?\sold|y/o|m|f))?(?=[,).;\s])(?!\s[a-z]+s\b)", re.I
)
_TOLD_OF = re.compile(r",\s(?:who|whose|she|he)\b")
_PERSON = re.compile(r"\b(?:he|she|his|her|him|hers|herself|himself)\b")
_ANOTHERS = re.compile(r"\b(?:his|her|their|by|with|to|for|does|says|in|on|and|who)\b")
_GOES_ON = re.compile(r"\s*(?:she|he|they|her|his|their)\b", re.I)
_NEAR, _NEARBY = 120, 400
_CLOSE = 30
_JUST_BEFORE = 14


@dataclass(frozen=True)
class Around:
    """A text with somebody's name in it."""

    plain: str
    numbers: tuple[Span, ...]
    """Dates of birth and numbers that one person has."""

    @cached_property
    def words(self) -> Words:
        """Its words."""
        return Words.of(self.plain)

    @cached_property
    def illness(self) -> Spans:
        """What ails somebody."""
        return Spans(said_of_illness(self.words))

    @cached_property
    def care(self) -> Spans:
        """Hospitals, bodies and treatments."""
        return Spans(said_of_care(self.words))

    @cached_property
    def roles(self) -> Spans:
        """Words of office."""
        return Spans(ROLES.find(self.words))

    @cached_property
    def speaking(self) -> Spans:
        """Words of office, and of what people in office do."""
        return Spans([*self.roles, *SPEAKS.find(self.words)])

    @cached_property
    def thanks(self) -> Spans:
        """Words that turn to somebody who spoke or will speak."""
        return Spans(THANKED.find(self.words))

    @cached_property
    def ends(self) -> list[int]:
        """Where its sentences end."""
        return [found.end() for found in _SENTENCE_ENDS.finditer(self.plain)] + [len(self.plain)]

    def sentences(self, name: Name) -> tuple[int, int, int]:
        """Where the sentence with the name begins and ends, and where the next one does."""
        before, behind = bisect_right(self.ends, name.start) - 1, bisect_left(self.ends, name.end)
        start = self.ends[before] if before >= 0 else 0
        end, next_end = self.ends[behind], self.ends[min(behind + 1, len(self.ends) - 1)]
        return max(start, name.start - _NEARBY), min(end, name.end + _NEARBY), min(next_end, name.end + _NEARBY)


def is_cared_for(name: Name, around: Around) -> bool:
    """Whether the words around a name make it a patient's."""
    if name.known is Known.STAFF:
        return _THEMSELVES.match(around.plain, name.end) is not None and _is_ill(name, around)
    if _is_numbered(name, around):
        return True
    if name.known is Known.CAPITALS:
        return not _speaks(name, around) and _is_somebody(name, around) and _is_ill(name, around)
    if name.known in {Known.RELATIVE, Known.PATIENT}:
        return _is_looked_after(name, around, name.start - _NEARBY, name.end + _NEARBY)
    return not _speaks(name, around) and (_is_ill(name, around) or _is_theirs(name, around) or _is_own(name, around))


def _is_numbered(name: Name, around: Around) -> bool:
    """Whether a date of birth or a number of one person stands near it."""
    near = any(Spans(around.numbers).between(name.start - _NEAR, name.end + _NEAR))
    return near and not _holds_office(name, around)


def _is_looked_after(name: Name, around: Around, start: int, end: int) -> bool:
    """Whether any word of illness or care stands there."""
    return _any_in(around.illness, start, end, but=name) or _any_in(around.care, start, end, but=name)


def _is_somebody(name: Name, around: Around) -> bool:
    """Whether two capitals are a person: an age behind them, or *he* and *her* in the same sentence."""
    _, end, _ = around.sentences(name)
    return (
        _AGED.match(around.plain, name.end) is not None or _PERSON.search(around.words.text, name.end, end) is not None
    )


def _speaks(name: Name, around: Around) -> bool:
    """Whether the name is that of somebody who speaks, is asked or is thanked."""
    thanked = any(end <= name.lead for _, end in around.thanks.between(name.lead - _JUST_BEFORE, name.lead))
    return (
        (thanked and not _TOLD_OF.match(around.plain, name.end))
        or _ADDRESSED.match(around.plain, name.end) is not None
        or _holds_office(name, around)
    )


def _holds_office(name: Name, around: Around) -> bool:
    if _any_in(around.roles, name.lead - _JUST_BEFORE, name.start, but=name):
        return True
    return any(
        _ANOTHERS.search(around.words.text, name.end, start) is None
        for start, _ in around.speaking.between(name.end, name.end + _CLOSE)
        if start >= name.end
    )


def _is_ill(name: Name, around: Around) -> bool:
    """Whether an illness is told of in the same sentence, and nobody's office between."""
    start, end, _ = around.sentences(name)
    titled = around.care.between(start, end) if name.known is Known.TITLE else ()
    for ill in (*around.illness.between(start, end), *titled):
        if start <= ill[0] and not _overlap(ill, name):
            between = (name.end, ill[0]) if ill[0] >= name.end else (ill[1], name.start)
            if not _any_in(around.speaking, *between, but=name):
                return True
    return False


def _is_theirs(name: Name, around: Around) -> bool:
    """Whether a body, a treatment or an illness is *theirs*: Ada's tablets, her lungs, aged 91 and on a ward."""
    _, end, next_end = around.sentences(name)
    if _GOES_ON.match(around.plain, end):
        end = next_end
    aged = _AGED.match(around.plain, name.end) is not None
    for begins, ends in (*around.illness.between(name.end, end), *around.care.between(name.end, end)):
        if begins < name.end:
            continue
        between = around.words.text[name.end : begins]
        if _POSSESSIVE.fullmatch(between) or (
            (aged or _THEIRS.search(between)) and not _any_in(around.speaking, name.end, ends, but=name)
        ):
            return True
    return False


def _is_own(name: Name, around: Around) -> bool:
    """Whether somebody gives their own name, and tells of an illness or a treatment."""
    if OWN_NAME_BEFORE.search(around.plain, max(0, name.start - 30), name.start) is None:
        return False
    start, _, end = around.sentences(name)
    return _is_looked_after(name, around, start, end)


def _any_in(spans: Spans, start: int, end: int, *, but: Name) -> bool:
    return any(not _overlap(span, but) for span in spans.between(start, end))


def _overlap(span: Span, name: Name) -> bool:
    return span[0] < name.end and span[1] > name.start
