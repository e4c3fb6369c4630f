"""Undoing: the last decision on a question is taken back, with all that came of it, letters included.

What a deed did is undone by whoever did it, as long as nobody has done anything to the question since. Two merged
questions are parted by anybody.
"""

from datetime import datetime
from typing import Any

from eventsite.database import execute, transaction
from eventsite.questions.answer_services import NO_ANSWER
from eventsite.questions.deeds import enter
from eventsite.questions.held import held_columns
from eventsite.questions.merge_services import APART, RETURN, return_merged
from eventsite.questions.moderating import change, hold_panel_of, moment
from eventsite.questions.notices import take_back
from eventsite.questions.queries import correspondents, family_of, get_question
from eventsite.questions.rules import AlreadyModerated, Moderator, NotPossibleNow, NotUndoable
from eventsite.questions.settling import settle_letters
from eventsite.questions.shortlist_services import last_position
from eventsite.questions.states import Deed, QuestionState
from eventsite.questions.tables import News, Question
from eventsite.stationery import Stationery

LAST = """
    SELECT id, question, organiser, deed, state_before, state_after, done_at FROM moderation
    WHERE question = {} AND undone_at IS NULL ORDER BY done_at DESC, id DESC LIMIT 1
"""
RETURNED = """
    SELECT id, question, state_after FROM moderation WHERE batch = {} AND deed = 'return' AND undone_at IS NULL
    ORDER BY done_at, id
"""
UNDO = "UPDATE moderation SET undone_at = {} WHERE id = {} AND undone_at IS NULL RETURNING id"
AGAIN_MERGED = """
    UPDATE question SET state = 'merged', merged_into = {}, merged_by = {}, merged_at = {}, state_before = state
    WHERE id = {} AND state = {} RETURNING id
"""
OWN_WORDS = """
    UPDATE question SET text = original_text, original_text = NULL, edited_by = NULL, edited_at = NULL
    WHERE id = {} AND state = {} AND original_text IS NOT NULL RETURNING text
"""
EDITS = "SELECT id FROM moderation WHERE question = {} AND deed = 'edit' AND undone_at IS NULL"

WITH_LETTERS = frozenset({Deed.APPROVE, Deed.RELEASE, Deed.HOLD, Deed.REJECT, Deed.MERGE})
UNDECIDED: dict[str, object] = {"decided_by": None, "decided_at": None}
NOT_REJECTED: dict[str, object] = {"rejection_reason": None, "rejected_for": None}
NOT_HELD: dict[str, object] = {"held_reasons": "", "held_spans": None, "held_at": None}
ASKED = {Deed.ASK: {"asked_at": None}, Deed.LEAVE_OUT: {}, Deed.SHORTLIST: {"shortlist_position": None}}

CAME_BACK = "It came back because the question it stood with was turned down. Merge it again if you want to."
NOT_KEPT = "The wording before this edit is not kept. The asker’s own words are beside it: mend it by hand."
BY_HAND = "This cannot be undone here."

Row = dict[str, Any]


async def undo_last(question_id: str, moderator_id: str, *, stationery: Stationery, now: datetime) -> str:
    """Takes back the last decision on a question, where it was this moderator's; what was undone, as a sentence.

    Raises NotUndoable where there is nothing to undo, AlreadyModerated where somebody else has done something since.
    """
    async with transaction():
        await hold_panel_of(question_id)
        rows = await execute(LAST, question_id)
        if not rows:
            raise NotUndoable
        if rows[0]["organiser"] != moderator_id:
            raise AlreadyModerated
        return await undo(rows[0], moderator_id, stationery=stationery, now=now)


async def unmerge_question(question_id: str, moderator: Moderator, *, stationery: Stationery, now: datetime) -> None:
    """Parts a question from the one it stands with; it comes back to where it was, whoever merged the two."""
    if moderator.saw != QuestionState.MERGED:
        raise NotPossibleNow
    async with transaction():
        await hold_panel_of(question_id)
        rows = await execute(LAST, question_id)
        if rows and rows[0]["deed"] == Deed.MERGE:
            await undo(rows[0], moderator.id, stationery=stationery, now=now)
            return
        at, question = await moment(now), await get_question(question_id)
        state = question.state_before or QuestionState.PENDING
        await change(question_id, QuestionState.MERGED, {"state": state, **APART})
        await enter("unmerged", question_id, moderator.id, at, {"to": state})


