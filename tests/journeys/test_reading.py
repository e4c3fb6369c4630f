"""Journey 1: a visitor reads the write-up and finds the events."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import follow, heading, june, main

pytestmark = pytest.mark.browser

PANEL = {
    "David Walliker Chair": "Chief Digital and Information Officer, Manchester University NHS Foundation Trust",
    "Lee Rickles Panellist": "Chief Information Officer, Humber Teaching Hospitals NHS Foundation Trust",
    "Jacqui Cooper Panellist": "Health Innovation Manchester and NHS Greater Manchester",
    "Holly Carr Panellist": "Chief Clinical Information Officer, Stockport NHS Foundation Trust",
}


def test_a_visitor_reads_the_write_up(ann: Page) -> None:
    ann.goto("/")
    # Other journeys publish newer ones, and the first page shows a few.
    main(ann).get_by_role("link", name="All write-ups").click()
    main(ann).get_by_role("link", name="How do we deploy AI safely?", exact=True).click()

    expect(ann.get_by_role("heading", level=1)).to_have_text("How do we deploy AI safely?")
    expect(main(ann).get_by_text("Four people who run digital in the NHS of the north compared notes")).to_be_visible()
    image = main(ann).get_by_role("img", name="Drawing: four voices of different colours")
    expect(image).to_be_visible()
    assert image.evaluate("image => image.naturalWidth") > 0
    for section in ("In the office: plenty of promise, slow going", "On the ward: trust first", "Nobody left behind"):
        expect(main(ann).get_by_role("heading", name=section, level=2)).to_be_visible()
    expect(main(ann).get_by_role("listitem").filter(has_text="Too little money")).to_be_visible()


def test_the_write_up_says_who_sat_on_the_panel(ann: Page) -> None:
    ann.goto("/writeups/how-do-we-deploy-ai-safely")
    panel = ann.get_by_role("region", name="On the panel")
    expect(panel.get_by_role("listitem")).to_have_count(len(PANEL))
    for person, post in PANEL.items():
        expect(panel.get_by_role("listitem").filter(has_text=person)).to_contain_text(post)


def test_the_write_up_leads_to_its_event_and_to_the_next_ones(ann: Page) -> None:
    ann.goto("/writeups/how-do-we-deploy-ai-safely")
    expect(ann.get_by_role("complementary", name="The event this was part of")).to_contain_text("HPN North")
    ann.get_by_role("complementary", name="Be in the room next time").get_by_role(
        "link", name="Register interest"
    ).click()
    expect(heading(ann, "Register your interest")).to_be_visible()


def test_a_visitor_finds_both_june_events(ann: Page) -> None:
    first, last = june()
    ann.goto("/")
    ann.get_by_role("navigation", name="Main").get_by_role("link", name="Events").click()

    for name, place in (("HPN Midlands", "Canal House, Birmingham"), ("HPN Mental Health", "The Reading Rooms, Leeds")):
        card = main(ann).get_by_role("article").filter(has=ann.get_by_role("link", name=name, exact=True))
        expect(card).to_contain_text(place)
        expect(card).to_contain_text(f"{first:%A} 26 to {last:%A} 27 June {last.year}")
    expect(main(ann).get_by_role("article")).to_have_count(3)


def test_an_event_shows_its_programme_day_by_day(ann: Page) -> None:
    ann.goto("/events")
    follow(ann, "HPN Midlands")
    for day in june():
        expect(heading(ann, f"{day:%A} {day.day} June {day.year}")).to_be_visible()
    session = main(ann).get_by_role("listitem").filter(has_text="AI safety: who signs it off?")
    expect(session).to_contain_text("10:30am to 11:45am")
    expect(session).to_contain_text("Takes questions")
    follow(ann, "AI safety: who signs it off?")
    expect(heading(ann, "Questions to the panel")).to_be_visible()
