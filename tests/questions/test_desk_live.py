"""The desk while several are at it: rows anew, who looks at what, and deeds that come back as one row."""

import httpx2
import pytest

from eventsite.organisers.tables import Role
from eventsite.questions.tables import DeskPresence, Question, QuestionState
from tests.conftest import StandingClock, browser
from tests.organisers.factories import signed_in
from tests.questions.conftest import AskedPanel
from tests.questions.factories import make_question, the_question

QUEUE = "/organise/questions"
HELD = {
    "text": "Mary Jones, who signs?",
    "state": QuestionState.HELD,
    "held_reasons": "named_person",
    "held_spans": '[[0, 10, "named_person"]]',
    "name": "Ann Asker",
    "original_text": "Mary A. Jones, who signs?",
    "clarification": "Mary is on ward 7.",
}


@pytest.fixture
async def asked(panel: AskedPanel) -> Question:
    return await make_question(panel.session, panel.safety, text="Who signs?")


@pytest.fixture
async def vera(app: object, clock: StandingClock) -> httpx2.AsyncClient:
    """Who may look and not decide."""
    someone = browser(app, address="203.0.113.11")  # type: ignore[arg-type]  # -- the application
    await signed_in(someone, now=clock(), role=Role.VIEWER, name="Vera Viewer")
    return someone


async def test_a_deed_of_a_page_that_stays_answers_with_the_row_as_it_stands(
    olive: httpx2.AsyncClient, asked: Question
) -> None:
    answer = await olive.post(f"{QUEUE}/{asked.id}/approval", data={"state": "pending", "row": "yes", "back": "?"})

    assert answer.status_code == 200
    assert answer.text.lstrip().startswith("<li")
    assert "The question is published." in answer.text
    assert "Approved by Olive Organiser" in answer.text
    assert f'action="{QUEUE}/{asked.id}/undo"' in answer.text


async def test_a_row_that_comes_too_late_says_so_as_it_stands_now(
    olive: httpx2.AsyncClient, omar: httpx2.AsyncClient, asked: Question
) -> None:
    await omar.post(f"{QUEUE}/{asked.id}/approval", data={"state": "pending"})

    answer = await olive.post(f"{QUEUE}/{asked.id}/hold", data={"state": "pending", "row": "yes"})

    assert answer.status_code == 422
    assert "Somebody else changed this question before you." in answer.text
    assert "Approved by Omar Organiser" in answer.text
    assert (await the_question()).state == QuestionState.APPROVED


async def test_a_row_can_be_had_alone(olive: httpx2.AsyncClient, panel: AskedPanel, asked: Question) -> None:
    anywhere = (await olive.get(f"{QUEUE}/{asked.id}/row")).text
    in_panel = (await olive.get(f"{QUEUE}/{asked.id}/row?panel={panel.session.id}")).text

    assert "HPN Midlands" in anywhere
    assert "HPN Midlands" not in in_panel
    assert "<html" not in anywhere


async def test_who_looks_at_a_question_is_shown_to_the_others_for_a_minute(
    olive: httpx2.AsyncClient, omar: httpx2.AsyncClient, asked: Question, clock: StandingClock
) -> None:
    assert (await omar.post(f"{QUEUE}/{asked.id}/presence")).status_code == 204
    await omar.post(f"{QUEUE}/{asked.id}/presence")

    assert (await olive.get(f"{QUEUE}/presence")).json() == {"looking": {asked.id: ["Omar Organiser"]}, "waiting": 1}
    assert (await omar.get(f"{QUEUE}/presence")).json()["looking"] == {}
    assert "Omar Organiser is looking at this" in (await olive.get(QUEUE)).text
    clock.move(seconds=61)
    assert (await olive.get(f"{QUEUE}/presence")).json()["looking"] == {}
    assert await DeskPresence.count() == 1


async def test_looking_at_nothing_is_noted_nowhere(olive: httpx2.AsyncClient, panel: AskedPanel) -> None:
    assert (await olive.post(f"{QUEUE}/nothing/presence")).status_code == 204
    assert await DeskPresence.count() == 0


async def test_who_may_not_read_what_is_held_sees_it_covered_everywhere(
    vera: httpx2.AsyncClient, olive: httpx2.AsyncClient, panel: AskedPanel
) -> None:
    held = await make_question(panel.session, **HELD)

    for path in (QUEUE, f"{QUEUE}/{held.id}", f"{QUEUE}/{held.id}/row"):
        page = (await vera.get(path)).text
        assert "who signs?" in page
        for word in ("Mary", "Jones", "Ann Asker", "ward 7"):
            assert word not in page
    assert "Mary" not in (await vera.get(f"{QUEUE}?q=mary")).text.replace('value="mary"', "")
    assert "Held 1" not in (await vera.get(f"{QUEUE}?q=mary")).text
    assert "<mark" in (await olive.get(f"{QUEUE}?q=mary")).text


