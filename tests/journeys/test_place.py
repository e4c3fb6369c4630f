"""Journey: from interest to a place, to a seat on a panel, and into the calendar; and everything back again."""

import subprocess
import sys
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.calendars.libical import Libical
from tests.journeys.conftest import NewPage
from tests.journeys.sites import Site, link_in
from tests.journeys.steps import heading, main, register_interest
from tests.journeys.test_keyboard import tab_to

pytestmark = pytest.mark.browser

EVENT, PANEL, FULL = "HPN Midlands", "AI safety: who signs it off?", "Ambient scribes: what the first year taught"
OFFER = """
import asyncio, sys
from datetime import timedelta
from eventsite.cli import with_database
from eventsite.clock import utc_now
from eventsite.database import execute
from eventsite.events.queries import get_event
from eventsite.interest.place_services import offer_places
from eventsite.presentation import stationery_for
from eventsite.settings import load_settings

async def offer(email):
    event = await get_event("hpn-midlands")
    sql = "SELECT i.id FROM interest i JOIN person p ON p.id = i.person WHERE p.email = {} AND i.event = {}"
    ids = [row["id"] for row in await execute(sql, email, event.id)]
    given = {"actor": "system", "stationery": stationery_for(load_settings()), "now": utc_now()}
    print(await offer_places(event, ids, until=utc_now() + timedelta(days=3), **given))

asyncio.run(with_database(offer(sys.argv[1])))
"""

SEATS = """
import asyncio, sys
from eventsite.cli import with_database
from eventsite.database import execute

sql = "UPDATE programme_session SET capacity = {} WHERE title = {}"
asyncio.run(with_database(execute(sql, int(sys.argv[1]), sys.argv[2])))
"""


