"""How rare a word or a meaning is in questions about AI in health care: to share a rare one says much."""

import math
from functools import lru_cache
from pathlib import Path

from eventsite.likeness.lexicon import lexicon

_FREQUENT = Path(__file__).with_name("frequent.txt")
RAREST = 0.004
"""Words of fewer texts than this share of them are all as rare."""


def of_word(stem: str) -> float:
    """From 0, of a word in every text, to 1."""
    return _rarity(shares().get(stem, 0.0))


@lru_cache(maxsize=10_000)
def of_meaning(sense: int) -> float:
    """From 0 to 1: as a word that stands wherever one with this meaning does."""
    return _of_meanings().get(sense, 1.0)


@lru_cache(maxsize=1)
def shares() -> dict[str, float]:
    """The share of texts that each frequent stem is in, as `frequent.txt` has it: by thousandths."""
    lines = [line for line in _FREQUENT.read_text("utf-8").splitlines() if not line.startswith("#")]
    counted = [line.partition(":") for line in lines]
    return {stem: int(thousandths) / 1000 for thousandths, _, stems in counted for stem in stems.split()}


@lru_cache(maxsize=1)
def _of_meanings() -> dict[int, float]:
    found: dict[int, float] = {}
    for phrase, senses in lexicon().senses.items():
        share = min(shares().get(stem, RAREST / 8) for stem in phrase) / (1 if len(phrase) == 1 else 3)
        for sense in senses:
            found[sense] = found.get(sense, 0.0) + share
    return {sense: _rarity(share) for sense, share in found.items()}


def _rarity(share: float) -> float:
    return math.log(min(1.0, max(RAREST, share))) / math.log(RAREST)
