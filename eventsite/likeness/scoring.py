"""How likely two texts ask the same: features that a person can name, and weights fitted to labelled pairs.

Where two texts agree word for word but for one word, that one is what differs; where all is reworded, an unknown word
says little. So most features weigh a difference by how literally the rest agrees.
"""

import math
from dataclasses import dataclass
from itertools import combinations

from eventsite.likeness.frames import PRECISE
from eventsite.likeness.lexicon import lexicon
from eventsite.likeness.readings import SAME_WORD, Reading, Term, alikeness

# Printed by `python -m tests.measures likeness --fit`, from the tuning half and likeness_training.jsonl.
WEIGHTS = {
    "meant alike, said otherwise": 8.82,
    "shared": 2.45,
    "one lacks nothing": 3.07,
    "both have their own, same words": 5.99,
    "one has its own, same order": -16.76,
    "another kind of answer, same words": -3.92,
    "other frames": -1.55,
    "order swapped, same words": -4.13,
    "opposites, same words": -1.84,
    "other people, same words": -4.15,
}
CONSTANT = -1.91

# The weights come from pairs of one subject; of the thousands that are not, most share less than this.
_LEAST_OF_ONE, _LEAST_OF_BOTH = 0.25, 0.45
_OF_SOMETHING_ELSE = 0.3
_OF_ANOTHER_WORD_FOR_AI = 0.2
_WORDS_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Cover:
    """How much of one text's terms the other one has."""

    by_sense: float
    by_word: float
    missing: float
    shared: float


def score(one: Reading, other: Reading) -> float:
    """From 0 to 1; above SAME they ask the same. The order of the two makes no difference."""
    if not one.terms or not other.terms:
        return 0.0
    found = features(one, other)
    likely = 1 / (1 + math.exp(-CONSTANT - sum(WEIGHTS[name] * value for name, value in found.items())))
    return likely if _speak_of_the_same(one, other) else min(likely, _OF_SOMETHING_ELSE)


def answers(passage: Reading, asked: Reading) -> float:
    """From 0 to 1: how much of what is asked a longer text speaks of; words themselves count more than their like."""
    if not asked.terms or not passage.terms:
        return 0.0
    found = cover(asked.terms, passage.terms)
    certain = 1 - math.exp(-found.shared)
    return certain * (_WORDS_SHARE * found.by_word + (1 - _WORDS_SHARE) * found.by_sense)


def features(one: Reading, other: Reading) -> dict[str, float]:
    """What the score is made of, by name."""
    left, right = cover(one.terms, other.terms), cover(other.terms, one.terms)
    by_sense, by_word = (left.by_sense + right.by_sense) / 2, (left.by_word + right.by_word) / 2
    least, most = sorted((left.missing, right.missing))
    stems, pairs = _share(one.stems, other.stems), _share(one.pairs, other.pairs)
    precise = float(one.frames & PRECISE != other.frames & PRECISE)
    people, opposed, swapped = _other_people(one, other), _opposites(one, other), _swapped(one, other)
    turned = min(2, len(one.directions ^ other.directions)) / 2
    apart = 1.5 * precise + 0.5 * swapped + turned + opposed + people
    return {
        "meant alike, said otherwise": by_sense - by_word,
        "shared": math.log1p((left.shared + right.shared) / 2),
        "one lacks nothing": math.exp(-2 * least - apart) * by_sense,
        "both have their own, same words": (1 - math.exp(-2 * least)) * stems,
        "one has its own, same order": (1 - math.exp(-most)) * pairs,
        "another kind of answer, same words": precise * stems,
        "other frames": 1 - _overlap(one.frames, other.frames),
        "order swapped, same words": swapped * stems,
        "opposites, same words": opposed * stems,
        "other people, same words": people * stems,
    }


def cover(terms: tuple[Term, ...], others: tuple[Term, ...]) -> Cover:
    """Finds the best partner of each term among the others; neither may be empty."""
    weight = by_sense = by_word = missing = shared = 0.0
    for term in terms:
        best = max(alikeness(term, other) for other in others)
        weight += term.weight
        by_sense += term.weight * best
        by_word += term.weight * (best == SAME_WORD)
        missing += (1 - best) * (1.0 if term.says_much else _OF_ANOTHER_WORD_FOR_AI)
        shared += best * term.weight * term.says_much
    return Cover(by_sense / weight, by_word / weight, missing, shared)


def _speak_of_the_same(one: Reading, other: Reading) -> bool:
    mine, its = cover(one.terms, other.terms).by_sense, cover(other.terms, one.terms).by_sense
    return min(mine, its) >= _LEAST_OF_ONE and (mine + its) / 2 >= _LEAST_OF_BOTH


def _share(one: frozenset[object], other: frozenset[object]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0


def _opposites(one: Reading, other: Reading) -> float:
    """How many pairs of opposites have one word in each text; two are enough."""
    mine, its = one.stems, other.stems
    sides = ((_side(mine, left, right), _side(its, left, right)) for left, right in lexicon().opposites)
    return float(min(2, sum(here * there < 0 for here, there in sides)))


def _side(stems: frozenset[str], left: frozenset[str], right: frozenset[str]) -> int:
    return (not stems.isdisjoint(left)) - (not stems.isdisjoint(right))


def _other_people(one: Reading, other: Reading) -> float:
    """1 where each speaks of people the other does not, a half where one of them does."""
    if one.people - other.people and other.people - one.people:
        return 1.0
    return 0.5 if one.people and other.people and one.people != other.people else 0.0


def _swapped(one: Reading, other: Reading) -> float:
    """The share of the words of both that stand the other way round: who does what to whom."""
    places = [(mine.position, its.position) for mine in one.terms for its in other.terms if mine.stem == its.stem]
    pairs = list(combinations(places[:40], 2))
    turned = sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for a, b in pairs)
    return turned / len(pairs) if pairs else 0.0
