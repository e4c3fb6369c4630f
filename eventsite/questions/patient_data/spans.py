"""Places in a text, in order, so that those near a place are found without looking at all."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator

_LONGEST = 300


class Spans:
    """Beginnings and ends, sorted."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(self._spans)

    def __bool__(self) -> bool:
        return bool(self._spans)

    def __len__(self) -> int:
        return len(self._spans)

    def between(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Those that have a part there."""
        at = bisect_left(self._starts, start - _LONGEST)
        for span in self._spans[at : bisect_left(self._starts, end)]:
            if span[1] > start:
                yield span
