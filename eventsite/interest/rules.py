"""Expressions of interest: what holds without asking the database."""

from datetime import date, timedelta

KEPT_AFTER_EVENT = timedelta(days=183)
QUIET_AFTER_LETTER = timedelta(minutes=10)


def kept_until(last_day: date) -> date:
    """The last day an interest in an event that ends on `last_day` is held: six months, as the privacy notice says."""
    return last_day + KEPT_AFTER_EVENT
