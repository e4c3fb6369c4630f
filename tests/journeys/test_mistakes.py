"""Wrong things typed into each form: what is wrong is said first, a link leads to it, and no word is lost."""

import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.steps import MIDLANDS_PANEL, main

pytestmark = pytest.mark.browser

LONG = "Why is it so? " * 40 + "Why?"
EVENT = "/organise/events/hpn-midlands"


@dataclass(frozen=True)
class Mistake:
    """What somebody types into a form, the field that is wrong, and what they are told."""

    page: str
    button: str
    wrong: str
    told: str
    typed: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.page} {self.wrong}"


BY_READERS = [
    Mistake("/interest", "Send expression of interest", "Full name", "Enter your full name", {"Job title": "Matron"}),
    Mistake(
        "/interest",
        "Send expression of interest",
        "Work email address",
        "Enter an email address in the correct format, like name@example.com",
        {"Work email address": "ann at work", "Full name": "Ann <b>Archer</b> 🧡", "Organisation": "St Mary’s"},
    ),
    Mistake(
        "/interest", "Send expression of interest", "Your question", "500 characters or less", {"Your question": LONG}
    ),
    Mistake(f"{MIDLANDS_PANEL}/questions", "Send your question", "Your question", "Enter your question"),
    Mistake(
        f"{MIDLANDS_PANEL}/questions",
        "Send your question",
        "Your email address",
        "Enter an email address in the correct format, like name@example.com",
        {"Your question": "Who?\nAnd why?", "Your email address": "two@a.example, three@b.example"},
    ),
    Mistake("/my", "Send me the link", "Email address", "Enter the email address you registered with"),
    Mistake("/my", "Send me the link", "Email address", "correct format", {"Email address": "nobody@"}),
    Mistake("/complaints", "Send complaint", "What happened", "Enter what happened", {"Full name": "Ann Archer"}),
    Mistake("/organise/sign-in", "Sign in", "Password", "Enter your password", {"Email address": "olive@example.org"}),
]
ON_THE_DESK = [
    Mistake("/organise/events/new", "Create event", "Name", "Enter the event’s name", {"Town or city": "Whitby"}),
    Mistake("/organise/events/new", "Create event", "Postcode", "Enter a full postcode", {"Postcode": "nowhere"}),
    Mistake(f"{EVENT}/edit", "Save changes", "Name", "Enter the event’s name", {"Name": "", "Venue": "Canal Hall"}),
    Mistake(f"{EVENT}/sessions/new", "Add session", "Title", "Enter the session’s title", {"Room": "Attic"}),
    Mistake(f"{EVENT}/sessions/ai-safety", "Save changes", "Title", "Enter the session’s title", {"Title": ""}),
    Mistake(
        f"{EVENT}/sessions/ai-safety",
        "Put on stage",
        "Somebody we know",
        "Choose somebody",
        {"Job title": "Chair of chairs"},
    ),
    Mistake("/organise/people", "Add organiser", "Email address", "Enter their email address", {"Full name": "Mo"}),
    Mistake("/organise/writeups/import", "Make a draft", "File", "Choose a file"),
]


@pytest.mark.parametrize("mistake", BY_READERS, ids=str)
def test_a_reader_is_told_what_is_wrong_and_loses_nothing(ann: Page, mistake: Mistake) -> None:
    make(ann, mistake)
    assert_told(ann, mistake)


@pytest.mark.parametrize("mistake", ON_THE_DESK, ids=str)
def test_so_is_an_organiser(olive: Page, mistake: Mistake) -> None:
    make(olive, mistake)
    assert_told(olive, mistake)


def test_a_choice_that_was_left_out_is_led_to_as_well(ann: Page) -> None:
    ann.goto("/interest")
    ann.get_by_role("button", name="Send expression of interest").click()
    expect(ann.get_by_role("group", name="Which events?")).to_have_accessible_description(
        "Error: Select at least one event"
    )
    ann.get_by_role("alert").get_by_role("link", name="Select at least one event").click()
    expect(ann.get_by_role("checkbox").first).to_be_focused()


def test_themes_are_two_at_most_and_stay_ticked(ann: Page) -> None:
    themes = ("Evidence and evaluation", "Workforce, jobs and wellbeing", "Something else")
    ann.goto(f"{MIDLANDS_PANEL}/questions")
    ann.get_by_role("textbox", name="Your question").fill("Which of the three is it?")
    for theme in themes:
        ann.get_by_role("checkbox", name=theme).check()
    ann.get_by_role("button", name="Send your question").click()
    expect(ann.get_by_role("alert")).to_contain_text("Select no more than 2 themes")
    for theme in themes:
        expect(ann.get_by_role("checkbox", name=theme)).to_be_checked()


def test_letters_left_are_counted_and_a_long_question_can_be_mended(ann: Page) -> None:
    ann.goto(f"{MIDLANDS_PANEL}/questions")
    question = ann.get_by_role("textbox", name="Your question")
    question.fill("x" * 498)
    expect(main(ann).get_by_text("You have 2 characters left").first).to_be_visible()
    question.fill("x" * 503)
    expect(main(ann).get_by_text("You have 3 characters too many").first).to_be_visible()


def test_an_address_where_nothing_is_says_so_kindly(ann: Page) -> None:
    for address in ("/nowhere", "/events/nothing", "/my/not-a-token", "/questions/not-a-token", "/writeups/nothing"):
        answer = ann.goto(address)
        assert answer is not None
        assert answer.status == 404
        expect(ann.get_by_role("heading", level=1)).to_be_visible()
        expect(ann.get_by_role("banner").get_by_role("link", name="Healthcare Partnership Network")).to_be_visible()


def make(page: Page, mistake: Mistake) -> None:
    """Makes the mistake and sends the form."""
    page.goto(mistake.page)
    for details in page.get_by_role("main").get_by_text("Put somebody on stage").all():
        if not page.get_by_role("button", name="Put on stage").is_visible():
            details.click()
    for label, words in mistake.typed.items():
        field_of(page, label).fill(words)
    page.get_by_role("button", name=mistake.button, exact=True).first.click()


def assert_told(page: Page, mistake: Mistake) -> None:
    """The summary has the focus, its link puts the focus into the field, and what was typed is there."""
    expect(page).to_have_title(re.compile("^Error: "))
    summary = page.locator(":focus")
    expect(summary.get_by_role("heading", name="There is a problem")).to_be_visible()
    for label, words in mistake.typed.items():
        expect(field_of(page, label)).to_have_value(words)
    wrong = field_of(page, mistake.wrong)
    expect(wrong).to_have_accessible_description(re.compile(re.escape(mistake.told)))
    summary.get_by_role("link", name=mistake.told).click()
    expect(wrong).to_be_focused()


def field_of(page: Page, label: str) -> Locator:
    """A field by its label, which may say that the field is optional."""
    return page.get_by_role("main").get_by_label(re.compile(rf"^{re.escape(label)}( \(optional\))?$"))
