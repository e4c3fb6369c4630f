"""What a single line of text is: a list item, a heading, an end of a sentence."""

import re
from dataclasses import dataclass

LONGEST_HEADING = 100
#: Nobody writes a longer paragraph; one that is gets searched for neither people nor quotations, which takes time.
LONGEST_PARAGRAPH = 6000
_BULLET = re.compile(r"(?P<indent>[^\S\n]*)(?P<dash>[-–—*+]|[•·▪◦‣●○■□\uf0b7\uf0a7])[^\S\n]+(?=\S)")
_NUMBER = re.compile(r"(?P<indent>[^\S\n]*)\(?(?P<number>\d{1,3})[.)][^\S\n]+(?=\S)", re.ASCII)
_SENTENCE_END = re.compile(r"[.!?…]['\"’”)\]]*$")

_TWO_SENTENCES = re.compile(r"[a-z]{2}[.!?]\s+[A-Z]")


@dataclass(frozen=True)
class Marker:
    """What a list item begins with. `number` is None for a bullet; `width` counts the characters before its text."""

    indent: int
    width: int
    number: int | None
    is_dash: bool


def marker_of(line: str) -> Marker | None:
    """The list marker a line begins with, if it does."""
    if match := _BULLET.match(line):
        return Marker(_columns(match["indent"]), match.end(), None, match["dash"] in "-–—")
    if match := _NUMBER.match(line):
        return Marker(_columns(match["indent"]), match.end(), int(match["number"]), False)
    return None


def ends_sentence(text: str) -> bool:
    """Whether the text ends in a full stop, question mark or the like, closing quotation marks not counted."""
    return bool(_SENTENCE_END.search(text.rstrip()))


def is_heading_like(text: str) -> bool:
    """Whether a line of its own reads as a heading: short, begins like one, and without a final stop or comma."""
    text = " ".join(text.split())
    if not 2 <= len(text) <= LONGEST_HEADING or len(text.split()) > 16 or _TWO_SENTENCES.search(text):
        return False
    begins = text.lstrip("‘“'\"(")[:1]
    has_letters = any(char.isalpha() for char in text)
    has_stop = text.rstrip("'\"’”)]").endswith((".", ",", ";", ":", "…"))
    return has_letters and not has_stop and not begins.islower() and begins not in "•*—–-"


def _columns(indent: str) -> int:
    return len(indent.expandtabs(4))
