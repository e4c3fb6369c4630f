"""The pages that close the loop: who may, what they show and refuse, and what everybody reads of it."""

from datetime import timedelta
from typing import Any

import httpx2
import pytest

from eventsite.events.tables import ProgrammeSession
from eventsite.questions.answer_services import LONGEST_ANSWER
from eventsite.questions.queries import get_question
from eventsite.questions.tables import Question
from eventsite.writeups.desk_queries import get_writeup
from tests.closing.factories import Evening, written_to
from tests.questions.factories import letters_to, path_of
from tests.writeups.factories import form_on

ANN, BEN, CARA = "ann@example.org", "ben@example.org", "cara@example.org"
ANSWER = "The **supplier** signs. <script>alert(1)</script> [Read on](javascript:alert(1))"


def at(evening: Evening) -> str:
    return f"/organise/writeups/{evening.writeup.id}"


def answer_of(question: Question) -> str:
    return f"/organise/questions/{question.id}/answer"


async def test_who_may(
    evening: Evening,
    mallory: httpx2.AsyncClient,
    vera: httpx2.AsyncClient,
    mo: httpx2.AsyncClient,
    olive: httpx2.AsyncClient,
) -> None:
    question = await evening.asked_by(ANN)
    loop = f"/organise/panels/{evening.session.id}/loop"
    editors = [f"{at(evening)}/{page}" for page in ("questions", "publication", "letters")]
    statuses = {
        "vera": [(await vera.get(page)).status_code for page in (*editors, answer_of(question), loop)],
        "mo": [(await mo.get(page)).status_code for page in (*editors, answer_of(question), loop)],
        "olive": [(await olive.get(page)).status_code for page in (*editors, answer_of(question), loop)],
        "mallory": [(await mallory.get(page)).status_code for page in (*editors, answer_of(question), loop)],
    }
    assert statuses == {
        "vera": [403, 403, 403, 403, 200],
        "mo": [403, 403, 403, 200, 200],
        "olive": [200, 200, 200, 200, 200],
        "mallory": [303, 303, 303, 303, 303],
    }


@pytest.mark.parametrize("deed", ["release", "letters", "questions/{}/passages"])
async def test_nobody_else_ties_publishes_or_tells(
    evening: Evening, mallory: httpx2.AsyncClient, vera: httpx2.AsyncClient, mo: httpx2.AsyncClient, deed: str
) -> None:
    question = await evening.asked_by(ANN)
    await evening.tie(question)
    sent = {"revision": "1", "plan": (await evening.plan()).digest, "anchor": evening.anchors[1]}
    for nobody in (mallory, vera, mo):
        assert (await nobody.post(f"{at(evening)}/{deed.format(question.id)}", data=sent)).status_code == 403
    assert (await get_writeup(evening.writeup.id)).state == "draft"
    assert await written_to() == []


async def test_the_passage_that_is_like_a_question_is_suggested_and_tied_by_one_click(
    evening: Evening, olive: httpx2.AsyncClient
) -> None:
    question = await evening.asked_by(ANN, text="Which supplier signs the safety case?")
    await evening.asked_by(BEN, state="held", text="This tells of Mrs Smith.")
    there = f"{at(evening)}/questions"
    page = await olive.get(there)
    assert "The supplier signs the safety case first." in page.text
    assert "Mrs Smith" not in page.text
    action = f"{there}/{question.id}/passages"

    answer = await olive.post(action, data=form_on(page, action))

    assert answer.headers["location"].startswith(f"{there}")
    [tied] = (await evening.plan()).notices
    assert (tied.to.email, tied.anchors) == (ANN, (evening.anchors[0],))


async def test_a_plan_that_is_stale_is_shown_anew(evening: Evening, olive: httpx2.AsyncClient) -> None:
    await evening.tie(await evening.asked_by(ANN))
    shown = form_on(await olive.get(f"{at(evening)}/publication"), f"{at(evening)}/release")
    await evening.tie(await evening.asked_by(BEN))

    refused = await olive.post(f"{at(evening)}/release", data=shown)

    assert refused.status_code == 422
    assert "Check them again." in refused.text
    assert "Publishing writes to 2 people" in refused.text
    again = await olive.post(f"{at(evening)}/release", data=form_on(refused, f"{at(evening)}/release"))
    assert again.status_code == 303
    assert await written_to() == [ANN, BEN]


