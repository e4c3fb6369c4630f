"""A moderator's verbs. Each is one transaction: row, ledger entry and finished letter together or not at all.

All of them raise AlreadyModerated where the question is not as its moderator saw it, NotPossibleNow where the deed is
not meant for questions in that state, and NotFound.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from eventsite.database import execute, transaction
from eventsite.mail.recalls import fall_silent
from eventsite.questions.deeds import enter, refuse_late, replace_themes
from eventsite.questions.held import held_columns, mended_columns, new_findings, purged_columns
from eventsite.questions.letters import question_approved, question_rejected
from eventsite.questions.merge_services import return_merged
from eventsite.questions.moderating import (
    Moderated,
    hold_panel_of,
    hold_question_row,
    moderate,
    note,
    set_columns,
    tell_askers,
    thread_of,
)
from eventsite.questions.purging import overwrite_owed, owe_overwriting
from eventsite.questions.queries import family_of
from eventsite.questions.rules import EDITABLE, Moderator, PersonalDataInWording, ensure_can, ensure_one_of
from eventsite.questions.states import Deed, QuestionState
from eventsite.stationery import Stationery

__all__ = [
    "Moderator",
    "QuestionEdit",
    "approve_question",
    "edit_question",
    "hold_question",
    "reject_question",
    "release_question",
]

EDIT = """
    UPDATE question SET text = {}, edited_by = {}, edited_at = {},
        original_text = CASE WHEN text = {} THEN original_text ELSE COALESCE(original_text, text) END
    WHERE id = {} AND state = {} AND text = {} RETURNING held_reasons
"""


@dataclass(frozen=True)
class QuestionEdit:
    """A mended wording and the ids of themes, and the wording it is put in the place of."""

    text: str
    themes: tuple[str, ...]
    instead_of: str


async def approve_question(
    question_id: str, moderator: Moderator, *, stationery: Stationery, now: datetime, batch: str | None = None
) -> None:
    """Publishes a question that waits or was rejected, and tells its askers."""
    ensure_can(Deed.APPROVE, moderator.saw)
    async with transaction():
        done = await moderate(question_id, moderator, Deed.APPROVE, _decided(moderator, now), now=now, batch=batch)
        await tell_askers(done, "approved", question_approved, stationery)


async def release_question(question_id: str, moderator: Moderator, *, stationery: Stationery, now: datetime) -> None:
    """Publishes a question that was held, and tells its asker; what it first said is deleted for good."""
    ensure_can(Deed.RELEASE, moderator.saw)
    async with transaction():
        reasons = (await hold_question_row(question_id)).held_reasons
        columns = {**_decided(moderator, now), "original_text": None, "held_spans": None, "purged_at": now}
        codes: dict[str, object] = {"codes": [code for code in reasons.split(",") if code]}
        done = await moderate(question_id, moderator, Deed.RELEASE, columns, now=now, details=codes)
        await tell_askers(done, "approved", question_approved, stationery)
        await owe_overwriting(now)
    await overwrite_owed()


async def hold_question(
    question_id: str,
    moderator: Moderator,
    *,
    codes: Iterable[str] = (),
    now: datetime,
    batch: str | None = None,
) -> None:
    """Holds a question back, since it may identify somebody or tells of harm. A letter that waits is taken back.

    `codes` are the moderator's own reasons, beside what is found in the words.
    """
    ensure_can(Deed.HOLD, moderator.saw)
    async with transaction():
        columns = held_columns((await hold_question_row(question_id)).text, codes=codes, now=now)
        said: dict[str, object] = {"codes": str(columns["held_reasons"]).split(",") if columns["held_reasons"] else []}
        await moderate(
            question_id,
            moderator,
            Deed.HOLD,
            {**_decided(moderator, now), **columns},
            now=now,
            batch=batch,
            details=said,
        )
        for one in await family_of(question_id):
            await fall_silent(thread_of(one))


async def reject_question(
    question_id: str,
    reason: str,
    moderator: Moderator,
    *,
    reason_slug: str | None = None,
    stationery: Stationery,
    now: datetime,
    batch: str | None = None,
) -> None:
    """Turns a question down, or takes a published one away, and tells its asker why in words they may read.

    Questions merged with it come back to where they were. What was held of it is deleted for good.
    """
    ensure_can(Deed.REJECT, moderator.saw)
    was_held = moderator.saw == QuestionState.HELD
    async with transaction():
        await hold_panel_of(question_id)
        purged = purged_columns(await hold_question_row(question_id), now=now) if was_held else {}
        columns = {**_decided(moderator, now), "rejection_reason": reason, "rejected_for": reason_slug, **purged}
        said: dict[str, object] = {"for": reason_slug} if reason_slug else {}
        done = await moderate(question_id, moderator, Deed.REJECT, columns, now=now, batch=batch, details=said)
        await return_merged(question_id, moderator.id, because=done.id, stationery=stationery, now=now)
        await tell_askers(done, "rejected", partial(question_rejected, reason=reason), stationery)
        if was_held:
            await owe_overwriting(now)
    if was_held:
        await overwrite_owed()


async def edit_question(question_id: str, edit: QuestionEdit, moderator: Moderator, *, now: datetime) -> None:
    """Mends the wording and the themes of a question; what the asker wrote is kept beside it from the first time on.

    What is held is looked through again, and stays held. Raises PersonalDataInWording where the new wording of any
    other one may identify somebody whom the old one did not; AlreadyModerated where the wording is not as seen.
    """
    ensure_one_of(EDITABLE, moderator.saw)
    is_held = moderator.saw == QuestionState.HELD
    if not is_held and new_findings(edit.text, edit.instead_of):
        raise PersonalDataInWording
    async with transaction():
        seen = (question_id, moderator.saw.value, edit.instead_of)
        changed = await execute(EDIT, edit.text, moderator.id, now, edit.text, *seen)
        if not changed:
            await refuse_late(question_id)
        if is_held:
            await set_columns(question_id, mended_columns(edit.text, changed[0]["held_reasons"]))
        await replace_themes(question_id, edit.themes)
        await _enter_edit(question_id, edit, moderator, now)


async def _enter_edit(question_id: str, edit: QuestionEdit, moderator: Moderator, now: datetime) -> None:
    """An edit of the themes alone is entered, and is nothing that undoing would find."""
    if edit.text == edit.instead_of:
        await enter("edited", question_id, moderator.id, now)
        return
    done: Moderated = await note(question_id, moderator.id, "edit", (moderator.saw, moderator.saw), now=now)
    await enter("edited", question_id, moderator.id, done.at)


def _decided(moderator: Moderator, now: datetime) -> dict[str, object]:
    return {"decided_by": moderator.id, "decided_at": now}
