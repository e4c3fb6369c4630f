"""How fast letters may go: the arithmetic of token buckets, each kept as one moment. Pure.

A bucket holds `burst` letters and fills evenly, so that no span of `period` (its end not counted) ever sees more than
`letters`. All that is kept of it is when it will be full (the generic cell rate algorithm, ITU-T I.371).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Limit:
    """So many letters in any span of `period`, `burst` of them at once. `name` is that of its row in `mail_pace`."""

    name: str
    letters: int
    period: timedelta
    burst: int = 1

    @property
    def interval(self) -> timedelta:
        """How long it takes until one letter more may go."""
        # Rounded up: a microsecond too little would, at the end of a period, be a letter too many.
        return -(-self.period // (self.letters - self.burst + 1))


MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
EXCHANGE_ONLINE = (Limit("minute", 30, MINUTE), Limit("day", 10_000, DAY, burst=5_000))
"""What Exchange Online takes from one sender (Microsoft, "SMTP submission improvements")."""


def limits_of(mail_rate: str) -> tuple[Limit, ...]:
    """What MAIL_RATE asks for: nothing, letters a minute, or the name of a provider."""
    if mail_rate == "exchange-online":
        return EXCHANGE_ONLINE
    return (Limit("minute", int(mail_rate), MINUTE),) if mail_rate else ()


def opens_at(limit: Limit, full_at: datetime, now: datetime) -> datetime:
    """When the next letter may go: now, or later."""
    return max(now, full_at - limit.interval * (limit.burst - 1))


def after_one(limit: Limit, full_at: datetime, now: datetime) -> datetime:
    """When the bucket will be full once a letter has gone now."""
    return max(now, full_at) + limit.interval
