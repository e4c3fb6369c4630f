"""A named person with a condition: a name, and words around it that say what ails its owner.

Whoever speaks, leads or treats is named too, so that a name alone says nothing. What ails somebody stands close to the
name and is tied to it by grammar: the person *has* it, was diagnosed with it, it is *theirs*, or they are a patient.
"""

import re
from collections.abc import Iterator

from eventsite.questions.patient_data.ailments import (
    CONDITION,
    DONE_TO,
    FILLING,
    HAPPENED,
    IN_OFFICE,
    ON_PAPER,
    RECORDS,
    STATE,
)
from eventsite.questions.patient_data.around_names import Around, is_cared_for
from eventsite.questions.patient_data.names import Known, Name, names
from eventsite.questions.patient_data.short_names import short_names
from eventsite.questions.patient_data.wording import either

Span = tuple[int, int]

_FILLED = rf"(?:(?:{either(FILLING)}|\w+ly)(?:,\s|[\s\-])){{0,7}}"
_AGE = r"(?:,?\s?\(?(?:aged?|age)?\s?\d{1,3}(?:[\s-]?(?:years?[\s-]?old|years|yo|y/o|yrs?))?\)?(?=[\s,.;:)]),?)"
_BRACKET = r"(?:\s?\([^()]{0,60}\))"
_PLACE = (
    r"(?:,?\s(?:in|on|from|at|of)\s(?:(?:the|our|my|a)\s)?(?:bed|bay|room|ward|clinic|unit|side\sroom|flat|"
    r"number|[A-Z]\w+|\w+\sward)(?:\s[\dA-Z]\w*)?,?)"
)
_APPOSED = r"(?:,\s(?:an?|the|my|our|her|his|their|one\sof)\s[^,.;?!]{2,50},)"
_WHO = (
    r"(?:,?\s(?:who|whom|and|then|now|also|still|sadly|recently|apparently|has|have|had|already|really|probably|"
    r"clearly))"
)
_TO_THE_VERB = rf"(?:{_AGE}|{_BRACKET}|{_PLACE}|{_APPOSED}|{_WHO}){{0,4}}"
_OF_THEIRS = (
    r"(?:,?\s(?:that\s)?(?:he|she|they)(?:'s|\s(?:has|had|have|is|was|were|might\shave|may\shave|could\shave))"
    r"|,?\s(?:(?:and|about|for|with|of|that)\s)?(?:his|her|their))\s"
)
_HAS = (
    r"(?:,?\s(?:has|had|have|having|with|got|gets|developed|develops|contracted|caught|survived|beat|fought|"
    r"(?:is\s)?battling|"
    r"suffers|suffer|suffered|suffering|lives|lived|living|died|died\sof|is|was|isn't|wasn't|being|been|became|"
    r"becomes|remains|"
    r"felt|feels|went|keeps?\shaving|diagnosed|misdiagnosed|admitted|"
    r"sectioned|treated)|'s)\s"
)
_TAKES = r"\s(?:takes?|took|taking|needs?|needed|starts?|started|missed|misses|uses|receives|received)\s"
_AILS = rf"{_FILLED}(?:{CONDITION}|{STATE})"
_ENDURES = re.compile(rf"{_TO_THE_VERB}(?:{_HAS}|{_OF_THEIRS}|{_TAKES})(?:not\s)?(?P<what>{_AILS})", re.I)
_OWNS = re.compile(rf"(?:'s?\s|'\s)(?:\w+ly\s)?(?P<what>{_FILLED}(?:{CONDITION}|{ON_PAPER}\b))", re.I)
_OWNS_RECORDS = re.compile(rf"(?:'s?\s)(?:\w+\s)?(?P<what>{RECORDS})\b", re.I)
_SUFFERS = re.compile(
    rf"{_TO_THE_VERB}\s(?:{HAPPENED}|(?:(?:has|had)\sbeen|was|is|were|being|been|got|is\sbeing|"
    rf"went)\s(?:\w+ly\s)?{DONE_TO}|"
    rf"{DONE_TO}(?=\s*(?:$|[.,;:?!)]|(?:with|as|by|to|from|for|after|on|in|at|and|last|yesterday|today)\b)))",
    re.I,
)
_APPOSED_AS = re.compile(rf"{_AGE}?(?:,\s|\s\(|\s-\s|:\s)(?:an?\s)?(?P<what>{_FILLED}(?:{CONDITION}|{STATE}))", re.I)
_APPOSED_STATE = re.compile(rf"{_AGE}?(?:,\s|\s\(|\s-\s)(?:an?\s)?(?P<what>{_FILLED}{STATE})", re.I)
_BODY_FAILED = re.compile(
    r"'s?\s(?:\w+\s)?(?:kidneys?|heart|liver|lungs?|leg|foot|bowel|brain|memory|speech|sight|hearing|breathing)\s"
    r"(?:(?:has|have|had|is|are|was|were)\s)?(?:failed|failing|stopped|damaged|amputated|gone|going|lost|affected|"
    r"weak)\b",
    re.I,
)
_NEXT = re.compile(rf"[^.;?!\n]{{0,60}}[.;]\s(?:he|she|they){_WHO}?(?:{_HAS}|'s\s)(?P<what>{_AILS})", re.I)
_OF_MINE = re.compile(
    rf"[,.;]?\s(?:and\s)?(?:i(?:'ve|'m)?(?:\s(?:have|had|was|am|suffer|live|got))?|my)\s(?:been\s)?(?P<what>{_AILS})",
    re.I,
)
_MY_NAME = re.compile(r"\b(?:my\sname\sis|i\sam|i'm|this\sis|name's|name:)\s$", re.I)
_IS_A_PATIENT = re.compile(
    rf"{_AGE}?(?:,|\s(?:is|was)|\s\(|\s?[-:])\s?(?:an?|my|our|the|one\sof\s(?:my|our|the))?\s?(?:[\w-]+\s)?"
    r"(?:in-?patient|out-?patient|patients?|service\suser|care\shome\sresident)(?=\s*(?:[).,;:?!]|of|on|in|at|with|"
    r"who|under|here|for|from)|\s*$)",
    re.I,
)
_AGED = re.compile(r"(?:,?\s?\(?aged?\s\d{1,3}|\s?\(\d{1,3}\)|,\s\d{1,3}(?=[,.\s]))", re.I)
_THEN = re.compile(rf"[^.?!\n]{{0,120}}?\b(?:{CONDITION}|{DONE_TO}|{HAPPENED})", re.I)
_LATER = re.compile(
    rf"[^.;?!\n]{{0,70}}?(?:{_OF_THEIRS}|,?\s(?:and|but|who|because|when)(?:{_WHO})?{_HAS}|"
    rf"\s(?:after|since|because\sof|due\sto|following|from|with)\s)(?:not\s)?(?P<what>{_AILS})",
    re.I,
)
_OFFICE_BEHIND = re.compile(rf"[\s\-](?:{either(IN_OFFICE)})\b", re.I)
_ENDS = re.compile(
    r"\s*(?:$|[.,;:?!()\n]|-\s|(?:and|but|or|so|as|after|since|while|when|where|who|that|because|with|without|from|"
    r"in|on|at|for|to|by|of|"
    r"before|during|until|though|although|than|then|a|an|the|his|her|their|he|she|they|it|we|i|is|was|has|had|will|"
    r"can|could|did|"
    r"does|this|last|now|again|too|also|yet|still|two|three|made|makes|got|last|diagnosis|patient)\b)",
    re.I,
)

