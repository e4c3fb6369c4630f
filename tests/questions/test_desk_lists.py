"""Reasons and themes are data that moderators keep."""

import httpx2
import pytest

from eventsite.organisers.tables import Role
from eventsite.questions.reason_services import all_reasons
from eventsite.questions.tables import QuestionState, QuestionTheme, Theme, ThemeSource
from tests.conftest import StandingClock, browser
from tests.organisers.factories import signed_in
from tests.questions.conftest import AskedPanel
from tests.questions.factories import make_question

REASONS = "/organise/questions/reasons"
THEMES = "/organise/questions/themes"


@pytest.fixture
async def known(database: None) -> list[str]:
    """Three reasons, as the migration would have made them."""
    from eventsite.questions.tables import RejectionReason

    await RejectionReason.delete(force=True)
    for position, label in enumerate(("First", "Second", "Third"), start=1):
        await RejectionReason(slug=label.lower(), label=label, words=f"{label} words.", position=position).save()
    return ["first", "second", "third"]


async def test_each_reason_is_shown_with_the_letter_it_makes(olive: httpx2.AsyncClient, known: list[str]) -> None:
    page = (await olive.get(REASONS)).text

    assert page.count("<summary>The letter") == 3
    assert "Second words." in page.partition("The letter<span")[2].partition("Second words.")[1]
    assert "Hello Ann Archer" in page


async def test_a_reason_is_added_changed_and_taken_out_of_use(olive: httpx2.AsyncClient, known: list[str]) -> None:
    added = await olive.post(REASONS, data={"label": "Too late", "words": "The panel is over."})
    changed = await olive.post(
        f"{REASONS}/first", data={"label": "The first", "words": "Other words.", "active": "yes"}
    )
    retired = await olive.post(f"{REASONS}/second", data={"label": "Second", "words": "Second words."})

    assert [answer.status_code for answer in (added, changed, retired)] == [303, 303, 303]
    kept = {reason.slug: (reason.label, reason.words, reason.active) for reason in await all_reasons()}
    assert kept["too-late"] == ("Too late", "The panel is over.", True)
    assert kept["first"] == ("The first", "Other words.", True)
    assert kept["second"][2] is False


async def test_a_reason_moves_to_another_number(olive: httpx2.AsyncClient, known: list[str]) -> None:
    for slug, way in (("third", "up"), ("first", "down"), ("third", "up")):
        await olive.post(f"{REASONS}/{slug}/move", data={"way": way})

    assert [reason.slug for reason in await all_reasons()] == ["third", "first", "second"]


@pytest.mark.parametrize("path", [REASONS, f"{REASONS}/first"])
async def test_a_reason_needs_a_name_and_words(path: str, olive: httpx2.AsyncClient, known: list[str]) -> None:
    answer = await olive.post(path, data={"label": "", "words": "Kept words"})

    assert answer.status_code == 422
    assert "Enter a name for the reason" in answer.text
    assert "Kept words</textarea>" in answer.text


async def test_themes_are_counted_by_event_as_said_and_as_suggested(
    olive: httpx2.AsyncClient, panel: AskedPanel
) -> None:
    for state in (QuestionState.PENDING, QuestionState.APPROVED, QuestionState.REJECTED):
        await make_question(panel.session, panel.safety, state=state)
    asked = await make_question(panel.session)
    await QuestionTheme(question=asked.id, theme=panel.safety.id, source=ThemeSource.RULE, words="hazard log").save()

    page = (await olive.get(THEMES)).text

    row = page.partition('<th scope="row">Clinical safety')[2].partition("</tr>")[0]
    assert "HPN Midlands (3)" in page
    assert '<td class="number">2 <span class="hint">+ 1' in row


async def test_a_theme_is_added_renamed_and_taken_out_of_use(olive: httpx2.AsyncClient, panel: AskedPanel) -> None:
    await olive.post(THEMES, data={"label": "Estates"})
    twice = await olive.post(THEMES, data={"label": "Estates"})
    await olive.post(f"{THEMES}/{panel.bias.id}", data={"label": "Bias and equality", "active": "yes"})
    await olive.post(f"{THEMES}/{panel.safety.id}", data={"label": "Clinical safety"})
    empty = await olive.post(f"{THEMES}/{panel.workforce.id}", data={"label": ""})

    assert (twice.status_code, empty.status_code) == (422, 422)
    rows = await Theme.select(Theme.label, Theme.active).order_by(Theme.position)
    assert [(row["label"], row["active"]) for row in rows] == [
        ("Clinical safety", False),
        ("Bias and equality", True),
        ("Workforce", True),
        ("Estates", True),
    ]


async def test_a_viewer_sees_the_numbers_and_changes_nothing(
    clock: StandingClock, panel: AskedPanel, app: object
) -> None:
    async with browser(app) as vera:  # type: ignore[arg-type]  # -- the application
        await signed_in(vera, now=clock(), role=Role.VIEWER)
        page = await vera.get(THEMES)
        refused = [await vera.post(THEMES, data={"label": "X"}), await vera.get(REASONS)]

    assert "Change the themes" not in page.text
    assert [answer.status_code for answer in refused] == [403, 403]