async def test_what_is_tied_later_goes_through_a_check_page_too(evening: Evening, olive: httpx2.AsyncClient) -> None:
    await evening.publish()
    await evening.tie(await evening.asked_by(ANN))
    assert await written_to() == []
    page = await olive.get(f"{at(evening)}/letters")
    assert "Writing to 1 person" in page.text
    sent = await olive.post(f"{at(evening)}/letters", data=form_on(page, f"{at(evening)}/letters"))
    assert sent.status_code == 303
    assert await written_to() == [ANN]
    nobody = await olive.get(f"{at(evening)}/letters")
    assert "Everybody who can be written to has been told." in nobody.text


async def test_an_answer_is_previewed_kept_and_read_by_everybody(
    evening: Evening, mo: httpx2.AsyncClient, mallory: httpx2.AsyncClient
) -> None:
    question = await evening.asked_by(ANN, BEN, CARA, state="not_reached")
    here, public = answer_of(question), path_of(evening.event, evening.session)
    fields = {"state": "not_reached", "instead_of": "", "answer": ANSWER}

    preview = await mo.post(here, data={**fields, "do": "preview"})
    assert "<strong>supplier</strong>" in preview.text
    assert await written_to() == []
    assert "<strong>supplier</strong>" not in (await mallory.get(public)).text

    assert (await mo.post(here, data={**fields, "do": "keep"})).status_code == 303
    read = (await mallory.get(public)).text
    assert "<strong>supplier</strong>" in read
    assert "<script>alert" not in read
    assert 'href="javascript' not in read
    assert await written_to() == [ANN, BEN, CARA]
    (letter,) = await letters_to(ANN)
    assert f"{public}#question-{question.id}" in letter.text
    assert f'id="question-{question.id}"' in read


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"answer": ""}, "Enter the answer"),
        ({"answer": "x" * (LONGEST_ANSWER + 1)}, "The answer must be 5000 characters or less"),
        ({"answer": "Both.", "state": "nonsense"}, "This question has no such state"),
        ({"answer": "Both.", "do": "burn"}, "Keep the answer or preview it"),
        ({"answer": "Both.", "state": "asked"}, "Somebody else changed this question before you."),
        ({"answer": "Both.", "state": "held"}, "A question in this state cannot be changed in that way."),
    ],
)
async def test_an_answer_is_refused_with_every_word_kept(
    evening: Evening, mo: httpx2.AsyncClient, given: dict[str, str], said: str
) -> None:
    question = await evening.asked_by(ANN, state="not_reached")
    refused = await mo.post(answer_of(question), data={"state": "not_reached", "do": "keep", **given})
    assert refused.status_code == 422
    assert said in refused.text
    assert given["answer"] in refused.text
    assert (await get_question(question.id)).answer is None
    assert await written_to() == []


@pytest.mark.parametrize(
    ("state", "link"),
    [
        ("approved", ">Answer it in writing<"),
        ("asked", ">Answer it in writing<"),
        ("answered", ">Its written answer<"),
        ("pending", ""),
        ("held", ""),
        ("rejected", ""),
    ],
)
async def test_the_page_of_a_question_leads_to_its_answer(
    evening: Evening, mo: httpx2.AsyncClient, vera: httpx2.AsyncClient, state: str, link: str
) -> None:
    question = await evening.asked_by(ANN, state=state, answer="Both." if state == "answered" else None)
    page = (await mo.get(f"/organise/questions/{question.id}")).text
    assert (answer_of(question) in page, link in page) == (bool(link), True)
    assert answer_of(question) not in (await vera.get(f"/organise/questions/{question.id}")).text


