"""A text as it is compared: its terms with their weights and senses, its frames, directions and people."""

import re
from dataclasses import dataclass
from functools import lru_cache

from eventsite.likeness import rarity
from eventsite.likeness.frames import frames_of
from eventsite.likeness.lexicon import Lexicon, lexicon
from eventsite.likeness.words import Word, asked_in, folded, words_of

_MOST_TERMS = 120
_OF_AI, _LITTLE, _WHOLE, _OF_A_PHRASE = 0.3, 0.5, 1.0, 1.3
SAME_WORD, SAME_SENSE = 1.0, 0.85
_MARK = re.compile(r"\b(?:[A-Z]{2,}[0-9]*[a-z]?|[A-Za-z]*[0-9][A-Za-z0-9]*)\b")
_NO_MARKS = {"ai", "nhs"}
_SAME_LETTERS, _SAME_BEGINNING, _SPELLED_ALIKE = 0.95, 0.8, 0.55


@dataclass(frozen=True, slots=True)
class Term:
    """A word that says something: what it may mean, its weight, where it stands, as it was written, how rare it is."""

    stem: str
    senses: frozenset[int]
    weight: float
    position: int
    written: str
    rarity: float

    @property
    def says_much(self) -> bool:
        """Whether it is more than another word for AI."""
        return self.weight != _OF_AI


class Said:
    """The words of a text or of a part of it: its terms, and the stems of all words in order."""

    __slots__ = ("line", "rarity", "senses", "stems", "terms")

    def __init__(self, words: list[Word], known: Lexicon) -> None:
        self.terms = _terms(words, known)[:_MOST_TERMS]
        self.line = tuple(word.stem for word in words)
        self.stems = frozenset(self.line)
        self.senses = frozenset[int]().union(*(term.senses for term in self.terms))
        self.rarity = sum(term.rarity for term in self.terms)

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """The pairs of words that follow each other."""
        return frozenset(zip(("", *self.line), self.line, strict=False))


@dataclass(frozen=True, slots=True)
class Reading:
    """What `reading_of` made of a text: what it asks, and the whole of it (the same object where that is all)."""

    asked: Said
    whole: Said
    frames: frozenset[str]
    directions: frozenset[str]
    people: frozenset[int]
    marks: frozenset[str]


def reading_of(text: str, *, whole: bool = False) -> Reading:
    """Reads what a text asks, or the whole of it; of a long one the first hundred and some words."""
    plain = folded(text)
    asked = plain if whole else asked_in(text)
    known = lexicon()
    all_of_it = Said(words_of(plain)[: 2 * _MOST_TERMS], known)
    part = all_of_it if asked == plain else Said(words_of(asked)[: 2 * _MOST_TERMS], known)
    return Reading(
        asked=part,
        whole=all_of_it,
        frames=frames_of(asked),
        directions=known.directions & part.stems,
        people=frozenset(known.people[stem] for stem in part.stems if stem in known.people),
        marks=frozenset(mark.lower() for mark in _MARK.findall(plain)) - _NO_MARKS,
    )


def _terms(words: list[Word], known: Lexicon) -> tuple[Term, ...]:
    phrases = _phrases(words, known)
    terms = []
    for at, word in enumerate(words):
        if word.stem not in known.nothing:
            own = known.senses.get((word.stem,), frozenset())
            of_phrase, size = phrases.get(at, (frozenset(), 1))
            weight = _weight(word.stem, own, of_phrase, size, known)
            terms.append(
                Term(word.stem, _together(own, of_phrase), weight, at, word.written, rarity.of_word(word.stem))
            )
    return tuple(terms)


@lru_cache(maxsize=20_000)
def _together(own: frozenset[int], of_phrase: frozenset[int]) -> frozenset[int]:
    """One object for thousands of terms that mean the same."""
    return own | of_phrase


def _weight(stem: str, own: frozenset[int], of_phrase: frozenset[int], size: int, known: Lexicon) -> float:
    if size > 1:
        return _OF_A_PHRASE / size
    if known.ai in own and not of_phrase - {known.ai}:
        return _OF_AI
    return _LITTLE if stem in known.little else _WHOLE


def _phrases(words: list[Word], known: Lexicon) -> dict[int, tuple[frozenset[int], int]]:
    """For each word within a known phrase: the senses of the phrase, and how many words of it say something."""
    found: dict[int, tuple[frozenset[int], int]] = {}
    stems = [word.stem for word in words]
    at = 0
    while at < len(stems):
        size = next((size for size in range(known.longest, 1, -1) if _is_phrase(stems[at : at + size], size, known)), 1)
        if size > 1:
            telling = sum(stem not in known.nothing for stem in stems[at : at + size])
            found |= dict.fromkeys(range(at, at + size), (known.senses[tuple(stems[at : at + size])], telling))
        at += size
    return found


def _is_phrase(stems: list[str], size: int, known: Lexicon) -> bool:
    return len(stems) == size and tuple(stems) in known.senses and not known.nothing.issuperset(stems)


def alikeness(one: Term, other: Term) -> float:
    """How much two terms mean the same, from 0 to 1."""
    if one.stem == other.stem:
        return SAME_WORD
    if not one.senses.isdisjoint(other.senses):
        return SAME_SENSE
    return spelled_alike(one.stem, other.stem)


def worth_of(term: Term, sense: int) -> float:
    """How much it says that another text has the same meaning: the rarer, the more."""
    return min(term.rarity, SAME_SENSE * rarity.of_meaning(sense))


@lru_cache(maxsize=100_000)
def spelled_alike(one: str, other: str) -> float:
    """Whether one may be the other misspelled, or begun: by the letters that stand together in both."""
    if min(len(one), len(other)) < 4:
        return 0.0
    if one[0] == other[0] and sorted(one) == sorted(other):
        return _SAME_LETTERS
    if one.startswith(other) or other.startswith(one):
        return _SAME_BEGINNING
    left, right = _threes(one), _threes(other)
    share = 2 * len(left & right) / (len(left) + len(right))
    return _SAME_BEGINNING * share if share >= _SPELLED_ALIKE else 0.0


def _threes(word: str) -> set[str]:
    framed = f"_{word}_"
    return {framed[at : at + 3] for at in range(len(framed) - 2)}
