"""When a letter goes, when it goes again, and what its bounce means. Pure."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

DAY = timedelta(days=1)
MOST_A_DAY = 3
"""Letters a day that anonymous forms can cause to one address."""

RETRIES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 3 * 60, 6 * 60, 12 * 60, 24 * 60))
"""How long to wait after each failure; together two days, after which a letter is given up."""

SOFT_BOUNCES = 3
SOFT_SPAN = timedelta(days=14)
"""So many letters that failed within such a time, and the address is taken for one that does not work."""

# No such mailbox, no such mailbox nor a way to it (Exchange), nobody answers for the domain (RFC 3463, Microsoft).
_HARD = {"5.1.1", "5.1.10", "5.4.1"}
_STATUS = re.compile(r"[45]\.[0-9]{1,3}\.[0-9]{1,3}")
_OF_THE_ADDRESS = re.compile(r"5\.[12]\.[0-9]{1,3}|5\.4\.1")
# A server that greylists turns away everybody who comes back within a minute.
_SHORTEST_WAIT = timedelta(minutes=1)


def wait_before_retry(attempts: int, chance: float) -> timedelta | None:
    """How long to wait after so many attempts, a fifth more or less as `chance` (0 to 1) says; None: give up."""
    if attempts > len(RETRIES):
        return None
    wait = RETRIES[max(attempts, 1) - 1] * (0.8 + 0.4 * chance)
    return max(wait, _SHORTEST_WAIT)


def is_failure(action: str, status: str) -> bool:
    """Whether a notice says that a letter will not arrive (RFC 3464: `failed`), and is about a fault (RFC 3463)."""
    return action == "failed" and _STATUS.fullmatch(status) is not None


def is_hard(action: str, status: str) -> bool:
    """Whether a notice says that an address will never work."""
    return action == "failed" and status in _HARD


def speaks_of_address(status: str) -> bool:
    """Whether a refusal speaks of the address or its mailbox; others speak of the letter, of us, or of the network."""
    return _OF_THE_ADDRESS.fullmatch(status) is not None


def later_slots(taken: Sequence[datetime]) -> Iterator[datetime]:
    """When further letters may go to an address that has its three of the day, one after the other.

    `taken` are the latest moments at which letters went or will go to it, three at least. No 24 hours hold a fourth.
    """
    line = sorted(taken)[-MOST_A_DAY:]
    while True:
        line.append(line.pop(0) + DAY)
        yield line[-1]
