"""Every page, in every state: axe finds nothing wrong at the width of a phone and of a desk, nothing scrolls sideways,
nothing is complained of, and it can be printed."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from eventsite.settings import load_settings
from tests.journeys.sites import Site, link_in
from tests.journeys.steps import (
    MIDLANDS_PANEL,
    WRITEUP,
    ask,
    fill_in_interest,
    main,
    register_interest,
    write_announcement,
)
from tests.journeys.test_place import FULL, PANEL, change_seats, offered, row_of
from tests.routes import addresses

pytestmark = pytest.mark.browser

RULES = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
}
WIDTHS = (1280, 320)
AXE = Axe()
EVENT = "/events/hpn-midlands"
NORTH_PANEL = "/events/hpn-north/sessions/how-do-we-deploy-ai-safely"
ADDRESS = "pages@canal-street.example"

Doing = Callable[[Page], object]

READ = [
    "/",
    "/writeups",
    WRITEUP,
    "/events",
    EVENT,
    "/events/hpn-mental-health",
    "/events/hpn-north",
    MIDLANDS_PANEL,
    f"{EVENT}/sessions/lunch",
    NORTH_PANEL,
    f"{MIDLANDS_PANEL}/questions",
    f"{NORTH_PANEL}/questions",
    "/interest",
    "/interest/thanks",
    "/my",
    "/my/sent",
    "/my/erased",
    "/privacy",
    "/cookies",
    "/accessibility",
    "/complaints",
    "/complaints/received",
    "/nowhere",
    "/dev/mailbox",
    "/organise/sign-in",
]
DESK = [
    "/organise",
    "/organise/questions",
    "/organise/questions?q=nothing+like+it",
    "/organise/questions/reasons",
    "/organise/questions/themes",
    "/organise/panels",
    "/organise/interest",
    "/organise/interest?event=hpn-midlands",
    "/organise/interest?event=hpn-mental-health&state=waitlisted",
    "/organise/interest?event=hpn-midlands&q=nobody+like+it",
    "/organise/interest/invitations",
    "/organise/events",
    "/organise/events/new",
    f"/organise{EVENT}",
    f"/organise{EVENT}/edit",
    f"/organise{EVENT}/cancellation",
    f"/organise{EVENT}/sessions/new",
    f"/organise{MIDLANDS_PANEL}",
    f"/organise{MIDLANDS_PANEL}/cancellation",
    f"/organise{NORTH_PANEL}",
    "/organise/speakers",
    "/organise/writeups",
    "/organise/writeups/import",
    "/organise/announcements",
    "/organise/exports",
    "/organise/announcements/new",
    "/organise/mail",
    "/organise/mail?state=dead&q=nobody",
    "/organise/mail/again",
    "/organise/mail/addresses",
    "/organise/mail/inbox",
    "/organise/letters",
    "/organise/people",
    "/organise/ledger",
]


@dataclass(frozen=True)
class State:
    """A page after something was done on it."""

    page: str
    name: str
    do: Doing

    def __str__(self) -> str:
        return f"{self.page} {self.name}"


def sent_empty(page: str, button: str) -> State:
    return State(page, "sent empty", lambda shown: arrive(shown, shown.get_by_role("button", name=button).first))


def rejected_without_a_reason(page: Page) -> None:
    main(page).get_by_role("listitem").filter(has_text="Waiting").first.press("r")
    main(page).get_by_role("button", name="Reject", exact=True).nth(1).click()
    expect(main(page)).to_contain_text("Enter a reason")


def several_rejected(page: Page) -> None:
    boxes = page.get_by_role("checkbox", name="Select this question")
    boxes.nth(0).check()
    boxes.nth(1).check()
    arrive(page, page.get_by_role("form", name="With the selected").get_by_role("button", name="Reject"))
    arrive(page, page.get_by_role("button", name="Reject 2 questions"))


def everybody_checked(deed: str) -> Doing:
    """Ticks the box for everybody and goes on to the check page of a deed."""

    def do(page: Page) -> None:
        page.get_by_role("checkbox", name="All ").check()
        arrive(page, page.get_by_role("button", name=deed))

    return do


def people_listed(*lines: str) -> Doing:
    """Enters people to invite and has the list checked."""

    def do(page: Page) -> None:
        page.get_by_role("textbox", name="People").fill("\n".join(lines))
        arrive(page, page.get_by_role("button", name="Check the list"))

    return do


READERS_STATES = [
    State("/interest", "filled in", lambda page: fill_in_interest(page, ADDRESS, "HPN Midlands")),
    sent_empty("/interest", "Send expression of interest"),
    sent_empty(f"{MIDLANDS_PANEL}/questions", "Send your question"),
    State(f"{MIDLANDS_PANEL}/questions", "filled in", lambda page: page.get_by_label("Your question").fill("x" * 510)),
    sent_empty("/my", "Send me the link"),
    sent_empty("/complaints", "Send complaint"),
    sent_empty("/organise/sign-in", "Sign in"),
]
DESK_STATES = [
    sent_empty("/organise/events/new", "Create event"),
    sent_empty(f"/organise{EVENT}/sessions/new", "Add session"),
    sent_empty(f"/organise{MIDLANDS_PANEL}", "Put on stage"),
    sent_empty("/organise/people", "Add organiser"),
    sent_empty("/organise/announcements/new", "Save draft"),
    sent_empty("/organise/writeups/import", "Make a draft"),
    sent_empty("/organise/interest?event=hpn-midlands", "Offer places"),
    State("/organise/interest?event=hpn-midlands", "checked for offers", everybody_checked("Offer places")),
    State("/organise/interest?event=hpn-mental-health", "checked for no places", everybody_checked("Cancel places")),
    State("/organise/interest/invitations", "with bad lines", people_listed("Ann", "Ben <ben@example.org>", "b@c")),
    State("/organise/interest/invitations", "checked", people_listed("Ann Archer <ann@a-long-name.example>")),
    sent_empty("/organise/questions/reasons", "Add this reason"),
    sent_empty("/organise/questions/themes", "Add this theme"),
    State("/organise/questions?state=pending", "several to be rejected", several_rejected),
    State("/organise/questions?state=pending", "rejected without a reason", rejected_without_a_reason),
]


@pytest.mark.parametrize("address", READ)
def test_a_page_for_readers(ann: Page, address: str) -> None:
    ann.goto(address)
    assert_sound(ann)


@pytest.mark.parametrize("address", DESK)
def test_a_page_of_the_desk(olive: Page, address: str) -> None:
    olive.goto(address)
    assert_sound(olive)


@pytest.mark.parametrize("state", READERS_STATES, ids=str)
def test_a_form_for_readers(ann: Page, state: State) -> None:
    ann.goto(state.page)
    state.do(ann)
    assert_sound(ann)


@pytest.mark.parametrize("state", DESK_STATES, ids=str)
def test_a_form_of_the_desk(olive: Page, state: State) -> None:
    olive.goto(state.page)
    state.do(olive)
    assert_sound(olive)


def test_the_pages_that_are_one_persons_own(ann: Page, site: Site) -> None:
    register_interest(ann, ADDRESS, "HPN Midlands", "HPN Mental Health")
    ask(ann, "How long does it take a trust to change its mind?", email=ADDRESS, name="Ann Archer")
    assert_sound(ann)
    own = link_in(site.letter(ADDRESS, "Your interest in"), "/my/")
    for page in (own, f"{own}/details", f"{own}/erasure", f"{own}/events/hpn-midlands"):
        ann.goto(page)
        assert_sound(ann)
    ann.goto(f"{own}/details")
    ann.get_by_role("textbox", name="Full name").fill("")
    arrive(ann, ann.get_by_role("button", name="Save your details"))
    assert_sound(ann)
    ann.goto("/dev/mailbox")
    arrive(ann, main(ann).get_by_role("link", name="Your interest in").first)
    assert_sound(ann)


def test_the_pages_of_somebody_with_a_place(ann: Page, site: Site) -> None:
    own = offered(ann, site, "offered@canal-street.example")
    assert_sound(ann)
    arrive(ann, ann.get_by_role("button", name="Accept your place at HPN Midlands"))
    assert_sound(ann)
    ann.goto(f"{own}/events/hpn-midlands")
    assert_sound(ann)
    arrive(ann, row_of(ann, PANEL).get_by_role("button", name="Add"))
    assert_sound(ann)
    change_seats(site, FULL, 0)
    arrive(ann, row_of(ann, FULL).get_by_role("button", name="Add"))
    change_seats(site, FULL, 12)
    expect(ann.get_by_role("alert")).to_contain_text("is full")
    assert_sound(ann)


def test_the_pages_behind_the_lists_of_the_desk(olive: Page) -> None:
    for listed, entry in {
        "/organise/questions": "How do you tell a board",
        "/organise/interest?event=hpn-midlands&state=accepted": "Kofi Kestrel",
        "/organise/speakers": "Lee Rickles",
        "/organise/writeups": "How do we deploy AI safely?",
    }.items():
        olive.goto(listed)
        arrive(olive, main(olive).get_by_role("link", name=entry).last)
        assert_sound(olive)
    olive.goto("/organise/questions?state=pending")
    arrive(olive, main(olive).get_by_role("link", name="Our oldest system").last)
    for part in ("merge", "themes"):
        page = olive.url
        olive.goto(f"{page}/{part}")
        assert_sound(olive)
        olive.goto(page)
    olive.get_by_role("textbox", name="Wording").fill("")
    arrive(olive, olive.get_by_role("button", name="Keep this wording"))
    assert_sound(olive)


def test_a_write_up_on_its_way_to_the_site(olive: Page) -> None:
    olive.goto("/organise/writeups")
    arrive(olive, olive.get_by_role("button", name="New write-up"))
    assert_sound(olive)
    arrive(olive, olive.get_by_role("button", name="Publish", exact=True))
    expect(olive.get_by_role("alert")).to_contain_text("There is a problem")
    assert_sound(olive)
    olive.get_by_role("textbox", name="Title").fill("A day by the canal")
    arrive(olive, olive.get_by_role("button", name="Save and preview").first)
    assert_sound(olive)
    arrive(olive, main(olive).get_by_role("link", name="Revision").first)
    assert_sound(olive)


def test_an_announcement_on_its_way_and_what_stops_it(ann: Page, olive: Page, site: Site) -> None:
    address = "announced@canal-street.example"
    register_interest(ann, address, "HPN Midlands")
    write_announcement(olive, "Pages of an announcement", "Dear {name},\n\n## A list\n\n- [one](/events)\n- {my_page}")
    arrive(olive, olive.get_by_role("button", name="Save and see it as its readers will"))
    assert_sound(olive)
    arrive(olive, main(olive).get_by_role("link", name="Change it"))
    assert_sound(olive)
    arrive(olive, main(olive).get_by_role("link", name="See it as three of them will"))
    arrive(olive, olive.get_by_role("button", name="Release to"))
    assert_sound(olive)
    olive.goto("/organise/announcements")
    assert_sound(olive)
    ann.goto(link_in(site.letter(address, "Pages of an announcement"), "/u/"))
    assert_sound(ann)
    arrive(ann, ann.get_by_role("button", name="Stop announcements"))
    assert_sound(ann)


def test_the_pages_at_the_door_of_the_desk(olive: Page, ann: Page, mallory: Page) -> None:
    olive.goto("/organise/people")
    olive.get_by_role("textbox", name="Full name").fill("Noor Rahman")
    olive.get_by_role("textbox", name="Email address").fill("noor@example.org")
    olive.get_by_role("radio", name="Moderator").check()
    arrive(olive, olive.get_by_role("button", name="Add organiser"))
    assert_sound(olive)
    ann.goto(olive.get_by_role("textbox", name="One-time link to set a password").input_value())
    assert_sound(ann)
    ann.get_by_label("New password").fill("short")
    arrive(ann, ann.get_by_role("button", name="Set password"))
    assert_sound(ann)
    mallory.goto("/organise/password/not-a-token")
    assert_sound(mallory)


def test_a_letter_on_the_desk(ann: Page, olive: Page, site: Site) -> None:
    address = "letter-on-the-desk@canal-street.example"
    register_interest(ann, address, "HPN Midlands")
    site.letter(address, "Your interest in")
    olive.goto("/organise/mail")
    row = main(olive).get_by_role("row").filter(has_text=address)
    arrive(olive, row.get_by_role("link").first)
    assert_sound(olive)
    framed = olive.frame_locator("iframe[title='The letter as HTML']")
    expect(framed.get_by_text("Hello Ann Archer")).to_be_visible()


@pytest.mark.parametrize(
    ("bait", "found"),
    [("<button></button>", "button-name"), ('<p style="width: 1300px">Wide</p>', "pixels wider than 1280")],
)
def test_what_is_wrong_would_be_found(ann: Page, bait: str, found: str) -> None:
    ann.set_content(f'<html lang="en"><title>Bait</title><h1>Bait</h1>{bait}')
    with pytest.raises(AssertionError, match=found):
        assert_sound(ann)


def test_no_page_is_missing_from_these_lists() -> None:
    from eventsite.app import create_app

    settings = load_settings({"secret_key": "x" * 40, "site_url": "http://127.0.0.1", "mail_from": "a@b.example"})
    declared = {
        address.path for address in addresses(create_app(settings, with_worker=False)) if "GET" in address.methods
    }
    assert {path for path in declared if not is_looked_at(path)} == set()


def test_pages_can_be_printed(ann: Page) -> None:
    for address in (WRITEUP, EVENT, MIDLANDS_PANEL, "/privacy"):
        ann.goto(address)
        ann.emulate_media(media="print")
        expect(ann.get_by_role("heading", level=1)).to_be_visible()
        expect(ann.get_by_role("navigation", name="Main")).to_be_hidden()
        assert ann.pdf(format="A4").startswith(b"%PDF")


def arrive(page: Page, by: Locator) -> None:
    """Presses a button or follows a link, and waits for the page it leads to."""
    with page.expect_event("load"):
        by.click()


def assert_sound(page: Page) -> None:
    """Nothing for axe to find and nothing wider than the window, on a desk and on a phone."""
    page.evaluate(AXE.axe_script)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        wider_by = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider_by <= 0, f"{page.url} is {wider_by} pixels wider than {width}"
        found = AxeResults(page.evaluate("rules => axe.run(rules)", RULES))
        assert found.violations_count == 0, f"{page.url} at {width}: {found.generate_report()}"


NOT_PAGES = (
    "/static/",
    "/pictures/",
    "/livez",
    "/readyz",
    "/metrics",
    "/robots.txt",
    "/favicon.ico",
    "/sitemap.xml",
    "/.well-known/",
)
SEEN_ELSEWHERE = {
    *(f"/organise/writeups/{{id}}/{name}" for name in ("questions", "publication", "letters")),
    *("/organise/panels/{session}/loop", "/organise/questions/{id}/answer"),
    "/my/{token}",
    "/my/{token}/details",
    "/my/{token}/events/{slug}",
    "/my/{token}/erasure",
    "/questions/{token}",
    "/organise/interest/{id}",
    "/organise/questions/{id}",
    "/organise/questions/{id}/merge",
    "/organise/questions/{id}/row",
    "/organise/questions/{id}/themes",
    "/organise/questions/presence",
    "/organise/speakers/{id}",
    "/organise/writeups/{id}",
    "/organise/writeups/{id}/revisions/{number}",
    "/organise/announcements/{id}",
    "/organise/announcements/{id}/check",
    "/organise/announcements/{id}/letters/{person}",
    "/u/{token}",
    "/organise/mail/{id}",
    "/organise/mail/{id}/html",
    "/organise/events/{slug}/edit/letter",
    "/organise/events/{slug}/cancellation/letter",
    "/organise/events/{slug}/sessions/{session}/letter",
    "/organise/events/{slug}/sessions/{session}/cancellation/letter",
    "/organise/mail/addresses/{id}",
    "/organise/mail/inbox/{id}",
    "/organise/letters/{room}/{name}",
    "/organise/letters/{room}/{name}/html",
    "/organise/password/{token}",
    "/my/{token}/export",
    "/organise/panels/{session_id}",
    "/organise/panels/{session_id}/rest",
    "/organise/panels/{session_id}/briefing",
    "/chair/{token}",
    "/screen/{token}",
}


def is_looked_at(path: str) -> bool:
    """Whether a route is a file, one of the pages above, or a page that a journey opens."""
    if (
        path.startswith(NOT_PAGES)
        or path.endswith((".ics", ".atom", ".pdf", ".docx", "/live"))
        or path in SEEN_ELSEWHERE
    ):
        return True
    filled = path.replace("{slug}", "hpn-midlands").replace("{session}", "ai-safety").rstrip("/") or "/"
    return filled in READ + DESK or path == "/writeups/{slug}"
