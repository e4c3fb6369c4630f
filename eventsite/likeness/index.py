"""An index of short texts that is asked for those like another one."""

import math
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from typing import Self

from eventsite.likeness.readings import Reading, Said, Term, alikeness, reading_of, worth_of
from eventsite.likeness.scoring import answers, score
from eventsite.likeness.words import folded

SAME = 0.5
"""From this score on, two texts ask the same: there the measure's F1 is best."""
SURE = 0.85
"""From this score on, somebody who does not look for it is told: few unrelated pairs score it."""
ALIKE = 0.35
"""From this score on, a moderator may want to see them beside each other."""
ANSWERS = 0.45
"""From this score on, a longer text takes up what is asked."""
_LOOKED_AT = 100
_MATCHES = 0.5
_Key = str | int


@dataclass(frozen=True, slots=True)
class Match:
    """A text like the one asked for: its id, how much alike they are (0 to 1), and the words that both have."""

    id: str
    score: float
    words: tuple[str, ...]


class Index:
    """Texts by id. The score of two texts depends on these two alone, never on what else is in the index."""

    def __init__(self, *, whole: bool = False) -> None:
        """`whole`: of passages, that do not ask but answer."""
        self._whole = whole
        self._readings: dict[str, Reading] = {}
        self._plain: dict[str, str] = {}
        self._same: dict[_Key, set[str]] = defaultdict(set)
        self._having: dict[_Key, set[str]] = defaultdict(set)

    @classmethod
    def of(cls, texts: Mapping[str, str], *, whole: bool = False) -> Self:
        """An index of these texts."""
        index = cls(whole=whole)
        for id, text in texts.items():
            index.add(id, text)
        return index

    def __len__(self) -> int:
        return len(self._readings)

    def __contains__(self, id: object) -> bool:
        return id in self._readings

    def add(self, id: str, text: str) -> None:
        """Take a text in; one with the same id gives way."""
        self.remove(id)
        self._readings[id] = reading = reading_of(text, whole=self._whole)
        self._plain[id] = plain = _plain(text)
        self._same[plain].add(id)
        for key in _keys(reading.whole.terms):
            self._having[key].add(id)

    def remove(self, id: str) -> None:
        """Let go of a text; one that is not there is no mistake."""
        reading = self._readings.pop(id, None)
        if reading is not None:
            _take_out(self._same, self._plain.pop(id), id)
            for key in _keys(reading.whole.terms):
                _take_out(self._having, key, id)

    def search(
        self, text: str, *, most: int = 5, at_least: float = SAME, among: Collection[str] | None = None
    ) -> list[Match]:
        """The texts, all or `among` some, that ask most nearly the same, best first; of equals the first by id."""
        asked = reading_of(text)
        same = {id for id in self._same.get(_plain(text), ()) if among is None or id in among}
        shared = {id: share for id, share in self._shared(asked.whole).items() if among is None or id in among}
        for id in shared:
            shared[id] /= math.sqrt(1 + self._readings[id].whole.rarity)
        found = {*same, *_most_of(shared)}
        scores = {id: 1.0 if id in same else score(asked, self._readings[id]) for id in found}
        return self._best(scores, asked, most, at_least)

    def answering(self, text: str, *, most: int = 5, at_least: float = ANSWERS) -> list[Match]:
        """The texts, of any length, that take up what a text asks, best first; of equals the first by id."""
        asked = reading_of(text)
        scores = {id: answers(self._readings[id], asked) for id in _most_of(self._shared(asked.asked))}
        return self._best(scores, asked, most, at_least)

    def words(self, id: str, text: str) -> tuple[str, ...]:
        """The words of an indexed text that another text has too, as the indexed one writes them."""
        return _words(self._readings[id], reading_of(text))

    def _shared(self, said: Said) -> dict[str, float]:
        """How much each text that has any of what is said shares with it; what is rare counts more."""
        shared: dict[str, float] = defaultdict(float)
        for term in said.terms:
            found: dict[str, float] = {}
            for worth, sense in sorted((worth_of(term, sense), sense) for sense in term.senses if term.says_much):
                found |= dict.fromkeys(self._having.get(sense, ()), worth)
            found |= dict.fromkeys(self._having.get(term.stem, ()), term.rarity)
            for id, worth in found.items():
                shared[id] += worth
        return shared

    def _best(self, scores: dict[str, float], asked: Reading, most: int, at_least: float) -> list[Match]:
        found = [(-round(score, 4), id) for id, score in scores.items() if round(score, 4) >= at_least]
        return [Match(id, -score, _words(self._readings[id], asked)) for score, id in nsmallest(most, found)]


def _most_of(shared: Mapping[str, float]) -> list[str]:
    """The few dozen that are worth to be compared word by word."""
    return nsmallest(_LOOKED_AT, shared, key=lambda id: (-shared[id], id))


def _plain(text: str) -> str:
    return " ".join(folded(text).casefold().split())


def _keys(terms: tuple[Term, ...]) -> set[_Key]:
    stems: set[_Key] = {term.stem for term in terms}
    return stems.union(*(term.senses for term in terms if term.says_much))


def _take_out(of: dict[_Key, set[str]], key: _Key, id: str) -> None:
    of[key].discard(id)
    if not of[key]:
        del of[key]


def _words(reading: Reading, asked: Reading) -> tuple[str, ...]:
    """The words of a text that the asked one has too, or has others for; each once, as it was written."""
    terms = asked.asked.terms
    found = (term.written for term in reading.whole.terms if any(alikeness(term, other) >= _MATCHES for other in terms))
    return tuple(dict.fromkeys(found))
