"""Dates of birth: dates that are called one, and whole dates so long ago that they can hardly be anything else.

A date is one by the words at it (*dob*, *date of birth*, *born*, *her birthday*), with nothing but small words between.
Without such words it has the shape of one when it is in figures and lies decades back, or is written out behind
somebody it may belong to. What began, was founded or published on a date was not born; nor was the NHS.
"""

import re
from collections.abc import Iterator

from eventsite.questions.patient_data.date_notations import DAY, DAY_WRITTEN, FULL, GAP, LOOSE, MONTH, ONLY_A_DAY, YEAR

Span = tuple[int, int]

_CALLED = (
    r"\b(?:d\s?\.?/?\s?o\s?\.?/?\s?b(?![a-z])\.?|dates?[\s_-]{1,2}of[\s_-]{1,2}b(?:irth|rith|rth)|birth[\s_-]?dates?)"
)
_CALLS = re.compile(_CALLED, re.I)
_SMALL_WORDS = (
    r"(?:[\s:;=(,\"'|>\-]|\b(?:is|was|as|of|on|the|given|recorded|listed|shown|entered|reads?|being|a|actually|"
    r"really|wrongly|"
    r"correct(?:ed|ly)?|to|his|her|their|says?|should|be|not|which|that|in|our|record|system|notes|for|patient|him|"
    r"her|them|me)\b|\([^()]{1,50}\)){0,16}"
)
_CALLED_ONE = re.compile(
    rf"{_CALLED}{_SMALL_WORDS}(?P<date>{LOOSE}|{ONLY_A_DAY}|(?<=[b:=]\s)(?:18|19|20)\d\d(?![\d-]|\s{MONTH}))", re.I
)
_CALLED_BEHIND = re.compile(
    rf"(?P<date>{FULL})\s?[\s(,\[=:-]{{0,3}}(?:(?:is|was|as|being)\s(?:\w+\s){{0,2}})?{_CALLED}", re.I
)
_PLACE = (
    r"\s(?:in|at|near)\s(?!the\s(?:nhs|eu|uk)\b)[\w'.]{1,20}(?:\s(?!on\b)[\w'.]{1,20}){0,3}?,?\s(?:on\s)?(?:the\s)?"
)
_BORN_BETWEEN = r"(?:[\s:(,]|\b(?:on|in|the|about|around|prematurely|early|at\sterm)\b){1,8}"
_BORN = re.compile(rf"\bborn(?:{_BORN_BETWEEN}|{_PLACE})(?<=[\s(:,])(?P<date>{LOOSE})", re.I)
_BORN_SHORT = re.compile(rf"(?:\bb\.\s?|\(b\s)(?P<date>{FULL})", re.I)
_DAY_NAME = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?,?\s)?"
_BORN_SOMEHOW = re.compile(
    rf"\bborn\b(?:,?\s(?:[\w'-]+,?\s){{1,6}}?on\s|\s){_DAY_NAME}(?:the\s)?(?P<date>{LOOSE}|{DAY_WRITTEN}\sin\s{MONTH}"
    rf"\s(?:18|19|20)\d\d(?!\d)|{DAY}[./-][ivx]{{1,4}}[./-]{YEAR})",
    re.I,
)
_BORN_IN_A_MONTH = re.compile(
    rf"\bborn\s(?:in\s|on\s)?(?P<date>{DAY_WRITTEN}\sin\s{MONTH}\s(?:18|19|20)\d\d(?!\d)|{MONTH}{GAP}(?:18|19|20)\d\d,?"
    rf"\son\sthe\s{DAY}(?:st|nd|rd|th)?\b)",
    re.I,
)
_A_YEAR = r"(?P<date>(?:19|20)\d\d)(?![\d/\-]|\.\d)"
_YEAR_OF_BIRTH = re.compile(
    rf"\b(?:year\sof\sbirth|birth\syear|y\.?o\.?b\b\.?)(?:[\s:=(,-]|\b(?:is|was|as|of|given|"
    rf"recorded)\b){{1,8}}{_A_YEAR}"
    rf"|(?:\(|,\s)(?:b\.?|born)\s?(?P<short>(?:19|20)\d\d)(?!\d)"
    rf"|\b(?:he|she|i|patient|mr\w*\s\w+|mother|mum|father|dad|nan|son|daughter|wife|husband)(?:,?\s(?:was|who\swas|"
    rf"is|am))?,?"
    rf"\sborn\sin\s(?P<told>(?:19|20)\d\d)(?!\d)",
    re.I,
)
_SOMEHOW = re.compile(
    rf"{_CALLED}\b(?:,?\s[\w'-]+){{1,9}}?(?:\sis|\swas|\sas|\sfrom|\sto|:|,)\s(?P<date>{FULL})|"
    rf"{_CALLED}\W{{1,3}}{_DAY_NAME}"
    rf"(?P<named>{FULL}|(?:18|19|20)\d\d\s{MONTH}\s{DAY})",
    re.I,
)
_TURNED = re.compile(
    rf"\b(?:(?:turn(?:ed|s)|turning|(?:he|she|i|who|mother|mum|father|dad|nan|son|daughter|patient)\s(?:will|"
    rf"would)\s(?:be|turn))\s(?P<age>1?\d{{1,2}})|(?:\d{{1,3}}(?:st|nd|rd|th)\s)?(?:b-?day|"
    rf"birthday)(?:\s(?:is|was|falls|of))?)(?:[\s:,(]|\bon\b){{1,5}}{_DAY_NAME}(?:the\s)?(?P<date>{FULL}|{ONLY_A_DAY})",
    re.I,
)
_ARRIVED = re.compile(
    rf"\b(?:baby|bab(?:ies|a)|little\s(?:one|boy|girl|man)|twins?|newborn|(?:grand)?(?:son|daughter|child)|boy|girl)\b"
    rf"[^.?!\n]{{0,30}}\b(?:arrived|came|delivered|appeared)\s(?:to\sus\s)?(?:on\s)?{_DAY_NAME}(?:the\s)?(?P<date>{FULL})",
    re.I,
)
_BIRTHDAY = re.compile(
    rf"\b(?:my|his|her|their|'s)\s(?:[\w-]+\s)?birthday(?:\s(?:is|was|falls|being|on)|"
    rf"[\s:,(]){{0,4}}(?P<date>{LOOSE}|{ONLY_A_DAY})",
    re.I,
)
_IN_FIGURES = re.compile(
    rf"(?<![\w/.\-£$€])(?P<date>{DAY}([/.\-]){DAY}\2(?P<year>(?:19|20)\d\d)|(?P<iso>(?:19|20)\d\d)([/\-])\d\d\5\d\d|"
    rf"{DAY}/{DAY}/(?P<short>[3-9]\d)|{DAY}([/.\-]){MONTH}\7(?P<named>[3-9]\d))(?![\w/\-]|\.\d)",
    re.I,
)
_WRITTEN_OUT = re.compile(
    rf"(?<![\w/.\-])(?P<date>{DAY_WRITTEN}{GAP}{MONTH}{GAP}(?P<year>19\d\d|200\d|201[0-5]))(?!\d)", re.I
)

