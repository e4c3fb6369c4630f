"""Journey 7: Olive starts from an empty database. The desk says what to do first; she makes, publishes and cancels."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.calendars.libical import Libical
from tests.calendars.reading import values
from tests.journeys.conftest import NewPage
from tests.journeys.sites import Site, calendars_of, link_in
from tests.journeys.steps import fill_in_interest, heading, let_in, main, press

pytestmark = pytest.mark.browser


@pytest.fixture
def olive(open_browser: NewPage, empty_site: Site) -> Page:
    """Olive, let in on the command line, with the link that it printed."""
    return let_in(open_browser(at=empty_site, may_have_cookies=True), empty_site)


@pytest.fixture
def mallory(open_browser: NewPage, empty_site: Site) -> Page:
    return open_browser(at=empty_site)


def test_an_empty_desk_says_what_to_do_first(olive: Page, mallory: Page) -> None:
    first = olive.get_by_role("region", name="What to do first").get_by_role("listitem")
    expect(first).to_have_count(5)
    expect(first.first).to_contain_text("Create an event")
    for page in ("questions", "interest", "events", "writeups", "mail", "people", "ledger", "speakers"):
        olive.goto(f"/organise/{page}")
        expect(olive.get_by_role("heading", level=1)).to_be_visible()
    for page, words in {
        "/": "The next events are being planned",
        "/events": "No event is planned just now",
        "/writeups": "Nothing has been written yet",
        "/interest": "No event is open for interest",
    }.items():
        mallory.goto(page)
        expect(main(mallory)).to_contain_text(words)


def test_an_event_from_the_first_draft_to_its_cancellation(
    olive: Page, mallory: Page, empty_site: Site, libical: Libical
) -> None:
    first = datetime.now(UTC).date() + timedelta(days=100)
    create_event(olive, "HPN Coast", first)
    mallory.goto("/events")
    expect(main(mallory)).not_to_contain_text("HPN Coast")

    add_session(olive, "Opening", first, "09:30", "10:15", kind="Keynote")
    add_session(olive, "Who watches the models?", first, "11:00", "12:00", kind="Panel", takes_questions=True)
    put_on_stage(olive, "Dana Silva", "Chief Information Officer", "Harbour NHS Trust", "Chair")
    put_on_stage(olive, "Idris Bello", "Clinical safety officer", "Lighthouse NHS Trust", "Panellist")
    publish(olive, "HPN Coast")

    mallory.goto("/events")
    main(mallory).get_by_role("link", name="HPN Coast", exact=True).click()
    expect(heading(mallory, "HPN Coast")).to_be_visible()
    expect(main(mallory)).to_contain_text("Pier Hall, Whitby")
    main(mallory).get_by_role("link", name="Who watches the models?").click()
    on_stage = main(mallory).get_by_role("listitem").filter(has_text="Dana Silva")
    expect(on_stage).to_contain_text("Chair")
    expect(on_stage).to_contain_text("Chief Information Officer, Harbour NHS Trust")

    mallory.goto("/interest")
    fill_in_interest(mallory, "ann@canal-street.example", "HPN Coast")
    press(mallory, "Send expression of interest")
    letter = empty_site.letter("ann@canal-street.example", "Your interest in HPN Coast")
    (held,) = libical.events(calendars_of(letter)[0])
    assert held.starts == first

    cancel_session(olive, "hpn-coast", "Opening")
    mallory.goto("/events/hpn-coast")
    row = main(mallory).get_by_role("listitem").filter(has_text="Opening")
    expect(row).to_contain_text("Cancelled")

    cancel_event(olive, "hpn-coast")
    mallory.reload()
    expect(main(mallory)).to_contain_text("This event has been cancelled.")
    expect(mallory.get_by_role("main").get_by_role("link", name="Register interest")).to_have_count(0)
    content = mallory.request.get("/events/hpn-coast.ics").body()
    assert set(values(content, "STATUS")) == {"CANCELLED"}
    assert held.uid in {entry.uid for entry in libical.events(content)}

    mallory.goto("/interest?event=hpn-coast")
    expect(main(mallory)).to_contain_text("No event is open for interest")
    mallory.goto(link_in(letter, "/my/"))
    expect(main(mallory)).to_contain_text("This event has been cancelled.")
    olive.goto("/organise/ledger")
    for deed in ("created", "published", "cancelled"):
        expect(main(olive).get_by_role("row").filter(has_text=deed).first).to_be_visible()


def test_a_write_up_is_written_and_published_on_the_desk(olive: Page, mallory: Page) -> None:
    olive.goto("/organise/writeups")
    press(olive, "New write-up")
    expect(main(olive)).to_contain_text("Before it can be published")
    olive.get_by_role("textbox", name="Title").fill("What the tide brought in")
    olive.get_by_role("textbox", name="Standfirst").fill("Two days by the sea, and what was said there.")
    olive.get_by_role("textbox", name="Text", exact=True).fill(
        "It began at nine.\n\n## The morning\n\n> “We measured it twice.”\n> — Dana Silva\n"
    )
    add_to_panel(olive, "Dana Silva")
    save_and_preview(olive)
    preview = olive.get_by_role("region", name="How it would look")
    expect(preview.get_by_role("heading", name="The morning")).to_be_visible()
    expect(preview.get_by_role("figure").filter(has_text="“We measured it twice.”")).to_contain_text("Dana Silva")
    press(olive, "Publish")
    expect(olive.get_by_role("alert")).to_contain_text("There is a problem")

    olive.get_by_role("radio", name="The site’s own drawing").first.check()
    olive.get_by_role("textbox", name="Alternative text").fill("Drawing: four voices round a table")
    press(olive, "Publish")
    expect(main(olive).get_by_text("Published", exact=True)).to_be_visible()

    mallory.goto("/writeups")
    main(mallory).get_by_role("link", name="What the tide brought in").click()
    expect(heading(mallory, "The morning")).to_be_visible()
    expect(main(mallory).get_by_role("img", name="Drawing: four voices round a table")).to_be_visible()

    press(olive, "Take it off the site")
    response = mallory.reload()
    assert response is not None
    assert response.status == 404


def create_event(page: Page, name: str, first: date) -> None:
    page.goto("/organise/events")
    main(page).get_by_role("link", name="Create the first event").click()
    page.get_by_role("textbox", name="Name").fill(name)
    page.get_by_role("textbox", name="Summary").fill("By the sea.")
    page.get_by_label("First day").fill(first.isoformat())
    page.get_by_label("Last day", exact=True).fill((first + timedelta(days=1)).isoformat())
    page.get_by_role("textbox", name="Venue").fill("Pier Hall")
    page.get_by_role("textbox", name="Town or city").fill("Whitby")
    page.get_by_role("radio", name="North: hills under a star").check()
    press(page, "Create event")
    expect(main(page).get_by_text("Draft", exact=True)).to_be_visible()


def add_session(
    page: Page, title: str, day: date, starts: str, ends: str, *, kind: str, takes_questions: bool = False
) -> None:
    page.goto("/organise/events/hpn-coast")
    main(page).get_by_role("link", name="Add a session").click()
    page.get_by_role("textbox", name="Title").fill(title)
    page.get_by_role("combobox", name="Kind").select_option(kind)
    page.get_by_role("combobox", name="Day").select_option(day.isoformat())
    page.get_by_label("Start", exact=True).fill(starts)
    page.get_by_label("End", exact=True).fill(ends)
    page.get_by_role("checkbox", name="Takes questions before the day").set_checked(takes_questions)
    press(page, "Add session")
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()


def put_on_stage(page: Page, name: str, post: str, organisation: str, part: str) -> None:
    """On the page of a session."""
    if not page.get_by_role("textbox", name="Name").is_visible():
        page.get_by_text("Put somebody on stage").click()
    page.get_by_role("textbox", name="Name").fill(name)
    page.get_by_role("textbox", name="Job title").fill(post)
    page.get_by_role("textbox", name="Organisation").fill(organisation)
    page.get_by_role("radio", name=part).check()
    press(page, "Put on stage")
    expect(main(page).get_by_role("row").filter(has_text=name)).to_contain_text(part)


def publish(page: Page, event: str) -> None:
    main(page).get_by_role("link", name=event).click()
    press(page, "Publish")
    expect(main(page)).to_contain_text("on the site")


def cancel_session(page: Page, event: str, title: str) -> None:
    page.goto(f"/organise/events/{event}")
    main(page).get_by_role("link", name=title).click()
    main(page).get_by_role("link", name="Cancel the session").click()
    expect(main(page)).to_contain_text("This cannot be undone.")
    press(page, "Cancel the session")
    expect(main(page).get_by_role("row").filter(has_text=title)).to_contain_text("Cancelled")


def cancel_event(page: Page, event: str) -> None:
    page.goto(f"/organise/events/{event}")
    main(page).get_by_role("link", name="Cancel the event").click()
    expect(main(page)).to_contain_text("1 person has registered interest")
    press(page, "Cancel and write to 1 person")
    expect(main(page).get_by_text("Cancelled", exact=True).first).to_be_visible()


def add_to_panel(page: Page, name: str) -> None:
    page.get_by_text("Or somebody new").click()
    page.get_by_role("textbox", name="Full name").fill(name)
    press(page, "Add to the panel")
    expect(main(page).get_by_role("listitem").filter(has_text=name).first).to_be_visible()


def save_and_preview(page: Page) -> None:
    page.get_by_role("button", name="Save and preview").first.click()
    expect(main(page).get_by_role("link", name=re.compile("Saved .* by Olive Okafor"))).to_be_visible()
