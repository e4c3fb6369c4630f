"""Journey 4: Ann puts a question to a panel. Nobody else can see it; it has a page of its own."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.sites import Site, link_in
from tests.journeys.steps import MIDLANDS_PANEL, ask, fill_in_interest, heading, main, press

pytestmark = pytest.mark.browser

PUBLIC = ["/", "/events", "/events/hpn-midlands", MIDLANDS_PANEL, f"{MIDLANDS_PANEL}/questions"]


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_a_question_is_put_from_the_page_of_its_panel(ann: Page) -> None:
    ann.goto("/")
    main(ann).get_by_role("link", name="Ask the panel a question").click()
    main(ann).get_by_role("link", name="Ask a question").click()
    ann.get_by_role("textbox", name="Your question").fill("Who reads the safety case before it is signed?")
    ann.get_by_role("checkbox", name="Clinical safety and standards").check()
    ann.get_by_role("checkbox", name="Leadership and governance").check()
    press(ann, "Send your question")

    expect(ann).to_have_url(re.compile("/questions/[A-Za-z0-9_-]{38}$"))
    expect(main(ann).get_by_text("Who reads the safety case before it is signed?")).to_be_visible()
    expect(main(ann).get_by_text("Clinical safety and standards")).to_be_visible()
    expect(main(ann)).to_contain_text("Nobody but the organisers can see it yet.")
    expect(heading(ann, "What happens next")).to_be_visible()


def test_nobody_else_sees_a_question_before_it_is_read(ann: Page, mallory: Page, scripts: bool) -> None:
    words = f"What would a quarter of an hour less on forms change on a ward ({scripts})?"
    ask(ann, words, name="Ann Archer", email=f"asker-unseen-{scripts}@canal-street.example")
    for page in PUBLIC:
        mallory.goto(page)
        expect(mallory.locator("body")).not_to_contain_text("quarter of an hour")
        expect(mallory.locator("body")).not_to_contain_text("Ann Archer")
        assert "quarter of an hour" not in mallory.content()
    seen = mallory.goto(ann.url[:-1] + ("A" if not ann.url.endswith("A") else "B"))
    assert seen is not None
    assert seen.status == 404


def test_the_asker_gets_a_letter_with_the_link_to_the_page(ann: Page, site: Site, scripts: bool) -> None:
    address = f"asker-letter-{scripts}@canal-street.example"
    ask(ann, "Who is asked before a pilot becomes the way we work?", email=address)
    letter = site.letter(address, "We have your question", within=2)
    assert link_in(letter, "/questions/") == ann.url


def test_the_asker_takes_the_question_back(ann: Page, mallory: Page, scripts: bool) -> None:
    ask(ann, f"Should we have waited another year ({scripts})?")
    address = ann.url
    press(ann, "Withdraw my question")
    expect(ann).to_have_url(address)
    expect(main(ann)).to_contain_text("You took this question back.")
    expect(main(ann).get_by_text("Withdrawn", exact=True)).to_be_visible()
    expect(ann.get_by_role("button", name="Withdraw my question")).to_have_count(0)


def test_a_question_may_come_with_the_form_of_interest(ann: Page, site: Site, scripts: bool) -> None:
    address = f"asker-interest-{scripts}@canal-street.example"
    ann.goto("/interest?event=hpn-midlands")
    fill_in_interest(ann, address)
    ann.get_by_role("textbox", name="Your question").fill("How will we know that it was worth it?")
    ann.get_by_role("radio", name="AI safety: who signs it off?").check()
    press(ann, "Send expression of interest")
    expect(heading(ann, "Thank you")).to_be_visible()

    ann.goto(link_in(site.letter(address, "We have your question"), "/questions/"))
    expect(main(ann).get_by_text("How will we know that it was worth it?")).to_be_visible()


def test_words_are_words_whatever_they_look_like(ann: Page, scripts: bool) -> None:
    words = f"<script>alert({scripts:d})</script> & <b>bold</b>\nsecond line 🧡 {scripts}"
    ask(ann, words)
    expect(main(ann).get_by_text("<script>alert")).to_be_visible()
    expect(main(ann).get_by_text("second line 🧡")).to_be_visible()
