"""Fits the weights of `eventsite/likeness/scoring.py`: logistic regressions in plain Python, cross-validated by group.

Whether two texts are of one subject is learnt from pairs that ask the same, beside unrelated ones, since of any two
questions most are that; whether they ask the same, from the tuning half of the labelled pairs. Both see questions
beside the same one with a slip, a courtesy or a word less, and beside its opposite: few labelled pairs are such.
"""

import json
import math
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations_with_replacement
from operator import mul
from pathlib import Path

from eventsite.likeness.rarity import RAREST
from eventsite.likeness.readings import reading_of
from eventsite.likeness.scoring import features, likely
from eventsite.likeness.words import folded, words_of

HERE = Path(__file__).parent
FOLDS = 5
STRENGTH = 3.0
"""How little the weights are held back (the `C` of others)."""
UNRELATED, SLIPS = 1200, 800
"""How many unrelated pairs, and how many with slips, it learns from."""
WEIGHT_OF_UNRELATED, OF_SLIPS, OF_TURNED = 0.35, 0.1, 0.1
"""What all made-up pairs of a kind weigh together, beside all that are labelled the same."""
TURNED = {"before": "after", "after": "before", "with": "without", "without": "with", "on": "off", "off": "on"}
_TURNED = re.compile(rf"\b(?:{'|'.join(TURNED)})\b")
MOVED = 0.4
"""By how much the constant is moved so that what is best in cross-validation is at SAME."""
MOST_STEPS, NEAR_ENOUGH = 25, 1e-6


@dataclass(frozen=True)
class Pair:
    """Two texts, whether they ask the same, what they are about (pairs of one group stay together), and a weight."""

    one: str
    other: str
    same: bool
    group: str
    weight: float = 1.0
    unrelated: bool = False


Row = dict[str, float]


@dataclass(frozen=True)
class Model:
    """Weights by feature, with a constant: of whether two texts are of one subject, and whether they ask the same."""

    subject: Row
    question: Row

    def score(self, rows: tuple[Row, Row]) -> float:
        """The probability that a pair of these features asks the same."""
        return likely(self.subject, rows[0]) * likely(self.question, rows[1])


@dataclass(frozen=True)
class Validation:
    """Pairs, and unrelated ones, with scores by weights that were fitted without their groups."""

    pairs: list[Pair]
    scores: list[float]
    unrelated: list[float]

    def taken_for_the_same(self, threshold: float) -> float:
        """The share of unrelated pairs that are."""
        return sum(score >= threshold for score in self.unrelated) / len(self.unrelated)


def labelled(half: str) -> list[Pair]:
    """The labelled pairs of one half."""
    rows = [json.loads(line) for line in (HERE / "likeness.jsonl").read_text("utf-8").splitlines()]
    return [Pair(row["one"], row["other"], row["same"], row["group"]) for row in rows if row["half"] == half]


