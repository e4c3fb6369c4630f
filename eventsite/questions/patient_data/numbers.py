"""NHS numbers and National Insurance numbers: what their digits and letters prove by themselves."""

import re
from collections.abc import Iterator
from itertools import pairwise

from eventsite.questions.patient_data.findings import Taken
from eventsite.questions.patient_data.reading import with_digits

Span = tuple[int, int]

_GAP = r"(?:\s{0,3}[-./_,]?\s{0,3}|\s?-{2}\s?)"
_CHAIN = re.compile(rf"\d+(?:{_GAP}\d+)*")
_GROUP = re.compile(r"\d+")
_DATE = re.compile(r"\d{1,2}([-./])\d{1,2}\1(?:19|20)?\d\d(?!\d)|(?:19|20)\d\d([-./])\d\d?\2\d\d?(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NOT_BEFORE = re.compile(r"(?:[£$€]|\bGBP|\b(?:isbn(?:-10)?|snomed(?: ct)?|sctid|issn|doi)[\s:#a-z]{0,12})\s?$", re.I)
_NOT_AFTER = re.compile(r"\s?(?:%|(?:pounds|million|billion|bn|tokens|parameters|bytes|bits|kwh)\b)", re.I)
_CALLED_NHS = re.compile(
    r"\bN\.?H\.?S\.?\W{0,3}(?:no|num|number|id|#)?s?\b[\s.:#=()]{0,4}(?:is|was)?[\s.:#=(]{0,3}$", re.I
)

_FIRST, _SECOND, _LAST = "[A-CEGHJ-PR-TW-Z]", "[A-CEGHJ-NPR-TW-Z]", "[A-D]"
_BETWEEN = r"[\s.\-/_]{0,3}"
# QQ is never given out: it stands in official examples, and so in what people type who have one before them.
_INSURANCE = re.compile(
    rf"(?<![A-Z0-9])(?!(?:BG|GB|KN|NK|NT|TN|ZZ))(?:{_FIRST}{_BETWEEN}{_SECOND}|Q{_BETWEEN}Q)(?:{_BETWEEN}\d){{6}}"
    rf"(?:{_BETWEEN}{_LAST}(?![A-Z0-9]))?(?![A-Z0-9])",
    re.I,
)
_INSURED = re.compile(
    r"\b(?:NINO|N\.?I\.?|national\s+insurance)\W{0,3}(?:no|num|number)?\W{0,3}(?:is|was)?\W{0,3}$", re.I
)
_WORDS = {"an", "as", "at", "be", "by", "he", "me", "my", "or", "we", "pa", "pm", "am", "ha"}


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits prove themselves by the last one, modulo 11."""
    if len(digits) != 10:
        return False
    return sum(int(digit) * weight for digit, weight in zip(digits, range(10, 0, -1), strict=True)) % 11 == 0


def nhs_numbers(plain: str) -> Iterator[Span]:
    """Ten digits in any spacing that prove themselves, and are no price, date or ISBN."""
    plain = with_digits(plain)
    for chain in _CHAIN.finditer(plain):
        if chain.end() - chain.start() < 10:
            continue
        yield from _in_chain(plain, chain.start(), chain.end())


def _in_chain(plain: str, start: int, end: int) -> Iterator[Span]:
    groups = [group.span() for group in _GROUP.finditer(plain, start, end)]
    found = [window for at in range(len(groups)) if (window := _window(plain, groups, at))]
    found.sort(key=lambda window: (not window[2], window[0]))
    taken = Taken(end - start)
    for begins, ends, _ in found:
        if taken.is_free(begins - start, ends - start):
            taken.take(begins - start, ends - start)
            yield begins, ends


def _window(plain: str, groups: list[Span], first: int) -> tuple[int, int, bool] | None:
    """Whole groups from this one on that make a number, and whether they are grouped as usual."""
    digits = 0
    for last in range(first, min(first + 10, len(groups))):
        digits += groups[last][1] - groups[last][0]
        if digits >= 10:
            break
    if digits != 10:
        return None
    window = groups[first : last + 1]
    start, end = window[0][0], window[-1][1]
    if not is_nhs_number("".join(plain[slice(*group)] for group in window)):
        return None
    usual = [to - begin for begin, to in window] in ([3, 3, 4], [10])
    called = _CALLED_NHS.search(plain, max(0, start - 30), start) is not None
    return (start, end, usual or called) if called or _stands_alone(plain, window, usual=usual) else None


def _stands_alone(plain: str, window: list[Span], *, usual: bool) -> bool:
    start, end = window[0][0], window[-1][1]
    if _NOT_BEFORE.search(plain, max(0, start - 30), start) or _NOT_AFTER.match(plain, end):
        return False
    gaps = [plain[one[1] : other[0]] for one, other in pairwise(window)]
    before = plain[max(0, start - 2) : start]
    if re.fullmatch(r"\d[-./,]", before) and (not gaps or before[1] in gaps) and (gaps or before[1] in ".,"):
        return False
    after = plain[end : end + 2]
    if gaps and re.fullmatch(r"[-./,]\d", after) and after[0] in gaps:
        return False
    kinds = {"".join(gap.split()) or " " for gap in gaps if gap}
    if "," in kinds and (len(kinds) > 1 or not usual or any(gap != "," for gap in gaps)):
        return False
    if any(re.fullmatch(r"\.\s+", gap) for gap in gaps) and len(kinds) > 1:
        return False
    dated = any(_DATE.match(plain, group[0]) for group in window)
    years = any(to - begin == 4 and _YEAR.match(plain, begin) for begin, to in window)
    return usual or (len(kinds) <= 1 and not dated and not (years and len(window) < 5)) or not (dated or years)


def insurance_numbers(plain: str) -> Iterator[Span]:
    """Two letters that are given out, six digits and a letter from A to D, in any spacing."""
    for found in _INSURANCE.finditer(plain):
        called = _INSURED.search(plain, max(0, found.start() - 40), found.start())
        if called or (found[0][-1].isalpha() and not _reads_as_words(plain, found)):
            yield found.span()


def _reads_as_words(plain: str, found: re.Match[str]) -> bool:
    """Whether it is a figure in a sentence: at 120000 a year."""
    return found[0][:2].casefold() in _WORDS and found[0][-2:] == " a" and plain[found.end() : found.end() + 1] == " "