async def test_a_release_says_what_it_means_and_is_a_deed_of_its_own(
    olive: httpx2.AsyncClient, vera: httpx2.AsyncClient, panel: AskedPanel
) -> None:
    held = await make_question(panel.session, **HELD)
    page = (await olive.get(f"{QUEUE}/{held.id}")).text

    approved = await olive.post(f"{QUEUE}/{held.id}/approval", data={"state": "pending"})
    released = await olive.post(f"{QUEUE}/{held.id}/release", data={"state": "held"})

    assert "Releasing publishes it as it stands here" in page
    assert f"{QUEUE}/{held.id}/release" not in (await vera.get(f"{QUEUE}/{held.id}")).text
    assert (approved.status_code, released.status_code) == (422, 303)
    assert "Released and published (Named person" in (await olive.get(f"{QUEUE}/{held.id}")).text


async def test_a_merge_is_offered_by_likeness_done_and_undone(olive: httpx2.AsyncClient, panel: AskedPanel) -> None:
    first = await make_question(panel.session, text="Who signs the safety case for an AI tool?")
    second = await make_question(panel.session, text="Who signs the safety case of an AI tool?")
    offered = (await olive.get(f"{QUEUE}/{second.id}/merge")).text
    queue = (await olive.get(QUEUE)).text
    await olive.post(f"{QUEUE}/{second.id}/merge", data={"state": "pending", "into": first.id})
    page = (await olive.get(f"{QUEUE}/{first.id}")).text
    await olive.post(f"{QUEUE}/{second.id}/unmerge", data={"state": "merged"})

    assert f'value="{first.id}" data-pick' in offered
    assert "<mark" in offered
    assert "Asks the same as" in queue
    assert "1 question stands with it" in page
    assert "2 people ask this" in page
    assert "Undo this merge" in page
    assert "question stands with it" not in (await olive.get(f"{QUEUE}/{first.id}")).text


async def test_what_was_changed_is_marked_beside_the_original(olive: httpx2.AsyncClient, asked: Question) -> None:
    await olive.post(f"{QUEUE}/{asked.id}/edit", data={"text": "Who really signs?", "keep_themes": "yes"})

    page = (await olive.get(f"{QUEUE}/{asked.id}")).text

    assert '<ins><span class="hidden"> put in: </span> really</ins>' in page
    assert "As the asker wrote it" in page
    assert "Clinical safety</span>" in page


async def test_the_last_deed_is_undone_by_its_doer_alone(
    olive: httpx2.AsyncClient, omar: httpx2.AsyncClient, asked: Question
) -> None:
    await olive.post(f"{QUEUE}/{asked.id}/approval", data={"state": "pending"})
    assert "You approved <a" in (await olive.get(QUEUE)).text
    assert "You approved" not in (await omar.get(QUEUE)).text

    late = await omar.post(f"{QUEUE}/{asked.id}/undo")
    undone = await olive.post(f"{QUEUE}/{asked.id}/undo", data={"back": "?state=pending"})

    assert late.status_code == 422
    assert undone.headers["location"] == f"{QUEUE}?state=pending"
    assert (await the_question()).state == QuestionState.PENDING


async def test_a_viewer_is_shown_no_deed_and_does_none(vera: httpx2.AsyncClient, asked: Question) -> None:
    page = (await vera.get(QUEUE)).text
    deeds = ("approval", "hold", "release", "rejection", "merge", "unmerge", "edit", "themes", "shortlist", "undo")
    answers = [await vera.post(f"{QUEUE}/{asked.id}/{deed}", data={"reason": "x", "text": "x"}) for deed in deeds]

    assert "Who signs?" in page
    assert f'action="{QUEUE}/{asked.id}' not in page
    assert {answer.status_code for answer in answers} == {403}
    assert (await the_question()).state == QuestionState.PENDING


@pytest.mark.parametrize("address", ["/presence?panel=%00", f"?q={'x' * 58_000}"])
async def test_no_query_is_too_odd_or_too_long(address: str, olive: httpx2.AsyncClient, asked: Question) -> None:
    assert (await olive.get(f"{QUEUE}{address}")).status_code == 200
