"""Journey: Ann is warned before patient data leaves her form, finds that others asked the same, and adds her voice."""

import re
import time

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.sites import Site
from tests.journeys.steps import MIDLANDS_PANEL, ask, heading, main, press
from tests.journeys.test_every_page import assert_sound

pytestmark = pytest.mark.browser

QUESTIONS = f"{MIDLANDS_PANEL}/questions"
PERSONAL = "Why was 943 476 5919 sent home when the model said stay?"
HARM = "A patient was harmed by our sepsis alert last night and managers are covering it up, what should I do?"
ASKED = "Who owns the hazard log once a supplier's model updates itself every month?"


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def type_in(page: Page, words: str) -> None:
    page.goto(QUESTIONS)
    page.get_by_role("textbox", name="Your question").fill(words)


def test_patient_data_is_marked_and_taken_out(ann: Page, site: Site, scripts: bool) -> None:
    type_in(ann, f"{PERSONAL} ({scripts})")
    press(ann, "Send your question")
    expect(main(ann).locator("mark")).to_have_text("943 476 5919")
    expect(main(ann)).to_contain_text("looks like an NHS number")
    assert "943" not in ann.url.removeprefix(site.url)
    if scripts:
        assert_sound(ann)
    words = ann.get_by_role("textbox", name="Your question")
    expect(words).to_have_value(f"{PERSONAL} ({scripts})")
    words.fill(f"Why are people sent home when the model says stay? ({scripts})")
    press(ann, "Send the changed question")
    expect(main(ann)).to_contain_text("Nobody but the organisers can see it yet.")


def test_sent_anyway_it_is_held_and_the_address_is_to_be_kept(ann: Page, scripts: bool) -> None:
    type_in(ann, f"{PERSONAL} I must say so ({scripts}).")
    press(ann, "Send your question")
    press(ann, "Send it anyway")
    expect(main(ann)).to_contain_text("It is held, since we found this in it: NHS number")
    expect(main(ann)).not_to_contain_text("943 476 5919")
    expect(ann.get_by_role("textbox", name="The address of this page")).to_have_value(ann.url)
    expect(ann.get_by_role("button", name="Copy")).to_have_count(1 if scripts else 0)
    if scripts:
        assert_sound(ann)


def test_harm_is_shown_where_to_go(ann: Page, scripts: bool) -> None:
    type_in(ann, HARM)
    press(ann, "Send your question")
    expect(heading(ann, "Is this something to report?")).to_be_visible()
    expect(main(ann)).to_contain_text("call 999")
    expect(main(ann)).to_contain_text("Freedom to Speak Up guardian")
    if scripts:
        assert_sound(ann)


def test_a_voice_instead_of_the_same_question_again(ann: Page, site: Site, scripts: bool) -> None:
    address = f"voice-{scripts}@canal-street.example"
    type_in(ann, ASKED)
    ann.get_by_role("textbox", name="Your email address").fill(address)
    if scripts:
        ann.get_by_role("textbox", name="Your question").press_sequentially(" ?")
        instead = main(ann).get_by_role("button", name="Add your voice instead").first
        expect(instead).to_be_visible(timeout=15_000)
        assert_sound(ann)
        instead.click()
    else:
        press(ann, "Send your question")
        expect(heading(ann, "Has it been asked already?")).to_be_visible()
        main(ann).get_by_role("button", name="Add your voice to question 1").click()
    expect(ann).to_have_url(re.compile("voiced="))
    expect(main(ann).get_by_role("status").first).to_contain_text("your voice counts for this question")
    site.letter(address, "", within=3)


def test_what_was_typed_before_the_script_came_is_looked_for_too(ann: Page, scripts: bool) -> None:
    ann.route("**/asking.*.js", come_late)
    type_in(ann, ASKED)
    instead = main(ann).get_by_role("button", name="Add your voice instead")
    expect(instead).to_have_count(1 if scripts else 0, timeout=15_000)


def come_late(script: Route) -> None:
    time.sleep(1)
    script.continue_()


def test_on_a_phone_the_same(ann_on_her_phone: Page, scripts: bool) -> None:
    ann = ann_on_her_phone
    type_in(ann, f"{PERSONAL} On a phone ({scripts}).")
    press(ann, "Send your question")
    expect(main(ann).locator("mark")).to_be_visible()
    press(ann, "Send it anyway")
    expect(main(ann)).to_contain_text("It is held")
    wider = ann.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0


def test_an_asker_adds_something(ann: Page, scripts: bool) -> None:
    ask(ann, f"What would you leave out of a pilot to keep it small ({scripts})?")
    ann.get_by_role("textbox", name="What should organisers and the chair know").fill("I mean on a small ward.")
    press(ann, "Save what you added")
    expect(ann.get_by_role("textbox", name="What should organisers and the chair know")).to_have_value(
        "I mean on a small ward."
    )


def test_numbers_add_up_on_the_page(ann: Page) -> None:
    ann.goto(QUESTIONS)
    rows = {
        row.get_by_role("rowheader").inner_text(): int(row.get_by_role("cell").first.inner_text())
        for row in main(ann).get_by_role("table").get_by_role("row").filter(has=ann.locator("th[scope=row]")).all()
    }
    received = rows.pop("Received")
    assert received == sum(rows.values())
