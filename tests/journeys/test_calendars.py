"""Journey 6: sessions and events are added to a calendar from their pages, right in summer and in winter time."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.calendars.libical import Libical
from tests.calendars.reading import values
from tests.journeys.sites import Site
from tests.journeys.steps import MIDLANDS_PANEL, june, main, press

pytestmark = pytest.mark.browser

LONDON = ZoneInfo("Europe/London")


def test_a_session_is_downloaded_as_a_file(ann: Page, libical: Libical) -> None:
    (entry,) = libical.events(downloaded(ann, MIDLANDS_PANEL))
    day = june()[0]
    assert entry.summary == "AI safety: who signs it off?"
    assert entry.location == "Great hall, Canal House, Birmingham"
    assert entry.starts == datetime(day.year, 6, 26, 9, 30, tzinfo=UTC), "10:30 in British Summer Time"
    assert entry.ends == datetime(day.year, 6, 26, 10, 45, tzinfo=UTC)


def test_an_event_is_downloaded_with_every_session(ann: Page, libical: Libical) -> None:
    content = downloaded(ann, "/events/hpn-midlands")
    first, last = june()
    event, *sessions = libical.events(content)
    assert libical.is_allowed(content)
    assert (event.summary, event.starts, event.ends) == ("HPN Midlands", first, last + timedelta(days=1))
    assert len(sessions) == 8
    assert len({entry.uid for entry in (event, *sessions)}) == 9
    assert all(isinstance(entry.starts, datetime) for entry in sessions)


def test_a_session_has_the_same_uid_in_its_own_file_and_in_the_programme(ann: Page, libical: Libical) -> None:
    (alone,) = libical.events(ann.request.get(f"{MIDLANDS_PANEL}.ics").body())
    programme = libical.events(ann.request.get("/events/hpn-midlands.ics").body())
    assert alone in programme


def test_winter_time_is_not_summer_time(ann: Page, libical: Libical) -> None:
    content = ann.request.get("/events/hpn-north/sessions/how-do-we-deploy-ai-safely.ics").body()
    (entry,) = libical.events(content)
    assert entry.starts == datetime(2025, 3, 6, 11, 0, tzinfo=UTC), "11:00 in Greenwich Mean Time"
    assert values(content, "DTSTART") == ["TZID=Europe/London:20250306T110000"]


def test_the_programme_is_subscribed_to_with_one_press(ann: Page, site: Site) -> None:
    ann.goto("/events/hpn-midlands")
    calendar = f"{site.url}/events/hpn-midlands.ics"
    webcal = calendar.replace("http://", "webcal://")
    expect(main(ann).get_by_role("link", name=calendar)).to_have_attribute("href", calendar)
    expect(main(ann).get_by_role("link", name="Apple, or Outlook on a computer")).to_have_attribute("href", webcal)
    assert query_of(ann, "Google Calendar", nth=0) == {"cid": [webcal]}


def test_a_subscription_is_told_how_often_to_look(ann: Page) -> None:
    answer = ann.request.get("/events/hpn-midlands.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert values(answer.body(), "REFRESH-INTERVAL")


def test_a_session_goes_to_google_by_a_link(ann: Page) -> None:
    ann.goto(MIDLANDS_PANEL)
    asked = query_of(ann, "Google Calendar")
    day = june()[0]
    assert asked["action"] == ["TEMPLATE"]
    assert asked["text"] == ["AI safety: who signs it off?"]
    assert asked["dates"] == [f"{day:%Y%m%d}T093000Z/{day:%Y%m%d}T104500Z"]
    assert asked["location"] == ["Great hall, Canal House, Birmingham"]


@pytest.mark.parametrize("link", ["Outlook at work", "Outlook.com"])
def test_a_session_goes_to_outlook_by_a_link(ann: Page, link: str) -> None:
    ann.goto(MIDLANDS_PANEL)
    asked = query_of(ann, link)
    day = june()[0].isoformat()
    assert asked["subject"] == ["AI safety: who signs it off?"]
    assert (asked["startdt"], asked["enddt"]) == ([f"{day}T09:30:00Z"], [f"{day}T10:45:00Z"])


@pytest.mark.parametrize("link", ["Outlook at work", "Outlook.com"])
def test_an_event_goes_to_outlook_as_whole_days(ann: Page, link: str) -> None:
    ann.goto("/events/hpn-midlands")
    asked = query_of(ann, link)
    first, last = june()
    assert asked["allday"] == ["true"]
    assert (asked["startdt"], asked["enddt"]) == ([first.isoformat()], [(last + timedelta(days=1)).isoformat()])


def test_a_calendar_follows_when_a_session_moves(ann: Page, olive: Page, libical: Libical) -> None:
    address = "/events/hpn-mental-health/sessions/walk"
    (before,) = libical.events(ann.request.get(f"{address}.ics").body())
    olive.goto(f"/organise{address}")
    olive.get_by_label("Start", exact=True).fill("11:15")
    press(olive, "Save changes")
    expect(main(olive)).to_contain_text("11:15am to midday")

    (after,) = libical.events(ann.request.get(f"{address}.ics").body())
    assert after.uid == before.uid
    assert isinstance(after.starts, datetime)
    assert after.starts.astimezone(LONDON).strftime("%H:%M") == "11:15"


def downloaded(page: Page, address: str) -> bytes:
    """The calendar file behind the page's link."""
    page.goto(address)
    with page.expect_download() as download:
        main(page).get_by_role("link", name="Calendar file").click()
    assert download.value.suggested_filename.endswith(".ics")
    return Path(download.value.path()).read_bytes()


def query_of(page: Page, link: str, *, nth: int = -1) -> dict[str, list[str]]:
    """What a link's address asks for."""
    address = main(page).get_by_role("link", name=link, exact=True).nth(nth).get_attribute("href")
    assert address is not None
    return parse_qs(urlsplit(address).query)