_TREATED = re.compile(
    r"\b(?:treat(?:ed|ing)|(?:re|mis|over|un)?diagnos(?:ed|ing)|discharg(?:ed|ing)|(?:re)?admitt(?:ed|ing)|"
    r"section(?:ed|ing)|"
    r"resuscitat(?:ed|ing)|operat(?:ed|ing)\son|sedat(?:ed|ing)|intubat(?:ed|ing)|triag(?:ed|ing)|nursed|"
    r"restrained|catheterised|overdosed)\s$",
    re.I,
)
_AILMENT_OF = re.compile(rf"{CONDITION}\s(?:patient|sufferer|victim|survivor|of|in)\s$", re.I)
_AILMENT_FOR = re.compile(rf"{CONDITION}\s(?:patient|sufferer|victim|survivor|of|in|for|from)\s$", re.I)
_CASE_OF = re.compile(
    r"\b(?:diagnosis|death|discharge|admission|overdose|suicide|biopsy|medication|(?:blood|test|scan|"
    r"biopsy)\sresults?|prognosis|"
    r"mis-?diagnosis|scan|x-?ray|prescription|symptoms|illness)\s(?:of|for)\s$",
    re.I,
)
_OLD = re.compile(r"\b\d{1,3}[\s-](?:years?|yr|month|week|day)s?[\s-]olds?\s$", re.I)

