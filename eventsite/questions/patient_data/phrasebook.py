"""Phrases looked up by their first word, so that a long list costs no more than a short one.

A phrase is written as people say it: `a|b` is either word, `word?` may be left out, `rais~` has any ending, `*` stands
for up to three words and `**` for up to eight. The first word is said in full.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Self

Span = tuple[int, int]

_WORD = re.compile(r"[^\W_](?:[\w'\-]*\w)?")
_GAP = r"[\s\-]|,\s"
_ANY = r"[^\s.,;:?!()]{1,30}"
_UP_TO = {"*": 3, "**": 8}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in small letters, and where each stands."""

    text: str
    spans: tuple[tuple[str, int, int], ...]

    @classmethod
    def of(cls, plain: str) -> Self:
        """Reads a text; a letter whose small form is longer stays as it is."""
        text = plain.lower()
        if len(text) != len(plain):
            text = "".join(small if len(small := letter.lower()) == 1 else letter for letter in plain)
        return cls(text, tuple((found[0], *found.span()) for found in _WORD.finditer(text)))


class Phrasebook:
    """Phrases with commas between."""

    def __init__(self, phrases: str) -> None:
        by_word: defaultdict[str, list[str]] = defaultdict(list)
        for phrase in re.sub(r"\|\s+", "|", phrases).split(","):
            if phrase.strip():
                first, *others = phrase.split()
                for word in first.split("|"):
                    by_word[word].append("".join(map(_pattern, others)))
        self._by_word = {word: "|".join(sorted(rest, key=len, reverse=True)) for word, rest in by_word.items()}

    def find(self, words: Words) -> Iterator[Span]:
        """Where its phrases stand in a text."""
        for word, start, end in words.spans:
            if word not in self._by_word:
                if not word.endswith("'s") or (word := word[:-2]) not in self._by_word:
                    continue
                end -= 2
            if found := _compiled(self._by_word[word]).match(words.text, end):
                yield start, found.end()


@cache
def _compiled(rest: str) -> re.Pattern[str]:
    """Compiled when a text first has the word, so that nobody waits for those that never come."""
    return re.compile(rf"(?:{rest})(?!\w)")


def _pattern(item: str) -> str:
    if item in _UP_TO:
        return rf"(?:(?:{_GAP}){_ANY}){{0,{_UP_TO[item]}}}?"
    choices = item.removesuffix("?").split("|")
    either = "|".join(
        re.escape(one).replace("\\~", "~").replace("~", r"[\w'\-]*").replace("_", r"\s") for one in choices
    )
    return rf"(?:(?:{_GAP})(?:{either}))" + ("?" if item.endswith("?") else "")
