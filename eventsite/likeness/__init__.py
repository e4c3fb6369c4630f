"""Likeness: texts in, matches out. Finds questions that ask the same; knows nothing of HTTP or tables."""

from eventsite.likeness.index import ALIKE, ANSWERS, SAME, SURE, Index, Match

__all__ = ["ALIKE", "ANSWERS", "SAME", "SURE", "Index", "Match"]
