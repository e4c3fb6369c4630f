"""Where quotations begin and end in a text: typographic and straight marks, apostrophes told apart from them."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

_OPENERS = {"‘": "single", "“": "double"}
_CLOSERS = {"’": "single", "”": "double"}
_STRAIGHT = {"'": "straight single", '"': "straight double"}
_ENDS = ".!?,…;:—–-"
_OPENING_BEFORE = "([{“‘\"'—–-/"
_SHORTENED = re.compile(r"(?:[sS]|\w{2}in|\b(?:an|o|th|ol))$")


@dataclass(frozen=True)
class Span:
    """A quotation in a text, its marks included: `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True)
class _Mark:
    at: int
    kind: str
    opens: bool
    may_be_apostrophe: bool = False


def find_quotations(text: str) -> list[Span]:
    """The outermost quotations of a text in order. A mark without its partner begins or ends none."""
    spans: list[Span] = []
    opened: list[_Mark] = []
    waiting: Counter[str] = Counter()
    for mark in _without_apostrophes(list(_marks(text))):
        if mark.opens:
            opened.append(mark)
            waiting[mark.kind] += 1
        elif waiting[mark.kind]:
            while opened[-1].kind != mark.kind:
                waiting[opened.pop().kind] -= 1
            waiting[mark.kind] -= 1
            spans.append(Span(opened.pop().at, mark.at + 1))
    return _outermost(spans)


def _outermost(spans: list[Span]) -> list[Span]:
    result: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not result or span.start >= result[-1].end:
            result.append(span)
    return result


def _marks(text: str) -> Iterator[_Mark]:
    for match in re.finditer("[‘’“”'\"]", text):
        before, char, after = text[match.start() - 1 : match.start()], match[0], text[match.end() : match.end() + 1]
        kind = _OPENERS.get(char) or _CLOSERS.get(char) or _STRAIGHT[char]
        opens = char in _OPENERS or (char in _STRAIGHT and _stands_before_a_word(before, after))
        if opens or _stands_after_a_word(kind, before, after):
            yield _Mark(
                match.start(),
                kind,
                opens,
                not opens and _looks_shortened(kind, text[max(match.start() - 6, 0) : match.start()]),
            )


def _stands_before_a_word(before: str, after: str) -> bool:
    return (not before or before.isspace() or before in _OPENING_BEFORE) and bool(after) and not after.isspace()


def _stands_after_a_word(kind: str, before: str, after: str) -> bool:
    """Whether the mark can close: something stands before it, and no letter after it unless a sentence ended."""
    if not before or before.isspace():
        return False
    return "double" in kind or not after.isalnum() or before in _ENDS


def _looks_shortened(kind: str, before: str) -> bool:
    """Whether a single mark may be an apostrophe: the trusts’ data, doin’."""
    return "single" in kind and bool(_SHORTENED.search(before))


def _without_apostrophes(marks: list[_Mark]) -> list[_Mark]:
    """A mark after a plural or shortened word is no end, if the quotation ends for certain before another begins."""
    kept: list[_Mark] = []
    ends_for_certain: dict[str, bool] = {}
    for mark in reversed(marks):
        if mark.may_be_apostrophe and ends_for_certain.get(mark.kind):
            continue
        kept.append(mark)
        if not mark.may_be_apostrophe:
            ends_for_certain[mark.kind] = not mark.opens
    return kept[::-1]