_NOT_BORN = re.compile(
    r"\b(?:nhs(?!\sn)|service|services|trust|hospital|commission|programme|project|idea|company|network|tool|model|"
    r"scheme|"
    r"charity|department|"
    r"standard|movement|field|system|internet|web|ai|technology|concept|standards|team|college|union|"
    r"institute)\b(?:'s)?[^.?!]{0,30}$"
    r"|\b(?:people|everyone|everybody|anyone|anybody|those|babies|children|patients|it|lab|app|ward|unit|version)\b"
    r"[^.?!]{0,20}$",
    re.I,
)
_BEGAN = re.compile(
    r"\b(?:since|until|till|from|before|after|by|between|and|dated|published|founded|launched|began|begun|started|"
    r"opened|closed|released|"
    r"updated|version|v|issued|signed|enacted|act|law|effective|force|introduced|passed|ended|accessed|revised|"
    r"retrieved|approved|"
    r"appointed|on|of|in)\W{0,3}(?:the\s)?$",
    re.I,
)
_SOMEBODY = re.compile(
    r"\b(?:patients?|pt|mrs?|ms|miss|master|she|he|her|his|him|aged?|female|male|lady|gentleman|man|woman|boy|girl|"
    r"mother|mum|father|dad|"
    r"son|daughter|husband|wife|resident|client|baby|child|f|m|nhs\s(?:no|number))\b[^.?!\n]{0,60}$",
    re.I,
)
_PLACES = ("date", "short", "told", "named")
_UNKNOWN = re.compile(r"0?1([/.-])0?1\1(?:1900|1800|1753)|(?:1900|1800|1753)-01-01|31/12/(?:1899|9999)")
_LAST_IN_FIGURES = 2015


def dates_of_birth(plain: str) -> Iterator[Span]:
    """Dates by the words at them, and then by their shape; what stands where nobody knows the date is none."""
    for start, end in _dates(plain):
        if not _UNKNOWN.fullmatch(plain, start, end):
            yield start, end


def _dates(plain: str) -> Iterator[Span]:
    called = _CALLS.search(plain) is not None
    for pattern in (_CALLED_ONE, _CALLED_BEHIND, _BORN_SHORT) if called else (_BORN_SHORT,):
        for found in pattern.finditer(plain):
            yield found.span("date")
    for pattern in (_BORN_IN_A_MONTH, _BORN, _BIRTHDAY):
        for found in pattern.finditer(plain):
            if not _NOT_BORN.search(plain, max(0, found.start() - 60), found.start()):
                yield found.span("date")
    yield from _told_of(plain)
    yield from _by_shape(plain)


def _told_of(plain: str) -> Iterator[Span]:
    """Dates and years with more words between, and the days on which somebody turned an age."""
    for pattern in (_BORN_SOMEHOW, _YEAR_OF_BIRTH, _SOMEHOW, _TURNED, _ARRIVED):
        for found in pattern.finditer(plain):
            if not _NOT_BORN.search(plain, max(0, found.start() - 60), found.start()):
                yield next(found.span(name) for name in _PLACES if found.groupdict().get(name))


def _by_shape(plain: str) -> Iterator[Span]:
    for found in _IN_FIGURES.finditer(plain):
        year = int(found["year"] or found["iso"] or f"19{found['short'] or found['named']}")
        if year <= _LAST_IN_FIGURES and not _BEGAN.search(plain, max(0, found.start() - 20), found.start()):
            yield found.span("date")
    for found in _WRITTEN_OUT.finditer(plain):
        lead = max(0, found.start() - 80), found.start()
        if _SOMEBODY.search(plain, *lead) and not _BEGAN.search(plain, *lead):
            yield found.span("date")
