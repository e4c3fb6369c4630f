"""A moderator's verbs. Each is one transaction: row, ledger entry and finished letter together or not at all."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from eventsite.database import execute, transaction
from eventsite.mail.tables import Cause
from eventsite.questions.deeds import add_themes, enter, refuse_late, write_to_asker
from eventsite.questions.letters import question_approved, question_rejected
from eventsite.questions.rules import (
    APPROVABLE,
    EDITABLE,
    REJECTABLE,
    ensure_one_of,
)
from eventsite.questions.tables import QuestionState, ThemeSource
from eventsite.stationery import Stationery

DECIDE = """
    UPDATE question SET state = {}, rejection_reason = {}, decided_by = {}, decided_at = {}, dedupe_key = NULL
    WHERE id = {} AND state = {} RETURNING id
"""
EDIT = """
    UPDATE question SET text = {}, edited_by = {}, edited_at = {},
        original_text = CASE WHEN text = {} THEN original_text ELSE COALESCE(original_text, text) END
    WHERE id = {} AND state = {} AND text = {} RETURNING id
"""
THEMES = "SELECT theme FROM question_theme WHERE question = {}"
NOT_ABOUT = "DELETE FROM question_theme WHERE question = {} AND theme = {}"


@dataclass(frozen=True)
class Moderator:
    """Who decides, and in which state they saw the question they decide on."""

    id: str
    saw: QuestionState


@dataclass(frozen=True)
class QuestionEdit:
    """A mended wording and the ids of themes, and the wording it is put in the place of."""

    text: str
    themes: tuple[str, ...]
    instead_of: str


async def approve_question(question_id: str, moderator: Moderator, *, stationery: Stationery, now: datetime) -> None:
    """Publishes a question that waits or was rejected, and tells its asker.

    Raises AlreadyModerated where somebody else was first, NotPossibleNow for other states, NotFound.
    """
    ensure_one_of(APPROVABLE, moderator.saw)
    async with transaction():
        await _decide(question_id, moderator, QuestionState.APPROVED, None, now)
        key = f"question:{question_id}:approved:{now.isoformat()}"
        await write_to_asker(question_id, question_approved, key, Cause.ORGANISER, stationery, now)


async def reject_question(
    question_id: str, reason: str, moderator: Moderator, *, stationery: Stationery, now: datetime
) -> None:
    """Turns a question down, or takes a published one away, and tells its asker why.

    Raises AlreadyModerated where somebody else was first, NotPossibleNow for other states, NotFound.
    """
    ensure_one_of(REJECTABLE, moderator.saw)
    async with transaction():
        await _decide(question_id, moderator, QuestionState.REJECTED, reason, now)
        key = f"question:{question_id}:rejected:{now.isoformat()}"
        letter = partial(question_rejected, reason=reason)
        await write_to_asker(question_id, letter, key, Cause.ORGANISER, stationery, now)


async def edit_question(question_id: str, edit: QuestionEdit, moderator: Moderator, *, now: datetime) -> None:
    """Mends the wording and the themes of a question; what the asker wrote is kept beside it from the first time on.

    Raises AlreadyModerated where its state or wording is not what the moderator saw, NotPossibleNow, NotFound.
    """
    ensure_one_of(EDITABLE, moderator.saw)
    async with transaction():
        seen = (question_id, moderator.saw.value, edit.instead_of)
        if not await execute(EDIT, edit.text, moderator.id, now, edit.text, *seen):
            await refuse_late(question_id)
        await _replace_themes(question_id, edit.themes)
        await enter("edited", question_id, moderator.id, now)


async def _decide(
    question_id: str, moderator: Moderator, state: QuestionState, reason: str | None, now: datetime
) -> None:
    decided = (state.value, reason, moderator.id, now)
    if not await execute(DECIDE, *decided, question_id, moderator.saw.value):
        await refuse_late(question_id)
    await enter(state.value, question_id, moderator.id, now, {"was": moderator.saw.value})


async def _replace_themes(question_id: str, theme_ids: tuple[str, ...]) -> None:
    """What stays keeps its source; what is new is the organiser's."""
    present = {row["theme"] for row in await execute(THEMES, question_id)}
    for theme_id in sorted(present - set(theme_ids)):
        await execute(NOT_ABOUT, question_id, theme_id)
    new = tuple(theme_id for theme_id in theme_ids if theme_id not in present)
    await add_themes(question_id, new, ThemeSource.ORGANISER)
