"""Many questions at once: a page asks first and names them, then it is done together and can be taken back together."""

import re

import httpx2
import pytest

from eventsite.questions.tables import Question, QuestionState
from tests.questions.conftest import AskedPanel
from tests.questions.factories import make_question

QUEUE = "/organise/questions"
BULK = f"{QUEUE}/bulk"


@pytest.fixture
async def asked(panel: AskedPanel) -> list[Question]:
    """Three questions, of which the last is published."""
    states = (QuestionState.PENDING, QuestionState.PENDING, QuestionState.APPROVED)
    return [
        await make_question(panel.session, text=f"Question {number}?", state=state)
        for number, state in enumerate(states)
    ]


async def states() -> dict[str, str]:
    rows = await Question.select(Question.text, Question.state)
    return {row["text"]: row["state"] for row in rows}


def hidden(page: str) -> dict[str, list[str]]:
    """What the form of the check page sends."""
    form = page.partition('action="/organise/questions/bulk"')[2].partition("</form>")[0]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form):
        found.setdefault(name, []).append(value.replace("&amp;", "&"))
    return found


async def test_a_page_names_what_is_done_to_whom_and_nothing_is_done_yet(
    olive: httpx2.AsyncClient, asked: list[Question]
) -> None:
    ids = [question.id for question in asked]

    page = (await olive.post(BULK, data={"questions": ids, "deed": "approve", "back": "?state=pending"})).text

    assert "<h1>Approve 2 questions?</h1>" in page
    assert "Question 0?" in page
    assert page.index("Left alone") < page.index("Question 2?")
    assert await states() == {"Question 0?": "pending", "Question 1?": "pending", "Question 2?": "approved"}


async def test_it_is_done_to_all_and_taken_back_from_all(olive: httpx2.AsyncClient, asked: list[Question]) -> None:
    sent = {"questions": [question.id for question in asked], "deed": "reject", "back": "?state=pending"}
    check = hidden((await olive.post(BULK, data=sent)).text)
    done = await olive.post(BULK, data={**check, "reason": "The panel is full."})
    queue = (await olive.get(done.headers["location"])).text

    assert set((await states()).values()) == {"rejected"}
    assert "3 questions are rejected." in queue
    assert "Undo all" in queue
    batch = re.findall(r'name="batch" value="(\w+)"', queue)[0]
    undone = await olive.post(f"{BULK}/undo", data={"batch": batch, "back": "?state=pending"})

    assert undone.headers["location"] == f"{QUEUE}?state=pending"
    assert await states() == {"Question 0?": "pending", "Question 1?": "pending", "Question 2?": "approved"}


async def test_a_rejection_needs_a_reason(olive: httpx2.AsyncClient, asked: list[Question]) -> None:
    check = hidden((await olive.post(BULK, data={"questions": [asked[0].id], "deed": "reject"})).text)

    answer = await olive.post(BULK, data=check)

    assert answer.status_code == 422
    assert "Enter a reason: the asker is sent it" in answer.text
    assert (await states())["Question 0?"] == "pending"


async def test_what_somebody_changed_since_is_left_alone_and_said(
    olive: httpx2.AsyncClient, omar: httpx2.AsyncClient, asked: list[Question]
) -> None:
    ids = [asked[0].id, asked[1].id]
    check = hidden((await olive.post(BULK, data={"questions": ids, "deed": "hold"})).text)
    await omar.post(f"{QUEUE}/{asked[0].id}/approval", data={"state": "pending"})

    done = await olive.post(BULK, data=check)

    said = (await olive.get(done.headers["location"])).text
    assert "1 question is held. 1 was left alone: Somebody else changed this question before you." in said
    assert await states() == {"Question 0?": "approved", "Question 1?": "held", "Question 2?": "approved"}


@pytest.mark.parametrize("sent", [{}, {"deed": "approve"}, {"questions": "x", "deed": "crown"}])
async def test_nothing_selected_is_said(sent: dict[str, str], olive: httpx2.AsyncClient, panel: AskedPanel) -> None:
    answer = await olive.post(BULK, data=sent)

    assert answer.headers["location"] == QUEUE
    assert "Select at least one question" in (await olive.get(QUEUE)).text
