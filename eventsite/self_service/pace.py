"""How often one calendar may ask. Counted in this process alone: a row in the database would cost more than the answer.

Never by network: a whole trust of the NHS comes from one address.
"""

from collections import OrderedDict
from datetime import datetime, timedelta

MOST = 120
WITHIN = timedelta(hours=1)
MOST_COUNTED = 10_000


class Pace:
    """Counts uses by name, in spans of an hour that begin with the first."""

    def __init__(self, *, most: int = MOST, within: timedelta = WITHIN) -> None:
        self._most = most
        self._within = within
        self._used: OrderedDict[str, tuple[datetime, int]] = OrderedDict()

    def wait_for(self, name: str, now: datetime) -> int:
        """Counts one use, as of an aware moment; how many seconds to wait where it is one too many, else 0."""
        began, used = self._used.pop(name, (now, 0))
        if not began <= now < began + self._within:
            began, used = now, 0
        self._used[name] = (began, used + 1)
        if len(self._used) > MOST_COUNTED:
            self._used.popitem(last=False)
        return max(int((began + self._within - now).total_seconds()), 1) if used >= self._most else 0
