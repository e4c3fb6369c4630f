"""What a worker does to letters in the outbox: claim them, keep them, settle them.

Each change after the claim asks for the claimer's mark (owner and attempt) and says whether it was still there: a
worker that slept through its lease changes nothing.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from eventsite.database import execute, is_sqlite, transaction
from eventsite.mail.rules import DAY, MOST_A_DAY, RETRIES, later_slots, wait_before_retry
from eventsite.mail.tables import Cause

LEASE = timedelta(minutes=4)
"""How long a claim holds: longer than a delivery may take."""

_FOR_EVER = datetime.max.replace(tzinfo=UTC)
_CLAIMING = 0x6C6574746572  # the advisory lock of this deed; any number that nothing else uses
_IF_OURS = " WHERE id = {} AND state = 'sending' AND lease_owner = {} AND attempts = {} RETURNING id"
_TAKE = """
UPDATE outbox_letter
SET state = 'sending', attempts = attempts + 1, lease_owner = {}, lease_until = {}, due_at = {}
WHERE state = 'waiting' AND id IN (PLACES)
RETURNING id, attempts, sender, recipient, content, uncertain
"""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ClaimedLetter:
    """A letter that one worker holds until `lease_until`. `attempt` counts from 1."""

    id: str
    owner: str
    attempt: int
    lease_until: datetime
    sender: str
    recipient: str
    content: bytes
    uncertain: bool


async def claim(owner: str, *, now: datetime, limit: int = 20, lease: timedelta = LEASE) -> list[ClaimedLetter]:
    """Take up to `limit` letters that are due, the longest due first; each goes to one claimer only.

    A letter that an anonymous form caused, to an address that has had its three of the day, is put off instead.
    """
    while await _is_anything_due(now):
        if claimed := await _claim_some(owner, now, limit, lease):
            return claimed
    return []


async def renew(letter: ClaimedLetter, *, now: datetime, lease: timedelta = LEASE) -> bool:
    """Hold a letter for longer."""
    return await _change(letter, "lease_until = {}", now + lease)


async def mark_sent(letter: ClaimedLetter, *, now: datetime) -> bool:
    """The mail server has said yes."""
    settled = "state = 'sent', sent_at = {}, last_error = NULL, lease_until = NULL, lease_owner = NULL"
    return await _change(letter, settled, now)


async def mark_dead(letter: ClaimedLetter, *, words: str, uncertain: bool = False) -> bool:
    """Give a letter up, with the mail server's own words."""
    settled = "state = 'dead', last_error = {}, uncertain = {}, lease_until = NULL, lease_owner = NULL"
    return await _change(letter, settled, words, uncertain)


async def release(letter: ClaimedLetter, *, now: datetime, words: str, chance: float, uncertain: bool = False) -> bool:
    """Try again later, longer each time; after the last retry the letter is given up. `chance` is from 0 to 1.

    Where the line broke after the letter was handed over (`uncertain`), it is tried once more and not again.
    """
    wait = wait_before_retry(letter.attempt, chance)
    if wait is None or (uncertain and letter.uncertain):
        return await mark_dead(letter, words=words, uncertain=uncertain or letter.uncertain)
    waiting = "state = 'waiting', due_at = {}, last_error = {}, uncertain = {}, lease_until = NULL, lease_owner = NULL"
    return await _change(letter, waiting, now + wait, words, uncertain or letter.uncertain)


async def give_back(letter: ClaimedLetter, *, words: str | None = None) -> bool:
    """Let go of a letter as if it had not been claimed: due as before, the attempt not counted."""
    waiting = "state = 'waiting', attempts = attempts - 1, last_error = {}, lease_until = NULL, lease_owner = NULL"
    return await _change(letter, waiting, words)


async def release_stale(*, now: datetime) -> int:
    """Take back the letters of workers that have gone silent: due at once, or given up after the last retry."""
    if not await execute("SELECT id FROM outbox_letter WHERE state = 'sending' AND lease_until < {} LIMIT 1", now):
        return 0
    rows = await execute(
        "UPDATE outbox_letter SET state = CASE WHEN attempts > {} THEN 'dead' ELSE 'waiting' END, "
        "lease_until = NULL, lease_owner = NULL WHERE state = 'sending' AND lease_until < {} RETURNING id",
        len(RETRIES),
        now,
    )
    return len(rows)


