"""Many questions at once: a page asks first and names them, then it is done together and can be taken back together."""

import re

import httpx2
import pytest

from eventsite.questions.queries import themes_of
from eventsite.questions.tables import Question, QuestionState, QuestionTheme, ThemeSource
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


async def test_those_that_ask_the_same_are_merged_with_the_one_that_is_chosen(
    olive: httpx2.AsyncClient, asked: list[Question]
) -> None:
    ids = [question.id for question in asked]
    page = (await olive.post(BULK, data={"questions": ids, "deed": "merge", "back": "?state=pending"})).text
    assert "<h1>Merge 3 questions?</h1>" in page
    assert re.findall(r'name="into" value="(\w+)" checked', page) == [asked[2].id]

    done = await olive.post(BULK, data={**hidden(page), "into": asked[0].id})

    queue = (await olive.get(done.headers["location"])).text
    assert "2 questions are merged." in queue
    merged = {"Question 0?": "pending", "Question 1?": "merged", "Question 2?": "merged"}
    assert await states() == merged
    batch = re.findall(r'name="batch" value="(\w+)"', queue)[0]
    await olive.post(f"{BULK}/undo", data={"batch": batch})
    assert await states() == {"Question 0?": "pending", "Question 1?": "pending", "Question 2?": "approved"}


async def test_a_merge_needs_the_one_that_the_others_stand_with(
    olive: httpx2.AsyncClient, asked: list[Question]
) -> None:
    ids = [question.id for question in asked]
    check = hidden((await olive.post(BULK, data={"questions": ids, "deed": "merge"})).text)

    answer = await olive.post(BULK, data=check)

    assert answer.status_code == 422
    assert "Select the question that the others ask the same as" in answer.text
    assert 'name="into" value="' + asked[1].id in answer.text


async def test_one_alone_is_merged_with_nothing(olive: httpx2.AsyncClient, asked: list[Question]) -> None:
    page = (await olive.post(BULK, data={"questions": asked[0].id, "deed": "merge"})).text

    assert "Select two questions or more to merge them." in page
    assert page.index("Left alone") < page.index("Question 0?")


async def test_what_is_suggested_is_confirmed_where_ticked_and_themes_are_given_to_all(
    olive: httpx2.AsyncClient, panel: AskedPanel, asked: list[Question]
) -> None:
    for question, words in ((asked[0], "hazard log"), (asked[1], "safety case")):
        await QuestionTheme(
            question=question.id, theme=panel.safety.id, source=ThemeSource.RULE.value, words=words
        ).save()
    ids = [question.id for question in asked]

    page = (await olive.post(BULK, data={"questions": ids, "deed": "themes"})).text
    ticks = re.findall(r'name="suggested" value="([^"]+)" checked', page)
    assert ticks == [f"{asked[0].id}:clinical-safety", f"{asked[1].id}:clinical-safety"]
    assert "Clinical safety for hazard log" in page
    sent = {**hidden(page), "suggested": [ticks[0]], "themes": ["bias"]}
    done = await olive.post(BULK, data=sent)

    assert "3 questions are given themes." in (await olive.get(done.headers["location"])).text
    about = await themes_of(ids)
    said = [[theme.slug for theme in about[id]] for id in ids]
    assert said == [["clinical-safety", "bias"], ["bias"], ["bias"]]


async def test_themes_are_not_given_without_any(olive: httpx2.AsyncClient, asked: list[Question]) -> None:
    check = hidden((await olive.post(BULK, data={"questions": [asked[0].id], "deed": "themes"})).text)

    answer = await olive.post(BULK, data=check)

    assert answer.status_code == 422
    assert "Select at least one theme" in answer.text
