"""What moderators read: those that wait first, narrowed and counted, in a fixed number of queries."""

from datetime import timedelta

import pytest

from eventsite.database import recorded_statements
from eventsite.questions.queue import PAGE_LENGTH, QueueFilter, panels_with_questions, queue
from eventsite.questions.tables import QuestionState
from tests.factories import make_session
from tests.questions.conftest import AskedPanel
from tests.questions.factories import ASKED_AT, make_question

PENDING, APPROVED, REJECTED, WITHDRAWN = (
    QuestionState.PENDING,
    QuestionState.APPROVED,
    QuestionState.REJECTED,
    QuestionState.WITHDRAWN,
)


async def test_those_that_wait_come_first_and_the_oldest_of_each_first(panel: AskedPanel) -> None:
    for text, state, minutes in (
        ("decided early", REJECTED, 0),
        ("waits since ten", PENDING, 20),
        ("waits since nine", PENDING, 10),
        ("decided late", APPROVED, 30),
    ):
        at = ASKED_AT + timedelta(minutes=minutes)
        await make_question(panel.session, text=text, state=state, submitted_at=at)

    assert await texts(QueueFilter()) == ["waits since nine", "waits since ten", "decided early", "decided late"]


async def test_the_counts_say_what_each_state_holds_whatever_state_is_shown(panel: AskedPanel) -> None:
    for state in (PENDING, PENDING, APPROVED):
        await make_question(panel.session, state=state)

    found = await queue(QueueFilter(state=APPROVED))

    assert found.counts == {PENDING: 2, APPROVED: 1}
    assert [question.state for question in found.questions] == [APPROVED]


async def test_a_moderator_can_keep_to_one_panel(panel: AskedPanel) -> None:
    other = await make_session(panel.event, title="Another panel")
    await make_question(panel.session, text="here")
    await make_question(other, text="there")

    assert await texts(QueueFilter(panel=other.id)) == ["there"]
    assert await texts(QueueFilter(panel="no such panel")) == []


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("SAFETY", ["The safety case?"]),
        ("asker wrote", ["Mended"]),
        ("mallory", ["By name"]),
        ("100%", ["100% sure?"]),
        ("a_b", ["Is a_b a name?"]),
        ("\\", ["A \\ in it"]),
        ("'; DROP TABLE question; --", []),
    ],
)
async def test_words_are_looked_for_in_the_wording_the_original_and_the_name(
    q: str, found: list[str], panel: AskedPanel
) -> None:
    for text in ("The safety case?", "100% sure?", "1000 of them", "Is a_b a name?", "Is acb a name?", "A \\ in it"):
        await make_question(panel.session, text=text)
    await make_question(panel.session, text="Mended", original_text="What the asker wrote")
    await make_question(panel.session, text="By name", name="Mallory Malone")

    assert await texts(QueueFilter(q=q)) == found


async def test_pages_beyond_the_last_are_the_last(panel: AskedPanel) -> None:
    for number in range(PAGE_LENGTH + 1):
        await make_question(panel.session, text=str(number), submitted_at=ASKED_AT + timedelta(minutes=number))

    first, second, beyond = [await queue(QueueFilter(), page) for page in (1, 2, 99)]

    assert (first.page, first.last, len(first.questions)) == (1, 2, PAGE_LENGTH)
    assert (second.page, [question.text for question in second.questions]) == (2, [str(PAGE_LENGTH)])
    assert beyond == second


async def test_thirty_questions_take_as_many_queries_as_two(panel: AskedPanel) -> None:
    same = {"text": "Who signs the safety case?"}
    for _ in range(2):
        await make_question(panel.session, panel.safety, **same)
    with recorded_statements() as for_two:
        await queue(QueueFilter())
    for _ in range(28):
        await make_question(panel.session, panel.safety, panel.bias, **same)
    with recorded_statements() as for_thirty:
        found = await queue(QueueFilter())

    assert [len(question.themes) for question in found.questions].count(2) == 28
    assert len(for_thirty) == len(for_two) == 6


async def test_panels_to_choose_from_take_questions_or_have_some(panel: AskedPanel) -> None:
    closed = await make_session(panel.event, title="Closed panel", takes_questions=False)
    await make_session(panel.event, title="Lunch", takes_questions=False)
    await make_question(closed)

    assert {choice.value for choice in await panels_with_questions()} == {panel.session.id, closed.id}


async def texts(wanted: QueueFilter) -> list[str]:
    return [question.text for question in (await queue(wanted)).questions]
