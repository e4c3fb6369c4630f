"""Likeness: texts in, matches out. Finds questions that ask the same; knows nothing of HTTP or tables."""

from eventsite.likeness.index import ALIKE, SAME, Index, Match

__all__ = ["ALIKE", "SAME", "Index", "Match"]
