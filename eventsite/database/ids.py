"""Row ids: sixteen lower-case characters that sort by the moment they were made."""

import secrets
import time

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no i, l, o or u, so that an id can be read out over the telephone."""

_EPOCH_MS = 1_577_836_800_000  # 2020-01-01T00:00:00Z
_PAIRS = [a + b for a in ALPHABET for b in ALPHABET]


def new_id() -> str:
    """A fresh id: 8 characters of milliseconds since 2020 (enough until 2054), then 8 random ones (40 bits)."""
    moment = time.time_ns() // 1_000_000 - _EPOCH_MS
    return _eight(moment) + _eight(secrets.randbits(40))


def _eight(number: int) -> str:
    pairs = _PAIRS
    return pairs[number >> 30 & 1023] + pairs[number >> 20 & 1023] + pairs[number >> 10 & 1023] + pairs[number & 1023]
