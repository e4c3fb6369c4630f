"""Several questions at once: those that ask the same merged with one of them, and themes given to many."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import ask, heading, main, question_on_desk
from tests.journeys.test_every_page import arrive, assert_sound

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def asked(ann: Page) -> list[str]:
    """Three questions that no other test asks, of which two speak of a theme."""
    mark = f"on bridge {uuid4().hex[:6]}"
    texts = [
        f"Who keeps the hazard log {mark}?",
        f"Is there a safety case {mark}?",
        f"May herons stand {mark}?",
    ]
    for words in texts:
        ask(ann, words)
    return texts


def selected(olive: Page, asked: list[str], deed: str) -> None:
    """Ticks the questions in the queue and presses one of the buttons for all of them."""
    olive.goto(f"/organise/questions?state=pending&q={asked[0].split()[-1].rstrip('?')}")
    for words in asked:
        question_on_desk(olive, words).get_by_role("checkbox", name="Select this question").check()
    form = main(olive).get_by_role("form", name="With the selected")
    arrive(olive, form.get_by_role("button", name=deed, exact=True))


def test_several_are_merged_with_the_one_olive_chooses_and_parted_again(olive: Page, asked: list[str]) -> None:
    head, *others = asked
    selected(olive, asked, "Merge")
    expect(heading(olive, "Merge 3 questions?")).to_be_visible()
    olive.get_by_role("radio", name=head).check()
    arrive(olive, main(olive).get_by_role("button", name="Merge 3 questions"))

    expect(olive.get_by_role("alert")).to_contain_text("2 questions are merged.")
    expect(question_on_desk(olive, head)).to_contain_text("3 people ask this")
    for words in others:
        expect(question_on_desk(olive, words)).to_have_count(0)
    arrive(olive, main(olive).get_by_role("button", name="Undo all"))
    for words in asked:
        expect(question_on_desk(olive, words)).to_contain_text("Waiting")


def test_what_rules_suggest_is_confirmed_for_many_and_a_theme_given_to_all(olive: Page, asked: list[str]) -> None:
    selected(olive, asked, "Themes")
    expect(heading(olive, "Choose the themes of 3 questions?")).to_be_visible()
    expect(main(olive)).to_contain_text("Clinical safety and standards for hazard log")
    olive.get_by_role("checkbox", name=asked[1]).uncheck()
    olive.get_by_role("checkbox", name=re.compile("^Workforce")).check()
    arrive(olive, main(olive).get_by_role("button", name="Choose the themes of 3 questions"))

    expect(olive.get_by_role("alert")).to_contain_text("3 questions are given themes.")
    confirmed, left, other = (question_on_desk(olive, words) for words in asked)
    for item in (confirmed, left, other):
        expect(item).to_contain_text("Workforce")
    expect(confirmed).not_to_contain_text("Theme?")
    expect(confirmed).to_contain_text("Clinical safety and standards")
    expect(left).to_contain_text("Theme? Clinical safety and standards for safety case")
    expect(other).not_to_contain_text("Clinical safety")


@pytest.mark.parametrize("scripts", [True])
def test_the_pages_that_ask_are_sound(olive: Page, asked: list[str], scripts: bool) -> None:
    for deed in ("Merge", "Themes"):
        selected(olive, asked, deed)
        assert_sound(olive)
        olive.set_viewport_size({"width": 1280, "height": 900})
