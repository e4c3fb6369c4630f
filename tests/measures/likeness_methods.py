"""The methods that likeness was chosen among: each tells how alike two texts are, from 0 to 1."""

import hashlib
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from itertools import pairwise
from typing import Any

from eventsite.likeness.comparing import cover
from eventsite.likeness.readings import reading_of
from eventsite.likeness.scoring import score
from eventsite.likeness.words import words_of

Method = Callable[[str, str], float]
_HASHES = 128


def methods(texts: Iterable[str]) -> dict[str, Method]:
    """Every method by name; what weighs by rarity counts it in these texts."""
    known = list(dict.fromkeys(texts))
    found: dict[str, Method] = {
        "words, TF-IDF": _tf_idf(_words, known),
        "words and pairs of them, TF-IDF": _tf_idf(_pairs, known),
        "stems, TF-IDF": _tf_idf(_stems, known),
        "letters (3 to 5), TF-IDF": _tf_idf(_letters, known),
        "MinHash of stems and pairs": _min_hash,
        "stems and meanings": _meanings,
        "frames, meanings, differences (ours)": lambda one, other: score(reading_of(one), reading_of(other)),
    }
    return found | _embedding()


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _pairs(text: str) -> list[str]:
    return [*_words(text), *map(" ".join, pairwise(_words(text)))]


def _stems(text: str) -> list[str]:
    return [word.stem for word in words_of(text)]


def _letters(text: str) -> list[str]:
    line = f" {' '.join(_words(text))} "
    return [line[at : at + size] for size in (3, 4, 5) for at in range(len(line) - size + 1)]


def _tf_idf(parts: Callable[[str], list[str]], texts: list[str]) -> Method:
    having = Counter(part for text in texts for part in set(parts(text)))

    def weights(text: str) -> dict[str, float]:
        return {part: n * math.log((1 + len(texts)) / (1 + having[part])) for part, n in Counter(parts(text)).items()}

    return lambda one, other: _cosine(weights(one), weights(other))


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    lengths = [math.sqrt(sum(value**2 for value in side.values())) for side in (one, other)]
    product = sum(value * other.get(part, 0.0) for part, value in one.items())
    return product / (lengths[0] * lengths[1]) if all(lengths) else 0.0


def _min_hash(one: str, other: str) -> float:
    left, right = _signature(one), _signature(other)
    return sum(a == b for a, b in zip(left, right, strict=True)) / _HASHES


def _signature(text: str) -> list[int]:
    stems = _stems(text)
    parts = [*stems, *map(" ".join, pairwise(stems))] or [""]
    numbers = [int.from_bytes(hashlib.blake2b(part.encode(), digest_size=8).digest()) for part in parts]
    return [
        min((number * (2 * seed + 1) + seed * 0x9E3779B97F4A7C15) % (2**61 - 1) for number in numbers)
        for seed in range(1, _HASHES + 1)
    ]


def _meanings(one: str, other: str) -> float:
    """Term for term, by stem or by meaning: the best partner of each, by weight."""
    left, right = reading_of(one).asked, reading_of(other).asked
    return (cover(left, right).by_sense + cover(right, left).by_sense) / 2 if left.terms and right.terms else 0.0


def _embedding() -> dict[str, Method]:
    """all-MiniLM-L6-v2, where numpy, tokenizers and the package that carries it are installed; nothing elsewhere."""
    try:
        model = import_module("tests.measures.likeness_minilm").Model()
    except ModuleNotFoundError:
        return {}
    seen: dict[str, Any] = {}

    def vector(text: str) -> Any:
        return seen[text] if text in seen else seen.setdefault(text, model.embed(text))

    return {"all-MiniLM-L6-v2, cosine": lambda one, other: float(vector(one) @ vector(other))}
