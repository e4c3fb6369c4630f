"""Names of people and organisations in running English text, by the look of the words."""

import re
from dataclasses import dataclass

from eventsite.writeups.importing.vocabulary import (
    HONORIFICS,
    LEADERS,
    NOT_NAMES,
    ORGANISATION_WORDS,
    POST,
    WORDS_OF_POSTS,
)

UPPER = "".join(re.escape(chr(code)) for code in range(0x250) if chr(code).isupper())
_SPACE = r"[^\S\n]+"
_WORD = rf"[{UPPER}](?:[\w-]*\w)?(?:[’'][{UPPER}][\w-]*\w)?"
_PART = (
    rf"(?:(?:de|da|del|della|di|du|van|von|der|den|ter|la|le|el|al|bin|ibn|ap){_SPACE}){{0,2}}(?:{_WORD}|[{UPPER}]\.)"
)
#: Two to five words that look like a person's name; ask `person_name` before believing it.
FULL_NAME = rf"(?<![\w’'-])(?:(?:Dr|Mr|Mrs|Ms|Prof|Rev|[{UPPER}])\.|{_WORD})(?:{_SPACE}{_PART}){{1,5}}(?![\w-])"

_CONNECTOR = rf"(?:(?:and|of|for|the|in|on|upon|de|le|with|&|–|-){_SPACE}){{0,3}}"
_ORG_WORD = rf"(?:St\.|[{UPPER}0-9][\w&/+-]*(?:[’'](?:s|[{UPPER}][\w-]*))?(?:[’'](?={_SPACE}[{UPPER}]))?)"
_ORGANISATION_NAME = re.compile(rf"(?:[Tt]he{_SPACE})?({_ORG_WORD}(?:{_SPACE}{_CONNECTOR}{_ORG_WORD}){{0,14}})")


@dataclass(frozen=True)
class Found:
    """Text found, and where it stands."""

    text: str
    start: int
    end: int


def person_name(candidate: str, start: int = 0) -> Found | None:
    """The person's name in a row of capitalised words: openers of sentences and words for a post are left away."""
    words = list(re.finditer(r"\S+", candidate))
    while words and is_leader(words[0][0]):
        if words.pop(0)[0] in ORGANISATION_WORDS:
            return None
    if not 2 <= len(words) <= 6 or any(word[0] in NOT_NAMES for word in words):
        return None
    if words[0][0].rstrip(".") in HONORIFICS and len(words) < 3:
        return None
    first, last = words[0].start(), words[-1].end()
    return Found(candidate[first:last], start + first, start + last)


def organisation_at(text: str, position: int, end: int) -> Found | None:
    """The organisation named from that position on: capitalised words with "of", "and" and the like between them."""
    match = _ORGANISATION_NAME.match(text, position, end)
    return Found(match[1], match.start(1), match.end(1)) if match else None


def is_organisation(name: str, *, for_certain: bool = False) -> bool:
    """Whether a name speaks of an organisation, by a word such as Trust or University, or by its initials.

    `for_certain` leaves out words that stand in posts too, such as Health and Innovation.
    """
    words = re.findall(r"\w+", name)
    if for_certain:
        return any(word in ORGANISATION_WORDS - WORDS_OF_POSTS for word in words)
    return any(word in ORGANISATION_WORDS or (word.isupper() and len(word) > 2) for word in words)


def bare_words(name: str) -> list[str]:
    """The words of a person's name without honorifics and letters after it."""
    return [
        word for word in name.split() if word.rstrip(".") not in HONORIFICS and not (word.isupper() and len(word) > 2)
    ]


def is_leader(word: str) -> bool:
    """Whether a capitalised word before a name is none of it: it opens the sentence or is part of a post."""
    return word.lower() in LEADERS or word in NOT_NAMES or (bool(POST.fullmatch(word)) and word not in HONORIFICS)
