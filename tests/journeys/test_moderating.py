"""Journey 5: Olive signs in, reads what waits, and decides. Her decision is seen at once."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewPage
from tests.journeys.sites import Site, text_of
from tests.journeys.steps import MIDLANDS_PANEL, OLIVE, approve, ask, main, press, question_on_desk, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def words(scripts: bool, request: pytest.FixtureRequest) -> str:
    """A question that no other test asks."""
    topic = request.node.originalname.removeprefix("test_").replace("_", " ")
    return f"What is {topic}, {'with' if scripts else 'without'}?"


def test_olive_signs_in_sees_what_waits_and_signs_out(
    open_browser: NewPage, ann: Page, site: Site, words: str, scripts: bool
) -> None:
    ask(ann, words)
    olive = open_browser(may_have_cookies=True, java_script_enabled=scripts)
    olive.goto("/organise/questions")
    expect(olive.get_by_role("heading", name="Sign in")).to_be_visible()
    olive.get_by_role("textbox", name="Email address").fill(OLIVE)
    olive.get_by_label("Password").fill(site.password)
    press(olive, "Sign in")

    expect(olive).to_have_url(re.compile("/organise/questions$"))
    expect(question_on_desk(olive, words)).to_contain_text("Waiting")
    press(olive, "Sign out")
    for page in ("/organise", "/organise/questions", "/organise/interest"):
        olive.goto(page)
        expect(olive.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(olive.locator("body")).not_to_contain_text(words)


def test_an_approved_question_stands_on_the_pages_at_once(
    ann: Page, mallory: Page, olive: Page, site: Site, words: str, scripts: bool
) -> None:
    address = f"approved-{scripts}@canal-street.example"
    mallory.goto(MIDLANDS_PANEL)
    ask(ann, words, email=address)
    olive.goto("/organise/questions?state=pending")
    approve(olive, words)

    mallory.reload()
    expect(main(mallory).get_by_role("listitem").filter(has_text=words)).to_contain_text("Asked without a name")
    mallory.goto(f"{MIDLANDS_PANEL}/questions")
    expect(main(mallory).get_by_text(words)).to_be_visible()
    ann.reload()
    expect(main(ann)).to_contain_text("Your question is published")
    assert f"{site.url}{MIDLANDS_PANEL}/questions" in text_of(site.letter(address, "is published", within=8))


def test_a_name_is_shown_only_to_whom_its_owner_allows(
    ann: Page, mallory: Page, olive: Page, words: str, scripts: bool
) -> None:
    ask(ann, words, name=f"Quiet Quentin {scripts}")
    olive.goto("/organise/questions?state=pending")
    item = question_on_desk(olive, words)
    expect(item).to_contain_text("Quiet Quentin")
    approve(olive, words)

    mallory.goto(f"{MIDLANDS_PANEL}/questions")
    expect(main(mallory).get_by_text(words)).to_be_visible()
    expect(mallory.locator("body")).not_to_contain_text("Quentin")


def test_a_rejected_question_brings_its_asker_the_reason(
    ann: Page, mallory: Page, olive: Page, site: Site, words: str, scripts: bool
) -> None:
    address, reason = f"rejected-{scripts}@canal-street.example", "It names a patient. Please ask it again without."
    ask(ann, words, email=address)
    olive.goto("/organise/questions?state=pending")
    item = question_on_desk(olive, words)
    item.click(position={"x": 300, "y": 2})
    item.get_by_text("Reject this question").click()
    item.get_by_role("textbox", name="Or in your own words, which the asker reads").fill(reason)
    item.get_by_role("button", name="Reject", exact=True).click()
    expect(main(olive)).to_contain_text("The question is rejected.")

    assert reason in text_of(site.letter(address, "will not be published", within=8))
    ann.reload()
    expect(main(ann)).to_contain_text(reason)
    mallory.goto(f"{MIDLANDS_PANEL}/questions")
    expect(main(mallory)).not_to_contain_text(words)


def test_an_edited_question_keeps_what_its_asker_wrote(ann: Page, mallory: Page, olive: Page, words: str) -> None:
    better = words.replace("What is", "What, put better, is")
    ask(ann, words)
    olive.goto("/organise/questions?state=pending")
    question_on_desk(olive, words).get_by_role("link", name=words).click()
    olive.get_by_role("textbox", name="Wording").fill(better)
    press(olive, "Keep this wording")
    expect(olive.get_by_role("heading", name="As the asker wrote it")).to_be_visible()
    expect(main(olive).get_by_text(words, exact=True)).to_be_visible()
    press(olive, "Approve this question")

    mallory.goto(MIDLANDS_PANEL)
    expect(main(mallory).get_by_text(better)).to_be_visible()
    expect(main(mallory)).not_to_contain_text(words)
    ann.reload()
    expect(main(ann).get_by_text(better)).to_be_visible()
    expect(main(ann).get_by_text(words)).to_be_visible()


def test_a_question_taken_down_is_gone_at_once(ann: Page, mallory: Page, olive: Page, words: str) -> None:
    ask(ann, words)
    olive.goto("/organise/questions?state=pending")
    approve(olive, words)
    mallory.goto(MIDLANDS_PANEL)
    expect(main(mallory).get_by_text(words)).to_be_visible()

    press(ann, "Withdraw my question")
    mallory.reload()
    expect(main(mallory).get_by_role("heading", name="Questions to the panel")).to_be_visible()
    expect(main(mallory)).not_to_contain_text(words)


def test_a_wrong_password_is_refused_in_the_same_words_for_everyone(open_browser: NewPage, scripts: bool) -> None:
    said = []
    for address in (OLIVE, "nobody@example.org"):
        page = open_browser(java_script_enabled=scripts)
        page.goto("/organise/sign-in")
        page.get_by_role("textbox", name="Email address").fill(address)
        page.get_by_label("Password").fill("not the password at all")
        press(page, "Sign in")
        expect(page).to_have_title(re.compile("^Error: "))
        said.append(page.get_by_role("alert").inner_text())
    assert said[0] == said[1]
    assert "The email address or the password is not right" in said[0]


def test_a_moderator_reads_questions_runs_panels_and_nothing_else(
    open_browser: NewPage, site: Site, scripts: bool
) -> None:
    email = f"mo-{str(scripts).lower()}@example.org"
    link = site.run("organiser", "add", email, "--name", "Mo Hussain", "--role", "moderator").strip()
    mo = open_browser(may_have_cookies=True, java_script_enabled=scripts)
    mo.goto(link)
    mo.get_by_label("New password").fill("canal bridge seven herons")
    press(mo, "Set password")
    sign_in(mo, site, email=email, password="canal bridge seven herons")

    entries = mo.get_by_role("navigation", name="Desk").get_by_role("link")
    expect(entries).to_have_count(4)
    mo.goto("/organise/interest")
    expect(mo.get_by_role("heading", name="This page is not for your account")).to_be_visible()
