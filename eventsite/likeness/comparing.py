"""Two readings side by side: how much of each the other has, what each has for itself, and where they part."""

import math
from dataclasses import dataclass
from itertools import combinations

from eventsite.likeness.frames import PRECISE
from eventsite.likeness.lexicon import lexicon
from eventsite.likeness.readings import SAME_SENSE, SAME_WORD, Reading, Said, Term, alikeness, worth_of

_OF_ANOTHER_WORD_FOR_AI = 0.2
_NONE = 0.5


@dataclass(frozen=True, slots=True)
class Cover:
    """How much of one text's terms the other one has; the heaviest of those that it has not."""

    by_sense: float
    by_word: float
    missing: float
    heaviest: float
    shared: float
    rare: float


def cover(one: Said, other: Said) -> Cover:
    """Finds the best partner of each term of one text in the other."""
    weight = by_sense = by_word = missing = heaviest = shared = rare = 0.0
    for term in one.terms:
        best = _best(term, other)
        lacks = (1 - best) * (1.0 if term.says_much else _OF_ANOTHER_WORD_FOR_AI)
        weight += term.weight
        by_sense += term.weight * best
        by_word += term.weight * (best == SAME_WORD)
        missing += lacks
        heaviest = max(heaviest, lacks * term.weight)
        shared += best * term.weight * term.says_much
        rare += _rare(term, other, best)
    return Cover(by_sense / (weight or 1), by_word / (weight or 1), missing, heaviest, shared, rare)


def _best(term: Term, other: Said) -> float:
    if term.stem in other.stems:
        return SAME_WORD
    if not term.senses.isdisjoint(other.senses):
        return SAME_SENSE
    return max((alikeness(term, partner) for partner in other.terms), default=0.0)


def _rare(term: Term, other: Said, best: float) -> float:
    """How much it says that the other text has a partner of the term: the rarer, the more."""
    if best == SAME_SENSE:
        return max(worth_of(term, sense) for sense in term.senses & other.senses)
    return best * term.rarity


def share(one: frozenset[object], other: frozenset[object]) -> float:
    """How much of two sets is in both."""
    return 2 * len(one & other) / (len(one) + len(other) or 1)


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The same, of all that is in either."""
    return len(one & other) / len(one | other) if one | other else 1.0


def begin_alike(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """How much of the shorter line stands at the beginning of both."""
    alike = 0
    for mine, its in zip(one, other, strict=False):
        if mine != its:
            break
        alike += 1
    return alike / (min(len(one), len(other)) or 1)


def only_one(frame: str, one: Reading, other: Reading) -> float:
    """Whether one of them stands in a frame and the other does not."""
    return float((frame in one.frames) != (frame in other.frames))


def another_kind(one: Reading, other: Reading) -> float:
    """Whether they want another kind of answer."""
    return float(one.frames & PRECISE != other.frames & PRECISE)


def opposites(one: Reading, other: Reading) -> float:
    """How many pairs of opposites have one word in each text; two are enough."""
    mine, its = one.asked.stems, other.asked.stems
    sides = ((_side(mine, left, right), _side(its, left, right)) for left, right in lexicon().opposites)
    return float(min(2, sum(here * there < 0 for here, there in sides)))


def _side(stems: frozenset[str], left: frozenset[str], right: frozenset[str]) -> int:
    return (not stems.isdisjoint(left)) - (not stems.isdisjoint(right))


def other_people(one: Reading, other: Reading) -> float:
    """1 where each speaks of people the other does not, a half where one of them does."""
    return _of_their_own(one.people, other.people)


def other_marks(one: Reading, other: Reading) -> float:
    """The same of numbers and of what is written in capitals, such as standards and bodies."""
    return _of_their_own(one.marks, other.marks)


def _of_their_own(one: frozenset[object], other: frozenset[object]) -> float:
    if one - other and other - one:
        return 1.0
    return _NONE if one and other and one != other else 0.0


def swapped(one: Reading, other: Reading) -> float:
    """The share of the words of both that stand the other way round: who does what to whom."""
    mine, its = _places(one), _places(other)
    places = sorted((place, its[stem]) for stem, place in mine.items() if stem in its)
    pairs = list(combinations(places[:40], 2))
    turned = sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for a, b in pairs)
    return turned / len(pairs) if pairs else 0.0


def _places(reading: Reading) -> dict[str, int]:
    """Where each word comes first."""
    return {term.stem: term.position for term in reversed(reading.asked.terms)}


def turned(one: Reading, other: Reading) -> float:
    """How many directions, such as "not" or "after", only one of them has; two are enough."""
    return min(2, len(one.directions ^ other.directions)) / 2


def grown(value: float) -> float:
    """Less and less more, the more there is."""
    return math.log1p(value)
