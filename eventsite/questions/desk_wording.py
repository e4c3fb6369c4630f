"""Words with some of them marked: what may identify somebody, what changed, what two questions have in common. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from eventsite.questions.patient_data import CODE_LABELS, Finding

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_PART = re.compile(r"\s+|\w+(?:['’-]\w+)*|[^\w\s]+")

CODES = {code: label[:1].upper() + label[1:] for code, label in CODE_LABELS.items()} | {
    "incident": "Harm or wrongdoing"
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. `kind` is how it is marked: not at all, "mark", "ins" or "del"; `note` says why."""

    text: str
    kind: str = ""
    note: str = ""


def reasons_of(kept: str) -> list[str]:
    """What a question was held for, in words."""
    return [CODES.get(code, code.replace("_", " ").capitalize()) for code in kept.split(",") if code]


def marked(text: str, findings: Iterable[Finding]) -> list[Piece]:
    """The whole text, with what was found in it marked; findings in the order of the words."""
    pieces, done = [], 0
    for one in findings:
        start = max(one.start, done)
        if one.end > start:
            pieces += [Piece(text[done:start]), Piece(text[start : one.end], "mark", CODES.get(one.code, one.code))]
            done = one.end
    return _whole([*pieces, Piece(text[done:])])


def with_words(text: str, words: Sequence[str]) -> list[Piece]:
    """The text with the words marked that it has in common with another one."""
    wanted = {word.casefold() for word in words}
    spans = [found.span() for found in _WORD.finditer(text) if found[0].casefold() in wanted]
    return marked(text, [Finding(start, end, "in common") for start, end in spans])


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
