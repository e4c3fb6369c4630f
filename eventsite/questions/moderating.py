"""What every deed of a moderator does: the row changes if it still is as it was seen, and that is written down.

The row of `moderation` is what undoing goes by. Its moments follow one another strictly, whatever the clocks of two
processes say: a deed that waited for another one's lock is the later one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from eventsite.database import execute, for_update, new_id
from eventsite.errors import NotFound
from eventsite.mail.outbox import enqueue
from eventsite.mail.tables import Cause
from eventsite.questions.deeds import Composer, enter, refuse_late
from eventsite.questions.queries import Correspondent, correspondents, get_question
from eventsite.questions.rules import THINKING, Moderator
from eventsite.questions.states import Deed, after
from eventsite.questions.tables import Question
from eventsite.stationery import Stationery

CHANGE = "UPDATE question SET COLUMNS, dedupe_key = NULL WHERE id = {} AND state = {} RETURNING id"
SET = "UPDATE question SET COLUMNS WHERE id = {}"
NOTE = """
    INSERT INTO moderation (id, question, organiser, deed, state_before, state_after, batch, done_at)
    VALUES ({}, {}, {}, {}, {}, {}, {}, {})
"""
LATEST = "SELECT done_at, undone_at FROM moderation WHERE done_at >= {} OR undone_at >= {}"
PANEL = "SELECT session FROM question WHERE id = {}"
HOLD = "SELECT id FROM question WHERE id = {}"
HOLD_PANEL = "SELECT id FROM programme_session WHERE id = {}"

# As the ledger says them, where the state they lead to does not say it.
ENTERED = {Deed.RELEASE: "released", Deed.UNLIST: "unlisted"}


@dataclass(frozen=True)
class Moderated:
    """A deed that was done: the id of its row, the question and the moment."""

    id: str
    question_id: str
    at: datetime


async def moderate(
    question_id: str,
    moderator: Moderator,
    deed: Deed,
    columns: Mapping[str, object],
    *,
    now: datetime,
    batch: str | None = None,
    details: dict[str, object] | None = None,
) -> Moderated:
    """Moves a question to the state a deed leads to and sets some columns, if it still is as the moderator saw it.

    Part of the caller's transaction. Raises AlreadyModerated where somebody else was first, NotFound.
    """
    state = after(deed)
    await change(question_id, moderator.saw, {"state": state.value, **columns})
    done = await note(question_id, moderator.id, deed, (moderator.saw, state), now=now, batch=batch)
    said: dict[str, object] = {"was": moderator.saw.value, **(details or {})}
    await enter(ENTERED.get(deed, state.value), question_id, moderator.id, done.at, said)
    return done


async def change(question_id: str, saw: str, columns: Mapping[str, object]) -> None:
    """Sets some columns of a question that is in the state somebody saw; raises AlreadyModerated, NotFound."""
    sets = ", ".join(f"{name} = {{}}" for name in columns)
    if not await execute(CHANGE.replace("COLUMNS", sets), *columns.values(), question_id, saw):
        await refuse_late(question_id)


async def set_columns(question_id: str, columns: Mapping[str, object]) -> None:
    """Sets some columns of a question that the caller's transaction has for itself."""
    sets = ", ".join(f"{name} = {{}}" for name in columns)
    await execute(SET.replace("COLUMNS", sets), *columns.values(), question_id)


async def note(
    question_id: str,
    organiser: str | None,
    deed: str,
    states: tuple[str, str],
    *,
    now: datetime,
    batch: str | None = None,
) -> Moderated:
    """Writes a deed down for undoing: who did what, and the states before and after it."""
    row_id, at = new_id(), await moment(now)
    await execute(NOTE, row_id, question_id, organiser, str(deed), *map(str, states), batch, at)
    return Moderated(row_id, question_id, at)


async def moment(now: datetime) -> datetime:
    """The present, but after everything that has been done or undone so far."""
    rows = await execute(LATEST, now, now)
    latest = max((at for row in rows for at in row.values() if at is not None), default=None)
    return now if latest is None or latest < now else latest + timedelta(microseconds=1)


async def hold_panel_of(question_id: str) -> str:
    """Makes deeds on several questions of one panel take turns until the transaction ends; the panel's id. NotFound."""
    found = await execute(PANEL, question_id)
    if not found:
        raise NotFound
    session_id: str = found[0]["session"]
    await execute(HOLD_PANEL + for_update(keeps_key=True), session_id)
    return session_id


async def hold_question_row(question_id: str) -> Question:
    """A question as it is and stays until the transaction ends; NotFound."""
    await execute(HOLD + for_update(keeps_key=True), question_id)
    return await get_question(question_id)


async def askers(question_id: str) -> list[Correspondent]:
    """Those of whom a decision on a question speaks: its asker, and those of the questions merged with it."""
    return [one for one in await correspondents(question_id) if not one.voice]


async def tell_askers(done: Moderated, kind: str, compose: Composer, stationery: Stationery) -> None:
    """Writes to everybody who asked a question; the letter waits a moment, so that it can be taken back."""
    for asker in await askers(done.question_id):
        await write(asker, done.id, kind, compose, stationery, done.at)


async def write(
    asker: Correspondent, says: str, kind: str, compose: Composer, stationery: Stationery, at: datetime
) -> None:
    """Puts a letter about a decision into its asker's thread. `says` is the deed that it speaks of."""
    await enqueue(
        compose(asker, stationery),
        key=f"question:{asker.question_id}:{says}:{kind}:{new_id()}",
        cause=Cause.ORGANISER,
        now=at,
        settings=stationery.settings,
        thread=thread_of(asker.question_id),
        not_before=at + THINKING,
    )


def thread_of(question_id: str) -> str:
    """The thread of the letters that tell an asker what was decided."""
    return f"question:{question_id}"
