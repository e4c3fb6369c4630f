"""What is held of questions is deleted for good once its time is up: a job. Its bytes go from the file as well.

Whoever deletes something held owes its overwriting, as part of the deed, and pays at once; what could not be paid then,
since somebody held the file or the light went out, the job pays.
"""

from datetime import datetime, timedelta

from eventsite import ledger
from eventsite.database import execute, for_update, new_id, transaction
from eventsite.database.scrub import overwrite_deleted
from eventsite.questions.deeds import enter
from eventsite.questions.held import purged_columns
from eventsite.questions.moderating import set_columns
from eventsite.questions.queries import get_question
from eventsite.questions.rules import HELD_FOR

AT_ONCE = 100
# Kept where throttles and the days of jobs are.
DEBT = "job: overwrite, "
KEPT = timedelta(days=365)
OWE = "INSERT INTO throttle_bucket (id, key, used, ends_at) VALUES ({}, {}, 1, {})"
OWED = "SELECT id FROM throttle_bucket WHERE key LIKE {}"
PAST = "held_at <= {} AND purged_at IS NULL"
DUE = f"SELECT id FROM question WHERE {PAST} ORDER BY held_at, id LIMIT {AT_ONCE}"  # noqa: S608 -- our own text
STILL_DUE = f"SELECT id FROM question WHERE id = {{}} AND {PAST}"  # noqa: S608 -- our own text


async def purge_held(now: datetime) -> int:
    """Takes what was found in them out of questions that have been held for long; how many. Two queries if none is.

    They stay held, or whatever became of them meanwhile.
    """
    due = await execute(DUE, now - HELD_FOR)
    purged = [row["id"] for row in due if await _purge(row["id"], now)]
    await overwrite_owed()
    return len(purged)


async def owe_overwriting(now: datetime) -> None:
    """Notes, as part of the caller's transaction, that something is deleted for good in it."""
    await execute(OWE, new_id(), f"{DEBT}{new_id()}", now + KEPT)


async def overwrite_owed() -> None:
    """Overwrites what is owed, outside of any transaction. What is owed meanwhile is paid the next time."""
    owed = await execute(OWED, f"{DEBT}%")
    if owed and await overwrite_deleted():
        for row in owed:
            await execute("DELETE FROM throttle_bucket WHERE id = {}", row["id"])


async def _purge(question_id: str, now: datetime) -> bool:
    async with transaction():
        if not await execute(STILL_DUE + for_update(keeps_key=True), question_id, now - HELD_FOR):
            return False
        question = await get_question(question_id)
        await set_columns(question_id, purged_columns(question, now=now))
        await owe_overwriting(now)
        codes: dict[str, object] = {"codes": [code for code in question.held_reasons.split(",") if code]}
        await enter("purged", question_id, ledger.SYSTEM, now, codes)
    return True
