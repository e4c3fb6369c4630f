"""Questions like others: what the public and the desk are shown, and what neither ever is."""

from collections.abc import Iterable

import pytest

from eventsite.database import recorded_statements
from eventsite.questions import likeness, queries
from eventsite.questions.likeness import likenesses, similar_on_desk, similar_public
from eventsite.questions.states import PUBLIC, QuestionState
from eventsite.questions.tables import Question, Voice
from tests.questions.conftest import AskedPanel
from tests.questions.factories import ASKED_AT, make_panel, make_question

ASKED = "Who is liable if an AI scribe makes a mistake?"
AGAIN = "Who is responsible when an AI scribe makes a mistake?"


@pytest.mark.parametrize("state", QuestionState)
async def test_the_public_sees_what_is_published_and_the_desk_what_waits_too(
    panel: AskedPanel, state: QuestionState
) -> None:
    question = await make_question(panel.session, text=ASKED, state=state)
    shown = [similar.id for similar in await similar_public(panel.session.id, AGAIN)]
    on_desk = [similar.id for similar in await similar_on_desk(AGAIN, panel.session.id)]
    assert shown == ([question.id] if state in PUBLIC else [])
    assert on_desk == ([question.id] if state in {*PUBLIC, QuestionState.PENDING} else [])


async def test_what_is_withdrawn_or_reworded_is_gone_at_the_next_look(panel: AskedPanel) -> None:
    question = await make_question(panel.session, text=ASKED, state=QuestionState.APPROVED)
    assert await similar_public(panel.session.id, AGAIN) != []
    await Question.update({Question.text: "How do we buy lifts?"}).where(Question.id == question.id)
    assert await similar_public(panel.session.id, AGAIN) == []
    assert [found.id for found in await similar_public(panel.session.id, "How do we buy lifts?")] == [question.id]
    await Question.update({Question.state: QuestionState.WITHDRAWN}).where(Question.id == question.id)
    assert await similar_public(panel.session.id, "How do we buy lifts?") == []


async def test_another_panels_questions_are_not_seen(panel: AskedPanel) -> None:
    _, other = await make_panel()
    await make_question(other, text=ASKED, state=QuestionState.APPROVED)
    assert await similar_public(panel.session.id, ASKED) == []


async def test_a_question_tells_how_many_ask_it_and_the_words_that_match(panel: AskedPanel) -> None:
    question = await make_question(panel.session, text=ASKED, state=QuestionState.APPROVED)
    for number in range(2):
        await Voice(question=question.id, dedupe_key=str(number), added_at=ASKED_AT).save()
    await make_question(panel.session, text="And who pays?", state=QuestionState.MERGED, merged_into=question.id)
    (found,) = await similar_public(panel.session.id, AGAIN)
    assert (found.text, found.askers, found.state) == (ASKED, 4, "approved")
    assert {"scribe", "mistake"} <= set(found.words)


async def test_a_question_is_not_like_itself(panel: AskedPanel) -> None:
    one = await make_question(panel.session, text=ASKED)
    other = await make_question(panel.session, text=AGAIN, state=QuestionState.APPROVED)
    assert [found.id for found in await similar_on_desk(one.id, panel.session.id)] == [other.id]


async def test_each_waiting_question_has_its_best_match_in_two_queries(panel: AskedPanel) -> None:
    waiting = [await make_question(panel.session, text=text) for text in (ASKED, AGAIN, "Are lifts safe?")]
    with recorded_statements() as statements:
        found = await likenesses(panel.session.id)
    assert {id: best.id for id, best in found.items()} == {
        waiting[0].id: waiting[1].id,
        waiting[1].id: waiting[0].id,
    }
    assert len(statements) == 2


async def test_a_question_may_go_while_the_others_are_counted(
    panel: AskedPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = [await make_question(panel.session, text=text) for text in (ASKED, AGAIN)]
    count = queries.askers_of

    async def somebody_withdraws(ids: Iterable[str]) -> dict[str, int]:
        monkeypatch.undo()
        await Question.update({Question.state: QuestionState.WITHDRAWN}).where(Question.id == other.id)
        await likenesses(panel.session.id)
        return await count(ids)

    monkeypatch.setattr(likeness, "askers_of", somebody_withdraws)

    assert (await likenesses(panel.session.id))[one.id].id == other.id
    assert await likenesses(panel.session.id) == {}
