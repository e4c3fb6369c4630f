"""Fits the weights of `eventsite/likeness/scoring.py`: a logistic regression in plain Python, cross-validated by group.

What it learns from: the tuning half of the labelled pairs; `likeness_training.jsonl`, pairs written for it in the same
way about other things; unrelated pairs, since of any two questions most are that; and each question beside the same
one with a slip, a courtesy or a word less, since of these the labelled pairs have none.
"""

import json
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eventsite.likeness.readings import reading_of
from eventsite.likeness.scoring import features

HERE = Path(__file__).parent
FOLDS = 5
STRENGTH = 3.0
"""How little the weights are held back (the `C` of others)."""
UNRELATED = 200
BEST_CUT = 0.32
"""Where F1 is best in cross-validation; the constant is moved so that this becomes SAME."""
OF_SLIPS = 0.1
"""What all slips weigh together, beside all pairs that are labelled the same."""


@dataclass(frozen=True)
class Pair:
    """Two texts, whether they ask the same, what they are about (pairs of one group stay together), and a weight."""

    one: str
    other: str
    same: bool
    group: str
    weight: float = 1.0


@dataclass(frozen=True)
class Model:
    """Weights by feature, and a constant."""

    names: tuple[str, ...]
    weights: tuple[float, ...]
    constant: float

    def score(self, values: Sequence[float]) -> float:
        """The probability that a pair of these features asks the same."""
        return 1 / (1 + math.exp(-self.constant - sum(w * v for w, v in zip(self.weights, values, strict=True))))


def labelled(half: str) -> list[Pair]:
    """The labelled pairs of one half."""
    rows = [json.loads(line) for line in (HERE / "likeness.jsonl").read_text("utf-8").splitlines()]
    return _grouped([Pair(row["one"], row["other"], row["same"], "") for row in rows if row["half"] == half])


def more_pairs() -> list[Pair]:
    """What was written to learn from."""
    rows = [json.loads(line) for line in (HERE / "likeness_training.jsonl").read_text("utf-8").splitlines()]
    return [Pair(row["one"], row["other"], row["same"], f"more {row['group']}") for row in rows]


def made_up(pairs: list[Pair], chance: random.Random) -> list[Pair]:
    """Unrelated pairs, and questions with slips, of the same groups."""
    texts = [(pair.one, pair.group) for pair in pairs] + [(pair.other, pair.group) for pair in pairs if pair.same]
    unrelated: list[Pair] = []
    while len(unrelated) < UNRELATED:
        (one, group), (other, elsewhere) = chance.choice(texts), chance.choice(texts)
        if group != elsewhere:
            unrelated.append(Pair(one, other, False, group))
    slips = [Pair(text, slip, True, group) for text, group in texts for slip in slips_of(text, chance)][::6]
    weight = OF_SLIPS * sum(pair.same for pair in pairs) / len(slips)
    return unrelated + [Pair(slip.one, slip.other, True, slip.group, weight) for slip in slips]


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


def rows_of(pairs: list[Pair]) -> list[list[float]]:
    """The features of each pair, in the order of `names`."""
    return [list(features(reading_of(pair.one), reading_of(pair.other)).values()) for pair in pairs]


def names() -> tuple[str, ...]:
    """The names of the features."""
    return tuple(features(reading_of("Who pays?"), reading_of("Who buys?")))


def fit(pairs: Sequence[Pair], rows: Sequence[Sequence[float]], strength: float = STRENGTH) -> Model:
    """Newton's method on standardised features, with a little pull towards zero."""
    size = len(rows[0])
    means = [sum(row[k] for row in rows) / len(rows) for k in range(size)]
    spreads = [math.sqrt(sum((row[k] - means[k]) ** 2 for row in rows) / len(rows)) or 1.0 for k in range(size)]
    scaled = [[1.0, *((row[k] - means[k]) / spreads[k] for k in range(size))] for row in rows]
    theta = [0.0] * (size + 1)
    for _ in range(25):
        slope, curve = _derivatives(pairs, scaled, theta, 1 / strength)
        theta = [old - step for old, step in zip(theta, _solved(curve, slope), strict=True)]
    weights = tuple(weight / spread for weight, spread in zip(theta[1:], spreads, strict=True))
    constant = theta[0] - sum(weight * mean for weight, mean in zip(weights, means, strict=True))
    return Model(names(), weights, constant - math.log(BEST_CUT / (1 - BEST_CUT)))


def cross_validated(pairs: list[Pair], seed: int) -> list[float]:
    """The score of each pair by a model that saw nothing of its group."""
    chance = random.Random(seed)
    groups = sorted({pair.group for pair in pairs})
    chance.shuffle(groups)
    fold = {group: at % FOLDS for at, group in enumerate(groups)}
    everything = pairs + made_up(pairs, chance)
    rows = rows_of(everything)
    scores = [0.0] * len(pairs)
    for number in range(FOLDS):
        seen = [at for at, pair in enumerate(everything) if fold[pair.group] != number]
        model = fit([everything[at] for at in seen], [rows[at] for at in seen])
        for at, pair in enumerate(pairs):
            if fold[pair.group] == number:
                scores[at] = model.score(rows[at])
    return scores


def fitted() -> Model:
    """The model that stands in the code: of the tuning half and all that was written for it."""
    pairs = labelled("tuning") + more_pairs()
    everything = pairs + made_up(pairs, random.Random(5))
    return fit(everything, rows_of(everything))


def _grouped(pairs: list[Pair]) -> list[Pair]:
    """Pairs whose first texts are said to ask the same are of one group."""
    parents: dict[str, str] = {}

    def root(text: str) -> str:
        while parents.setdefault(text, text) != text:
            text = parents[text]
        return text

    for pair in pairs:
        if pair.same:
            parents[root(pair.one)] = root(pair.other)
    return [Pair(pair.one, pair.other, pair.same, root(pair.one)) for pair in pairs]


def _derivatives(
    pairs: Sequence[Pair], rows: Sequence[Sequence[float]], theta: list[float], pull: float
) -> tuple[list[float], list[list[float]]]:
    size = len(theta)
    slope = [0.0, *(pull * value for value in theta[1:])]
    curve = [[(pull if k and k == j else 1e-9 * (k == j)) for j in range(size)] for k in range(size)]
    for pair, row in zip(pairs, rows, strict=True):
        guess = 1 / (1 + math.exp(-sum(weight * value for weight, value in zip(theta, row, strict=True))))
        miss, bend = pair.weight * (guess - pair.same), pair.weight * guess * (1 - guess)
        for k in range(size):
            slope[k] += miss * row[k]
            for j in range(k + 1):
                curve[k][j] += bend * row[k] * row[j]
    for k in range(size):
        for j in range(k):
            curve[j][k] = curve[k][j]
    return slope, curve


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
