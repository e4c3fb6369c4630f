"""Journeys 2 and 3: one form for two events, a letter with calendar entries, and a page of one's own. On a phone too,
and without scripts."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.calendars.libical import Libical
from tests.calendars.reading import values
from tests.journeys.sites import Site, calendars_of, html_of, link_in, text_of
from tests.journeys.steps import fill_in_interest, follow, heading, june, main, press, register_interest

pytestmark = pytest.mark.browser

BOTH = ("HPN Midlands", "HPN Mental Health")


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def address(scripts: bool, request: pytest.FixtureRequest) -> str:
    """An address of Ann's that no other test writes to."""
    return f"ann-{abs(hash(request.node.name)):x}@canal-street.example"


def test_one_form_for_both_events_on_a_phone(ann_on_her_phone: Page, address: str) -> None:
    ann = ann_on_her_phone
    ann.goto("/")
    follow(ann, "Register interest")
    fill_in_interest(ann, address, *BOTH)
    expect(ann.get_by_role("checkbox", name="Send me news of other HPN events by email")).not_to_be_checked()
    press(ann, "Send expression of interest")

    expect(ann).to_have_url(re.compile("/interest/thanks$"))
    expect(heading(ann, "Thank you. Your interest is noted")).to_be_visible()
    expect(heading(ann, "What happens next")).to_be_visible()
    expect(main(ann)).to_contain_text("This is not a place yet")
    ann.reload()
    expect(heading(ann, "Thank you. Your interest is noted")).to_be_visible()


def test_the_link_of_an_event_ticks_it(ann: Page) -> None:
    ann.goto("/events/hpn-midlands")
    follow(ann, "Register interest")
    expect(ann.get_by_role("checkbox", name="HPN Midlands")).to_be_checked()
    expect(ann.get_by_role("checkbox", name="HPN Mental Health")).not_to_be_checked()


def test_within_two_seconds_a_letter_lies_in_the_mailbox(ann: Page, site: Site, address: str) -> None:
    register_interest(ann, address, *BOTH)
    letter = site.letter(address, "Your interest in", within=2)

    assert letter["Subject"] == "Your interest in HPN Mental Health and HPN Midlands"
    for words in (text_of(letter), html_of(letter)):
        assert "Hello Ann Archer" in words
        assert "This is not a place yet" in words
        for event in BOTH:
            assert event in words
    link = link_in(letter, "/my/")
    assert link in html_of(letter)


def test_the_mailbox_shows_the_letter_whole(ann: Page, site: Site, address: str) -> None:
    register_interest(ann, address, *BOTH)
    site.letter(address, "Your interest in")
    ann.goto("/dev/mailbox")
    letter = main(ann).get_by_role("listitem").filter(has_text=address)
    letter.get_by_role("link", name="Your interest in HPN Mental Health and HPN Midlands").click()

    expect(main(ann).get_by_role("link", name=re.compile(r"\.ics$"))).to_have_count(2)
    framed = ann.frame_locator("iframe[title='The letter as HTML']")
    expect(framed.get_by_text("Hello Ann Archer")).to_be_visible()
    expect(framed.get_by_role("link", name=re.compile("Google Calendar"))).to_have_count(2)
    expect(main(ann).get_by_text("Hold the dates", exact=False)).to_be_visible()
    ann.get_by_text("Headers", exact=True).click()
    expect(main(ann).get_by_role("term").filter(has_text="Message-ID")).to_be_visible()


def test_each_event_comes_as_a_tentative_entry_of_whole_days(
    ann: Page, site: Site, address: str, libical: Libical
) -> None:
    register_interest(ann, address, *BOTH)
    first, last = june()

    for content in calendars_of(site.letter(address, "Your interest in")):
        (entry,) = libical.events(content)
        assert libical.is_allowed(content)
        assert entry.summary in BOTH
        assert (entry.starts, entry.ends) == (first, last + timedelta(days=1))
        assert values(content, "STATUS") == ["TENTATIVE"]
        assert values(content, "TRANSP") == ["TRANSPARENT"]


def test_an_entry_keeps_its_uid_from_the_letter_to_the_calendar_of_the_event(
    ann: Page, site: Site, address: str, libical: Libical
) -> None:
    register_interest(ann, address, "HPN Midlands")
    (content,) = calendars_of(site.letter(address, "Your interest in"))
    (held,) = libical.events(content)
    published = ann.request.get("/events/hpn-midlands.ics").body()
    assert held.uid in {entry.uid for entry in libical.events(published)}


def test_looking_at_the_own_page_changes_nothing(ann: Page, site: Site, address: str) -> None:
    register_interest(ann, address, *BOTH)
    link = link_in(site.letter(address, "Your interest in"), "/my/")
    seen = [main_text(ann, link) for _ in range(3)]
    assert ann.request.head(link).status == 200
    assert seen[0] == seen[1] == seen[2] == main_text(ann, link)
    assert len([letter for letter in site.letters() if letter["To"] == address]) == 1


def test_the_own_page_shows_what_is_held_and_withdraws_with_one_button(ann: Page, site: Site, address: str) -> None:
    register_interest(ann, address, *BOTH)
    ann.goto(link_in(site.letter(address, "Your interest in"), "/my/"))
    for held in ("Ann Archer", "Chief nursing information officer", "Canal Street NHS Trust", address):
        expect(main(ann).get_by_text(held, exact=True).first).to_be_visible()

    press(ann, "Withdraw from HPN Midlands")
    midlands = ann.get_by_role("region", name="HPN Midlands")
    expect(midlands).to_contain_text("Withdrawn")
    expect(ann.get_by_role("region", name="HPN Mental Health")).to_contain_text("Interested")

    press(ann, "Register interest in HPN Midlands again")
    expect(midlands).to_contain_text("Interested")


def test_a_second_form_with_the_same_address_says_the_same_and_changes_nothing(
    ann: Page, mallory: Page, site: Site, address: str
) -> None:
    register_interest(ann, address, *BOTH)
    mallory.goto("/interest")
    fill_in_interest(mallory, address, "HPN Midlands")
    mallory.get_by_role("textbox", name="Full name").fill("Mallory Maker")
    press(mallory, "Send expression of interest")
    expect(heading(mallory, "Thank you. Your interest is noted")).to_be_visible()

    ann.goto(link_in(site.letter(address, "Your interest in"), "/my/"))
    expect(main(ann)).to_contain_text("Ann Archer")
    expect(main(ann)).not_to_contain_text("Mallory")


def main_text(page: Page, address: str) -> str:
    """What the main part of a page says."""
    page.goto(address)
    return main(page).inner_text()
