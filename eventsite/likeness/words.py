"""A text's words, as the method sees them: folded, stemmed, and words that mean the same made one."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)*")
_VOWEL = re.compile(r"[aeiouy]")


class Word(NamedTuple):
    """A word as it was written, and its stem."""

    written: str
    stem: str


def words_of(text: str) -> Iterator[Word]:
    """The words of a text in order. Accents, case and the shape of apostrophes make no difference."""
    folded = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    lowered = plain.lower() if len(plain.lower()) == len(plain) else plain.casefold()
    for match in _WORD.finditer(lowered):
        written = plain[match.start() : match.end()] if len(lowered) == len(plain) else match[0]
        yield Word(written, stem(match[0].replace("’", "'")))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """What a word shares with its other forms: "procuring" and "procurement" both become "procur"."""
    word = re.sub(r"'(?:s|re|ve|ll|d|m)$", "", word).replace("'", "")
    if len(word) <= 3 or any(letter.isdigit() for letter in word):
        return word
    return _without_ending(_singular(word))


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


_ENDINGS = (
    "ization", "isation", "ational", "fulness", "iveness", "ability", "ibility", "ically", "ations", "ation", "ition",
    "ement", "ments", "ment", "ness", "ally", "ible", "able", "ance", "ence", "ancy", "ency", "ingly", "edly", "ising",
    "izing", "ised", "ized", "ise", "ize", "ing", "ity", "ive", "ion", "ers", "ors", "ies", "ied", "ily", "ful", "ed",
    "er", "or", "ly", "al", "y", "e",
)  # fmt: skip


def _without_ending(word: str) -> str:
    for ending in _ENDINGS:
        start = word[: -len(ending)]
        if word.endswith(ending) and len(start) >= 3 and _VOWEL.search(start):
            doubled = len(start) > 3 and start[-1] == start[-2] and start[-1] not in "lsz"
            return start[:-1] if doubled else start
    return word
