"""Addresses that letters are kept from: those that do not work (bounces), and those whose readers asked for it."""

from dataclasses import dataclass
from datetime import datetime

from eventsite.database import execute, is_sqlite, new_id, transaction
from eventsite.errors import NotFound
from eventsite.mail.rules import SOFT_BOUNCES, SOFT_SPAN, is_failure, is_hard
from eventsite.mail.tables import SuppressionReason

PAGE_LENGTH = 50
_COUNTING = 0x626F756E  # half of an advisory lock: the other half is the address
_LONGEST_WORDS = 500

# Several notices of one letter are one.
_SOFT = """
SELECT COUNT(DISTINCT COALESCE(letter, id)) AS bounces FROM bounce
WHERE address_key = {} AND action = 'failed' AND bounced_at > {}
"""


@dataclass(frozen=True, slots=True)
class SuppressedAddress:
    """An address that letters are kept from, why, and the words of whoever said so. The time is UTC."""

    address_key: str
    reason: SuppressionReason
    words: str
    suppressed_at: datetime


async def note_bounce(
    address_key: str, *, letter_id: str | None, action: str, status: str, words: str, now: datetime
) -> bool:
    """Write down that a letter did not arrive; whether letters to the address are stopped because of it.

    `action` is that of RFC 3464 section 2.3.3 (`failed`, `delayed`), `status` that of RFC 3463 (`5.1.1`), `words` the
    mail server's own. An address that will never work is stopped at once, another after three letters that failed
    within 14 days; a delay is written down and no more. Joins the caller's transaction, if there is one.
    """
    action, status = action.strip().lower(), status.strip()
    async with transaction():
        await _wait_for_other_bounces(address_key)
        row = (letter_id, action[:12], status[:16], words[:_LONGEST_WORDS], is_hard(action, status), now)
        await execute(
            "INSERT INTO bounce (id, address_key, letter, action, status, words, is_hard, bounced_at) "
            "VALUES ({}, {}, {}, {}, {}, {}, {}, {})",
            *(new_id(), address_key, *row),
        )
        if not is_hard(action, status) and not (is_failure(action, status) and await _fails_often(address_key, now)):
            return False
        return await suppress(address_key, reason=SuppressionReason.BOUNCED, words=words, now=now)


async def suppress(address_key: str, *, reason: SuppressionReason, words: str, now: datetime) -> bool:
    """Keep letters from an address (casefolded) from now on; False where they were kept from it already."""
    rows = await execute(
        "INSERT INTO suppression (id, address_key, reason, words, suppressed_at) VALUES ({}, {}, {}, {}, {}) "
        "ON CONFLICT (address_key) DO NOTHING RETURNING id",
        *(new_id(), address_key, reason.value, words[:_LONGEST_WORDS], now),
    )
    return bool(rows)


async def lift(address_key: str) -> None:
    """Let letters go to an address again; what bounced before counts no more. Raises NotFound.

    Letters that were given up meanwhile stay so until somebody sends them again.
    """
    async with transaction():
        if not await execute("DELETE FROM suppression WHERE address_key = {} RETURNING id", address_key):
            raise NotFound
        await execute("DELETE FROM bounce WHERE address_key = {}", address_key)


async def is_suppressed(address_key: str) -> bool:
    """Whether letters are kept from an address (casefolded). For organisers and the worker: no form may tell it."""
    return bool(await execute("SELECT id FROM suppression WHERE address_key = {}", address_key))


async def suppressions(page: int = 1, *, length: int = PAGE_LENGTH) -> list[SuppressedAddress]:
    """A page of the addresses that letters are kept from, the newest first; pages count from 1."""
    rows = await execute(
        "SELECT address_key, reason, words, suppressed_at FROM suppression "
        "ORDER BY suppressed_at DESC, id DESC LIMIT {} OFFSET {}",
        *(length, (page - 1) * length),
    )
    return [SuppressedAddress(**{**row, "reason": SuppressionReason(row["reason"])}) for row in rows]


async def suppression_count() -> int:
    """How many addresses letters are kept from."""
    return int((await execute("SELECT COUNT(*) AS number FROM suppression"))[0]["number"])


async def words_of_suppressed(address_keys: list[str]) -> dict[str, str]:
    """Why letters are kept from those of the addresses that they are kept from."""
    if not address_keys:
        return {}
    places = ", ".join("{}" for _ in address_keys)
    rows = await execute(
        f"SELECT address_key, words FROM suppression WHERE address_key IN ({places})",  # noqa: S608 -- our own text
        *address_keys,
    )
    return {row["address_key"]: row["words"] for row in rows}


async def _fails_often(address_key: str, now: datetime) -> bool:
    rows = await execute(_SOFT, address_key, now - SOFT_SPAN)
    return bool(rows[0]["bounces"] >= SOFT_BOUNCES)


async def _wait_for_other_bounces(address_key: str) -> None:
    # Two at once would each count without the other. SQLite has one writer anyway.
    if not is_sqlite():
        await execute("SELECT pg_advisory_xact_lock({}::int, hashtext({}))", _COUNTING, address_key)