@pytest.mark.parametrize("state", ["held", "pending", "rejected", "withdrawn", "merged"])
async def test_what_nobody_can_read_has_no_page_to_answer_it(
    evening: Evening, olive: httpx2.AsyncClient, state: str
) -> None:
    question = await evening.asked_by(ANN, state=state, text="This tells of Mrs Smith.")
    for page in (await olive.get(answer_of(question)), await olive.get(f"{at(evening)}/questions")):
        assert "Mrs Smith" not in page.text
    assert (await olive.get(answer_of(question))).status_code == 404


async def test_an_answer_is_taken_back(evening: Evening, mo: httpx2.AsyncClient, mallory: httpx2.AsyncClient) -> None:
    question = await evening.asked_by(state="not_reached")
    sent = {"state": "not_reached", "answer": "Both sign it.", "do": "keep"}
    await mo.post(answer_of(question), data=sent)
    page = await mo.get(answer_of(question))
    action = f"{answer_of(question)}/removal"
    assert (await mo.post(action, data=form_on(page, action))).status_code == 303
    assert "Both sign it." not in (await mallory.get(path_of(evening.event, evening.session))).text


async def test_the_write_up_says_which_questions_it_answers_to_everybody_alike(
    evening: Evening, mallory: httpx2.AsyncClient, olive: httpx2.AsyncClient
) -> None:
    taken = await evening.asked_by(ANN, text="Which supplier signs?")
    gone = await evening.asked_by(BEN, text="Nobody shall read this any more.")
    await evening.tie(taken, 1)
    await evening.tie(gone)
    await evening.publish()
    await Question.update({"state": "withdrawn"}).where(Question.id == gone.id)
    here = f"/writeups/{(await get_writeup(evening.writeup.id)).slug}"

    page = await mallory.get(here)

    assert "Questions this answers" in page.text
    assert f'href="#{evening.anchors[1]}"' in page.text
    assert f'id="{evening.anchors[1]}"' in page.text
    assert f"{path_of(evening.event, evening.session)}#question-{taken.id}" in page.text
    assert gone.text not in page.text
    assert page.headers["cache-control"] == "public, no-cache"
    assert page.content == (await olive.get(here)).content


async def test_the_loop_says_who_has_heard_nothing_yet(
    evening: Evening, mo: httpx2.AsyncClient, vera: httpx2.AsyncClient
) -> None:
    here = f"/organise/panels/{evening.session.id}/loop"
    question = await evening.asked_by(ANN, BEN, CARA, state="shortlisted")
    over: dict[Any, Any] = {
        "starts_at": evening.clock() - timedelta(hours=2),
        "ends_at": evening.clock() - timedelta(hours=1),
    }
    await ProgrammeSession.update(over).where(ProgrammeSession.id == evening.session.id)
    page = await mo.get(here)
    assert "3 askers have heard nothing yet." in page.text
    assert "say whether it was asked" in page.text
    assert page.text.count(f'action="{here}/{question.id}"') == 2
    assert f"{here}/{question.id}" not in (await vera.get(here)).text

    said = {"state": "shortlisted", "outcome": "not_reached"}
    assert (await vera.post(f"{here}/{question.id}", data=said)).status_code == 403
    assert (await mo.post(f"{here}/{question.id}", data=said)).status_code == 303
    assert (await get_question(question.id)).state == "not_reached"
    await evening.publish()
    assert "Everybody who can be written to knows" in (await vera.get(here)).text


async def test_a_state_that_no_question_has_is_refused(evening: Evening, mo: httpx2.AsyncClient) -> None:
    question = await evening.asked_by(ANN)
    settled = f"/organise/panels/{evening.session.id}/loop/{question.id}"

    for address in (settled, f"{answer_of(question)}/removal"):
        refused = await mo.post(address, data={"state": "nonsense", "outcome": "asked"})
        assert refused.status_code == 303
    assert (await get_question(question.id)).state == question.state


async def test_who_says_nothing_settles_nothing(evening: Evening, mo: httpx2.AsyncClient) -> None:
    question = await evening.asked_by(ANN, state="approved")

    await mo.post(f"/organise/panels/{evening.session.id}/loop/{question.id}", data={"state": "approved"})

    assert (await get_question(question.id)).state == "approved"
