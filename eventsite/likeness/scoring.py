"""How likely two texts ask the same: features that a person can name, and weights fitted to labelled pairs.

Two things are told apart. Whether they are of one subject: then they share what is rare elsewhere. And whether, that
being so, they ask the same: where two texts agree word for word but for one word, that one is what differs; where all
is reworded, an unknown word says little. So most features of the second weigh a difference by how literally the rest
agrees.
"""

import math

from eventsite.likeness import comparing
from eventsite.likeness.comparing import Cover, cover, grown, overlap, share
from eventsite.likeness.readings import Reading

# Both printed by `python -m tests.measures likeness --fit`, from the tuning half.
SUBJECT = {
    "rare things in common": 7.88,
    "words in common": -1.99,
    "length": -1.18,
    "things missing": -1.97,
    "other people": -1.13,
    "constant": 2.76,
}
QUESTION = {
    "meant alike, said otherwise": 8.13,
    "shared": 2.49,
    "shared, same order": -2.22,
    "both have their own, same text": -8.28,
    "one lacks what weighs, same beginning": -6.00,
    "one lacks what weighs, same end": -2.59,
    "same beginning and end": 1.79,
    "another kind of answer, same words": -3.56,
    "other frames": -1.31,
    "other people, same words": -4.07,
    "other names or numbers, same words": -3.64,
    "order swapped, same words": -0.23,
    "opposites, nothing else lacking": -1.47,
    "only one asks for a time or number": 0.08,
    "constant": -0.46,
}
_WORDS_SHARE = 0.5
_COUNTED = ("when", "how long", "how often", "how many")


def score(one: Reading, other: Reading) -> float:
    """From 0 to 1; above SAME they ask the same. The order of the two makes no difference."""
    if not one.asked.terms or not other.asked.terms:
        return 0.0
    if _differ_in_small_words(one, other):
        return 1.0
    subject, question = features(one, other)
    return likely(SUBJECT, subject) * likely(QUESTION, question)


def _differ_in_small_words(one: Reading, other: Reading) -> bool:
    """Whether all that says something stands in the same order in both, and neither turns it round."""
    lines = ([term.stem for term in each.asked.terms] for each in (one, other))
    return next(lines) == next(lines) and (one.frames, one.directions) == (other.frames, other.directions)


def likely(weights: dict[str, float], found: dict[str, float]) -> float:
    """What the features make, from 0 to 1."""
    return 1 / (1 + math.exp(-weights["constant"] - sum(weights[name] * value for name, value in found.items())))


def answers(passage: Reading, asked: Reading) -> float:
    """From 0 to 1: how much of what is asked a longer text speaks of; words themselves count more than their like."""
    if not asked.asked.terms or not passage.whole.terms:
        return 0.0
    found = cover(asked.asked, passage.whole)
    certain = 1 - math.exp(-found.shared)
    return certain * (_WORDS_SHARE * found.by_word + (1 - _WORDS_SHARE) * found.by_sense)


def features(one: Reading, other: Reading) -> tuple[dict[str, float], dict[str, float]]:
    """What the score is made of, by name: first of the subject, then of the question."""
    asked = cover(one.asked, other.asked), cover(other.asked, one.asked)
    whole = _beside_all(one, other, asked[0]), _beside_all(other, one, asked[1])
    return _of_subject(one, other, asked, whole), _of_question(one, other, asked, whole)


def _beside_all(one: Reading, other: Reading, asked: Cover) -> Cover:
    """What one asks beside the whole of the other: many say first what they ask about."""
    return asked if other.whole is other.asked else cover(one.asked, other.whole)


Covers = tuple[Cover, Cover]


def _of_subject(one: Reading, other: Reading, asked: Covers, whole: Covers) -> dict[str, float]:
    return {
        "rare things in common": grown((whole[0].rare + whole[1].rare) / 2),
        "words in common": min(whole[0].by_word, whole[1].by_word),
        "length": grown(max(len(one.asked.terms), len(other.asked.terms))),
        "things missing": grown(max(whole[0].missing, whole[1].missing)),
        "other people": comparing.other_people(one, other),
    }


def _of_question(one: Reading, other: Reading, asked: Covers, whole: Covers) -> dict[str, float]:
    by_sense, by_word = (asked[0].by_sense + asked[1].by_sense) / 2, (asked[0].by_word + asked[1].by_word) / 2
    least, most = sorted(map(grown, (asked[0].missing, asked[1].missing)))
    heaviest = max(asked[0].heaviest, asked[1].heaviest)
    stems, pairs = share(one.asked.stems, other.asked.stems), share(one.asked.pairs, other.asked.pairs)
    all_pairs = share(one.whole.pairs, other.whole.pairs)
    begin = comparing.begin_alike(one.asked.line, other.asked.line)
    end = comparing.begin_alike(one.asked.line[::-1], other.asked.line[::-1])
    shared = grown((whole[0].shared + whole[1].shared) / 2)
    literally = min(asked[0].by_word, asked[1].by_word)
    another_kind, people = comparing.another_kind(one, other), comparing.other_people(one, other)
    opposed, swapped = comparing.opposites(one, other), comparing.swapped(one, other)
    turned = comparing.turned(one, other)
    return {
        "meant alike, said otherwise": by_sense - by_word,
        "shared": shared,
        "shared, same order": shared * pairs,
        "both have their own, same text": least * all_pairs,
        "one lacks what weighs, same beginning": heaviest * begin,
        "one lacks what weighs, same end": heaviest * end,
        "same beginning and end": begin * end,
        "another kind of answer, same words": another_kind * literally,
        "other frames": (1 - overlap(one.frames, other.frames)) ** 2,
        "other people, same words": people * stems,
        "other names or numbers, same words": comparing.other_marks(one, other) * stems,
        "order swapped, same words": swapped * stems,
        "opposites, nothing else lacking": (opposed + turned) * math.exp(-most),
        "only one asks for a time or number": float(sum(comparing.only_one(frame, one, other) for frame in _COUNTED)),
    }
