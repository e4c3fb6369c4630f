"""Dates that are a birth by what stands around them: every date in a text is read, and then the words at it."""

import re
from collections.abc import Iterator

from eventsite.questions.patient_data.date_notations import A_DAY, ANY_DATE, PART_OF_A_DATE

Span = tuple[int, int]

_CALLS = re.compile(
    r"(?:\bd\s?[./]?\s?o\s?[./]?\s?b\b\.?|\bd\sof\sb\b|\bdates?[\s_-]{1,2}of[\s_-]{1,2}b(?:irth|rith|rth)\b|"
    r"\bbirth[\s_-]?(?:dates?|days?|certificates?)\b(?!\s(?:cards?|apps?|bots?|fields?\swas|columns?|module))|"
    r"\bb'?-?days?\b|\bborn\b|(?<![\w.])b\.?(?=\s?\d)|\((?:b|geb|n)\.?(?=\s)|\*\s?(?=\d)|\b(?:came|"
    r"brought)\sinto\s(?:the|this)\sworld\b|\bsaw\sdaylight\b|"
    r"\bdelivered\b|\bbirth\sregister\w*|\bdate\sof\smy\sbirth\b|\bwhen\s(?:i|he|she)\s(?:arrived|was\sborn)\b|"
    r"\barrived\sin\s(?:the|this)\sworld\b|"
    r"\bbirthdays?\b|\b(?:wartime|war|christmas|leap[\s-]year|millennium|summer|winter)\s(?:baby|child)\b|\b(?:our|"
    r"my|her)\s(?:\w+\s)?(?:baby|son|daughter|twins)\s"
    r"(?:came|arrived)\b|\bbaptised\b|\bn[ae]t[oa]\b|\bn\u00e9e?\b|\bnee?\sle\b|\bgeb(?:oren|urtsdatum)?\b|"
    r"\burodzon[ya]\b|\bganwyd\b|\bnacid[oa]\b|\b(?:my|his|her|their)\sbirth\b)'?s?",
    re.I,
)
_BETWEEN = 60
_ANOTHER_DAY = re.compile(
    r"\b(?:diagnos\w+|admi(?:tted|ssion)\w*|discharg\w+|appoint\w+|referr\w+|go-live|went\slive|goes|updated|"
    r"published|due|deadline|"
    r"reviewed|session|event|meeting|release\w*|launch\w*|act|opened|died|death|buried|vaccinat\w+|started|began|"
    r"operat\w+|"
    r"surgery|joined|retired?|retires|signed|letter\sof|added|dated|valid|expir\w+|changes?d?\son|as\sof)\b|"
    r"\b(?:since|before|after|until|by|between|from|seen|scan(?:ned)?|version|rule\sof|seen\son|scan\son|"
    r"rule)\s(?:the\s|on\s|of\s)?$",
    re.I,
)
_NOT_BORN = re.compile(
    r"\b(?:nhs(?!\sn)|services?|trusts?|hospitals?|commission|programme|project|ideas?|company|network|tools?|"
    r"models?|scheme|charity|department|standards?|movement|"
    r"field|systems?|internet|web|ai|technology|concept|teams?|college|union|institute|people|everyone|everybody|"
    r"anyone|anybody|those|babies|children|patients|"
    r"adults|women|men|lab|app|ward|unit|version|cohort|eligib\w+|all|somebody|someone|person|practice|centre|data|"
    r"records?)"
    r"(?:'s)?(?:\s(?:was|were|is|are|who|that|being|first|really|has\sbeen|set\sas|out\sof))*\W{0,2}$",
    re.I,
)
_AGES = (
    r"(?:\d{1,3}|a\shundred(?:\sand\s\w+)?|one\shundred(?:\sand\s\w+)?|(?:twenty|thirty|forty|fifty|sixty|seventy|"
    r"eighty|ninety)(?:[\s-]\w+)?|eighteen|sixteen|"
    r"nineteen|twenty-one|ten|eleven|twelve|thirteen|fourteen|fifteen|seventeen|five|six|seven|eight|nine|four|three|"
    r"two|one)"
)
_TURNS = re.compile(
    rf"\b(?:turn(?:s|ed|ing)?|will\sbe|would\sbe|would\shave\sbeen|have\sbeen|'d\sbe|'ll\sbe|is|was|i'm|she's|he's|"
    rf"be|becomes?|hit|"
    rf"reach(?:es|ed)|celebrat\w+\s(?:her|his|my|their)|"
    rf"has\s(?:her|his)|had\s(?:her|his|my))\s{_AGES}(?:st|nd|rd|"
    rf"th)?(?:\sbirthday)?(?:\syears\sold)?,?\s(?:\w+day\s)?(?:on|this\scoming|next|come|"
    rf"last)\s(?:\w+day,?\s)?(?:the\s)?$",
    re.I,
)
_HER_NINETIETH = re.compile(
    r"\b(?:my|his|her|their|mum's|dad's|nan's)\s(?:\w+ieth|\d{1,3}(?:st|nd|rd|th)|hundredth|\w+-(?:first|second|"
    r"third|fourth|fifth|sixth|"
    r"seventh|eighth|ninth)|eighteenth|twenty-first)(?:\sbirthday)?\s(?:was|is|falls|fell|"
    r"will\sbe)\s(?:on\s)?(?:\w+day,?\s)?(?:the\s)?$",
    re.I,
)
_OF_AN_INSTITUTION = re.compile(
    r"\b(?:nhs(?!\sn)|trust|hospital|charity|company)(?:\s(?:was|is|turns|turned|will)\b)", re.I
)
_THING_TURNS = re.compile(
    r"\b(?:nhs|trust|hospital|programme|project|service|tool|app|ward|unit|act|company|charity|tickets?|system|"
    r"network|pilot|scheme|clinic|centre|campaign|practice|it|we|team|contract|"
    r"group|school|department|board|library)\b(?:\s(?:will|has|is|just|really|only))*\W{0,2}$",
    re.I,
)
_AGED = re.compile(
    r"(?:\b(?:aged?|is|am|i'm|he's|she's|they're|was|just)\s(?:now\s)?\d{1,3}|\b\d{1,3}\s?(?:yo|yrs?|years?\sold|y/o|"
    r"f|m)|\b[fm]\d{1,3}|\b[fm],?\s\d{1,3}|,\s\d{1,2})"
    r"[,;:]?\s?(?:\(|-\s)?(?:dob\s)?$",
    re.I,
)
_LINKED = re.compile(
    r"(?:\b(?:mine|hers|theirs|his|yours|ours|the\s(?:other|second|first|real|right|correct|wrong)(?:\sone)?|it|"
    r"(?:my|her|his)\s(?:\w+\s)?(?:\w+))(?:'s|\sis|\swas|\ssays|\shas)|\bnot|"
    r"\bor|\band|\bversus|\bvs\.?|\binstead\sof|\brather\sthan|\bother|\bbut|\bto|\binto|\bas|&|/|;|,)\s(?:really\s|"
    r"also\s|actually\s|the\s|on\s)?$",
    re.I,
)
_SEPARATE = re.compile(
    r"(?:^|\.\s|\b(?:are|details|check|quote|name|me|i'm|am|gave|give|use|typed?|entered|with)\s|[,;:/|(\[\"'+&]|"
    r"\s-|\sand|\n)\s?(?:the\s)?$",
    re.I,
)
_LISTED = re.compile(
    r"\s?[/|,;+]\s?(?:nhs|ni\b|nino|[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}\b|\d{3}[\s-]?\d{3}[\s-]?\d{4}|"
    r"[a-z]{2}\s?\d\d\s?\d\d)",
    re.I,
)
_ENDS = re.compile(r"\s?(?:$|[,;:/|)\].?!\"'+&]|-\s|and\b|\n)", re.I)
_PERSON_BEHIND = re.compile(
    r"[,;)]?\s(?:pleasant|elderly|retired|female|male|f|m|lady|gentleman|widow\w*|(?:wo)?man|girl|boy|caucasian|"
    r"nhs\s(?:no|number)|aged|is\s(?:me|my|his|her|when)|was\smy\sbirth)\b",
    re.I,
)
_CALLED_BEHIND = re.compile(
    r",?[\s(]{1,2}(?:(?:is|was|being|as|i\.e\.|that's|this\sis|which\sis)\s)?(?:(?:my|his|her|their|the|our|mum's|"
    r"dad's)\s)?(?:\w+\s)?(?:d\.?o\.?b\b|date\sof\sbirth|"
    r"birth\s?da(?:y|te)|birth\b|when\s(?:i|he|she)\swas\sborn)",
    re.I,
)
_IS_SOMEBODY = re.compile(
    r"\b(?:our|my|little|young)\s(?-i:[A-Z][a-z]+),?\s\(?$|\b(?:i'm|i\sam|he's|she's|he\sis|she\sis|i\swas|me,)\s(?:a\s)?(?:the\s)?$",
    re.I,
)
_SOMEBODY = re.compile(
    r"\b(?:mrs?|ms|miss|master|patient|pt|my\s(?:[\w'-]+\s){0,2}?(?:mother|mum|mam|father|dad|sister|brother|son|"
    r"daughter|wife|husband|partner|nan|gran\w*|aunt\w*|uncle|"
    r"neighbour|friend|name)|name|i\sam|i'm|details|himself|herself|me)\b[^.?!\n]{0,28}$",
    re.I,
)
_SAID = re.compile(
    r"(?:\bborn\s(?:(?:way\s)?(?:back\s)?(?:in|about|around|c\.?|circa)|sometime\sin|(?:up|down|over|out)?\s?(?:in|"
    r"at|near)\s[A-Z][\w' ]{1,25},?\sin|"
    r"(?:in\s)?the\s(?:spring|summer|autumn|winter|year|month)(?:\sof)?)|\bborn[,:]?|\bb\.|\b(?:year|"
    r"month)\sof\sbirth(?:\s(?:is|was|as|of))?[:=]?|"
    r"\bbirth\s(?:year|month)(?:\s(?:is|was|as|of))?[:=]?|\byob[:=]?|\bvintage|\b(?:d\.?o\.?b\.?|dates?\sof\sbirth|"
    r"birth\s?da(?:te|y))(?:'s|\s(?:is|was|as|of|being))*[:=,]?|"
    r"\b(?:has|have|had|puts?|list(?:s|ed)?|records?|recorded|down)\s(?:me|him|her|them|"
    r"my\s\w+)\s(?:down\s)?as\sborn(?:\sin)?)\s$",
    re.I,
)
_BEGAN = re.compile(
    r"\b(?:since|until|till|from|before|after|by|between|dated|published|founded|launched|began|begun|started|opened|"
    r"closed|released|updated|version|issued|signed|enacted|"
    r"act|law|effective|force|introduced|passed|ended|accessed|revised|retrieved|approved|appointed|diagnos\w+|"
    r"admitted|seen|referred|operated|treated|married|joined|qualified|"
    r"retired|died|wrote|letter|report|scan|results?|surgery|operation|on|of|in|notes|session|"
    r"meeting)\W{0,3}(?:\w+\s)?(?:the\s)?$",
    re.I,
)
_OF_MINE = re.compile(
    r"\b(?:i|i'm|my|me|mine|he|his|she|her|hers|they|their|mrs?|ms|miss|patient|mum|dad|nan|wife|husband|son|"
    r"daughter|name)\b",
    re.I,
)
_LONG_AGO = 2010
_EARLIEST, _LATEST = 1905, 2024


