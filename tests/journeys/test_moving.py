"""Journey: Olive moves an event by a week. She sees whom that writes to, and their calendars move with it."""

from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewPage
from tests.journeys.sites import Site, link_in, text_of
from tests.journeys.steps import heading, let_in, main, press, register_interest
from tests.journeys.test_every_page import assert_sound
from tests.journeys.test_from_nothing import create_event

pytestmark = pytest.mark.browser

EVENT, DESK = "HPN Coast", "/organise/events/hpn-coast"
ANN, BEN, CAY = (f"{name}@canal-street.example" for name in ("ann", "ben", "cay"))
FRAME = "iframe[title^='The letter as']"


@pytest.fixture
def olive(open_browser: NewPage, empty_site: Site) -> Page:
    """Olive at the desk of a site of her own."""
    return let_in(open_browser(at=empty_site, may_have_cookies=True), empty_site)


@pytest.fixture
def ann(open_browser: NewPage, empty_site: Site) -> Page:
    return open_browser(at=empty_site)


def test_an_event_moves_and_three_calendars_with_it(olive: Page, ann: Page, empty_site: Site) -> None:
    first = datetime.now(UTC).date() + timedelta(days=100)
    later = first + timedelta(days=7)
    create_event(olive, EVENT, first)
    press(olive, "Publish")
    three_people(olive, ann, empty_site)

    olive.goto(f"{DESK}/edit")
    olive.get_by_role("textbox", name="Summary").fill("By the sea, a week later.")
    for day, moved in (("First day", later), ("Last day", later + timedelta(days=1))):
        olive.get_by_label(day, exact=True).fill(moved.isoformat())
    press(olive, "Save changes")

    expect(heading(olive, f"Write to 3 people about {EVENT}?")).to_be_visible()
    expect(main(olive)).to_contain_text("1 person with a place gets an update of their calendar entry.")
    expect(main(olive)).to_contain_text("2 people who are interested, without a place so far, get a letter")
    expect(olive.frame_locator(FRAME).get_by_role("heading", name=f"New dates for {EVENT}")).to_be_visible()
    assert_sound(olive)

    press(olive, "Go back and change")
    expect(olive.get_by_role("textbox", name="Summary")).to_have_value("By the sea, a week later.")
    expect(olive.get_by_label("First day", exact=True)).to_have_value(later.isoformat())
    press(olive, "Save changes")
    press(olive, "Save and write to 3 people")
    expect(olive.get_by_role("alert")).to_contain_text(f"{EVENT} is changed. 3 people are being written to.")

    before = only_entry(empty_site.letter(BEN, f"Your place at {EVENT} is confirmed", within=20))
    for email, method in ((ANN, ""), (BEN, "REQUEST"), (CAY, "")):
        letter = empty_site.letter(email, f"New dates for {EVENT}", within=20)
        entry = only_entry(letter, method)
        assert (entry["UID"], entry["DTSTART"].dt, entry["DTEND"].dt) == (
            before["UID"],
            later,
            later + timedelta(days=2),
        )
        assert "Until now" in text_of(letter)
        assert entry["SEQUENCE"] > (before["SEQUENCE"] if method else 0)

    cancel(olive, empty_site, later)


def three_people(olive: Page, ann: Page, site: Site) -> None:
    """Ann is interested, Ben has a place, Cay has an offer of one."""
    for email in (ANN, BEN, CAY):
        register_interest(ann, email, EVENT)
    olive.goto("/organise/interest?event=hpn-coast")
    for email in (BEN, CAY):
        main(olive).get_by_role("listitem").filter(has_text=email).get_by_role("checkbox").check()
    press(olive, "Offer places")
    press(olive, "Offer the places")
    ann.goto(link_in(site.letter(BEN, f"A place for you at {EVENT}", within=20), "/my/"))
    ann.get_by_role("button", name=f"Accept your place at {EVENT}").click()
    expect(main(ann)).to_contain_text("You have a place.")


def cancel(olive: Page, site: Site, first: date) -> None:
    """And in the end it is called off: every calendar hears of it."""
    olive.goto(f"{DESK}/cancellation")
    expect(main(olive)).to_contain_text("This will write to 3 people")
    assert_sound(olive)
    press(olive, "Cancel and write to 3 people")
    expect(olive.get_by_role("alert")).to_contain_text(f"{EVENT} is cancelled.")
    for email, method in ((ANN, ""), (BEN, "CANCEL"), (CAY, "")):
        entry = only_entry(site.letter(email, f"Cancelled: {EVENT}", within=20), method)
        assert (entry["STATUS"], entry["DTSTART"].dt) == ("CANCELLED", first)


def only_entry(letter: EmailMessage, method: str = "REQUEST") -> Any:
    """The one entry of the calendar that a letter brings, and that it has this METHOD."""
    [content] = [part.get_payload(decode=True) for part in letter.walk() if part.get_content_type() == "text/calendar"]
    assert isinstance(content, bytes)
    calendar = Calendar.from_ical(content)
    assert calendar.get("METHOD", "") == method
    [entry] = calendar.walk("VEVENT")
    return entry
