"""Journey 6: the desk makes a list and hands out a pack, the chair runs the panel by phone, the room sees it."""

import io
import re
from dataclasses import dataclass
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from tests.journeys.conftest import NewPage
from tests.journeys.sites import Site
from tests.journeys.steps import follow, heading, main
from tests.journeys.test_every_page import arrive, assert_sound
from tests.journeys.test_place import run

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
TABLET = {"width": 820, "height": 1180}
HALL = {"width": 1920, "height": 1080}
LONG = ("How long may a question be before nobody in the last row can read it any more? " * 7)[:500].strip()
WIDE = ("WWWWWWWWW " * 50).strip()
NEW_PANEL = """
import asyncio, sys
from datetime import timedelta
from eventsite.cli import with_database
from eventsite.clock import utc_now
from eventsite.database import new_id
from eventsite.events.queries import get_event
from eventsite.events.tables import ProgrammeSession
from eventsite.questions.tables import Question

async def add(title, *texts):
    event, now = await get_event("hpn-north"), utc_now()
    given = {"slug": title.lower().replace(" ", "-"), "kind": "panel", "room": "Hall 1", "takes_questions": True}
    times = {"starts_at": now, "ends_at": now + timedelta(minutes=75), "created_at": now, "updated_at": now}
    panel = ProgrammeSession(event=event.id, title=title, **given, **times)
    await panel.save()
    for text in texts:
        given = {"name": "Nameless Nora", "state": "approved", "submitted_at": now}
        await Question(session=panel.id, text=text, **given).save()
    print(panel.id)

asyncio.run(with_database(add(*sys.argv[1:])))
"""


@dataclass(frozen=True)
class Prepared:
    """A panel of this test alone, with published questions and nothing on its list."""

    path: str
    first: str
    second: str
    third: str


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def prepared(site: Site) -> Prepared:
    """A new panel; each of its questions has words that no other has."""
    mark = uuid4().hex[:6]
    texts = [f"{word} {mark}: what would you stop?" for word in ("First", "Second", "Third")]
    panel = run(site, NEW_PANEL, f"Panel {mark}", *texts).strip()
    return Prepared(f"/organise/panels/{panel}", *texts)


def row(page: Page, words: str) -> Locator:
    """A question in a list of the page."""
    return main(page).get_by_role("listitem").filter(has_text=words)


def pushed(page: Page, within: Locator, button: str) -> None:
    """Presses a button and waits for the page that comes back."""
    arrive(page, within.get_by_role("button", name=button, exact=True))


def listed(olive: Page, prepared: Prepared) -> None:
    """Puts all three on the list, in order, and makes the links."""
    olive.goto(prepared.path)
    for words in (prepared.first, prepared.second, prepared.third):
        pushed(olive, row(olive, words), "Add to the list")
    pushed(olive, main(olive), "Make the links")


def link(olive: Page, name: str) -> str:
    return main(olive).get_by_role("link", name=name, exact=True).get_attribute("href") or ""


def region(page: Page, name: str) -> Locator:
    return main(page).get_by_role("region", name=name, exact=True)


def test_olive_puts_a_list_together_and_hands_out_the_pack(olive: Page, prepared: Prepared) -> None:
    listed(olive, prepared)
    pushed(olive, row(olive, prepared.third), "Up")
    olive.get_by_role("textbox", name="Minutes for question 1").fill("12")
    pushed(olive, row(olive, prepared.first), "Set the minutes for question 1")
    pushed(olive, row(olive, prepared.second), "Take off")

    expect(main(olive)).to_contain_text("2 questions, 17 of 45 minutes, 28 to spare")
    expect(region(olive, "The list").get_by_role("listitem")).to_have_text(
        [re.compile(f"1 {prepared.first}"), re.compile(f"2 {prepared.third}")]
    )

    follow(olive, "Briefing pack")
    expect(main(olive)).to_contain_text(prepared.first)
    expect(main(olive)).not_to_contain_text("Nora")
    pdf = olive.context.request.get(olive.url + ".pdf")
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.body())).pages)
    assert text.index(prepared.first) < text.index(prepared.third) < text.index(prepared.second)
    assert olive.context.request.get(olive.url + ".docx").body().startswith(b"PK")


def test_the_chair_runs_the_panel_from_a_phone_and_the_room_follows(
    olive: Page, open_browser: NewPage, prepared: Prepared, scripts: bool
) -> None:
    listed(olive, prepared)
    phone = open_browser(java_script_enabled=scripts, viewport=PHONE, is_mobile=True, has_touch=True)
    hall = open_browser(java_script_enabled=scripts, viewport=HALL)
    phone.goto(link(olive, "Chair’s page"))
    hall.goto(link(olive, "Screen"))

    def seen(page: Page) -> Page:
        if not scripts:
            page.reload()
        return page

    expect(region(phone, "Next")).to_contain_text(prepared.first)
    pushed(phone, region(phone, "Next"), "Ask this now")
    expect(seen(hall).get_by_role("heading", name=prepared.first)).to_be_visible()
    expect(region(seen(olive), "In the room now")).to_contain_text(prepared.first)

    olive.get_by_role("textbox", name="Message").fill("Ten minutes left")
    pushed(olive, main(olive), "Send to the chair")
    expect(main(seen(phone))).to_contain_text("Ten minutes left")
    pushed(phone, main(phone), "Seen")
    expect(region(seen(olive), "Messages sent")).to_contain_text("Seen")

    pushed(phone, row(phone, prepared.third), "Ask this now")
    expect(seen(hall).get_by_role("heading", name=prepared.third)).to_be_visible()
    pushed(phone, main(phone), "Back: undo the last press")
    expect(seen(hall).get_by_role("heading", name=prepared.first)).to_be_visible()
    pushed(phone, region(phone, "Now"), "Asked")
    expect(seen(hall).get_by_role("heading", name="Questions to the panel")).to_be_visible()

    follow(seen(olive), "The panel is over")
    expect(heading(olive, "Mark 2 questions as not reached?")).to_be_visible()
    pushed(olive, main(olive), "Mark as not reached")
    expect(olive.get_by_role("alert")).to_contain_text("2 questions are marked as not reached.")
    expect(main(seen(phone))).to_contain_text("Not reached (2)")
    for page in (phone, hall):
        expect(page.locator("body")).not_to_contain_text("Nora")


