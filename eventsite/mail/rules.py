"""When a letter goes, and when it goes again. Pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

DAY = timedelta(days=1)
MOST_A_DAY = 3
"""Letters a day that anonymous forms can cause to one address."""

RETRIES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 3 * 60, 6 * 60, 12 * 60, 24 * 60))
"""How long to wait after each failure; together two days, after which a letter is given up."""

# A server that greylists turns away everybody who comes back within a minute.
_SHORTEST_WAIT = timedelta(minutes=1)


def wait_before_retry(attempts: int, chance: float) -> timedelta | None:
    """How long to wait after so many attempts, a fifth more or less as `chance` (0 to 1) says; None: give up."""
    if attempts > len(RETRIES):
        return None
    wait = RETRIES[max(attempts, 1) - 1] * (0.8 + 0.4 * chance)
    return max(wait, _SHORTEST_WAIT)


def later_slots(taken: Sequence[datetime]) -> Iterator[datetime]:
    """When further letters may go to an address that has its three of the day, one after the other.

    `taken` are the latest moments at which letters went or will go to it, three at least. No 24 hours hold a fourth.
    """
    line = sorted(taken)[-MOST_A_DAY:]
    while True:
        line.append(line.pop(0) + DAY)
        yield line[-1]
