"""What came home, written down: each message once, what became of it, and why. Listed for organisers."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventsite.database import execute, new_id
from eventsite.errors import NotFound
from eventsite.mail.tables import InboundKind, InboundOutcome

PAGE_LENGTH = 50
LARGEST_KEPT = 256 * 1024
"""How much of a message in quarantine is kept, in octets: enough to see what it is."""

_LONGEST_ADDRESS = 254
_ADD = """
INSERT INTO inbound_letter (id, digest, recipient, sender_key, kind, outcome, reason, received_at)
VALUES ({}, {}, {}, {}, {}, 'ignored', '', {}) ON CONFLICT (digest) DO NOTHING RETURNING id
"""
_SETTLE = "UPDATE inbound_letter SET outcome = {}, reason = {}, content = {} WHERE id = {}"
_LINE = "SELECT id, recipient, sender_key, kind, outcome, reason, received_at FROM inbound_letter"


@dataclass(frozen=True, slots=True)
class ArrivalLine:
    """A message that came home, in a list. The time is UTC; `reason` is a sentence, empty where it was acted on."""

    id: str
    recipient: str
    sender_key: str
    kind: InboundKind
    outcome: InboundOutcome
    reason: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class StoredArrival(ArrivalLine):
    """One message with its bytes, or the first 256 kB of them; None unless it is in quarantine."""

    content: bytes | None


@dataclass(frozen=True, slots=True)
class BounceLine:
    """A notice that a letter to an address did not arrive. The time is UTC."""

    id: str
    letter: str | None
    action: str
    status: str
    words: str
    is_hard: bool
    bounced_at: datetime


def digest_of(message: bytes, recipient: str) -> str:
    """What makes a message one: its bytes, and the address of ours that it came to."""
    return hashlib.sha256(f"{recipient.lower()}\n".encode() + message).hexdigest()


async def add_arrival(digest: str, *, recipient: str, sender: str, kind: InboundKind, now: datetime) -> str | None:
    """Writes down that a message came, as part of the caller's transaction; its id, or None where it came before."""
    row = (recipient[:_LONGEST_ADDRESS], sender[:_LONGEST_ADDRESS], kind.value, now)
    rows = await execute(_ADD, new_id(), digest, *row)
    return rows[0]["id"] if rows else None


async def settle_arrival(arrival_id: str, outcome: InboundOutcome, reason: str, content: bytes) -> None:
    """Writes down what became of it. The message itself is kept only in quarantine, and then not all of a large one."""
    kept = content[:LARGEST_KEPT] if outcome is InboundOutcome.QUARANTINED else None
    await execute(_SETTLE, outcome.value, reason, kept, arrival_id)


async def arrival_of(digest: str) -> ArrivalLine | None:
    """What became of a message that came before."""
    rows = await execute(f"{_LINE} WHERE digest = {{}}", digest)
    return _line(rows[0]) if rows else None


async def quarantined(page: int = 1, *, length: int = PAGE_LENGTH) -> list[ArrivalLine]:
    """A page of the messages that an organiser should look at, the newest first; pages count from 1."""
    rows = await execute(
        f"{_LINE} WHERE outcome = 'quarantined' ORDER BY received_at DESC, id DESC LIMIT {{}} OFFSET {{}}",
        *(length, (page - 1) * length),
    )
    return [_line(row) for row in rows]


async def quarantined_count() -> int:
    """How many messages are in quarantine."""
    rows = await execute("SELECT COUNT(*) AS number FROM inbound_letter WHERE outcome = 'quarantined'")
    return int(rows[0]["number"])


async def get_inbound(arrival_id: str) -> StoredArrival:
    """One message; raises NotFound."""
    rows = await execute(
        "SELECT id, recipient, sender_key, kind, outcome, reason, received_at, content FROM inbound_letter "
        "WHERE id = {}",
        arrival_id,
    )
    if not rows:
        raise NotFound
    content = rows[0].pop("content")
    return StoredArrival(**_values(rows[0]), content=None if content is None else bytes(content))


async def bounces_of(address_key: str) -> list[BounceLine]:
    """Every notice about an address (casefolded), the newest first."""
    rows = await execute(
        "SELECT id, letter, action, status, words, is_hard, bounced_at FROM bounce WHERE address_key = {} "
        "ORDER BY bounced_at DESC, id DESC",
        address_key,
    )
    return [BounceLine(**{**row, "is_hard": bool(row["is_hard"])}) for row in rows]


def _line(row: dict[str, Any]) -> ArrivalLine:
    return ArrivalLine(**_values(row))


def _values(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "kind": InboundKind(row["kind"]), "outcome": InboundOutcome(row["outcome"])}
