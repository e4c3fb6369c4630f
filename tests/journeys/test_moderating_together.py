"""Two moderators at once, many questions at once, and the desk without scripts and on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, NewPage
from tests.journeys.sites import Site
from tests.journeys.steps import approve, ask, main, press, question_on_desk, sign_in

pytestmark = pytest.mark.browser

PASSWORD = "swans glide past nine windows"


@pytest.fixture
def omar(open_browser: NewPage, site: Site, request: pytest.FixtureRequest) -> Page:
    """Omar, who moderates at the same time."""
    email = f"omar-{abs(hash(request.node.name)) % 10_000}@example.org"
    link = site.run("organiser", "add", email, "--name", "Omar Osei", "--role", "moderator").strip()
    page = open_browser(may_have_cookies=True)
    page.goto(link)
    page.get_by_label("New password").fill(PASSWORD)
    press(page, "Set password")
    sign_in(page, site, email=email, password=PASSWORD)
    return page


def test_each_sees_what_the_other_looks_at_and_does_at_once(ann: Page, olive: Page, omar: Page) -> None:
    words = ("Who counts the barges?", "Who counts the locks?")
    for one in words:
        ask(ann, one)
    for page in (olive, omar):
        page.goto("/organise/questions?state=pending&q=Who+counts")
    here, there = question_on_desk(olive, words[1]), question_on_desk(omar, words[1])

    there.press("k")
    there.press("j")
    expect(here).to_contain_text("Omar Osei is looking at this")
    there.press("a")
    expect(here).to_contain_text("Approved by Omar Osei")
    expect(here.get_by_role("button", name="Approve this question")).to_have_count(0)

    ask(ann, "Who counts the towpaths?")
    expect(main(olive).get_by_role("link", name="1 new question waits")).to_be_visible()


def test_who_comes_second_reads_what_happened_and_loses_nothing_typed(ann: Page, olive: Page, omar: Page) -> None:
    words = "Who oils the swing bridge?"
    ask(ann, words)
    for page in (olive, omar):
        page.goto("/organise/questions?state=pending&q=swing+bridge")
    here = question_on_desk(olive, words)
    here.press("r")
    reason = here.get_by_role("textbox", name="Or in your own words")
    reason.fill("We ask the council instead.")

    approve(omar, words)
    expect(here).to_contain_text("Approved by Omar Osei")
    expect(reason).to_have_value("We ask the council instead.")
    here.get_by_role("button", name="Reject", exact=True).click()
    expect(here).to_contain_text("Somebody else changed this question before you.")
    expect(here.get_by_role("textbox", name="Or in your own words")).to_have_value("We ask the council instead.")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_many_are_rejected_after_a_page_that_names_them_and_brought_back(ann: Page, olive: Page, scripts: bool) -> None:
    topic = "herring" if scripts else "lamprey"
    asked = [f"Does the {topic} {verb}?" for verb in ("climb", "count", "sing")]
    for words in asked:
        ask(ann, words)
    olive.goto(f"/organise/questions?state=pending&q={topic}")
    for words in asked:
        question_on_desk(olive, words).get_by_role("checkbox", name="Select this question").check()
    olive.get_by_role("form", name="With the selected").get_by_role("button", name="Reject").click()
    expect(olive.get_by_role("heading", name="Reject 3 questions?")).to_be_visible()
    expect(main(olive).get_by_role("link", name=asked[2])).to_be_visible()
    olive.get_by_role("radio", name="A comment, not a question").check()
    press(olive, "Reject 3 questions")
    expect(main(olive)).to_contain_text("3 questions are rejected.")
    press(olive, "Undo all")
    for words in asked:
        expect(question_on_desk(olive, words)).to_contain_text("Waiting")


@pytest.mark.parametrize("scripts", [False], ids=["without scripts"])
def test_every_deed_has_a_button_without_scripts(ann: Page, olive: Page, scripts: bool) -> None:
    first, second = "Who mends the lock gates of Castlefield?", "Who mends the lock gates in Castlefield?"
    ask(ann, first)
    ask(ann, second)
    queue = "/organise/questions?q=lock+gates"
    olive.goto(queue)
    question_on_desk(olive, second).get_by_text("Merge this question").click()
    olive.get_by_role("link", name="Choose the question it asks the same as").last.click()
    olive.get_by_role("button", name="Merge with").first.click()
    expect(main(olive)).to_contain_text("The question is merged")
    question_on_desk(olive, second).get_by_role("button", name="Undo").click()
    expect(main(olive)).to_contain_text("stands alone again")
    approve(olive, first)
    question_on_desk(olive, first).get_by_role("button", name="Shortlist").click()
    expect(main(olive)).to_contain_text("The question is on the shortlist.")
    question_on_desk(olive, second).get_by_role("button", name="Hold").click()
    expect(main(olive)).to_contain_text("The question is held.")
    question_on_desk(olive, second).get_by_role("link", name="Read and decide").click()
    olive.get_by_role("textbox", name="Wording").fill("Who mends them?")
    press(olive, "Keep this wording")
    expect(main(olive)).to_contain_text("What was changed")
    olive.get_by_role("checkbox", name="Something else").check()
    press(olive, "Keep these themes")
    press(olive, "Release and publish it")
    expect(main(olive)).to_contain_text("The question is released and published.")
    expect(main(olive)).to_contain_text("Released and published by Olive Okafor")


def test_the_queue_is_worked_on_a_phone(ann: Page, open_browser: NewPage, key_to_the_desk: dict[str, object]) -> None:
    words = "Who paints the narrowboats?"
    ask(ann, words)
    olive = open_browser(
        may_have_cookies=True, storage_state=key_to_the_desk, viewport=PHONE, is_mobile=True, has_touch=True
    )
    olive.goto("/organise/questions?state=pending&q=narrowboats")
    item = question_on_desk(olive, words)
    item.get_by_text("Waiting", exact=True).tap()
    item.get_by_text("Reject this question").tap()
    item.get_by_role("button", name=re.compile("Not clear to us")).tap()
    expect(item).to_contain_text("The question is rejected.")
    assert olive.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