def birthdays(plain: str, *, beside: bool) -> Iterator[Span]:
    """Each date with a birth around it; `beside` says that the text has a number or an address of one person."""
    ends: list[int] = []
    for found in ANY_DATE.finditer(plain):
        start, end = found.span()
        if _is_a_birth(plain, found, beside=beside, last=ends[-1] if ends else None):
            ends.append(end)
            yield start, end
    for found in A_DAY.finditer(plain):
        before = plain[max(0, found.start() - 60) : found.start()]
        if _turns(before) or (_is_called(before) and not re.match(r"[\s,]{1,2}\d", plain[found.end() :])):
            yield found.span()
    for found in PART_OF_A_DATE.finditer(plain):
        before = plain[max(0, found.start() - 90) : found.start()]
        if _is_said_to_be_one(before):
            yield found.span()


def _is_said_to_be_one(before: str) -> bool:
    """Whether it is said, in so many words, that what follows is a birth."""
    said = _SAID.search(before)
    return said is not None and _NOT_BORN.search(before[: said.start()]) is None


def _turns(before: str) -> bool:
    """Whether somebody, and not something, turns an age on the day behind it."""
    turns = _TURNS.search(before) or _HER_NINETIETH.search(before)
    return turns is not None and not (_THING_TURNS.search(before[: turns.start()]) or _OF_AN_INSTITUTION.search(before))


