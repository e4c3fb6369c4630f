"""What becomes of letters that a worker has claimed: sent, given up, to be tried again, or given back.

Each change asks for the claimer's mark (owner and attempt) and says whether it was still there: a worker that slept
through its lease changes nothing. A letter that failed and has a newer one of its thread behind it is not tried again.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from eventsite.database import execute, for_update, is_sqlite, transaction
from eventsite.mail.claims import LEASE, ClaimedLetter
from eventsite.mail.rules import RETRIES, wait_before_retry

_IF_OURS = " WHERE id = {} AND state = 'sending' AND lease_owner = {} AND attempts = {} RETURNING id"
# While a letter is on its way, whatever waits of its thread was written later.
_UNLESS_OVERTAKEN = """
CASE WHEN thread IS NOT NULL AND EXISTS (
    SELECT 1 FROM outbox_letter AS newer WHERE newer.thread = outbox_letter.thread AND newer.state = 'waiting')
THEN 'superseded' ELSE {} END
"""
_SENT = """
UPDATE outbox_letter SET state = 'sent', sent_at = {}, last_error = NULL, lease_until = NULL, lease_owner = NULL
WHERE state = 'sending' AND lease_owner = {} AND (id, attempts) IN (VALUES MARKS) RETURNING id
"""
_ONE = "SELECT id FROM outbox_letter WHERE id = {}"
_FREE = "lease_until = NULL, lease_owner = NULL"
_SILENT = "SELECT id, attempts, thread FROM outbox_letter WHERE state = 'sending' AND lease_until < {} LIMIT 100"


async def renew(letter: ClaimedLetter, *, now: datetime, lease: timedelta = LEASE) -> bool:
    """Hold a letter for longer."""
    return await _change(letter, "lease_until = {}", now + lease)


async def mark_sent(letters: Sequence[ClaimedLetter], *, now: datetime) -> int:
    """The mail server has said yes to these letters of one owner, in one statement; how many were still its own."""
    marks = ", ".join("({}, CAST({} AS INTEGER))" for _ in letters)
    values = [value for letter in letters for value in (letter.id, letter.attempt)]
    return len(await execute(_SENT.replace("MARKS", marks), now, letters[0].owner, *values))


async def mark_dead(letter: ClaimedLetter, *, words: str, uncertain: bool = False) -> bool:
    """Give a letter up, with the mail server's own words."""
    return await _settle(letter, "dead", "last_error = {}, uncertain = {}", words, uncertain or letter.uncertain)


async def release(letter: ClaimedLetter, *, now: datetime, words: str, chance: float, uncertain: bool = False) -> bool:
    """Try again later, longer each time; after the last retry the letter is given up. `chance` is from 0 to 1.

    Where the line broke after the letter was handed over (`uncertain`), it is tried once more and not again.
    """
    wait = wait_before_retry(letter.attempt, chance)
    if wait is None or (uncertain and letter.uncertain):
        return await mark_dead(letter, words=words, uncertain=uncertain)
    # Once it has outlived its use it is given up, and organisers are to see that then and not at its next turn.
    due_at = min(now + wait, max(letter.useful_until, now)) if letter.useful_until else now + wait
    changes = "due_at = {}, last_error = {}, uncertain = {}"
    return await _settle(letter, "waiting", changes, due_at, words, uncertain or letter.uncertain)


async def give_back(letter: ClaimedLetter, *, words: str | None = None) -> bool:
    """Let go of a letter as if it had not been claimed: due as before, the attempt not counted."""
    return await _settle(letter, "waiting", "attempts = attempts - 1, last_error = COALESCE({}, last_error)", words)


async def release_stale(*, now: datetime) -> int:
    """Take back the letters of workers that have gone silent: due at once, or given up after the last retry."""
    released = 0
    for row in await execute(_SILENT, now):
        state = "dead" if row["attempts"] > len(RETRIES) else "waiting"
        released += await _take_back(row["id"], row["thread"], state, now)
    return released


async def _take_back(letter_id: str, thread: str | None, state: str, now: datetime) -> int:
    async with transaction():
        if thread is not None:
            await _hold(letter_id)
        where = "WHERE id = {} AND state = 'sending' AND lease_until < {} RETURNING id"
        change = f"UPDATE outbox_letter SET state = {_UNLESS_OVERTAKEN}, {_FREE} {where}"  # noqa: S608 -- our own text
        return len(await execute(change, state, letter_id, now))


async def _settle(letter: ClaimedLetter, state: str, assignments: str, *values: object) -> bool:
    if letter.thread is None:
        return await _change(letter, f"state = {{}}, {assignments}, {_FREE}", state, *values)
    async with transaction():
        await _hold(letter.id)
        return await _change(letter, f"state = {_UNLESS_OVERTAKEN}, {assignments}, {_FREE}", state, *values)


async def _hold(letter_id: str) -> None:
    """Waits for whoever is writing a newer letter of the same thread until that one is there to be seen."""
    if not is_sqlite():
        await execute(_ONE + for_update(), letter_id)


async def _change(letter: ClaimedLetter, assignments: str, *values: object) -> bool:
    mark = (letter.id, letter.owner, letter.attempt)
    return bool(await execute(f"UPDATE outbox_letter SET {assignments}{_IF_OURS}", *values, *mark))  # noqa: S608 -- our own text
