"""Written answers: everybody credited hears of one once, and taking it back takes back what has not left."""

from datetime import datetime, timedelta

import pytest

from eventsite.database import execute
from eventsite.organisers.tables import Organiser
from eventsite.people.services import PersonDraft, find_or_add_person
from eventsite.questions.answer_services import answer_question, edit_answer, take_back_answer
from eventsite.questions.queries import get_question
from eventsite.questions.rules import AlreadyModerated, Moderator, NotPossibleNow
from eventsite.questions.states import Deed, QuestionState, before
from eventsite.questions.tables import Question, Voice
from eventsite.questions.undo_services import undo_last
from eventsite.stationery import Stationery
from tests.organisers.factories import make_organiser
from tests.questions.conftest import AskedPanel
from tests.questions.factories import ASKED_AT, letters_to, make_question

ANN, BEN, CARA = "ann@example.org", "ben@example.org", "cara@example.org"
ANSWER = "The **supplier** signs, and the trust signs too."


@pytest.fixture
async def omar(database: None) -> Organiser:
    return await make_organiser()


async def somebody(address: str) -> str:
    return (await find_or_add_person(PersonDraft(address, address, ""), now=ASKED_AT)).id


async def asked_by_three(panel: AskedPanel, state: str = "not_reached", **given: object) -> Question:
    """Ann asked it, Ben asked the same, Cara added her voice."""
    ann, ben, cara = [await somebody(address) for address in (ANN, BEN, CARA)]
    question = await make_question(panel.session, person=ann, state=state, **given)
    await make_question(panel.session, person=ben, state="merged", merged_into=question.id)
    await Voice(question=question.id, person=cara, dedupe_key="cara", added_at=question.submitted_at).save()
    return question


async def deeds_on(question: Question) -> list[str]:
    rows = await execute("SELECT deed FROM ledger_entry WHERE subject_id = {} ORDER BY at, id", question.id)
    return [row["deed"] for row in rows]


async def waiting() -> list[str]:
    rows = await execute("SELECT recipient FROM outbox_letter WHERE state = 'waiting' ORDER BY recipient")
    return [row["recipient"] for row in rows]


@pytest.mark.parametrize("state", before(Deed.ANSWER))
async def test_an_answer_reaches_everybody_who_is_credited(
    panel: AskedPanel, omar: Organiser, stationery: Stationery, now: datetime, state: str
) -> None:
    question = await asked_by_three(panel, state)
    moderator = Moderator(omar.id, QuestionState(state))
    assert await answer_question(question.id, ANSWER, moderator, stationery=stationery, now=now) == 3
    stands = await get_question(question.id)
    assert (stands.state, stands.answer, stands.answered_by, stands.answered_at) == ("answered", ANSWER, omar.id, now)
    assert await deeds_on(question) == ["question.answered"]
    for address in (ANN, BEN, CARA):
        (letter,) = await letters_to(address)
        assert letter.header("Subject") == f"A written answer to your question to “{panel.session.title}”"
        assert f"{panel.path}#question-{question.id}" in letter.text
        assert "supplier" not in letter.text
        assert question.text not in letter.text
    assert "own page" not in (await letters_to(CARA))[0].text


@pytest.mark.parametrize("state", ["pending", "held", "rejected", "merged", "withdrawn", "answered"])
async def test_nothing_else_can_be_answered(
    panel: AskedPanel, omar: Organiser, stationery: Stationery, now: datetime, state: str
) -> None:
    question = await make_question(panel.session, state=state)
    with pytest.raises(NotPossibleNow):
        await answer_question(
            question.id, ANSWER, Moderator(omar.id, QuestionState(state)), stationery=stationery, now=now
        )
    assert (await get_question(question.id)).answer is None


async def test_whoever_answers_first_has_answered(
    panel: AskedPanel, omar: Organiser, stationery: Stationery, now: datetime
) -> None:
    question = await asked_by_three(panel, "asked")
    saw = Moderator(omar.id, QuestionState.ASKED)
    await answer_question(question.id, ANSWER, saw, stationery=stationery, now=now)
    with pytest.raises(AlreadyModerated):
        await answer_question(question.id, "Another", saw, stationery=stationery, now=now)
    assert (await get_question(question.id)).answer == ANSWER
    assert len(await waiting()) == 3


