"""Everything held on a person, for them to take along: the right of access, and to data portability."""

import json
from datetime import datetime
from typing import Any

from eventsite.database import execute
from eventsite.people.holdings import holding
from eventsite.self_service.held import Held, Row, find_held

NOT_GIVEN_OUT = frozenset(
    {"password_hash", "token_digest", "dedupe_key", "link_version", "key", "email_key", "recipient_key"}
)
"""Columns that open doors or only repeat an address to compare by."""

NAMES = "SELECT id, name FROM event UNION ALL SELECT id, title AS name FROM programme_session"
NAMED = ("event", "session")


async def export_person(address_key: str, *, now: datetime) -> dict[str, Any]:
    """All that is held on an address (casefolded): for each kind what it is, why, until when, and the rows themselves.

    `held` is empty where there is nothing. Fit for JSON: times are UTC in ISO 8601, letters are their own text.
    """
    held = await find_held(address_key)
    names = {row["id"]: row["name"] for row in await execute(NAMES)} if held.rows else {}
    return {
        "address": address_key,
        "made_at": now.isoformat(),
        "held": [_kind(table, held, names) for table in held.rows],
    }


def as_json(exported: dict[str, Any]) -> bytes:
    """An export as a file that people can read too."""
    return json.dumps(exported, ensure_ascii=False, indent=2).encode() + b"\n"


def _kind(table: str, held: Held, names: dict[str, str]) -> dict[str, Any]:
    said = holding(table)
    return {
        "table": table,
        "what": said.what,
        "why": said.why,
        "lawful_basis": said.basis.value,
        "kept": said.kept,
        "rows": [_row(row, names) for row in held.rows[table]],
    }


def _row(row: Row, names: dict[str, str]) -> dict[str, Any]:
    given = {column: _value(value) for column, value in row.items() if column not in NOT_GIVEN_OUT}
    return given | {column: names.get(given[column], given[column]) for column in NAMED if column in given}


def _value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).decode("utf-8", "replace")
    return value
