"""Names in addresses: made once from a title, never changed afterwards, since links and calendars hold them."""

import re
import unicodedata
from collections.abc import Container, Iterable
from itertools import count

LONGEST = 60
# Addresses of the desk that stand where a slug would.
RESERVED = frozenset({"new", "edit"})


def slug_of(title: str) -> str:
    """A title in lower-case letters, digits and hyphens, at most 60 characters, cut between words. May be empty."""
    plain = unicodedata.normalize("NFKD", title.replace("'", "").replace("’", "")).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    return words if len(words) <= LONGEST else words[: LONGEST + 1].rpartition("-")[0] or words[:LONGEST]


def free_slug(title: str, taken: Container[str], *, otherwise: str, years: Iterable[int] = ()) -> str:
    """A slug nobody has: the title's, else with one of the years behind it, else with the first free number from 2.

    `otherwise` stands in for a title without a single letter of the alphabet.
    """
    base = slug_of(title) or otherwise
    for candidate in (base, *(f"{base}-{year}" for year in years)):
        if candidate not in taken and candidate not in RESERVED:
            return candidate
    return next(slug for number in count(2) if (slug := f"{base}-{number}") not in taken)