async def undo(row: Row, moderator_id: str, *, stationery: Stationery, now: datetime) -> str:
    """Takes back one deed, the last on its question; what was undone, as a sentence. Part of the caller's transaction.

    Raises AlreadyModerated, NotUndoable.
    """
    at = await moment(now)
    if row["deed"] == RETURN:
        raise NotUndoable(CAME_BACK)
    if not await execute(UNDO, at, row["id"]):
        raise AlreadyModerated
    await (_undo_edit(row) if row["deed"] == "edit" else _undo_state(row, at))
    if row["state_before"] == QuestionState.REJECTED:
        await return_merged(row["question"], moderator_id, because=None, stationery=stationery, now=now)
    said = {"deed": row["deed"], "was": row["state_after"], "to": row["state_before"]}
    await enter("undone", row["question"], moderator_id, at, said)
    await _settle(row, at, stationery)
    return f"Undone: {SENTENCES.get(row['deed'], SENTENCES['']).format(STANDS[row['state_before']])}"


async def _undo_edit(row: Row) -> None:
    if len(await execute(EDITS, row["question"])) > 0:
        raise NotUndoable(NOT_KEPT)
    rows = await execute(OWN_WORDS, row["question"], row["state_after"])
    if not rows:
        raise NotUndoable(NOT_KEPT)
    if row["state_after"] == QuestionState.HELD:
        question = await get_question(row["question"])
        codes = filter(None, question.held_reasons.split(","))
        spans = held_columns(question.text, codes=codes, now=question.held_at)["held_spans"]
        await change(row["question"], row["state_after"], {"held_spans": spans})


async def _undo_state(row: Row, at: datetime) -> None:
    question = await get_question(row["question"])
    columns = await _columns(row, question)
    await change(row["question"], row["state_after"], {"state": row["state_before"], **columns})
    for one in await execute(RETURNED, row["id"]):
        merged = (row["question"], row["organiser"], at, one["question"], one["state_after"])
        if await execute(AGAIN_MERGED, *merged):
            await execute(UNDO, at, one["id"])
            said = {"into": row["question"], "was": one["state_after"]}
            await enter("merged", one["question"], row["organiser"], at, said)


async def _columns(row: Row, question: Question) -> dict[str, object]:
    """What stood in the row before the deed, beside its state."""
    undecided = UNDECIDED if row["state_before"] == QuestionState.PENDING else {}
    match row["deed"]:
        case Deed.APPROVE:
            return {**undecided}
        case Deed.REJECT:
            return {**undecided, **NOT_REJECTED}
        case Deed.HOLD:
            return {**undecided, **NOT_HELD}
        case Deed.MERGE:
            return {**APART}
        case Deed.RELEASE:
            # Its first words are gone; how long the others are kept is still counted from the day it was held. Where it
            # was held once more since, and that undone, the day is not known: then from when it was asked.
            codes = filter(None, question.held_reasons.split(","))
            return held_columns(question.text, codes=codes, now=question.held_at or question.submitted_at)
        case Deed.ANSWER:
            if question.answered_by != row["organiser"]:
                raise AlreadyModerated
            return {**NO_ANSWER}
        case Deed.UNLIST:
            return {"shortlist_position": await last_position(question.session) + 1}
        case Deed.ASK | Deed.LEAVE_OUT | Deed.SHORTLIST as deed:
            return {**ASKED[deed]}
    raise NotUndoable(BY_HAND)


async def _settle(row: Row, at: datetime, stationery: Stationery) -> None:
    if row["deed"] == Deed.ANSWER:
        await take_back(row["question"], await correspondents(row["question"]), News.ANSWERED)
    if row["deed"] not in WITH_LETTERS:
        return
    told_since = None if row["deed"] == Deed.HOLD else row["done_at"]
    for question_id in await family_of(row["question"]):
        await settle_letters(question_id, at=at, stationery=stationery, told_since=told_since)


STANDS = {
    QuestionState.PENDING: "waits to be read",
    QuestionState.HELD: "is held",
    QuestionState.APPROVED: "is published",
    QuestionState.REJECTED: "is rejected",
    QuestionState.MERGED: "is merged",
    QuestionState.WITHDRAWN: "is taken back",
    QuestionState.SHORTLISTED: "is on the shortlist",
    QuestionState.ASKED: "was asked",
    QuestionState.NOT_REACHED: "was not reached",
    QuestionState.ANSWERED: "is answered",
}
SENTENCES = {
    "edit": "the asker’s own words stand again.",
    Deed.MERGE: "the question stands alone again, and {}.",
    "": "the question {} again.",
}