async def test_a_mended_answer_is_not_written_about_again(
    panel: AskedPanel, omar: Organiser, stationery: Stationery, now: datetime
) -> None:
    question = await asked_by_three(panel)
    await answer_question(
        question.id, ANSWER, Moderator(omar.id, QuestionState.NOT_REACHED), stationery=stationery, now=now
    )
    answered = Moderator(omar.id, QuestionState.ANSWERED)
    await edit_answer(question.id, "Both sign.", answered, instead_of=ANSWER, now=now + timedelta(hours=1))
    with pytest.raises(AlreadyModerated):
        await edit_answer(question.id, "Nobody signs.", answered, instead_of=ANSWER, now=now + timedelta(hours=1))
    assert (await get_question(question.id)).answer == "Both sign."
    assert len(await waiting()) == 3
    assert await deeds_on(question) == ["question.answered", "question.answer_edited"]


async def test_an_answer_taken_back_in_time_was_never_spoken_of(
    panel: AskedPanel, omar: Organiser, stationery: Stationery, now: datetime
) -> None:
    question = await asked_by_three(panel, "asked", asked_at=now - timedelta(days=1))
    await answer_question(question.id, ANSWER, Moderator(omar.id, QuestionState.ASKED), stationery=stationery, now=now)
    await take_back_answer(question.id, Moderator(omar.id, QuestionState.ANSWERED), now=now + timedelta(seconds=2))
    stands = await get_question(question.id)
    assert stands.state == "asked"
    assert stands.answer is None
    assert stands.answered_at is None
    assert await waiting() == []
    await answer_question(question.id, "Both.", Moderator(omar.id, QuestionState.ASKED), stationery=stationery, now=now)
    assert await waiting() == [ANN, BEN, CARA]


async def test_whoever_answered_undoes_it_like_any_other_deed(
    panel: AskedPanel, omar: Organiser, stationery: Stationery, now: datetime
) -> None:
    question = await asked_by_three(panel, "asked", asked_at=now - timedelta(days=1))
    await answer_question(question.id, ANSWER, Moderator(omar.id, QuestionState.ASKED), stationery=stationery, now=now)

    soon = now + timedelta(seconds=2)
    said = await undo_last(question.id, omar.id, stationery=stationery, now=soon)

    stands = (await get_question(question.id)).to_dict()
    assert said == "Undone: the question was asked again."
    left = [stands[name] for name in ("state", "answer", "answered_by", "answered_at")]
    assert left == ["asked", None, None, None]
    assert await waiting() == []


async def test_an_answer_that_somebody_else_mended_is_not_undone(
    panel: AskedPanel, omar: Organiser, stationery: Stationery, now: datetime
) -> None:
    question = await asked_by_three(panel, "asked")
    await answer_question(question.id, ANSWER, Moderator(omar.id, QuestionState.ASKED), stationery=stationery, now=now)
    other = Moderator((await make_organiser()).id, QuestionState.ANSWERED)
    await edit_answer(question.id, "Both sign.", other, instead_of=ANSWER, now=now)

    with pytest.raises(AlreadyModerated):
        await undo_last(question.id, omar.id, stationery=stationery, now=now)

    assert (await get_question(question.id)).answer == "Both sign."
    assert len(await waiting()) == 3


async def test_who_was_told_of_an_answer_is_not_told_again(
    panel: AskedPanel, omar: Organiser, stationery: Stationery, now: datetime
) -> None:
    question = await asked_by_three(panel)
    not_reached = Moderator(omar.id, QuestionState.NOT_REACHED)
    await answer_question(question.id, ANSWER, not_reached, stationery=stationery, now=now)
    await execute("UPDATE outbox_letter SET state = 'sent', attempts = 1")
    await take_back_answer(question.id, Moderator(omar.id, QuestionState.ANSWERED), now=now + timedelta(days=1))
    later = now + timedelta(days=2)
    assert await answer_question(question.id, "Both.", not_reached, stationery=stationery, now=later) == 0
    assert await waiting() == []


async def test_a_withdrawn_question_takes_no_answer_back(panel: AskedPanel, omar: Organiser, now: datetime) -> None:
    question = await make_question(panel.session, state="withdrawn")
    with pytest.raises(AlreadyModerated):
        await take_back_answer(question.id, Moderator(omar.id, QuestionState.ANSWERED), now=now)