def _is_a_birth(plain: str, found: re.Match[str], *, beside: bool, last: int | None) -> bool:
    start, end = found.span()
    before = plain[max(0, start - 110) : start]
    year = _year(found[0])
    if year is not None and year < _EARLIEST:
        return False
    if _is_called(before) or _turns(before):
        return True
    if year is None or year > _LATEST:
        return year is None and last is not None and _LINKED.search(before) is not None
    if last is not None and start - last < 90 and _LINKED.search(before):
        return not _ANOTHER_DAY.search(plain, last, start)
    if _AGED.search(before) or _PERSON_BEHIND.match(plain, end):
        return not _ANOTHER_DAY.search(before[-25:])
    if _CALLED_BEHIND.match(plain, end) or _IS_SOMEBODY.search(before):
        return True
    if (beside or _SOMEBODY.search(before)) and _stands_alone(plain, found, before):
        return True
    return year <= _LONG_AGO and _OF_MINE.search(before) is not None and not _BEGAN.search(before)


def _stands_alone(plain: str, found: re.Match[str], before: str) -> bool:
    """Whether it stands in a list of what somebody is known by: 943 476 5919 / 1966/05/17 / NG7 2QX."""
    if re.fullmatch(r"\d\.\d\.[0-2]\d", found[0]) or _ANOTHER_DAY.search(before[-30:]):
        return False
    listed = _LISTED.match(plain, found.end()) is not None
    return listed or (_SEPARATE.search(before) is not None and _ENDS.match(plain, found.end()) is not None)


def _is_called(before: str) -> bool:
    """Whether a word of birth stands before it, with nothing between that makes it another day."""
    called = max(_CALLS.finditer(before), key=re.Match[str].end, default=None)
    if called is None or len(before) - called.end() > _BETWEEN:
        return False
    between = before[called.end() :]
    if _ANOTHER_DAY.search(between) or re.search(r"[.?!]\s[A-Z]|\d{4}|\n\n", between):
        return False
    return _NOT_BORN.search(before[: called.start()]) is None


def _year(date: str) -> int | None:
    """The year, where it is in figures."""
    if whole := re.search(r"(?:18|19|20)\d\d", date):
        return int(whole[0])
    short = re.search(r"(\d\d)$", date)
    return 1900 + int(short[0]) if short else None
