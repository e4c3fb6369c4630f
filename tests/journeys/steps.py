"""What people do more than once, in their own words: roles and names as a screen reader says them, never CSS."""

import re
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

if TYPE_CHECKING:
    from tests.journeys.sites import Site

OLIVE = "olive@example.org"
MIDLANDS_PANEL = "/events/hpn-midlands/sessions/ai-safety"
YOURS_OR_ALIKE = re.compile("^(Your question|Has it been .* already)")
WRITEUP = "/writeups/how-do-we-deploy-ai-safely"


def june() -> tuple[date, date]:
    """The days of both coming events of the demonstration."""
    today = datetime.now(ZoneInfo("Europe/London")).date()
    year = today.year if today < date(today.year, 6, 26) else today.year + 1
    return date(year, 6, 26), date(year, 6, 27)


def fill_in_interest(page: Page, email: str, *events: str) -> None:
    """Fills in the form of interest; sends nothing."""
    for event in events:
        page.get_by_role("checkbox", name=event).check()
    page.get_by_role("textbox", name="Full name").fill("Ann Archer")
    page.get_by_role("textbox", name="Work email address").fill(email)
    page.get_by_role("textbox", name="Job title").fill("Chief nursing information officer")
    page.get_by_role("textbox", name="Organisation").fill("Canal Street NHS Trust")


def register_interest(page: Page, email: str, *events: str) -> None:
    """Registers interest on the form and waits for the thank-you page."""
    page.goto("/interest")
    fill_in_interest(page, email, *events)
    press(page, "Send expression of interest")
    expect(heading(page, "Thank you")).to_be_visible()


def ask(page: Page, words: str, *, panel: str = MIDLANDS_PANEL, email: str = "", name: str = "") -> None:
    """Puts a question to a panel and arrives at its own page."""
    page.goto(panel + "/questions")
    page.get_by_role("textbox", name="Your question").fill(words)
    page.get_by_role("textbox", name="Your name").fill(name)
    page.get_by_role("textbox", name="Your email address").fill(email)
    press(page, "Send your question")
    expect(page.get_by_role("heading", name=YOURS_OR_ALIKE, level=1)).to_be_visible()
    if page.get_by_role("button", name="Send mine anyway").is_visible():
        press(page, "Send mine anyway")
    expect(page.get_by_role("heading", name="Your question", level=1)).to_be_visible()


def sign_in(page: Page, site: "Site", *, email: str = OLIVE, password: str = "") -> None:
    """Signs in at the desk's door."""
    page.goto("/organise/sign-in")
    page.get_by_role("textbox", name="Email address").fill(email)
    page.get_by_label("Password").fill(password or site.password)
    press(page, "Sign in")
    expect(page.get_by_role("heading", name="Today")).to_be_visible()


def write_announcement(page: Page, subject: str, words: str, *, event: str = "hpn midlands") -> None:
    """Fills in a new announcement to those interested in an event; keeps nothing yet."""
    page.goto("/organise/announcements/new")
    page.get_by_role("textbox", name="Subject").fill(subject)
    page.get_by_role("textbox", name="Letter").fill(words)
    events = page.get_by_role("combobox", name="Event")
    named = [words for words in events.locator("option").all_inner_texts() if words.casefold().startswith(event)]
    events.select_option(label=named[0])
    page.get_by_role("radio", name="Interested").check()


def let_in(page: Page, site: "Site") -> Page:
    """Makes Olive an owner on the command line, sets her password by the link it prints, and signs her in."""
    password = "herons stand on seven bridges"
    page.goto(site.run("organiser", "add", OLIVE, "--name", "Olive Okafor", "--role", "owner").strip())
    page.get_by_label("New password").fill(password)
    press(page, "Set password")
    page.goto("/organise")
    if page.get_by_role("heading", name="Sign in").is_visible():
        page.get_by_role("textbox", name="Email address").fill(OLIVE)
        page.get_by_label("Password").fill(password)
        press(page, "Sign in")
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    return page


def press(page: Page, button: str) -> None:
    """Presses the one button of that name."""
    page.get_by_role("button", name=button, exact=True).click()


def follow(page: Page, link: str) -> None:
    """Follows the first link of that name in the main part."""
    main(page).get_by_role("link", name=link).first.click()


def main(page: Page) -> Locator:
    """The page without its head and foot."""
    return page.get_by_role("main")


def heading(page: Page, name: str) -> Locator:
    """A heading of the main part."""
    return main(page).get_by_role("heading", name=name)


def question_on_desk(page: Page, words: str) -> Locator:
    """A question in the moderators' queue."""
    return page.get_by_role("listitem", name=words, exact=True)


def approve(page: Page, words: str) -> None:
    """Approves a question in the queue, and waits until that is done."""
    question_on_desk(page, words).get_by_role("button", name="Approve this question").click()
    expect(main(page)).to_contain_text("The question is published.")
