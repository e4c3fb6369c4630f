"""Events and sessions as calendar entries."""

from datetime import date

import pytest

from eventsite.calendars.entries import Status
from eventsite.events.entries import event_entry, session_entry
from eventsite.links import Links
from tests.conftest import SECRET, SITE_URL
from tests.factories import MADE_AT, make_event, make_session

pytestmark = pytest.mark.usefixtures("database")

LINKS = Links(SITE_URL, SECRET)
DOMAIN = "events.example.org"


async def test_an_event_is_its_whole_days_free_under_an_identity_of_its_row() -> None:
    event = await make_event(slug="hpn-midlands", sequence=3)

    entry = event_entry(event, LINKS, DOMAIN)

    assert entry.uid == f"event-{event.id}@events.example.org"
    assert (entry.starts, entry.ends) == (date(2027, 6, 26), date(2027, 6, 27))
    assert (entry.is_all_day, entry.is_free) == (True, True)
    assert (entry.sequence, entry.modified, entry.created) == (3, MADE_AT, MADE_AT)
    assert entry.location == "The Exchange, Birmingham B1 1AA"
    assert entry.details.splitlines()[-1] == "https://events.example.org/events/hpn-midlands"


async def test_a_session_has_its_times_in_london_and_its_room_before_the_venue() -> None:
    event = await make_event(slug="hpn-midlands")
    session = await make_session(event, slug="ai-safety", sequence=2)

    entry = session_entry(session, event, LINKS, DOMAIN)

    assert entry.uid == f"session-{session.id}@events.example.org"
    assert f"{entry.starts:%d %B %H:%M %Z} to {entry.ends:%H:%M}" == "26 June 09:30 BST to 10:45"
    assert (entry.is_free, entry.sequence) == (False, 2)
    assert entry.location == "Hall 1, The Exchange, Birmingham B1 1AA"
    assert entry.details.splitlines()[0] == "Part of HPN Midlands."
    assert entry.url == "https://events.example.org/events/hpn-midlands/sessions/ai-safety"
    assert entry.categories == ("HPN Midlands",)


async def test_a_session_is_cancelled_when_it_is_or_when_its_event_is() -> None:
    event, off = await make_event(), await make_event(state="cancelled")
    scheduled, cancelled = await make_session(event), await make_session(event, state="cancelled")

    assert session_entry(scheduled, event, LINKS, DOMAIN).status is Status.CONFIRMED
    assert session_entry(cancelled, event, LINKS, DOMAIN).status is Status.CANCELLED
    assert session_entry(await make_session(off), off, LINKS, DOMAIN).status is Status.CANCELLED
    assert event_entry(off, LINKS, DOMAIN).status is Status.CANCELLED
