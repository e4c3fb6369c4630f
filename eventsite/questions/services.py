"""Verbs about questions. Each is one transaction: row, ledger entry and finished letter together or not at all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import NoReturn

from eventsite import ledger
from eventsite.database import execute, new_id, transaction
from eventsite.errors import NotFound
from eventsite.events.queries import Panel, get_event_by_id, get_session
from eventsite.events.rules import ensure_takes_questions
from eventsite.mail.letters import Letter
from eventsite.mail.outbox import enqueue
from eventsite.mail.tables import Cause
from eventsite.people.services import PersonDraft, find_or_add_person
from eventsite.questions.letters import question_approved, question_received, question_rejected
from eventsite.questions.queries import Correspondent, correspondent
from eventsite.questions.rules import (
    APPROVABLE,
    EDITABLE,
    REJECTABLE,
    SAME_WITHIN,
    AlreadyModerated,
    ensure_one_of,
    sameness,
    shown_name,
)
from eventsite.questions.tables import QuestionState, ThemeSource
from eventsite.stationery import Stationery
from eventsite.tokens import keyed_digest

LET_GO = "UPDATE question SET dedupe_key = NULL WHERE dedupe_key = {} AND submitted_at <= {}"
ASK = """
    INSERT INTO question (id, session, person, name, anonymous, text, state, link_version, dedupe_key, submitted_at)
    VALUES ({}, {}, {}, {}, {}, {}, 'pending', 0, {}, {}) ON CONFLICT (dedupe_key) DO NOTHING RETURNING id
"""
ASKED_ALREADY = "SELECT id, link_version FROM question WHERE dedupe_key = {}"
ABOUT = "INSERT INTO question_theme (id, question, theme, source) VALUES ({}, {}, {}, {})"
WITHDRAW = """
    UPDATE question SET state = 'withdrawn', dedupe_key = NULL WHERE id = {} AND state <> 'withdrawn' RETURNING id
"""
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
EXISTS = "SELECT id FROM question WHERE id = {}"

Composer = Callable[[Correspondent, Stationery], Letter]


@dataclass(frozen=True)
class QuestionDraft:
    """What a form says: the words, the ids of themes, a name and whether to leave it out, and who asks if they say."""

    text: str
    themes: tuple[str, ...] = ()
    name: str = ""
    anonymous: bool = True
    person: PersonDraft | None = None


@dataclass(frozen=True)
class AskedQuestion:
    """A question as its asker's link needs it. `is_new` says that this very deed made the row."""

    id: str
    link_version: int
    is_new: bool


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


async def submit_question(
    panel: Panel, draft: QuestionDraft, *, stationery: Stationery, now: datetime
) -> AskedQuestion:
    """Puts a question to a panel, pending until an organiser has read it, and writes to its asker.

    The same words from the same asker within the hour are one question and one letter, and the answer is the same each
    time. Raises QuestionsClosed where the panel closed meanwhile.
    """
    async with transaction():
        session = await get_session(panel.session.id)
        ensure_takes_questions(session, await get_event_by_id(session.event), now)
        question = await _insert_once(session.id, draft, stationery.links.secret_key, now)
        if question.is_new:
            await _add_themes(question.id, draft.themes, ThemeSource.SUBMITTER)
            await _enter("submitted", question.id, ledger.VISITOR, now)
            key = f"question:{question.id}:received"
            await _write(question.id, question_received, key, Cause.VISITOR, stationery, now)
    return question


async def withdraw_question(question_id: str, *, now: datetime) -> bool:
    """Takes a question back for its asker. False where it was withdrawn already: doing it twice is no fault."""
    async with transaction():
        withdrawn = await execute(WITHDRAW, question_id)
        if withdrawn:
            await _enter("withdrawn", question_id, ledger.VISITOR, now)
    return bool(withdrawn)


