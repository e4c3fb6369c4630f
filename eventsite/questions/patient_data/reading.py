"""A text as a reader sees it: look-alikes made plain, what nobody can see left out, every place known in the original.

Finders read `plain`, in which a digit is an ASCII digit, a dash is `-` and spaces stand alone; `original` leads back.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Self

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d\u00ac"
_QUOTES = "\u2018\u2019\u201b\u02bc\u02b9\u2032\u0060\u00b4\uff07"
_DOTS = "\u2024\u00b7\u2022\u2219\u22c5\u30fb\u3002\uff61"
_SLASHES = "\u2044\u2215\u29f8"
_LIKE_LATIN = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧοŁłØøĐđıßæ",
        "ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXoLlOoDdisa",
        strict=True,
    )
)
_PLAIN = {
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_QUOTES, "'"),
    **dict.fromkeys(_DOTS, "."),
    **dict.fromkeys(_SLASHES, "/"),
    **_LIKE_LATIN,
    "\u2116": "#",
    "\u2028": "\n",
    "\u2029": "\n",
    "\u0085": "\n",
}


_WIDE = re.compile(r"\s\s")
_DIGITS_MEANT = str.maketrans("OolI|", "00111")
_LIKE_DIGITS = re.compile(r"(?<=\d)[OolI|]+(?=[\s.\-]?[\dOolI|]|\b)|(?<![^\W_])[OolI|](?=[\dOolI|]{0,3}\d)")


def _plain(character: str) -> str:
    """The ASCII character that looks the same, nothing for what is not seen, or the character itself."""
    if character in _PLAIN:
        return _PLAIN[character]
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    if category in {"Cf", "Mn", "Me", "Mc"} or (category == "Cc" and character not in "\t\n\r\v\f"):
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(character))
    # Superscripts and numbers in circles are no digits of a number: CO² stays.
    if category == "No":
        return character
    letters = [part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part)]
    return letters[0] if len(letters) == 1 else character


class _Table(dict[int, str]):
    """What `str.translate` asks; each character is worked out once."""

    def __missing__(self, code: int) -> str:
        self[code] = _plain(chr(code))
        return self[code]


_TABLE = _Table()


def with_digits(plain: str) -> str:
    """The text with letters that stand for digits inside a number: 07700 9OO123."""
    return _LIKE_DIGITS.sub(lambda found: found[0].translate(_DIGITS_MEANT), plain)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text made plain, and where each of its characters stood."""

    plain: str
    places: tuple[int, ...] | None
    """None: each stands where it stood."""

    @classmethod
    def of(cls, text: str) -> Self:
        """Reads a text."""
        plain = text.translate(_TABLE)
        if len(plain) == len(text) and not _WIDE.search(plain):
            return cls(plain, None)
        kept: list[str] = []
        places: list[int] = []
        for place, character in enumerate(text):
            seen = _TABLE[ord(character)]
            if seen and not (seen.isspace() and kept and kept[-1].isspace()):
                kept.append(seen)
                places.append(place)
        return cls("".join(kept), tuple(places))

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of the plain text begins and ends in the original."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1
