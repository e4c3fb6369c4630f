"""How a worker takes letters out of the outbox: each goes to one worker, held by a lease, in the order they are due.

What becomes of them afterwards is in `settlements`.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from eventsite.database import execute, for_update, is_sqlite, transaction
from eventsite.mail.rules import DAY, MOST_A_DAY, later_slots
from eventsite.mail.tables import Cause

LEASE = timedelta(minutes=4)
"""How long a claim holds: longer than a delivery may take."""

BEGUN = "The event had begun before this letter could be delivered."
STOPPED = "Letters to this address have been stopped: "

_FOR_EVER = datetime.max.replace(tzinfo=UTC)
_CLAIMING = 0x6C6574746572  # the advisory lock of this deed; any number that nothing else uses
# A letter waits while an older one of its thread is on its way: it must not be overtaken.
_DUE = """
state = 'waiting' AND due_at <= {} AND (letter.thread IS NULL OR NOT EXISTS (
    SELECT 1 FROM outbox_letter AS other WHERE other.thread = letter.thread AND other.state = 'sending'))
"""
_IS_ANYTHING_DUE = f"SELECT id FROM outbox_letter AS letter WHERE {_DUE} LIMIT 1"  # noqa: S608 -- our own text
_DUE_LETTERS = f"""
SELECT letter.id, recipient_key, cause, attempts, useful_until, last_error,
    (SELECT words FROM suppression WHERE address_key = letter.recipient_key) AS stopped
FROM outbox_letter AS letter WHERE {_DUE} ORDER BY due_at, letter.id LIMIT {{}}
"""  # noqa: S608 -- our own text
_TAKE = """
UPDATE outbox_letter
SET state = 'sending', attempts = attempts + 1, lease_owner = {}, lease_until = {}, due_at = {}
WHERE state = 'waiting' AND id IN (PLACES)
RETURNING id, attempts, sender, recipient, content, uncertain, thread, useful_until
"""
_GIVE_UP = "UPDATE outbox_letter SET state = 'dead', last_error = {} WHERE id = {} AND state = 'waiting'"

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
    thread: str | None = None
    useful_until: datetime | None = None


async def claim(owner: str, *, now: datetime, limit: int = 20, lease: timedelta = LEASE) -> list[ClaimedLetter]:
    """Take up to `limit` letters that are due, the longest due first; each goes to one claimer only.

    A letter that an anonymous form caused, to an address that has had its three of the day, is put off instead. One to
    an address that letters are kept from is given up, and so is one to be tried again that has outlived its use.
    """
    while await is_anything_due(now):
        found, claimed = await _claim_some(owner, now, limit, lease)
        if claimed or not found:
            return claimed
    return []


async def is_anything_due(now: datetime) -> bool:
    """Whether some letter could be claimed."""
    return bool(await execute(_IS_ANYTHING_DUE, now))


async def _claim_some(owner: str, now: datetime, limit: int, lease: timedelta) -> tuple[int, list[ClaimedLetter]]:
    """One batch: how many were due, and those of them that were taken; the others were put off or given up."""
    async with transaction():
        await _wait_for_other_claimers()
        # A deed that is just about to take a letter back has it locked; waiting for each other would be a deadlock.
        due = await execute(_DUE_LETTERS + for_update(skip_locked=True), now, limit)
        given_up = await _give_up(due, now)
        good = [row for row in due if row["id"] not in given_up]
        put_off = await _put_off(good, now)
        ids = [row["id"] for row in good if row["id"] not in put_off]
        taken = {row["id"]: row for row in await _take(ids, owner, now, now + lease)}
    return len(due), [_claimed(taken[letter_id], owner, now + lease) for letter_id in ids if letter_id in taken]


async def _wait_for_other_claimers() -> None:
    # SQLite has one writer anyway. Elsewhere two claimers could each send an address its third letter of the day.
    if not is_sqlite():
        await execute("SELECT pg_advisory_xact_lock({})", _CLAIMING)


async def _give_up(due: list[Row], now: datetime) -> set[str]:
    """Letters that nobody is to get any more are for organisers to see; the ids of those."""
    reasons = {row["id"]: reason for row in due if (reason := _reason_to_give_up(row, now))}
    for letter_id, words in reasons.items():
        await execute(_GIVE_UP, words, letter_id)
    return set(reasons)


def _reason_to_give_up(row: Row, now: datetime) -> str:
    if row["stopped"] is not None:
        return f"{STOPPED}{row['stopped']}"
    if row["attempts"] and row["useful_until"] is not None and row["useful_until"] <= now:
        return f"{BEGUN} {row['last_error'] or ''}".rstrip()
    return ""


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
        thread=row["thread"],
        useful_until=row["useful_until"],
    )
