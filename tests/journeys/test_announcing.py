"""Journey: Olive writes to an event's people, sees it as three of them will, releases it; Ann stops it in one click."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewPage
from tests.journeys.sites import Site, link_in, text_of
from tests.journeys.steps import heading, main, press, register_interest, sign_in, write_announcement

pytestmark = pytest.mark.browser

RELEASE = re.compile("^Release to [0-9]+ (person|people)$")


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def olive(open_browser: NewPage, site: Site, scripts: bool) -> Page:
    """Olive signed in, in a browser with or without scripts."""
    page = open_browser(may_have_cookies=True, java_script_enabled=scripts)
    sign_in(page, site)
    return page


def release(olive: Page) -> str:
    """Presses the button on the check page; what the desk then says."""
    olive.get_by_role("button", name=RELEASE).click()
    expect(main(olive)).to_contain_text("Released to")
    return main(olive).inner_text()


def letters_to(site: Site, address: str, about: str) -> int:
    return sum(letter["To"] == address and about in letter["Subject"] for letter in site.letters())


def test_what_olive_releases_reaches_ann_until_ann_says_stop(
    olive: Page, ann: Page, mallory: Page, site: Site, scripts: bool
) -> None:
    name = "with scripts" if scripts else "without scripts"
    first, second = f"Parking {name}", f"Trains {name}"
    anns, bos, mallorys = (f"{who}-{name.replace(' ', '-')}@canal-street.example" for who in ("ann", "bo", "mallory"))
    for address in (anns, bos):
        register_interest(ann, address, "HPN Midlands")
    register_interest(mallory, mallorys, "HPN Mental Health")

    write_announcement(olive, f"{first}: {{event}}", "Dear {name},\n\nthe **car park** is full. Your page: {my_page}")
    press(olive, "Save and see it as its readers will")
    expect(heading(olive, "As its readers will see it")).to_be_visible()
    frame = olive.frame_locator("iframe").first
    expect(frame.get_by_text("car park")).to_be_visible()
    assert letters_to(site, anns, first) == 0
    assert "on their way" in release(olive)

    letter = site.letter(anns, f"{first}: HPN Midlands", within=5)
    assert "Dear Ann Archer," in text_of(letter)
    assert link_in(letter, "/u/") in letter["List-Unsubscribe"]
    ann.goto(link_in(letter, "/u/"))
    press(ann, "Stop announcements")
    expect(main(ann)).to_contain_text("No more announcements")

    write_announcement(olive, second, "Dear {name},\n\nthe trains are late.")
    press(olive, "Save and see it as its readers will")
    expect(main(olive)).to_contain_text("want no announcements")
    release(olive)
    site.letter(bos, second, within=5)
    assert letters_to(site, anns, second) == 0
    assert letters_to(site, mallorys, first) + letters_to(site, mallorys, second) == 0


def test_a_placeholder_that_there_is_none_of_is_said_at_its_place(olive: Page) -> None:
    write_announcement(olive, "Hello", "Dear {nmae},")
    press(olive, "Save draft")

    expect(olive.get_by_role("alert")).to_contain_text("There is no placeholder {nmae}.")
    expect(olive.get_by_role("textbox", name="Letter")).to_have_value("Dear {nmae},")


def test_a_reminder_is_scheduled_and_taken_back(olive: Page, scripts: bool) -> None:
    subject = f"Tomorrow, {scripts}"
    write_announcement(olive, subject, "It is tomorrow.")
    olive.get_by_role("combobox", name="Send it").select_option(label="The day before, at 9am")
    press(olive, "Save and see it as its readers will")
    expect(main(olive)).to_contain_text("at 9am, and moves with the event.")
    press(olive, "Schedule the reminder")
    expect(main(olive)).to_contain_text("The reminder is scheduled.")

    press(olive, "Take it back")

    expect(main(olive)).to_contain_text("The reminder is taken back, and is not sent.")
    olive.goto("/organise/announcements")
    expect(main(olive).get_by_role("row").filter(has_text=subject)).to_contain_text("Not sent")