@pytest.fixture(params=[True, False], ids=["with-scripts", "without-scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Everything here can be done without scripts too."""
    return bool(request.param)


@pytest.fixture
def email() -> str:
    """An address that nobody else uses on this site."""
    return f"place-{uuid4().hex[:8]}@canal-street.example"


def offered(page: Page, site: Site, email: str) -> str:
    """Registers interest, is offered a place, and follows the link in the letter; the own page's address."""
    register_interest(page, email, EVENT)
    assert run(site, OFFER, email).startswith("Offers(offered=1")
    own = link_in(site.letter(email, f"A place for you at {EVENT}", within=20), "/my/")
    page.goto(own)
    return own


def change_seats(site: Site, session: str, seats: int) -> None:
    """As if an organiser had changed how many seats a session has."""
    run(site, SEATS, str(seats), session)


def run(site: Site, code: str, *words: str) -> str:
    """Runs code on the site's database, in a process of its own; what it prints."""
    command = [sys.executable, "-c", code, *words]
    done = subprocess.run(command, env=site.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def row_of(page: Page, session: str) -> Locator:
    """A session in the programme that somebody picks from."""
    return main(page).get_by_role("listitem").filter(has_text=session)


def box_of(page: Page, event: str) -> Locator:
    """What the own page says of an event."""
    return main(page).get_by_role("region", name=event)


def pressed(page: Page, button: Locator) -> None:
    """Presses a button and waits for the page it leads to."""
    with page.expect_event("load"):
        button.click()


def feed_of(page: Page, own: str) -> bytes:
    """What the calendar on somebody's own page holds now."""
    page.goto(own)
    address = main(page).get_by_role("link", name="/calendar/").get_attribute("href")
    assert address
    return page.request.get(address).body()


def test_from_interest_to_a_seat_and_back(ann: Page, site: Site, email: str, libical: Libical) -> None:
    own = offered(ann, site, email)
    expect(box_of(ann, EVENT)).to_contain_text("A place is kept for you until")
    assert libical.is_allowed(feed_of(ann, own))
    assert b"STATUS:TENTATIVE" in feed_of(ann, own)

    pressed(ann, box_of(ann, EVENT).get_by_role("button", name=f"Accept your place at {EVENT}"))
    expect(box_of(ann, EVENT)).to_contain_text("You have a place.")
    site.letter(email, f"Your place at {EVENT} is confirmed", within=20)

    box_of(ann, EVENT).get_by_role("link", name="Pick sessions").click()
    expect(heading(ann, f"Your sessions at {EVENT}")).to_be_visible()
    row_of(ann, PANEL).get_by_role("checkbox", name="Email me a calendar invite").check()
    pressed(ann, row_of(ann, PANEL).get_by_role("button", name="Add"))
    expect(row_of(ann, PANEL)).to_contain_text("You have a seat")
    invite = site.letter(email, f"Your seat: {PANEL}", within=20)
    assert 'method="REQUEST"' in str(invite)
    assert {entry.summary for entry in libical.events(feed_of(ann, own))} == {EVENT, PANEL}

    ann.goto(own + "/events/hpn-midlands")
    pressed(ann, row_of(ann, PANEL).get_by_role("button", name="Give it up"))
    expect(row_of(ann, PANEL).get_by_role("button", name="Add")).to_be_visible()
    site.letter(email, f"Cancelled: “{PANEL}” in your calendar", within=20)

    ann.goto(own)
    pressed(ann, box_of(ann, EVENT).get_by_role("button", name=f"Give up my place at {EVENT}"))
    expect(box_of(ann, EVENT)).to_contain_text("You gave your place back")
    assert libical.events(feed_of(ann, own)) == []


def test_who_finds_a_session_full_waits_and_is_next(
    ann: Page, open_browser: NewPage, site: Site, email: str, libical: Libical, scripts: bool
) -> None:
    """Bea looks at a page that was true a moment ago."""
    bea = open_browser(java_script_enabled=scripts)
    page_of = {who: offered(who, site, f"{name}-{email}") for name, who in (("ann", ann), ("bea", bea))}
    for who, own in page_of.items():
        pressed(who, box_of(who, EVENT).get_by_role("button", name="Accept"))
        who.goto(own + "/events/hpn-midlands")
    while_it_lasts = row_of(ann, FULL).get_by_role("button", name="Add")
    pressed(ann, while_it_lasts)
    expect(row_of(ann, FULL)).to_contain_text("You have a seat")

    pressed(bea, row_of(bea, FULL).get_by_role("button", name="Add"))
    told = main(bea).get_by_role("alert")
    expect(told).to_contain_text(f"“{FULL}” is full. You can join its waiting list.")
    pressed(bea, main(bea).get_by_role("button", name="Join the waiting list").first)
    expect(row_of(bea, FULL)).to_contain_text("You are next on the waiting list.")

    pressed(ann, row_of(ann, FULL).get_by_role("button", name="Give it up"))
    letter = site.letter(f"bea-{email}", f"A seat is yours: {FULL}", within=20)
    bea.goto(link_in(letter, "/my/"))
    expect(row_of(bea, FULL)).to_contain_text("You have a seat")
    assert FULL in {entry.summary for entry in libical.events(feed_of(bea, page_of[bea]))}
    bea.goto(page_of[bea] + "/events/hpn-midlands")
    pressed(bea, row_of(bea, FULL).get_by_role("button", name="Give it up"))


def test_a_new_address_ends_the_old_calendar(ann: Page, email: str, site: Site) -> None:
    own = offered(ann, site, email)
    old = main(ann).get_by_role("link", name="/calendar/").get_attribute("href") or ""
    pressed(ann, main(ann).get_by_role("button", name="Make a new address"))
    new = main(ann).get_by_role("link", name="/calendar/").get_attribute("href") or ""
    assert own != old != new
    assert [ann.request.get(address).status for address in (old, new)] == [404, 200]


def test_a_place_is_accepted_and_a_session_added_with_the_keyboard_alone(ann: Page, site: Site, email: str) -> None:
    own = offered(ann, site, email)
    tab_to(ann, box_of(ann, EVENT).get_by_role("button", name="Accept"))
    ann.keyboard.press("Enter")
    expect(box_of(ann, EVENT)).to_contain_text("You have a place.")
    tab_to(ann, box_of(ann, EVENT).get_by_role("link", name="Pick sessions"))
    ann.keyboard.press("Enter")
    expect(heading(ann, f"Your sessions at {EVENT}")).to_be_visible()
    tab_to(ann, row_of(ann, PANEL).get_by_role("checkbox"))
    ann.keyboard.press("Space")
    tab_to(ann, row_of(ann, PANEL).get_by_role("button", name="Add"))
    ann.keyboard.press("Enter")
    expect(row_of(ann, PANEL)).to_contain_text("You have a seat")
    assert own in ann.url