_TELLS = (
    r"\b(?:t(?:old|ell(?:s|ing)?)|inform(?:ed|s|ing)?|text(?:ed|s|ing)?|wr(?:ote|ites|iting)\s(?:to|that)|email(?:ed|"
    r"s)?|"
    r"warn(?:ed|s)?|notif(?:ied|ies)|show(?:ed|s)|convinced|let)\s$"
)
_TOLD_SOMEBODY = re.compile(_TELLS, re.I)
_WHAT_IT_IS = (
    rf"(?:,?\sthat)?\s(?:it|(?:the|a|his|her|their)\s(?:\w+\s){{0,2}}?(?:mole|lump|scan|mri|ct|x-?ray|biopsy|tests?|"
    rf"results?|"
    rf"mass|growth|lesion|rash|pain|cough|bleeding|spot|swelling|shadow|bloods|smear|mammogram))\s(?:\w+ly\s)?"
    rf"(?:is|was|were|are|could\sbe|might\sbe|may\sbe|showed|shows|meant|means|looked\slike|came\sback\s(?:as|with))\s"
    rf"(?:{_AILS}|positive|malignant|benign|cancerous)"
)
_OF_HERS = (
    rf"\s(?:about|of)\s(?:(?:his|her|their)\s(?:{_AILS}|{ON_PAPER}\b)|(?:the|a)\s(?:mole|lump|mass|growth|lesion|"
    rf"shadow|tumour)"
    r"(?:\s(?:in|on)\s(?:his|her|their)\s\w+)?)"
)
_TOLD = re.compile(rf"(?:{_WHAT_IT_IS}|{_OF_HERS})", re.I)
_WAS_TOLD = re.compile(
    rf"\s(?:(?:was|were|has\sbeen|had\sbeen|is|got)\s(?:\w+ly\s)?(?:told|informed|warned|texted)|heard|learn(?:t|ed)|"
    rf"found\sout|"
    rf"read)(?:\s(?:by|from|in|on)(?:\s\w+){{1,3}}?)?(?:{_WHAT_IT_IS}|\s(?:about|of)\s(?:his|her|their)\s{_AILS}|"
    rf"(?:\sthat)?\s(?:he|she|they)\s(?:\w+\s)?(?:has|had|have|is|was)\s{_AILS})",
    re.I,
)

_SURE = {Known.PATIENT, Known.TITLE, Known.RELATIVE, Known.FIRST_NAME, Known.SINGLE}
_SUREST = {Known.PATIENT, Known.TITLE, Known.RELATIVE}
_BEHIND = (
    (_ENDURES, set(Known)),
    (_OWNS, set(Known)),
    (_IS_A_PATIENT, set(Known)),
    (_SUFFERS, set(Known)),
    (_BODY_FAILED, _SURE),
    (_APPOSED_AS, _SUREST),
    (_APPOSED_STATE, {Known.FIRST_NAME, Known.SINGLE}),
    (_NEXT, _SURE),
    (_OWNS_RECORDS, {Known.PATIENT, Known.TITLE}),
    (_LATER, _SUREST),
)


def named_people(plain: str, numbers: tuple[Span, ...] = ()) -> Iterator[Span]:
    """The names of those who are ill or cared for; `numbers` are those in the text that belong to one person."""
    if plain.isupper():
        plain = plain.lower()
    around = Around(plain, numbers)
    for name in (*names(plain), *short_names(plain)):
        if _behind(plain, name) or _before(plain, name) or is_cared_for(name, around) or _is_said_to_be_a_patient(name):
            yield name.start, name.end


def _is_said_to_be_a_patient(name: Name) -> bool:
    return name.known is Known.PATIENT


def _behind(plain: str, name: Name) -> bool:
    """Whether the words behind the name say what ails its owner."""
    for pattern, kinds in _BEHIND:
        if name.known in kinds and (found := pattern.match(plain, name.end)) and _ends(plain, found.end(), name):
            return True
    told = _TOLD_SOMEBODY.search(plain, max(0, name.start - 20), name.start) and _TOLD.match(plain, name.end)
    if (found := told or _WAS_TOLD.match(plain, name.end)) and _OFFICE_BEHIND.match(plain, found.end()) is None:
        return True
    if _MY_NAME.search(plain, max(0, name.start - 20), name.start) and _OF_MINE.match(plain, name.end):
        return True
    if name.known in _SURE and _AGED.match(plain, name.end):
        then = _THEN.match(plain, name.end)
        return then is not None and _ends(plain, then.end(), name)
    return False


def _ends(plain: str, at: int, name: Name) -> bool:
    """Whether what ails the person is said to its end here: a stroke consultant has no stroke."""
    if name.known in {Known.STAFF, Known.CAPITALS}:
        return _ENDS.match(plain, at) is not None
    return _OFFICE_BEHIND.match(plain, at) is None


def _before(plain: str, name: Name) -> bool:
    """Whether the words before the name say it."""
    if name.known in {Known.STAFF, Known.CAPITALS, Known.INITIALS}:
        return False
    lead = plain[max(0, name.lead - 60) : name.lead]
    weaker = name.known in {Known.FIRST_NAME, Known.SINGLE}
    patterns = (_TREATED, _AILMENT_OF, _CASE_OF) if weaker else (_TREATED, _AILMENT_FOR, _CASE_OF)
    if any(pattern.search(lead) for pattern in patterns):
        return True
    return _OLD.search(lead) is not None and _THEN.match(plain, name.end) is not None
