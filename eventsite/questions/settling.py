"""After second thoughts: what an asker was told and what is so are brought together again.

The letter about a decision waits a moment (`rules.THINKING`). What has not left by then is taken back without a word;
what has left is put right by another letter. Each letter's key names the deed it speaks of.
"""

from datetime import datetime
from functools import partial

from eventsite.database import execute
from eventsite.mail.recalls import fall_silent, say_after_all, unsaid
from eventsite.people.keeping import LETTER_KEPT
from eventsite.questions.letters import question_reconsidered
from eventsite.questions.moderating import thread_of, write
from eventsite.questions.queries import correspondent, get_question
from eventsite.questions.rules import THINKING
from eventsite.stationery import Stationery

THE_BEGINNING = "start"
"""What a letter speaks of where nothing stands any more that was decided."""

# The latest deed that an asker hears of: on their own question, or on one that it stands with.
STANDS = """
    WITH RECURSIVE line (id, merged_into) AS (
        SELECT id, merged_into FROM question WHERE id = {}
        UNION SELECT question.id, question.merged_into FROM question JOIN line ON question.id = line.merged_into
    )
    SELECT moderation.id FROM moderation JOIN line ON moderation.question = line.id
    WHERE moderation.undone_at IS NULL AND moderation.deed IN ('approve', 'release', 'reject', 'merge', 'return')
    ORDER BY moderation.done_at DESC, moderation.id DESC LIMIT 1
"""


async def settle_letters(
    question_id: str, *, at: datetime, stationery: Stationery, told_since: datetime | None = None
) -> None:
    """Takes back what waits for a question's asker, says after all what is so again, or writes that it is so again.

    Part of the caller's transaction. `told_since` is when a deed was done that is undone now and had a letter: one that
    was sent long ago is not kept.
    """
    thread, stands = thread_of(question_id), await _stands(question_id)
    told = await fall_silent(thread)
    if told is not None and _spoken_of(told) == stands:
        return
    is_forgotten = told_since is not None and told_since <= at - LETTER_KEPT
    if told is not None or is_forgotten:
        await _reconsidered(question_id, stands, at, stationery)
        return
    for letter in await unsaid(thread):
        if _spoken_of(letter.key) == stands:
            await say_after_all(letter, not_before=at + THINKING)
            return


async def _stands(question_id: str) -> str:
    rows = await execute(STANDS, question_id)
    return rows[0]["id"] if rows else THE_BEGINNING


def _spoken_of(key: str) -> str:
    return key.split(":")[2]


async def _reconsidered(question_id: str, stands: str, at: datetime, stationery: Stationery) -> None:
    asker = await correspondent(question_id)
    if asker:
        compose = partial(question_reconsidered, state=(await get_question(question_id)).state)
        await write(asker, stands, "reconsidered", compose, stationery, at)
