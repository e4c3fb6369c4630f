"""A named person and what ails them."""

import re
from collections.abc import Iterator

Span = tuple[int, int]

_WORD = r"(?:(?:Mc|Mac|O'|D')?[A-Z][a-z]+(?:-[A-Z][a-z]+)?)"
_NAME = rf"(?:(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Patient|Professor|Prof|Sir|Dame)\.?\s){_WORD}(?:\s{_WORD})?|{_WORD}\s{_WORD})"
_AILS = (
    r"(?:dementia|diabetes|diabetic|cancer|stroke|epilepsy|embolism|depression|bipolar|dialysis|overdosed|asthma|sepsis|HIV|"
    r"schizophrenia|died|diagnosed)"
)
_NAMED = re.compile(rf"\b{_NAME}(?:'s?)?[\s,]+(?:[a-z]+\s){{0,6}}{_AILS}\b")


def named_people(plain: str) -> Iterator[Span]:
    """A name and, close behind it, what ails the person."""
    for found in _NAMED.finditer(plain):
        yield found.span()
