"""Two questions that ask the same: one stands with the other, with its asker's credit, its count and its letters.

What stands with a question comes back to where it was as soon as that one is turned down or taken back.
"""

from datetime import datetime
from typing import Any

from eventsite import ledger
from eventsite.database import execute, for_update, transaction
from eventsite.errors import NotFound
from eventsite.mail.recalls import fall_silent
from eventsite.questions.deeds import enter
from eventsite.questions.held import purged_columns
from eventsite.questions.letters import question_merged
from eventsite.questions.moderating import (
    change,
    hold_panel_of,
    moderate,
    note,
    set_columns,
    tell_askers,
    thread_of,
)
from eventsite.questions.purging import owe_overwriting
from eventsite.questions.queries import family_of, get_question
from eventsite.questions.rules import Moderator, NotMergeable, ensure_can
from eventsite.questions.settling import settle_letters
from eventsite.questions.states import PUBLIC, Deed, QuestionState
from eventsite.stationery import Stationery

RETURN = "return"
"""As undoing knows a question that came back by itself."""

APART: dict[str, object] = {"merged_into": None, "merged_by": None, "merged_at": None, "state_before": None}
HEADS = (QuestionState.PENDING, *PUBLIC)
HOLD = "SELECT id, session, state FROM question WHERE id IN ({}, {}) ORDER BY id"
MERGED_WITH = "SELECT id, state_before FROM question WHERE merged_into = {} AND state = 'merged' ORDER BY id"
ORPHANS = "SELECT id, state_before FROM question WHERE merged_into IS NULL AND state = 'merged' ORDER BY id"
HAND_ON = """
    UPDATE question SET merged_into = {} WHERE merged_into = {} AND state = 'merged' RETURNING id
"""
ITSELF = "A question cannot be merged with itself."
ELSEWHERE = "These two were put to different panels."
NOT_OPEN = "The other question is merged, held, turned down or taken back. Choose one that waits or is published."


async def merge_question(
    question_id: str,
    into_id: str,
    moderator: Moderator,
    *,
    stationery: Stationery,
    now: datetime,
    batch: str | None = None,
) -> None:
    """Lets a question stand with another one of its panel, and tells its askers that others asked it too.

    What stands with it goes along. Raises NotMergeable, NotPossibleNow, AlreadyModerated, NotFound.
    """
    ensure_can(Deed.MERGE, moderator.saw)
    async with transaction():
        await hold_panel_of(question_id)
        await _ensure_mergeable(question_id, into_id)
        columns = {
            "merged_into": into_id,
            "merged_by": moderator.id,
            "merged_at": now,
            "state_before": moderator.saw.value,
        }
        said: dict[str, object] = {"into": into_id}
        done = await moderate(question_id, moderator, Deed.MERGE, columns, now=now, batch=batch, details=said)
        await tell_askers(done, "merged", question_merged, stationery)


async def _ensure_mergeable(question_id: str, into_id: str) -> None:
    """What stands with another question is no place to stand: so nothing ever comes to stand with itself."""
    if question_id == into_id:
        raise NotMergeable(ITSELF)
    rows = {row["id"]: row for row in await execute(HOLD + for_update(keeps_key=True), question_id, into_id)}
    if into_id not in rows or question_id not in rows:
        raise NotFound
    if rows[question_id]["session"] != rows[into_id]["session"]:
        raise NotMergeable(ELSEWHERE)
    if rows[into_id]["state"] not in HEADS:
        raise NotMergeable(NOT_OPEN)


async def return_merged(
    head_id: str, organiser: str | None, *, because: str | None, stationery: Stationery, now: datetime
) -> None:
    """Lets what stands with a question come back to where it was, since that one is gone; their askers are told.

    Part of the caller's transaction, which holds the panel. `because` is the deed that this follows from, for undoing.
    """
    for row in await execute(MERGED_WITH + for_update(keeps_key=True), head_id):
        await _return(row, organiser, because=because, stationery=stationery, now=now)


async def leave(question_id: str, *, stationery: Stationery, now: datetime) -> bool:
    """What becomes of the others when a question is taken back: nobody else's question is lost by it.

    Part of the caller's transaction, which holds the panel, after the question was withdrawn. What stood with it stands
    with the question that itself stood with, or comes back. Nothing that was decided is written to its asker any more.
    Whether something that was held of it was deleted: then its bytes are to be overwritten.
    """
    await fall_silent(thread_of(question_id))
    question = await get_question(question_id)
    if question.merged_into:
        await execute(HAND_ON, question.merged_into, question_id)
        await set_columns(question_id, APART)
    else:
        await return_merged(question_id, None, because=None, stationery=stationery, now=now)
    was_held = question.held_at is not None and question.purged_at is None
    if was_held:
        await set_columns(question_id, purged_columns(question, now=now))
        await owe_overwriting(now)
    return was_held


async def return_orphans(now: datetime, *, stationery: Stationery) -> int:
    """Lets come back what stood with questions that have been deleted: a job. How many; one query if there are none."""
    orphans = await execute(ORPHANS)
    if orphans:
        async with transaction():
            for row in await execute(ORPHANS + for_update(keeps_key=True)):
                await _return(row, None, because=None, stationery=stationery, now=now)
    return len(orphans)


async def _return(
    row: dict[str, Any], organiser: str | None, *, because: str | None, stationery: Stationery, now: datetime
) -> None:
    question_id, state = row["id"], row["state_before"] or QuestionState.PENDING.value
    await change(question_id, QuestionState.MERGED, {"state": state, **APART})
    done = await note(question_id, organiser, RETURN, (QuestionState.MERGED, state), now=now, batch=because)
    await enter("unmerged", question_id, organiser or ledger.SYSTEM, done.at, {"to": state})
    for one in await family_of(question_id):
        await settle_letters(one, at=done.at, stationery=stationery)
