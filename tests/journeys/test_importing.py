"""Journey 9: the real write-up is brought in, mended and published, word for word; so is a Word document."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.journeys.sites import Site
from tests.journeys.steps import heading, main, press
from tests.writeups.factories import picture_file, word_document
from tests.writeups.reading import quotations_in

pytestmark = pytest.mark.browser

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NAMES = ("David Walliker", "Lee Rickles", "Jacqui Cooper", "Holly Carr")
SECTIONS = (
    "Corporate AI: underutilised but full of potential",
    "Involving patients in AI and building trust in clinical settings",
    "Digital literacy and bridging the generational gap",
    "Join our future discussions",
)


def test_the_real_write_up_is_brought_in_mended_and_published(
    olive: Page, mallory: Page, site: Site, shared: Path
) -> None:
    source = shared / "writeups" / "how-do-we-deploy-ai-safely.txt"
    told = site.run("import", "writeup", str(source))
    (draft,) = re.findall(r"https?://\S+/organise/writeups/\w+", told)

    olive.goto(draft)
    expect(olive.get_by_role("textbox", name="Title")).to_have_value("How do we deploy AI safely?")
    expect(olive.get_by_role("combobox", name="Event")).to_contain_text("HPN North")
    expect(selected(olive, "Event")).to_have_text(re.compile("HPN North"))
    olive.get_by_role("textbox", name="Title").fill("How do we deploy AI safely? In their words")
    choose_drawing(olive)
    press(olive, "Publish")
    expect(main(olive).get_by_text("Published", exact=True)).to_be_visible()

    mallory.goto("/writeups")
    main(mallory).get_by_role("link", name="In their words").click()
    assert_tells_it_all(mallory, source.read_text("utf-8"))
    expect(main(mallory).get_by_role("link", name="HPN North").first).to_be_visible()


def test_a_word_document_comes_with_its_picture(olive: Page, mallory: Page, shared: Path) -> None:
    source = (shared / "writeups" / "how-do-we-deploy-ai-safely.txt").read_text("utf-8")
    picture = picture_file(size=(640, 320))
    document = word_document(source.replace("deploy AI safely?", "deploy AI safely, in Word?", 1), picture=picture)
    upload(olive, FilePayload(name="How do we deploy AI safely.docx", mimeType=WORD, buffer=document))

    olive.get_by_role("textbox", name="Alternative text").fill("Four people at a table on a stage")
    press(olive, "Publish")
    expect(main(olive).get_by_text("Published", exact=True)).to_be_visible()
    main(olive).get_by_role("link", name="See it on the site").click()
    mallory.goto(olive.url)
    image = main(mallory).get_by_role("img", name="Four people at a table on a stage")
    expect(image).to_be_visible()
    assert image.evaluate("image => image.naturalWidth") == 640
    assert_tells_it_all(mallory, source)


def test_a_draft_of_two_paragraphs_is_a_draft_too(olive: Page) -> None:
    upload(
        olive, FilePayload(name="notes.txt", mimeType="text/plain", buffer=b"Notes of a day\n\nSomething was said.\n")
    )
    expect(main(olive)).to_contain_text("Before it can be published")
    missing = main(olive).get_by_role("link", name="Say what the header image shows")
    missing.click()
    expect(olive.get_by_role("textbox", name="Alternative text")).to_be_focused()


def test_what_is_no_write_up_is_refused_with_a_sentence(olive: Page) -> None:
    olive.goto("/organise/writeups/import")
    olive.get_by_label("File").set_input_files(
        FilePayload(name="holiday.docx", mimeType=WORD, buffer=b"not a document")
    )
    press(olive, "Make a draft")
    expect(olive.get_by_role("alert")).to_contain_text("There is a problem")
    expect(olive).to_have_title(re.compile("^Error: "))


def upload(page: Page, file: FilePayload) -> None:
    page.goto("/organise/writeups")
    main(page).get_by_role("link", name="Import a file").click()
    page.get_by_label("File").set_input_files(file)
    press(page, "Make a draft")
    expect(page.get_by_role("textbox", name="Title")).to_be_visible()


def choose_drawing(page: Page) -> None:
    page.get_by_role("radio", name="The site’s own drawing").first.check()
    page.get_by_role("textbox", name="Alternative text").fill("Drawing: four voices round a table")


def selected(page: Page, choice: str) -> Locator:
    return page.get_by_role("combobox", name=choice).locator("option:checked")


def assert_tells_it_all(page: Page, source: str) -> None:
    """Every quotation, name and section of the source is on the page, byte for byte."""
    said = main(page).inner_text()
    quotations = quotations_in(source)
    assert len(quotations) >= 10
    assert [words for words in quotations if words not in said] == []
    assert [name for name in NAMES if name not in said] == []
    for section in SECTIONS:
        expect(heading(page, section)).to_be_visible()
    expect(main(page).get_by_role("listitem").filter(has_text="Archaic systems (e.g. ESR)")).to_be_visible()
    figures = main(page).get_by_role("figure").filter(has=page.get_by_role("blockquote"))
    assert figures.count() >= 10
