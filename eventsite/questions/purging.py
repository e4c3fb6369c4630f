"""What is held of questions is deleted for good once its time is up: a job."""

from datetime import datetime

from eventsite import ledger
from eventsite.database import execute, for_update, transaction
from eventsite.database.scrub import overwrite_deleted
from eventsite.questions.deeds import enter
from eventsite.questions.held import purged_columns
from eventsite.questions.moderating import set_columns
from eventsite.questions.queries import get_question
from eventsite.questions.rules import HELD_FOR

AT_ONCE = 100
PAST = "held_at <= {} AND purged_at IS NULL"
DUE = f"SELECT id FROM question WHERE {PAST} ORDER BY held_at, id LIMIT {AT_ONCE}"  # noqa: S608 -- our own text
STILL_DUE = f"SELECT id FROM question WHERE id = {{}} AND {PAST}"  # noqa: S608 -- our own text


async def purge_held(now: datetime) -> int:
    """Takes what was found in them out of questions that have been held for long; how many. One query if none is.

    They stay held, or whatever became of them meanwhile.
    """
    due = await execute(DUE, now - HELD_FOR)
    purged = [row["id"] for row in due if await _purge(row["id"], now)]
    if purged:
        await overwrite_deleted()
    return len(purged)


async def _purge(question_id: str, now: datetime) -> bool:
    async with transaction():
        if not await execute(STILL_DUE + for_update(keeps_key=True), question_id, now - HELD_FOR):
            return False
        question = await get_question(question_id)
        await set_columns(question_id, purged_columns(question, now=now))
        codes: dict[str, object] = {"codes": [code for code in question.held_reasons.split(",") if code]}
        await enter("purged", question_id, ledger.SYSTEM, now, codes)
    return True
