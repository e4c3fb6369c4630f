"""Journey 7: Ann's question is asked in the room, the write-up takes it up, and her letter leads to the passage."""

from dataclasses import dataclass
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewPage
from tests.journeys.sites import Site, link_in
from tests.journeys.steps import approve, ask, follow, main, question_on_desk
from tests.journeys.test_every_page import arrive, assert_sound
from tests.journeys.test_panel import PHONE, link, pushed, region, row
from tests.journeys.test_place import run

pytestmark = pytest.mark.browser

TO_COME = """
import asyncio, sys
from datetime import timedelta
from eventsite.cli import with_database
from eventsite.clock import utc_now
from eventsite.events.queries import get_event
from eventsite.events.tables import ProgrammeSession
from eventsite.writeups.tables import Writeup

async def add(slug, title, body):
    event, now = await get_event("hpn-north"), utc_now()
    made = {"created_at": now, "updated_at": now, "slug": slug, "title": title, "event": event.id}
    soon = {"starts_at": now + timedelta(hours=1), "ends_at": now + timedelta(hours=2)}
    panel = ProgrammeSession(kind="panel", takes_questions=True, **soon, **made)
    await panel.save()
    given = {"standfirst": "What was said.", "drawing": "writeup-ai-safety.svg", "image_alt": "Voices", "body": body}
    draft = Writeup(session=panel.id, state="draft", revision=1, **given, **made)
    await draft.save()
    print(panel.id, draft.id)

asyncio.run(with_database(add(*sys.argv[1:])))
"""


@dataclass(frozen=True)
class Prepared:
    """A panel of this test alone, about to begin, and the draft of its write-up."""

    public: str
    panel: str
    writeup: str
    mark: str


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def prepared(site: Site) -> Prepared:
    mark = uuid4().hex[:6]
    body = f"Opening words.\n\nThe board reads the hazard log {mark} every quarter, and signs it.\n"
    panel, writeup = run(site, TO_COME, f"panel-{mark}", f"Panel {mark}", body).split()
    public = f"/events/hpn-north/sessions/panel-{mark}"
    return Prepared(public, f"/organise/panels/{panel}", f"/organise/writeups/{writeup}", mark)


def test_the_asker_is_led_to_the_passage_that_takes_up_the_question(
    ann: Page, olive: Page, open_browser: NewPage, site: Site, prepared: Prepared, scripts: bool
) -> None:
    words = f"Who reads the hazard log {prepared.mark}, the board?"
    address = f"{prepared.mark}@canal-street.example"
    ask(ann, words, panel=prepared.public, email=address)
    own = ann.url
    olive.goto("/organise/questions?state=pending")
    approve(olive, words)
    asked_in_the_room(olive, open_browser(viewport=PHONE), prepared, words)

    olive.goto(prepared.panel)
    arrive(olive, main(olive).get_by_role("link", name="What became of the questions"))
    expect(main(olive)).to_contain_text("1 asker has heard nothing yet.")
    look_at(olive, scripts)
    arrive(olive, row(olive, words).get_by_role("link", name="tie it to a passage"))
    look_at(olive, scripts)
    pushed(olive, row(olive, words), "Tie")
    expect(row(olive, words)).to_contain_text("Tied")
    arrive(olive, main(olive).get_by_role("link", name="Check and publish"))
    expect(main(olive)).to_contain_text("Publishing writes to 1 person: 1 whose question was taken")
    look_at(olive, scripts)
    pushed(olive, main(olive), "Publish and write to 1 person")

    passage = link_in(site.letter(address, "was taken: read it", within=10), "/writeups/")
    read_from_the_mailbox(ann, passage, prepared)
    look_at(ann, scripts)
    ann.goto(own)
    follow(ann, f"Panel {prepared.mark}")
    olive.goto(f"{prepared.panel}/loop")
    expect(main(olive)).to_contain_text("Everybody who can be written to knows what became of their question.")


def test_what_was_not_reached_is_answered_in_writing(
    ann: Page, olive: Page, site: Site, prepared: Prepared, scripts: bool
) -> None:
    words = f"What does {prepared.mark} cost in its second year?"
    address = f"late-{prepared.mark}@canal-street.example"
    ask(ann, words, panel=prepared.public, email=address)
    own = ann.url
    olive.goto("/organise/questions?state=pending")
    approve(olive, words)
    olive.goto(f"{prepared.panel}/loop")
    arrive(olive, row(olive, words).get_by_role("link", name=words))
    arrive(olive, main(olive).get_by_role("link", name="Answer it in writing"))
    look_at(olive, scripts)
    olive.get_by_role("textbox", name="Answer").fill("About **a third** of the first.")
    pushed(olive, main(olive), "Preview")
    expect(region(olive, "How it stands on the site")).to_contain_text("About a third of the first.")
    look_at(olive, scripts)
    pushed(olive, main(olive), "Publish the answer")

    ann.goto(link_in(site.letter(address, "A written answer", within=15), prepared.public))
    expect(ann.locator(":target")).to_contain_text("About a third of the first.")
    ann.goto(own)
    expect(main(ann)).to_contain_text("About a third of the first.")


@pytest.mark.parametrize("scripts", [True])
def test_the_loop_shows_at_once_what_somebody_else_does(
    ann: Page, olive: Page, prepared: Prepared, scripts: bool
) -> None:
    words = f"Who pays for {prepared.mark} when it is over?"
    ask(ann, words, panel=prepared.public)
    olive.goto("/organise/questions?state=pending")
    approve(olive, words)
    watching = olive.context.new_page()
    watching.goto(f"{prepared.panel}/loop")
    expect(row(watching, words)).to_contain_text("Open")
    watching.get_by_role("link", name=words).focus()

    arrive(olive, question_on_desk(olive, words).get_by_role("link", name=words))
    arrive(olive, main(olive).get_by_role("link", name="Answer it in writing"))
    olive.get_by_role("textbox", name="Answer").fill("The trust does.")
    pushed(olive, main(olive), "Publish the answer")

    expect(row(watching, words)).to_contain_text("Answered in writing", timeout=5_000)
    expect(watching.get_by_role("link", name=words)).to_be_focused()
    watching.close()


def asked_in_the_room(olive: Page, phone: Page, prepared: Prepared, words: str) -> None:
    """Puts it on the list; the chair asks it."""
    olive.goto(prepared.panel)
    pushed(olive, row(olive, words), "Add to the list")
    pushed(olive, main(olive), "Make the links")
    phone.goto(link(olive, "Chair’s page"))
    pushed(phone, region(phone, "Next"), "Ask this now")
    pushed(phone, region(phone, "Now"), "Asked")


def read_from_the_mailbox(ann: Page, passage: str, prepared: Prepared) -> None:
    """Opens the letter in the mailbox and follows its link to the very words."""
    ann.goto("/dev/mailbox")
    arrive(ann, main(ann).get_by_role("link", name=f"Panel {prepared.mark}").first)
    assert ann.get_by_text(passage).count() or passage in ann.content()
    ann.goto(passage)
    expect(ann.locator(":target")).to_contain_text(f"The board reads the hazard log {prepared.mark}")
    expect(ann.get_by_role("heading", name="Questions this answers")).to_be_visible()


def look_at(page: Page, scripts: bool) -> None:
    """Finds nothing wrong; axe is a script itself, and would wait for ever where none runs."""
    if scripts:
        assert_sound(page)
