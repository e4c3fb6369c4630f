"""Words with some of them marked: what may identify somebody, what changed, what two questions have in common. Pure."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from eventsite.questions.patient_data import CODE_LABELS

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_PART = re.compile(r"\s+|\w+(?:['’-]\w+)*|[^\w\s]+")

CODES = {code: label[:1].upper() + label[1:] for code, label in CODE_LABELS.items()} | {
    "incident": "Harm or wrongdoing"
}


@dataclass(frozen=True, slots=True)
class Span:
    """Where in a text something stands, and what it is."""

    start: int
    end: int
    code: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. `kind` is how it is marked: not at all, "mark", "ins" or "del"; `note` says why."""

    text: str
    kind: str = ""
    note: str = ""


def spans_of(kept: str | None) -> list[Span]:
    """The spans a question keeps as JSON, in the order of the text."""
    return [Span(int(start), int(end), str(code)) for start, end, code in sorted(json.loads(kept or "[]"))]


def reasons_of(kept: str) -> list[str]:
    """What a question was held for, in words."""
    return [CODES.get(code, code.replace("_", " ").capitalize()) for code in kept.split(",") if code]


def marked(text: str, spans: Iterable[Span]) -> list[Piece]:
    """The whole text, with what may identify somebody marked."""
    pieces, done = [], 0
    for span in spans:
        start = max(span.start, done)
        if span.end > start:
            pieces += [Piece(text[done:start]), Piece(text[start : span.end], "mark", CODES.get(span.code, span.code))]
            done = span.end
    return _whole([*pieces, Piece(text[done:])])


def with_words(text: str, words: Sequence[str]) -> list[Piece]:
    """The text with the words marked that it has in common with another one."""
    wanted = {word.casefold() for word in words}
    spans = [found.span() for found in _WORD.finditer(text) if found[0].casefold() in wanted]
    return marked(text, [Span(start, end, "in common") for start, end in spans])


def difference(before: str, after: str) -> list[Piece]:
    """What became of a text, word by word: taken out ("del"), put in ("ins"), and what stayed."""
    old, new = _PART.findall(before), _PART.findall(after)
    pieces: list[Piece] = []
    for deed, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if deed == "equal":
            pieces.append(Piece("".join(old[a:b])))
        else:
            pieces += [Piece("".join(old[a:b]), "del"), Piece("".join(new[c:d]), "ins")]
    return _whole(pieces)


def _whole(pieces: Iterable[Piece]) -> list[Piece]:
    return [piece for piece in pieces if piece.text]
