"""Expressions of interest: what holds without asking the database."""

from datetime import date, timedelta

from eventsite.people.keeping import INTEREST_KEPT, kept_after

QUIET_AFTER_LETTER = timedelta(minutes=10)


def kept_until(last_day: date) -> date:
    """The last day an interest in an event that ends on `last_day` is held: six months, as the privacy notice says."""
    return kept_after(last_day, INTEREST_KEPT)