async def approve_question(question_id: str, moderator: Moderator, *, stationery: Stationery, now: datetime) -> None:
    """Publishes a question that waits or was rejected, and tells its asker.

    Raises AlreadyModerated where somebody else was first, NotPossibleNow for other states, NotFound.
    """
    ensure_one_of(APPROVABLE, moderator.saw)
    async with transaction():
        await _decide(question_id, moderator, QuestionState.APPROVED, None, now)
        key = f"question:{question_id}:approved:{now.isoformat()}"
        await _write(question_id, question_approved, key, Cause.ORGANISER, stationery, now)


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
        await _write(question_id, letter, key, Cause.ORGANISER, stationery, now)


async def edit_question(question_id: str, edit: QuestionEdit, moderator: Moderator, *, now: datetime) -> None:
    """Mends the wording and the themes of a question; what the asker wrote is kept beside it from the first time on.

    Raises AlreadyModerated where its state or wording is not what the moderator saw, NotPossibleNow, NotFound.
    """
    ensure_one_of(EDITABLE, moderator.saw)
    async with transaction():
        seen = (question_id, moderator.saw.value, edit.instead_of)
        if not await execute(EDIT, edit.text, moderator.id, now, edit.text, *seen):
            await _refuse_late(question_id)
        await _replace_themes(question_id, edit.themes)
        await _enter("edited", question_id, moderator.id, now)


async def _decide(
    question_id: str, moderator: Moderator, state: QuestionState, reason: str | None, now: datetime
) -> None:
    decided = (state.value, reason, moderator.id, now)
    if not await execute(DECIDE, *decided, question_id, moderator.saw.value):
        await _refuse_late(question_id)
    await _enter(state.value, question_id, moderator.id, now, {"was": moderator.saw.value})


async def _refuse_late(question_id: str) -> NoReturn:
    if not await execute(EXISTS, question_id):
        raise NotFound
    raise AlreadyModerated


async def _insert_once(session_id: str, draft: QuestionDraft, secret: str, now: datetime) -> AskedQuestion:
    """The new question, or the one that the same post made before. Two at once wait for each other at the key."""
    person_id = (await find_or_add_person(draft.person, now=now)).id if draft.person else None
    email_key = draft.person.email_key if draft.person else ""
    named = shown_name(draft.name, anonymous=draft.anonymous)
    key = keyed_digest(secret, "same question", sameness(session_id, email_key, named, draft.text))
    await execute(LET_GO, key, now - SAME_WITHIN)
    while True:
        question_id, words = new_id(), (draft.name, draft.anonymous, draft.text)
        if await execute(ASK, question_id, session_id, person_id, *words, key, now):
            return AskedQuestion(question_id, 0, is_new=True)
        # It may be decided, and its key let go, between the two statements: then the next round inserts.
        for earlier in await execute(ASKED_ALREADY, key):
            return AskedQuestion(**earlier, is_new=False)


async def _add_themes(question_id: str, theme_ids: tuple[str, ...], source: ThemeSource) -> None:
    for theme_id in theme_ids:
        await execute(ABOUT, new_id(), question_id, theme_id, source.value)


async def _replace_themes(question_id: str, theme_ids: tuple[str, ...]) -> None:
    """What stays keeps its source; what is new is the organiser's."""
    present = {row["theme"] for row in await execute(THEMES, question_id)}
    for theme_id in sorted(present - set(theme_ids)):
        await execute(NOT_ABOUT, question_id, theme_id)
    new = tuple(theme_id for theme_id in theme_ids if theme_id not in present)
    await _add_themes(question_id, new, ThemeSource.ORGANISER)


async def _write(
    question_id: str, compose: Composer, key: str, cause: Cause, stationery: Stationery, now: datetime
) -> None:
    """Puts a letter to the asker into the outbox, where they left an address."""
    asker = await correspondent(question_id)
    if asker:
        letter = compose(asker, stationery)
        await enqueue(letter, key=key, cause=cause, now=now, settings=stationery.settings)


async def _enter(
    deed: str, question_id: str, actor: str, now: datetime, details: dict[str, object] | None = None
) -> None:
    await ledger.record(f"question.{deed}", subject=("question", question_id), actor=actor, now=now, details=details)
