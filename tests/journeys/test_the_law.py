"""Journey 8: the site keeps the law from its first address taken."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.sites import Site, link_in, text_of
from tests.journeys.steps import MIDLANDS_PANEL, approve, ask, heading, main, press, register_interest

pytestmark = pytest.mark.browser

ADDRESS = "ann-{}@rights.example"
CONTROLLER = "privacy@hpn.example"


def test_the_foot_of_every_page_leads_to_what_the_law_asks_for(ann: Page) -> None:
    ann.goto("/")
    about = ann.get_by_role("navigation", name="About this site")
    for link, title in {
        "What we hold on you": "What we hold on you",
        "Privacy": "How we handle personal data",
        "Cookies": "Cookies",
        "Accessibility": "Accessibility statement",
        "Complaints": "Make a complaint",
    }.items():
        about.get_by_role("link", name=link).click()
        expect(ann.get_by_role("heading", level=1)).to_have_text(title)


def test_the_privacy_notice_says_what_is_held_why_and_until_when(ann: Page) -> None:
    ann.goto("/privacy")
    expect(heading(ann, "Your name, email address, job title and organisation")).to_be_visible()
    kinds = main(ann).get_by_role("heading", level=4).count()
    assert kinds >= 8
    for term in ("Why", "Lawful basis", "Kept"):
        expect(main(ann).get_by_role("term").filter(has_text=re.compile(f"^{term}$"))).to_have_count(kinds)
    for right in ("See", "Correct", "Erase", "Object", "Information Commissioner"):
        expect(main(ann)).to_contain_text(right)


def test_the_cookies_page_is_true(ann: Page, olive: Page) -> None:
    ann.goto("/cookies")
    expect(main(ann)).to_contain_text("we put no cookie on your device")
    olive.goto("/organise")
    listed = main(ann).get_by_role("heading", level=3).all_inner_texts()
    assert {cookie["name"] for cookie in olive.context.cookies()} <= set(listed)
    for cookie in olive.context.cookies():
        assert cookie["name"].startswith("__Host-")
        assert (cookie["httpOnly"], cookie["secure"]) == (True, True)


def test_the_accessibility_statement_says_how_to_complain_of_it(ann: Page) -> None:
    ann.goto("/accessibility")
    expect(main(ann)).to_contain_text("Web Content Accessibility Guidelines version 2.2, level AA")
    expect(main(ann).get_by_role("link", name=CONTROLLER)).to_have_attribute("href", f"mailto:{CONTROLLER}")
    expect(main(ann)).to_contain_text("Last tested on")


def test_a_complaint_reaches_the_organisers_and_is_acknowledged(ann: Page, site: Site) -> None:
    address = ADDRESS.format("complains")
    ann.goto("/complaints")
    ann.get_by_role("textbox", name="Full name").fill("Ann Archer")
    ann.get_by_role("textbox", name="Email address").fill(address)
    ann.get_by_role("textbox", name="What happened").fill("You wrote to me twice.\nI asked you not to.")
    press(ann, "Send complaint")

    expect(heading(ann, "We have your complaint")).to_be_visible()
    expect(main(ann)).to_contain_text("within 30 days")
    to_organisers = site.letter(CONTROLLER, "A data protection complaint")
    assert "> You wrote to me twice." in text_of(to_organisers)
    assert address in text_of(to_organisers)
    assert "Information Commissioner" in text_of(site.letter(address, "We have your complaint"))


def test_a_lost_link_is_sent_again_and_nobody_learns_whom_we_know(ann: Page, mallory: Page, site: Site) -> None:
    address = ADDRESS.format("lost")
    register_interest(ann, address, "HPN Midlands")
    first = link_in(site.letter(address, "Your interest in"), "/my/")

    said = [ask_for_link(page, of) for page, of in ((ann, address), (mallory, "nobody@rights.example"))]
    assert said[0] == said[1]
    assert link_in(site.letter(address, "The link to your"), "/my/") == first
    assert [letter for letter in site.letters() if letter["To"] == "nobody@rights.example"] == []


def test_everything_held_is_downloaded_from_the_own_page(ann: Page, site: Site) -> None:
    address = ADDRESS.format("exports")
    register_interest(ann, address, "HPN Midlands")
    ask(ann, "Who owns the words that a scribe writes?", email=address)
    ann.goto(link_in(site.letter(address, "Your interest in"), "/my/"))
    with ann.expect_download() as download:
        main(ann).get_by_role("link", name="Download everything we hold").click()
    held = Path(download.value.path()).read_text("utf-8")
    assert json.loads(held)
    for words in (address, "Ann Archer", "Canal Street NHS Trust", "hpn-midlands", "Who owns the words"):
        assert words in held, words
    assert json.loads(held).keys() == json.loads(site.run("person", "export", address)).keys()


def test_details_are_corrected_on_the_own_page(ann: Page, site: Site) -> None:
    address = ADDRESS.format("corrects")
    register_interest(ann, address, "HPN Midlands")
    ann.goto(link_in(site.letter(address, "Your interest in"), "/my/"))
    main(ann).get_by_role("link", name="Change your job title").click()
    ann.get_by_role("textbox", name="Job title").fill("Director of nursing")
    press(ann, "Save your details")
    expect(main(ann)).to_contain_text("Director of nursing")


def test_news_of_other_events_are_wished_and_stopped_with_one_button(ann: Page, site: Site) -> None:
    address = ADDRESS.format("news")
    register_interest(ann, address, "HPN Midlands")
    ann.goto(link_in(site.letter(address, "Your interest in"), "/my/"))
    press(ann, "Send me news of other HPN events by email")
    press(ann, "Stop news of other events")
    expect(main(ann)).to_contain_text("We do not send you news of other events.")


def test_everything_is_erased_at_once(ann: Page, mallory: Page, olive: Page, site: Site) -> None:
    address = ADDRESS.format("erases")
    register_interest(ann, address, "HPN Midlands", "HPN Mental Health")
    link = link_in(site.letter(address, "Your interest in"), "/my/")
    ann.goto(link)
    main(ann).get_by_role("link", name="Erase everything").click()
    expect(main(ann)).to_contain_text("This cannot be undone.")
    expect(main(ann).get_by_role("listitem").filter(has_text="your interest in HPN Midlands")).to_be_visible()
    press(ann, "Erase everything we hold on me")
    expect(heading(ann, "Everything is erased")).to_be_visible()

    gone = mallory.goto(link)
    assert gone is not None
    assert gone.status == 404
    olive.goto(f"/organise/interest?q={address}")
    expect(main(olive)).not_to_contain_text(address)


def test_a_question_that_stays_stays_without_its_asker(ann: Page, mallory: Page, olive: Page, site: Site) -> None:
    address, words = ADDRESS.format("asks"), "What did the second audit find?"
    ask(ann, words, email=address)
    olive.goto("/organise/questions?q=second+audit")
    approve(olive, words)

    site.run("person", "erase", address)
    mallory.goto(f"{MIDLANDS_PANEL}/questions")
    expect(main(mallory).get_by_text(words)).to_be_visible()
    olive.goto(f"/organise/questions?q={words[:20]}")
    expect(main(olive)).to_contain_text(words)
    expect(main(olive)).not_to_contain_text("with an address")


def ask_for_link(page: Page, address: str) -> str:
    """What the page says after somebody asked for the link of an address."""
    page.goto("/my")
    page.get_by_role("textbox", name="Email address").fill(address)
    press(page, "Send me the link")
    expect(heading(page, "Look for our letter")).to_be_visible()
    return page.content()
