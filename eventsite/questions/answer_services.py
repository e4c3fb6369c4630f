"""Written answers: what the panel could not say in the room, or not in full. Each deed is one transaction.

All of them raise AlreadyModerated where the question is not as its organiser saw it, NotPossibleNow and NotFound.
"""

from datetime import datetime

from eventsite.database import execute, transaction
from eventsite.questions.deeds import enter, refuse_late
from eventsite.questions.letters import question_answered
from eventsite.questions.moderating import change, hold_panel_of, moderate, moment
from eventsite.questions.notices import take_back, tell
from eventsite.questions.queries import correspondents, get_question
from eventsite.questions.rules import THINKING, Moderator, NotPossibleNow, ensure_can
from eventsite.questions.states import Deed, QuestionState
from eventsite.questions.tables import News
from eventsite.stationery import Stationery

LONGEST_ANSWER = 5000

EDIT = """
    UPDATE question SET answer = {}, answered_by = {} WHERE id = {} AND state = 'answered' AND answer = {} RETURNING id
"""
LAST = """
    SELECT id, state_before FROM moderation WHERE question = {} AND deed = 'answer' AND undone_at IS NULL
    ORDER BY done_at DESC, id DESC LIMIT 1
"""
UNDONE = "UPDATE moderation SET undone_at = {} WHERE id = {}"
NO_ANSWER: dict[str, object] = {"answer": None, "answered_by": None, "answered_at": None}


async def answer_question(
    question_id: str, answer: str, moderator: Moderator, *, stationery: Stationery, now: datetime
) -> int:
    """Answers a question in writing, and tells everybody who is credited with it; how many are told.

    The letters wait a moment, so that taking the answer back takes them back too.
    """
    ensure_can(Deed.ANSWER, moderator.saw)
    async with transaction():
        await hold_panel_of(question_id)
        columns: dict[str, object] = {"answer": answer, "answered_by": moderator.id, "answered_at": now}
        done = await moderate(question_id, moderator, Deed.ANSWER, columns, now=now)
        was_asked = (await get_question(question_id)).asked_at is not None
        told = 0
        for to in await correspondents(question_id):
            letter = question_answered(to, stationery, stands_as=question_id, was_asked=was_asked)
            told += await tell(
                question_id,
                to,
                News.ANSWERED,
                letter,
                stationery=stationery,
                now=done.at,
                not_before=done.at + THINKING,
            )
    return told


async def edit_answer(question_id: str, answer: str, moderator: Moderator, *, instead_of: str, now: datetime) -> None:
    """Mends the words of an answer. Nobody is written to again: the link in their letter leads to the new words."""
    if moderator.saw != QuestionState.ANSWERED:
        raise NotPossibleNow
    async with transaction():
        if not await execute(EDIT, answer, moderator.id, question_id, instead_of):
            await refuse_late(question_id)
        await enter("answer_edited", question_id, moderator.id, now)


async def take_back_answer(question_id: str, moderator: Moderator, *, now: datetime) -> None:
    """Takes an answer off the site: the question is again what it was before. Letters that have not left stay here."""
    if moderator.saw != QuestionState.ANSWERED:
        raise NotPossibleNow
    async with transaction():
        await hold_panel_of(question_id)
        at, last = await moment(now), await execute(LAST, question_id)
        state = last[0]["state_before"] if last else QuestionState.NOT_REACHED.value
        await change(question_id, QuestionState.ANSWERED, {"state": state, **NO_ANSWER})
        for row in last:
            await execute(UNDONE, at, row["id"])
        await take_back(question_id, await correspondents(question_id), News.ANSWERED)
        await enter("answer_taken_back", question_id, moderator.id, at, {"to": state})