def made_up(pairs: Sequence[Pair], chance: random.Random) -> list[Pair]:
    """Unrelated pairs, and questions with slips, of the same groups."""
    texts = [(pair.one, pair.group) for pair in pairs] + [(pair.other, pair.group) for pair in pairs if pair.same]
    slips = [
        Pair(text, slip, True, group)
        for text, group in chance.sample(texts, min(len(texts), SLIPS // 3))
        for slip in chance.sample(slips_of(text, chance), 3)
    ]
    same = sum(pair.same for pair in pairs)
    apart = unrelated(pairs, UNRELATED, chance)
    turned = [Pair(text, turn, False, group) for text, group in texts if (turn := turned_round(text)) != text]
    return [
        *(replace(pair, weight=WEIGHT_OF_UNRELATED * same / len(apart), unrelated=True) for pair in apart),
        *(replace(pair, weight=OF_SLIPS * same / len(slips)) for pair in slips),
        *(replace(pair, weight=OF_TURNED * same / len(turned)) for pair in turned),
    ]


def unrelated(pairs: Sequence[Pair], number: int, chance: random.Random) -> list[Pair]:
    """Pairs of texts of different groups."""
    texts = [(text, pair.group) for pair in pairs for text in (pair.one, pair.other)]
    found: list[Pair] = []
    while len(found) < number:
        (one, group), (other, elsewhere) = chance.choice(texts), chance.choice(texts)
        if group != elsewhere:
            found.append(Pair(one, other, False, group))
    return found


def turned_round(text: str) -> str:
    """What asks the opposite, where a word has one."""
    return _TURNED.sub(lambda found: TURNED[found[0]], text, count=1)


def slips_of(text: str, chance: random.Random) -> list[str]:
    """The same question as somebody else might type it."""
    lower = text[0].lower() + text[1:]
    words = text.split()
    long = max(range(len(words)), key=lambda at: len(words[at]))
    at = chance.randrange(1, max(2, len(words[long]) - 2))
    typed = words[long][:at] + words[long][at : at + 2][::-1] + words[long][at + 2 :]
    return [
        text,
        f"I would like to ask the panel: {lower}",
        text.lower().rstrip("?."),
        f"{text} Thank you.",
        " ".join(word for word in words if word.lower() not in ("the", "a", "an")),
        text.replace("AI", "artificial intelligence"),
        f"In your view, {lower}",
        f"{text} I work in a small trust and would like to know.",
        " ".join([*words[:long], typed, *words[long + 1 :]]),
    ]


@lru_cache(maxsize=20_000)
def rows_of(one: str, other: str) -> tuple[Row, Row]:
    """The features of a pair."""
    return features(reading_of(one), reading_of(other))


def fit(pairs: Sequence[Pair]) -> Model:
    """What tells those that ask the same from unrelated ones, and what tells them from all others."""
    of_subject = [pair for pair in pairs if pair.same or pair.unrelated]
    of_question = [pair for pair in pairs if not pair.unrelated]
    question = regression(of_question, [rows_of(pair.one, pair.other)[1] for pair in of_question])
    return Model(
        regression(of_subject, [rows_of(pair.one, pair.other)[0] for pair in of_subject]),
        question | {"constant": question["constant"] + MOVED},
    )


def regression(pairs: Sequence[Pair], rows: Sequence[Row], strength: float = STRENGTH) -> Row:
    """Newton's method on standardised features, with a little pull towards zero."""
    columns = [[row[name] for row in rows] for name in rows[0]]
    means = [sum(column) / len(rows) for column in columns]
    spreads = [
        math.sqrt(sum((value - middle) ** 2 for value in column) / len(rows)) or 1.0
        for column, middle in zip(columns, means, strict=True)
    ]
    scaled = [
        [(value - middle) / spread for value in column]
        for column, middle, spread in zip(columns, means, spreads, strict=True)
    ]
    theta = _climbed(pairs, [[1.0] * len(rows), *scaled], 1 / strength)
    weights = [weight / spread for weight, spread in zip(theta[1:], spreads, strict=True)]
    return dict(zip(rows[0], weights, strict=True)) | {"constant": theta[0] - sum(map(mul, weights, means))}


def cross_validated(pairs: list[Pair], seed: int) -> Validation:
    """The score of each pair by a model that saw nothing of its group."""
    chance = random.Random(seed)
    scores, apart = dict[Pair, float](), list[float]()
    for own, others in _folds(pairs, chance):
        model = fit([*others, *made_up(others, chance)])
        scores |= {pair: model.score(rows_of(pair.one, pair.other)) for pair in own}
        apart += [model.score(rows_of(pair.one, pair.other)) for pair in unrelated(own, UNRELATED // 2, chance)]
    return Validation(pairs, [scores[pair] for pair in pairs], apart)


def fitted() -> Model:
    """The model that stands in the code: of the tuning half and what is made up from it."""
    pairs = labelled("tuning")
    return fit([*pairs, *made_up(pairs, random.Random(5))])


def frequent_words() -> dict[int, list[str]]:
    """By thousandths of the texts, the stems that so many have; each group weighs the same."""
    groups: dict[str, set[str]] = {}
    for pair in labelled("tuning"):
        groups.setdefault(pair.group, set()).update((pair.one, pair.other))
    shares: dict[str, float] = {}
    for texts in groups.values():
        for stem in (stem for text in texts for stem in {word.stem for word in words_of(folded(text))}):
            shares[stem] = shares.get(stem, 0.0) + 1 / len(texts) / len(groups)
    found: dict[int, list[str]] = {}
    for stem in sorted(shares):
        if shares[stem] >= RAREST:
            found.setdefault(round(1000 * shares[stem]), []).append(stem)
    return found


def _folds(pairs: Sequence[Pair], chance: random.Random) -> Iterator[tuple[list[Pair], list[Pair]]]:
    """The pairs of each fold, and all others; those of one group stay together."""
    groups = sorted({pair.group for pair in pairs})
    chance.shuffle(groups)
    for number in range(FOLDS):
        mine = set(groups[number::FOLDS])
        yield [pair for pair in pairs if pair.group in mine], [pair for pair in pairs if pair.group not in mine]


def _climbed(pairs: Sequence[Pair], columns: Sequence[Sequence[float]], pull: float) -> list[float]:
    theta = [0.0] * len(columns)
    for _ in range(MOST_STEPS):
        steps = _solved(*_derivatives(pairs, columns, theta, pull))
        theta = [old - step for old, step in zip(theta, steps, strict=True)]
        if max(map(abs, steps)) < NEAR_ENOUGH:
            break
    return theta


def _derivatives(
    pairs: Sequence[Pair], columns: Sequence[Sequence[float]], theta: Sequence[float], pull: float
) -> tuple[list[list[float]], list[float]]:
    """How the error bends and slopes at some weights; the constant, which comes first, is not pulled."""
    sums = [sum(map(mul, theta, row)) for row in zip(*columns, strict=True)]
    guesses = [1 / (1 + math.exp(-each)) for each in sums]
    misses = [pair.weight * (guess - pair.same) for pair, guess in zip(pairs, guesses, strict=True)]
    bends = [pair.weight * guess * (1 - guess) for pair, guess in zip(pairs, guesses, strict=True)]
    slope = [sum(map(mul, misses, column)) + pull * theta[k] * (k > 0) for k, column in enumerate(columns)]
    bent = [list(map(mul, bends, column)) for column in columns]
    curve = [[0.0] * len(columns) for _ in columns]
    for k, j in combinations_with_replacement(range(len(columns)), 2):
        curve[k][j] = curve[j][k] = sum(map(mul, bent[k], columns[j])) + pull * (k == j > 0)
    return curve, slope


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    size = len(right)
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for k in range(size):
        pivot = max(range(k, size), key=lambda at: abs(rows[at][k]))
        rows[k], rows[pivot] = rows[pivot], rows[k]
        for at in range(size):
            if at != k:
                factor = rows[at][k] / rows[k][k]
                rows[at] = [value - factor * above for value, above in zip(rows[at], rows[k], strict=True)]
    return [rows[k][size] / rows[k][k] for k in range(size)]


def f1(pairs: Sequence[Pair], scores: Sequence[float], threshold: float) -> tuple[float, float, float]:
    """Precision, recall and F1 at a threshold."""
    said = [score >= threshold for score in scores]
    right = sum(pair.same for pair, yes in zip(pairs, said, strict=True) if yes)
    precision = right / sum(said) if any(said) else 1.0
    recall = right / sum(pair.same for pair in pairs)
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0