async def _claim_some(owner: str, now: datetime, limit: int, lease: timedelta) -> list[ClaimedLetter]:
    """One batch; none of it where every letter was put off or others were quicker."""
    async with transaction():
        await _wait_for_other_claimers()
        due = await _due_letters(now, limit)
        put_off = await _put_off(due, now)
        ids = [row["id"] for row in due if row["id"] not in put_off]
        taken = {row["id"]: row for row in await _take(ids, owner, now, now + lease)}
    return [_claimed(taken[letter_id], owner, now + lease) for letter_id in ids if letter_id in taken]


async def _change(letter: ClaimedLetter, assignments: str, *values: object) -> bool:
    mark = (letter.id, letter.owner, letter.attempt)
    return bool(await execute(f"UPDATE outbox_letter SET {assignments}{_IF_OURS}", *values, *mark))  # noqa: S608 -- our own text


async def _is_anything_due(now: datetime) -> bool:
    return bool(await execute("SELECT id FROM outbox_letter WHERE state = 'waiting' AND due_at <= {} LIMIT 1", now))


async def _wait_for_other_claimers() -> None:
    # SQLite has one writer anyway. Elsewhere two claimers could each send an address its third letter of the day.
    if not is_sqlite():
        await execute("SELECT pg_advisory_xact_lock({})", _CLAIMING)


async def _due_letters(now: datetime, limit: int) -> list[Row]:
    return await execute(
        "SELECT id, recipient_key, cause FROM outbox_letter WHERE state = 'waiting' AND due_at <= {} "
        "ORDER BY due_at, id LIMIT {}",
        now,
        limit,
    )


async def _put_off(due: list[Row], now: datetime) -> set[str]:
    """Move what would be an address's fourth letter of the day, and those behind it; the ids of what was moved."""
    waiting: dict[str, list[str]] = defaultdict(list)
    for row in due:
        if row["cause"] == Cause.VISITOR:
            waiting[row["recipient_key"]].append(row["id"])
    put_off: set[str] = set()
    for recipient_key, ids in waiting.items():
        free = MOST_A_DAY - len(await _slots(recipient_key, now, until=now))
        if len(ids) > free:
            await _move(recipient_key, ids[free:], [now] * free, now)
            put_off.update(ids[free:])
    return put_off


async def _move(recipient_key: str, ids: list[str], just_taken: list[datetime], now: datetime) -> None:
    later = later_slots([*await _slots(recipient_key, now, until=_FOR_EVER), *just_taken])
    for letter_id in ids:
        await execute("UPDATE outbox_letter SET due_at = {} WHERE id = {}", next(later), letter_id)


async def _slots(recipient_key: str, now: datetime, *, until: datetime) -> list[datetime]:
    """When letters of visitors went, or will go, to an address since a day ago: the latest three.

    What is due now has no slot yet.
    """
    rows = await execute(
        "SELECT due_at FROM outbox_letter WHERE recipient_key = {} AND cause = 'visitor' AND due_at > {} "
        "AND due_at <= {} AND NOT (state = 'waiting' AND due_at <= {}) ORDER BY due_at DESC LIMIT 3",
        recipient_key,
        now - DAY,
        until,
        now,
    )
    return [row["due_at"] for row in rows]


async def _take(ids: list[str], owner: str, now: datetime, lease_until: datetime) -> list[Row]:
    if not ids:
        return []
    places = ", ".join("{}" for _ in ids)
    return await execute(_TAKE.replace("PLACES", places), owner, lease_until, now, *ids)


def _claimed(row: Row, owner: str, lease_until: datetime) -> ClaimedLetter:
    return ClaimedLetter(
        id=row["id"],
        owner=owner,
        attempt=row["attempts"],
        lease_until=lease_until,
        sender=row["sender"],
        recipient=row["recipient"],
        content=bytes(row["content"]),
        uncertain=bool(row["uncertain"]),
    )
