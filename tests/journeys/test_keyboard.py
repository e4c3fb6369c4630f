"""Journey 2 with the keyboard alone, always seeing where one is."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.sites import Site
from tests.journeys.steps import heading, main

pytestmark = pytest.mark.browser

ADDRESS = "keys@canal-street.example"
MOST_STEPS = 60


def test_interest_is_registered_with_the_keyboard_alone(ann: Page, site: Site) -> None:
    ann.goto("/")
    ann.keyboard.press("Tab")
    expect(ann.get_by_role("link", name="Skip to main content")).to_be_focused()
    ann.keyboard.press("Enter")
    tab_to(ann, main(ann).get_by_role("link", name="Register interest", exact=True).first)
    ann.keyboard.press("Enter")

    tab_to(ann, ann.get_by_role("checkbox", name="HPN Midlands"))
    ann.keyboard.press("Space")
    for label, words in {
        "Full name": "Ann Archer",
        "Work email address": ADDRESS,
        "Job title": "Matron",
        "Organisation": "Canal Street NHS Trust",
    }.items():
        tab_to(ann, ann.get_by_role("textbox", name=label))
        ann.keyboard.type(words)
    tab_to(ann, ann.get_by_role("button", name="Send expression of interest"))
    ann.keyboard.press("Enter")

    expect(heading(ann, "Thank you. Your interest is noted")).to_be_visible()
    assert site.letter(ADDRESS, "Your interest in HPN Midlands")


def test_a_mistake_is_mended_with_the_keyboard_alone(ann: Page) -> None:
    ann.goto("/my")
    tab_to(ann, ann.get_by_role("button", name="Send me the link"))
    ann.keyboard.press("Enter")
    tab_to(ann, ann.get_by_role("link", name="Enter the email address you registered with"))
    ann.keyboard.press("Enter")
    expect(ann.get_by_role("textbox", name="Email address")).to_be_focused()
    ann.keyboard.type(ADDRESS)
    ann.keyboard.press("Enter")
    expect(heading(ann, "Look for our letter")).to_be_visible()


def test_a_question_is_decided_with_the_keyboard_alone(olive: Page) -> None:
    olive.goto("/organise/questions?state=pending")
    waiting = olive.get_by_role("button", name="Approve this question")
    before = waiting.count()
    tab_to(olive, waiting.first)
    olive.keyboard.press("Enter")
    expect(main(olive)).to_contain_text("The question is published.")
    expect(waiting).to_have_count(before - 1)


def tab_to(page: Page, target: Locator) -> None:
    """Presses Tab until the target has the focus; fails where the focus is lost or cannot be seen on the way."""
    expect(target).to_be_visible()
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        assert focused.evaluate(IS_MARKED), f"nothing shows that this has the focus: {focused.inner_text()}"
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{MOST_STEPS} times Tab do not lead there")


IS_MARKED = """element => {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const isMarked = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== "none";
    return isMarked && box.bottom > 0 && box.top < innerHeight;
}"""
