"""An index of short texts that is asked for those like another one."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from eventsite.likeness.words import words_of

SAME = 0.5
"""From this score on, two texts ask the same."""
ALIKE = 0.3
"""From this score on, a moderator may want to see them beside each other."""

_LIGHT = frozenset(
    """a an the of to in on at for from by with and or is are be was were do doe did ha have had it thi that we you i
    our us they them their your what how should can could would will may might must shall if as any there not
    no""".split()  # noqa: SIM905 -- a list of words is read more easily so
)


@dataclass(frozen=True, slots=True)
class Match:
    """A text like the one asked for: its id, how much alike they are (0 to 1), and the words that both have."""

    id: str
    score: float
    words: tuple[str, ...]


class Index:
    """Texts by id. The score of two texts depends on these two alone, never on what else is in the index."""

    def __init__(self) -> None:
        self._words: dict[str, dict[str, str]] = {}
        self._having: dict[str, set[str]] = defaultdict(set)

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> Self:
        """An index of these texts."""
        index = cls()
        for id, text in texts.items():
            index.add(id, text)
        return index

    def __len__(self) -> int:
        return len(self._words)

    def __contains__(self, id: object) -> bool:
        return id in self._words

    def add(self, id: str, text: str) -> None:
        """Take a text in; one with the same id gives way."""
        self.remove(id)
        self._words[id] = _by_stem(text)
        for stem in self._words[id]:
            self._having[stem].add(id)

    def remove(self, id: str) -> None:
        """Let go of a text; one that is not there is no mistake."""
        for stem in self._words.pop(id, {}):
            self._having[stem].discard(id)

    def search(self, text: str, *, most: int = 5, at_least: float = SAME) -> list[Match]:
        """The texts that are most like this one, best first; of equals the first by id."""
        asked = _by_stem(text)
        shared: Counter[str] = Counter()
        for stem in asked:
            shared.update(dict.fromkeys(self._having.get(stem, ()), _weight(stem)))
        found = [(_score(asked, self._words[id], both), id) for id, both in shared.items()]
        best = sorted(((score, id) for score, id in found if score >= at_least), key=lambda pair: (-pair[0], pair[1]))
        return [Match(id, score, self._words_of(id, asked)) for score, id in best[:most]]

    def _words_of(self, id: str, asked: dict[str, str]) -> tuple[str, ...]:
        return tuple(written for stem, written in self._words[id].items() if stem in asked and stem not in _LIGHT)


def _by_stem(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in words_of(text):
        found.setdefault(word.stem, word.written)
    return found


def _weight(stem: str) -> float:
    return 0.1 if stem in _LIGHT else 1.0


def _score(one: dict[str, str], other: dict[str, str], shared: float) -> float:
    sizes = [sum(map(_weight, words)) for words in (one, other)]
    return round(shared / math.sqrt(sizes[0] * sizes[1]), 4)
