"""Time comes in by the front door: everything that needs it takes `now` as a parameter, and this is where it starts."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def utc_now() -> datetime:
    """The present moment, aware, in UTC, whole microseconds."""
    return datetime.now(UTC)


def london_date(moment: datetime) -> date:
    """The calendar day in the United Kingdom at an aware moment."""
    return moment.astimezone(LONDON).date()
