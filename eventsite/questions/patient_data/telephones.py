"""Telephone numbers of the United Kingdom, and foreign ones that begin with a plus."""

import re
from collections.abc import Iterator

from eventsite.questions.patient_data.reading import with_digits

Span = tuple[int, int]

_GAP = r"[\s()\[\].\-/_]{0,3}"
_ABROAD = rf"(?:\(?(?:\+|(?<!\d)00|\bplus\s){_GAP}44\)?|(?<![\d.,])44)(?:{_GAP}[(\[]\s?0\s?[)\]])?{_GAP}0?"
_TEN = re.compile(rf"(?:{_ABROAD}|(?<![\d])\(?0)(?P<n>{_GAP}[1-9](?:{_GAP}\d){{9}})(?!\d)", re.I)
_NINE = re.compile(r"(?<![\d.,])\(?(?P<n>0(?:1\d{2,4}|800|500|845))\)?[\s\-]{1,2}\d{2,6}(?:[\s\-]\d{2,4})?(?!\d)")
_FOREIGN = re.compile(rf"(?<![\w+])\+{_GAP}[1-9](?:{_GAP}\d){{8,13}}(?!\d)")
_CALLED = (
    r"\b(?:tel|tele?phone|phone|mobile|mob|cell|landline|fax|whats\s?app|(?:call|ring|text|phone|reach|contact)"
    r"(?:ed|ing)?\s(?:me|us|her|him|them)(?:\s(?:on|at))?)\b"
)
_IN_WORDS = re.compile(
    rf"{_CALLED}(?:\s(?:no|number|is|was|on))*[\s.:#=()]{{1,4}}(?P<n>(?:7(?:{_GAP}\d){{9}}|0?(?:{_GAP}\d){{9,10}}|"
    rf"[2-9](?:[\s\-]?\d){{5,7}}))(?!\d|[,.]\d)",
    re.I,
)
_PLAN = re.compile(r"1[1-9]|2[03489]|3[0347]|5[56]|7[0-9]|8[0478]|9[018]")
_MONEY = re.compile(r"(?:[£$€]|\bGBP)\s?$", re.I)
_POUNDS = re.compile(r"\s?(?:£|%|(?:pounds|quid|euros|dollars|million|billion|bn)\b)", re.I)
_DATE = re.compile(
    r"\(?(?:0?[1-9]|[12]\d|3[01])([-./ ])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d(?!\d)"
    r"|\(?(?:0?[1-9]|[12]\d|3[01])([-./])(?:0?[1-9]|1[0-2])\2\d\d(?!\d)"
)
_MEANT_FOR_ALL = re.compile(r"116\s?\d{3}$")


def telephones(plain: str) -> Iterator[Span]:
    """Numbers by the numbering plan in any spacing, and shorter ones that are called a telephone number."""
    plain = with_digits(plain)
    for found in _TEN.finditer(plain):
        if _is_a_number(plain, found):
            yield found.span()
    for found in _NINE.finditer(plain):
        if 9 <= sum(map(str.isdigit, found[0])) <= 10 and not _is_money(plain, found):
            yield found.span()
    for found in _FOREIGN.finditer(plain):
        yield found.span()
    for found in _IN_WORDS.finditer(plain):
        if not _MEANT_FOR_ALL.match(found["n"]):
            yield found.span("n")


def _is_money(plain: str, found: re.Match[str]) -> bool:
    before = _MONEY.search(plain, max(0, found.start() - 5), found.start())
    return before is not None or _POUNDS.match(plain, found.end()) is not None


def _is_a_number(plain: str, found: re.Match[str]) -> bool:
    national = "".join(filter(str.isdigit, found["n"]))
    if not _PLAN.match(national) or _is_money(plain, found) or _DATE.match(found[0]):
        return False
    groups = re.findall(r"\d+", found[0])
    if found[0].startswith("0") and (found[0][1] == "." or (groups[0] == "0" and max(map(len, groups)) > 1)):
        return bool(re.match(r"0\s?[(\[-]", found[0]))
    gaps = {"".join(gap.split()) or " " for gap in re.findall(r"(?<=\d)\D+(?=\d)", found[0])}
    return not ("." in gaps and len(gaps) > 1 and len(groups[0]) <= 2 and found[0][0] != "+")
