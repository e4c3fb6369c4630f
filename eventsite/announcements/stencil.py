"""A letter with gaps: written once, then filled in for each reader by joining strings. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

Pieces = tuple[str, ...]
"""Text and names in turn: every second one is the name of a gap."""


class Gaps:
    """Marks that hold gaps open while a text is written: words of letters and digits that stand nowhere else in it."""

    def __init__(self, *texts: str) -> None:
        taken = "\n".join(texts).lower()
        number = next(number for number in range(len(taken) + 1) if f"gap{number}q" not in taken)
        self._opening = f"gap{number}q"
        self._mark = re.compile(rf"{self._opening}([a-z]+)x")

    def mark(self, name: str) -> str:
        """The word that stands for a gap. Markdown, HTML and the parts of an address leave it as it is."""
        return f"{self._opening}{name.replace('_', '')}x"

    def stand_in(self, text: str) -> bool:
        """Whether a text holds any of them."""
        return self._opening in text

    def cut(self, text: str) -> Pieces:
        """The finished text in pieces."""
        return tuple(self._mark.split(text))


@dataclass(frozen=True)
class Filled:
    """What one reader gets. `said` is what the organiser wrote, without what every letter says around it."""

    subject: str
    said: str
    text: str
    html: str


@dataclass(frozen=True)
class Stencil:
    """The parts of `Filled` in pieces, and what fills the gaps that are the same for everybody."""

    subject: Pieces
    said: Pieces
    text: Pieces
    html: Pieces
    known: Mapping[str, str]

    def filled(self, own: Mapping[str, str]) -> Filled:
        """All of it for one reader; `own` fills what is theirs. HTML is escaped here."""
        values = {name.replace("_", ""): value for name, value in {**self.known, **own}.items()}
        escaped = {name: escape(value) for name, value in values.items()}
        subject, said, text = (_joined(part, values) for part in (self.subject, self.said, self.text))
        return Filled(subject, said, text, _joined(self.html, escaped))


def _joined(pieces: Pieces, values: Mapping[str, str]) -> str:
    return "".join([values[piece] if at % 2 else piece for at, piece in enumerate(pieces)])
