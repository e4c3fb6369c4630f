"""Links that put an entry into a calendar on the web, or subscribe to a feed.

Neither Google nor Microsoft promises these addresses, so each stands beside a file to download and never alone.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote, urlencode

from eventsite.calendars.entries import Entry, UnfitEntry

GOOGLE = "https://calendar.google.com/calendar/render"
GOOGLE_SUBSCRIPTION = "https://calendar.google.com/calendar/r"
OUTLOOK_WORK = "https://outlook.office.com/calendar/action/compose"
OUTLOOK_PERSONAL = "https://outlook.live.com/calendar/0/deeplink/compose"

# Servers refuse long addresses, and a page carries three of these for each session.
DETAILS_LIMIT = 500


def google_link(entry: Entry) -> str:
    """Opens Google Calendar with the entry filled in. Clock times are in UTC and shown in London's zone."""
    starts, ends = (_compact(value) for value in _span(entry))
    zone = {} if entry.is_all_day else {"ctz": "Europe/London"}
    times = {"action": "TEMPLATE", "text": entry.title, "dates": f"{starts}/{ends}", **zone}
    return _link(GOOGLE, {**times, "details": _details(entry), "location": entry.location})


def outlook_work_link(entry: Entry) -> str:
    """Opens Outlook on the web for an account of work or school, NHSmail among them."""
    return _link(OUTLOOK_WORK, _outlook_values(entry))


def outlook_personal_link(entry: Entry) -> str:
    """Opens Outlook on the web for a personal account (outlook.com, hotmail, live)."""
    return _link(OUTLOOK_PERSONAL, {"path": "/calendar/action/compose", **_outlook_values(entry)})


def webcal_link(feed_url: str) -> str:
    """The feed's address as Apple's calendars and Outlook on the desktop subscribe to it."""
    scheme, separator, rest = feed_url.partition("://")
    if scheme not in {"https", "http"} or not separator:
        raise UnfitEntry(f"A feed's address starts with https://, unlike {feed_url!r}.")
    return f"webcal://{rest}"


def google_subscription_link(feed_url: str) -> str:
    """Opens Google Calendar and offers to subscribe to the feed."""
    return _link(GOOGLE_SUBSCRIPTION, {"cid": webcal_link(feed_url)})


def _outlook_values(entry: Entry) -> dict[str, str]:
    starts, ends = (_dashed(value) for value in _span(entry))
    times = {"rru": "addevent", "startdt": starts, "enddt": ends}
    whole_day = {"allday": "true"} if entry.is_all_day else {}
    return {**times, **whole_day, "subject": entry.title, "body": _details(entry), "location": entry.location}


def _link(base: str, values: Mapping[str, str]) -> str:
    # A space as %20: Outlook shows a plus sign as a plus sign.
    given = {name: value for name, value in values.items() if value}
    return f"{base}?{urlencode(given, quote_via=quote, safe='')}"


def _details(entry: Entry) -> str:
    return entry.details_within(DETAILS_LIMIT)


def _span(entry: Entry) -> tuple[datetime | date, datetime | date]:
    """Clock times in UTC, or the first day and the day after the last: both calendars count the end as outside."""
    if isinstance(entry.starts, datetime) and isinstance(entry.ends, datetime):
        return entry.starts.astimezone(UTC), entry.ends.astimezone(UTC)
    return entry.first_day, entry.last_day + timedelta(days=1)


def _compact(value: datetime | date) -> str:
    return value.strftime("%Y%m%dT%H%M%SZ" if isinstance(value, datetime) else "%Y%m%d")


def _dashed(value: datetime | date) -> str:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ" if isinstance(value, datetime) else "%Y-%m-%d")