def test_the_votes_are_on_the_screen_and_new_links_end_the_old(
    olive: Page, open_browser: NewPage, prepared: Prepared, scripts: bool
) -> None:
    listed(olive, prepared)
    hall = open_browser(java_script_enabled=scripts, viewport=HALL)
    hall.goto(link(olive, "Screen"))
    pushed(olive, main(olive), "Open the votes")
    if not scripts:
        hall.reload()
    expect(main(hall)).to_contain_text("Vote for what is asked next")
    old, chair = hall.url, link(olive, "Chair’s page")
    hall.goto("/")

    pushed(olive, main(olive), "New links")

    for address in (old, chair):
        hall.goto(address)
        expect(heading(hall, "Page not found")).to_be_visible()
    hall.goto(link(olive, "Screen"))
    expect(main(hall)).to_contain_text("Vote for what is asked next")


def test_two_who_press_at_once_are_told(olive: Page, open_browser: NewPage, prepared: Prepared) -> None:
    listed(olive, prepared)
    phone, tablet = (open_browser(java_script_enabled=False, viewport=size) for size in (PHONE, TABLET))
    for page in (phone, tablet):
        page.goto(link(olive, "Chair’s page"))

    pushed(phone, region(phone, "Next"), "Ask this now")
    pushed(tablet, row(tablet, prepared.second), "Ask this now")

    expect(tablet.get_by_role("alert")).to_contain_text("Somebody else moved the panel on before you.")
    expect(region(tablet, "Now")).to_contain_text(prepared.first)


@pytest.mark.parametrize("scripts", [True])
def test_every_page_of_a_panel_is_sound(
    olive: Page, open_browser: NewPage, site: Site, prepared: Prepared, scripts: bool
) -> None:
    listed(olive, prepared)
    assert_sound(olive)
    chair, hall = open_browser(), open_browser()
    for step in ("empty", "running"):
        chair.goto(link(olive, "Chair’s page"))
        hall.goto(link(olive, "Screen"))
        for page in (chair, hall):
            assert_sound(page)
        if step == "empty":
            pushed(olive, row(olive, prepared.first), "Ask this now")
            olive.get_by_role("textbox", name="Message").fill("x" * 200)
            pushed(olive, main(olive), "Send to the chair")
            pushed(olive, main(olive), "Open the votes")
            assert_sound(olive)
    olive.get_by_role("textbox", name="Message").fill("")
    pushed(olive, main(olive), "Send to the chair")
    assert_sound(olive)
    for path in ("/briefing", "/rest"):
        olive.goto(prepared.path + path)
        assert_sound(olive)


@pytest.mark.parametrize("size", [HALL, {"width": 1280, "height": 720}], ids=["1920", "1280"])
@pytest.mark.parametrize("scripts", [True])
def test_the_longest_question_fits_the_screen(
    olive: Page, open_browser: NewPage, site: Site, size: dict[str, int], scripts: bool
) -> None:
    olive.goto(f"/organise/panels/{run(site, NEW_PANEL, f'Panel {uuid4().hex[:6]}', LONG, WIDE).strip()}")
    for each in (LONG, WIDE):
        pushed(olive, row(olive, each), "Add to the list")
    pushed(olive, main(olive), "Make the links")
    pushed(olive, main(olive), "Open the votes")
    hall = open_browser(viewport=size)
    hall.goto(link(olive, "Screen"))
    # Of the room's height: to be read from eight times as far away as the screen is high.
    for words, smallest in ((LONG, 0.04), (WIDE, 0.025)):
        pushed(olive, row(olive, words), "Ask this now")
        text = hall.get_by_role("heading", name=words, level=1)
        expect(text).to_be_visible()
        box, foot = text.bounding_box(), main(hall).locator("footer").bounding_box()
        assert box
        assert foot
        assert 0 < box["y"] < box["y"] + box["height"] < foot["y"] < foot["y"] + foot["height"] <= size["height"]
        font = text.evaluate("heading => parseFloat(getComputedStyle(heading).fontSize)")
        assert font >= size["height"] * smallest


@pytest.mark.parametrize("scripts", [True])
def test_the_pack_prints_on_paper(olive: Page, prepared: Prepared, scripts: bool) -> None:
    listed(olive, prepared)
    follow(olive, "Briefing pack")
    olive.emulate_media(media="print")

    expect(olive.get_by_role("navigation", name="Desk")).to_be_hidden()
    pages = PdfReader(io.BytesIO(olive.pdf(prefer_css_page_size=True))).pages
    assert round(pages[0].mediabox.width) in {594, 595, 596}
    assert prepared.first in " ".join(pages[0].extract_text().split())
