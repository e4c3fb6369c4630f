"""An asker's verbs: putting a question to a panel, adding to it and taking it back. Each is one transaction."""

from dataclasses import dataclass
from datetime import datetime

from eventsite import ledger
from eventsite.database import execute, for_update, new_id, transaction
from eventsite.errors import NotFound
from eventsite.events.queries import Panel, get_event_by_id, get_session
from eventsite.events.rules import ensure_takes_questions
from eventsite.mail.tables import Cause
from eventsite.people.services import PersonDraft, find_or_add_person
from eventsite.questions.deeds import add_themes, enter, write_to_asker
from eventsite.questions.held import find_all, held_columns
from eventsite.questions.letters import question_received
from eventsite.questions.merge_services import leave
from eventsite.questions.moderating import hold_panel_of, moment
from eventsite.questions.patient_data import find_personal
from eventsite.questions.purging import overwrite_owed
from eventsite.questions.rules import (
    CLARIFIABLE,
    SAME_WITHIN,
    HoldsPersonalData,
    NotClarifiable,
    sameness,
    shown_name,
)
from eventsite.questions.states import QuestionState
from eventsite.questions.tables import ThemeSource
from eventsite.questions.theme_services import suggest_for
from eventsite.stationery import Stationery
from eventsite.tokens import keyed_digest

LET_GO = "UPDATE question SET dedupe_key = NULL WHERE dedupe_key = {} AND submitted_at <= {}"
ASK = """
    INSERT INTO question (id, session, person, name, anonymous, text, state, held_reasons, held_spans, held_at,
        link_version, dedupe_key, submitted_at)
    VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, 0, {}, {}) ON CONFLICT (dedupe_key) DO NOTHING RETURNING id
"""
ASKED_ALREADY = "SELECT id, link_version FROM question WHERE dedupe_key = {}"
WITHDRAW = """
    UPDATE question SET state = 'withdrawn', dedupe_key = NULL, shortlist_position = NULL
    WHERE id = {} AND state <> 'withdrawn' RETURNING id
"""
LEAVE_THE_STAGE = "UPDATE panel_stage SET current_question = NULL WHERE current_question = {}"
STATE = "SELECT state FROM question WHERE id = {}"
CLARIFY = "UPDATE question SET clarification = {}, clarified_at = {} WHERE id = {}"


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


async def submit_question(
    panel: Panel, draft: QuestionDraft, *, stationery: Stationery, now: datetime
) -> AskedQuestion:
    """Puts a question to a panel and writes to its asker: pending until an organiser has read it, or held at once.

    It is held where its words may identify a person or tell of harm, whatever form they came by. The same words from
    the same asker within the hour are one question and one letter, and the answer is the same each time. Raises
    QuestionsClosed where the panel closed meanwhile.
    """
    async with transaction():
        session = await get_session(panel.session.id)
        ensure_takes_questions(session, await get_event_by_id(session.event), now)
        question = await _insert_once(session.id, draft, stationery.links.secret_key, now)
        if question.is_new:
            await add_themes(question.id, draft.themes, ThemeSource.SUBMITTER)
            await suggest_for(question.id, draft.text)
            await enter("submitted", question.id, ledger.VISITOR, now)
            key = f"question:{question.id}:received"
            await write_to_asker(question.id, question_received, key, Cause.VISITOR, stationery, now)
    return question


async def withdraw_question(question_id: str, *, stationery: Stationery, now: datetime) -> bool:
    """Takes a question back for its asker. False where it was withdrawn already: doing it twice is no fault.

    It leaves the question it stood with. What may identify somebody in a held one is deleted at once.
    """
    async with transaction():
        await hold_panel_of(question_id)
        withdrawn = await execute(WITHDRAW, question_id)
        if withdrawn:
            await enter("withdrawn", question_id, ledger.VISITOR, await moment(now))
            await execute(LEAVE_THE_STAGE, question_id)
            was_held = await leave(question_id, stationery=stationery, now=now)
    if withdrawn and was_held:
        await overwrite_owed()
    return bool(withdrawn)


async def clarify_question(question_id: str, text: str, *, now: datetime) -> None:
    """Adds the asker's own words to a question, in place of those added before.

    Raises HoldsPersonalData, since an addition cannot be held; NotClarifiable where it is too late; NotFound.
    """
    if find_personal(text):
        raise HoldsPersonalData
    async with transaction():
        found = await execute(STATE + for_update(), question_id)
        if not found:
            raise NotFound
        if found[0]["state"] not in CLARIFIABLE:
            raise NotClarifiable
        await execute(CLARIFY, text or None, now, question_id)
        await enter("clarified", question_id, ledger.VISITOR, now)


async def _insert_once(session_id: str, draft: QuestionDraft, secret: str, now: datetime) -> AskedQuestion:
    """The new question, or the one that the same post made before. Two at once wait for each other at the key."""
    person_id = (await find_or_add_person(draft.person, now=now)).id if draft.person else None
    email_key = draft.person.email_key if draft.person else ""
    named = shown_name(draft.name, anonymous=draft.anonymous)
    key = keyed_digest(secret, "same question", sameness(session_id, email_key, named, draft.text))
    await execute(LET_GO, key, now - SAME_WITHIN)
    while True:
        question_id, words = new_id(), (draft.name, draft.anonymous, draft.text)
        if await execute(ASK, question_id, session_id, person_id, *words, *_standing(draft.text, now), key, now):
            return AskedQuestion(question_id, 0, is_new=True)
        # It may be decided, and its key let go, between the two statements: then the next round inserts.
        for earlier in await execute(ASKED_ALREADY, key):
            return AskedQuestion(**earlier, is_new=False)


def _standing(text: str, now: datetime) -> tuple[object, ...]:
    """A new question's state, and why, where and since when it is held if it is."""
    if not find_all(text):
        return QuestionState.PENDING.value, "", None, None
    held = held_columns(text, codes=(), now=now)
    return QuestionState.HELD.value, held["held_reasons"], held["held_spans"], held["held_at"]
