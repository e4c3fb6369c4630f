"""Lists of words, written as words."""

import re
from collections.abc import Iterable


def words(text: str) -> frozenset[str]:
    """The words of a list that is written as words with spaces between."""
    return frozenset(text.split())


def phrases(text: str) -> frozenset[str]:
    """The phrases of a list that is written as phrases with commas between."""
    return frozenset(" ".join(phrase.split()) for phrase in text.split(","))


def either(choices: Iterable[str]) -> str:
    """A pattern for any of these, the longest first, with any spacing inside a phrase."""
    longest_first = sorted(choices, key=lambda choice: (-len(choice), choice))
    return "(?:" + "|".join(re.escape(choice).replace(r"\ ", r"[\s\-]+") for choice in longest_first) + ")"
