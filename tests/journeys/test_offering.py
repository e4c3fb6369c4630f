"""Journey 6: Olive offers places to everybody she has found, and invites two people by name, one of them wrongly."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.sites import Site, text_of
from tests.journeys.steps import heading, main, press, register_interest

pytestmark = pytest.mark.browser

LIST = "/organise/interest"


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def trust(scripts: bool, request: pytest.FixtureRequest) -> str:
    """Where the people of this test work, and nobody else."""
    topic = request.node.originalname.removeprefix("test_").replace("_", "-")[:30].strip("-")
    return f"{topic}-{'with' if scripts else 'without'}.example"


def row(page: Page, words: str) -> Locator:
    """A person in the list."""
    return main(page).get_by_role("listitem").filter(has_text=words)


def find(olive: Page, words: str) -> None:
    """Narrows the list to one event and some words."""
    olive.goto(LIST)
    olive.get_by_role("combobox", name="Event").select_option("HPN Midlands")
    olive.get_by_role("searchbox", name="Name, address or organisation").fill(words)
    press(olive, "Show")


def test_places_are_offered_to_everybody_found(ann: Page, olive: Page, site: Site, trust: str) -> None:
    for name in ("ann", "ben", "cy"):
        register_interest(ann, f"{name}@{trust}", "HPN Midlands")
    find(olive, trust)
    expect(row(olive, f"ben@{trust}")).to_contain_text("Interested")
    olive.get_by_role("checkbox", name="All 3 found").check()
    press(olive, "Offer places")

    expect(heading(olive, "Offer places at HPN Midlands?")).to_be_visible()
    expect(main(olive)).to_contain_text("3 people are offered a place.")
    press(olive, "Offer the places")

    expect(olive.get_by_role("alert")).to_contain_text("3 places offered.")
    expect(olive.get_by_role("link", name="Offered 3")).to_be_visible()
    expect(row(olive, f"ben@{trust}")).to_contain_text(re.compile(r"Offered\s+until \d+ \w+ \d{4}, 5pm"))
    letter = site.letter(f"cy@{trust}", "A place for you at HPN Midlands", within=10)
    assert "Please answer by 5pm" in text_of(letter)


def test_some_are_chosen_looked_at_and_left_as_they_are(ann: Page, olive: Page, trust: str) -> None:
    for name in ("ann", "ben"):
        register_interest(ann, f"{name}@{trust}", "HPN Midlands")
    find(olive, trust)
    press(olive, "Offer places")
    expect(main(olive)).to_contain_text("Tick the people first")

    find(olive, trust)
    row(olive, f"ann@{trust}").get_by_role("checkbox").check()
    press(olive, "Cancel places")
    expect(main(olive)).to_contain_text("1 person is told that there is no place for them.")
    main(olive).get_by_role("link", name="Change nothing").click()
    expect(row(olive, f"ann@{trust}")).to_contain_text("Interested")


def test_two_people_are_invited_by_name_one_of_them_wrongly_at_first(olive: Page, site: Site, trust: str) -> None:
    olive.goto(f"{LIST}?event=hpn-midlands")
    main(olive).get_by_role("link", name="Invite by name").click()
    people = olive.get_by_role("textbox", name="People")
    people.fill(f"Dana Dale <dana@{trust}>\nEli Ellery, eli at {trust}")
    press(olive, "Check the list")

    expect(olive.get_by_role("alert")).to_contain_text(f"“Eli Ellery, eli at {trust}”: There is no email address")
    people.fill(f"Dana Dale <dana@{trust}>\nEli Ellery, eli@{trust}")
    press(olive, "Check the list")
    expect(main(olive)).to_contain_text("2 people are offered a place.")
    expect(main(olive).get_by_role("row").filter(has_text=f"eli@{trust}")).to_contain_text("New here")
    press(olive, "Invite them")

    expect(olive.get_by_role("alert")).to_contain_text("2 places offered.")
    find(olive, trust)
    row(olive, "Eli Ellery").get_by_role("link", name="Eli Ellery").click()
    expect(heading(olive, "Eli Ellery")).to_be_visible()
    expect(main(olive)).to_contain_text("Offered a place by Olive Okafor")
    assert site.letter(f"dana@{trust}", "A place for you at HPN Midlands", within=10)


def test_people_are_ticked_with_single_keys(ann: Page, olive: Page, trust: str, scripts: bool) -> None:
    if not scripts:
        expect(olive.get_by_role("checkbox", name="This page")).to_have_count(0)
        return
    for name in ("ann", "ben", "cy"):
        register_interest(ann, f"{name}@{trust}", "HPN Midlands")
    find(olive, trust)
    olive.get_by_text("Keys", exact=True).click()
    olive.get_by_role("link", name="Go to the first person").click()
    for key in ("x", "j", "j", "x"):
        olive.keyboard.press(key)
    expect(olive.get_by_role("status").filter(has_text="2 ticked")).to_be_visible()
    olive.get_by_role("checkbox", name="This page").check()
    expect(olive.get_by_role("status").filter(has_text="3 ticked")).to_be_visible()
    expect(row(olive, f"ben@{trust}").get_by_role("checkbox")).to_be_checked()
