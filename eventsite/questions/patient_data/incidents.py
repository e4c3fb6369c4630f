"""Words that tell of harm or wrongdoing now."""

import re
from collections.abc import Iterator

Span = tuple[int, int]

_TELLS = re.compile(
    r"\b(?:(?:patient|resident|baby|child|person|people)\s(?:was|were|has been|have been|died|are coming to)\s?"
    r"(?:harm(?:ed)?|killed|injured)?|(?:is|are)\s(?:covering\sup|hiding|falsifying)|being\s(?:bullied|threatened)|"
    r"(?:was|were)\s(?:told|asked)\s(?:not\s)?to\s(?:delete|hide|report)|coming to harm|gave\s(?:ten times|the wrong))",
    re.I,
)


def incidents(plain: str) -> Iterator[Span]:
    """Words that tell of harm or wrongdoing now."""
    for found in _TELLS.finditer(plain):
        yield found.span()
