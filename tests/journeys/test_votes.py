"""Journey 6, the audience: the desk opens the votes, a browser counts once, and whoever only reads gets no cookie."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import PHONE, NewPage
from tests.journeys.steps import main
from tests.journeys.test_every_page import arrive, assert_sound
from tests.journeys.test_panel import Prepared, link, listed, prepared, pushed, region, row, scripts

__all__ = ["prepared", "scripts"]

pytestmark = pytest.mark.browser

COUNTED = "Thank you: your vote is counted, once for this browser."


def opened(olive: Page, prepared: Prepared) -> None:
    """Makes the list and the links, and opens the votes."""
    listed(olive, prepared)
    pushed(olive, main(olive), "Open the votes")
    expect(region(olive, "Votes of the audience")).to_contain_text("Open")


def address_on(hall: Page) -> str:
    """Where to vote, as everybody in the room reads it."""
    return "http://" + main(hall).get_by_text(re.compile("/events/.*/questions$")).inner_text()


def vote(page: Page, words: str) -> Locator:
    """Votes for a question on the public page; the question as it stands there afterwards."""
    arrive(page, row(page, words).get_by_role("button", name="Vote for this question"))
    return row(page, words)


def cookies_of(page: Page) -> list[str]:
    return [cookie.get("name", "") for cookie in page.context.cookies()]


def test_a_browser_counts_once_and_readers_get_no_cookie(
    olive: Page, open_browser: NewPage, prepared: Prepared, scripts: bool
) -> None:
    opened(olive, prepared)
    hall, reader = (open_browser(java_script_enabled=scripts) for _ in range(2))
    phone = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
    ann, bea = (open_browser(java_script_enabled=scripts, may_have_cookies=True, **phone) for _ in range(2))
    hall.goto(link(olive, "Screen"))
    for page in (ann, bea, reader):
        page.goto(address_on(hall))
        expect(row(page, prepared.second)).to_contain_text("0 votes")
        assert cookies_of(page) == []

    for page, count in ((ann, "1 vote"), (ann, "1 vote"), (bea, "2 votes")):
        voted = vote(page, prepared.second)
        expect(voted.get_by_role("status")).to_have_text(COUNTED)
        expect(voted.get_by_text(re.compile("^[0-9]+ votes?$"))).to_have_text(count)
        assert cookies_of(page) == ["__Host-voter"]

    reader.reload()
    expect(main(reader).get_by_role("listitem").filter(has_text="vote").first).to_contain_text(prepared.second)
    expect(row(reader, prepared.second)).to_contain_text("2 votes")
    expect(row(reader, prepared.first)).to_contain_text("0 votes")
    assert cookies_of(reader) == []


def test_the_desk_the_chair_and_the_room_see_the_count(
    olive: Page, open_browser: NewPage, prepared: Prepared, scripts: bool
) -> None:
    opened(olive, prepared)
    hall, chair = (open_browser(java_script_enabled=scripts) for _ in range(2))
    ann = open_browser(java_script_enabled=scripts, may_have_cookies=True)
    hall.goto(link(olive, "Screen"))
    chair.goto(link(olive, "Chair’s page"))
    ann.goto(address_on(hall))

    def seen(page: Page) -> Page:
        if not scripts:
            page.reload()
        return page

    vote(ann, prepared.first)
    expect(region(seen(chair), "Next")).to_contain_text("1 vote")
    expect(row(seen(olive), prepared.first)).to_contain_text("1 vote")
    pushed(chair, region(chair, "Next"), "Ask this now")
    expect(seen(hall).get_by_role("heading", name=prepared.first)).to_be_visible()
    expect(main(hall)).to_contain_text("1 vote")


def test_votes_are_taken_while_the_desk_has_them_open(
    olive: Page, open_browser: NewPage, prepared: Prepared, scripts: bool
) -> None:
    opened(olive, prepared)
    hall, ann, late = (open_browser(java_script_enabled=scripts) for _ in range(3))
    hall.goto(link(olive, "Screen"))
    for page in (ann, late):
        page.goto(address_on(hall))

    pushed(olive, main(olive), "Close the votes")

    late.reload()
    expect(row(late, prepared.first)).to_be_visible()
    expect(late.get_by_role("button", name="Vote for this question")).to_have_count(0)
    arrive(ann, row(ann, prepared.first).get_by_role("button", name="Vote for this question"))
    expect(main(ann)).to_contain_text("This panel takes no votes at the moment.")


@pytest.mark.parametrize("scripts", [True])
def test_the_page_with_votes_is_sound(olive: Page, open_browser: NewPage, prepared: Prepared, scripts: bool) -> None:
    opened(olive, prepared)
    hall, ann = open_browser(), open_browser(may_have_cookies=True)
    hall.goto(link(olive, "Screen"))
    ann.goto(address_on(hall))
    vote(ann, prepared.third)

    assert_sound(ann)
