"""What stands in a person's own feed: one query says whether anything changed, another with the texts what to write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eventsite.database import execute

Row = dict[str, Any]

# What a change of changes the feed: never a text without a moment beside it.
STAMPS = {
    "person": ("p.calendar_version", "p.created_at AS person_since"),
    "interest": ("i.state AS interest_state", "i.changed_at AS interest_changed"),
    "event": (
        *("e.id AS event", "e.state AS event_state", "e.updated_at AS event_changed", "e.ends_on"),
        *("e.cancelled_at AS event_cancelled", "e.sequence AS event_sequence"),
    ),
    "session": (
        *("s.id AS session", "s.state AS session_state", "s.updated_at AS session_changed", "s.ends_at"),
        *("s.cancelled_at AS session_cancelled", "s.sequence AS session_sequence"),
        *("t.state AS seat_state", "t.changed_at AS seat_changed"),
    ),
    "invite": ("v.sequence AS invited",),
}
TEXTS = {
    "event": ("e.slug", "e.name", "e.summary", "e.starts_on", "e.venue", "e.town", "e.postcode", "e.created_at"),
    "session": (
        *("s.slug AS session_slug", "s.title", "s.summary AS session_summary", "s.starts_at", "s.room"),
        "s.created_at AS session_since",
    ),
}
# SQLite takes the kinds of columns from the first of the two, so it has to be the one that has them all.
OF_SESSIONS = """
    FROM seat t JOIN person p ON p.id = t.person JOIN programme_session s ON s.id = t.session
    JOIN event e ON e.id = s.event LEFT JOIN interest i ON i.person = t.person AND i.event = e.id
    LEFT JOIN invite v ON v.person = t.person AND v.uid = 'session-' || s.id || {}
    WHERE t.person = {} AND t.state IN ('taken', 'cancelled')
"""
OF_EVENTS = """
    FROM person p LEFT JOIN interest i ON i.person = p.id LEFT JOIN event e ON e.id = i.event
    LEFT JOIN invite v ON v.person = p.id AND v.uid = 'event-' || e.id || {}
    WHERE p.id = {} ORDER BY event, session
"""


def _statement(*given: Mapping[str, Sequence[str]]) -> str:
    columns = [(part, column) for chosen in given for part in chosen for column in chosen[part]]
    names = [column.rpartition(" AS ")[2].rpartition(".")[2] for _, column in columns]
    all_of_them = ", ".join(column for _, column in columns)
    without_session = ", ".join(
        f"NULL AS {name}" if part == "session" else column for (part, column), name in zip(columns, names, strict=True)
    )
    return f"SELECT {all_of_them} {OF_SESSIONS} UNION ALL SELECT {without_session} {OF_EVENTS}"


STAMPED = _statement(STAMPS)
WHOLE = _statement(STAMPS, TEXTS)
STAMPS_IN_A_ROW = sum(map(len, STAMPS.values()))


@dataclass(frozen=True)
class OwnRows:
    """The rows of a person's feed: one for each event, one for each session; none where there is no such person."""

    rows: list[Row]

    @property
    def calendar_version(self) -> int | None:
        """Which version the feed's address has."""
        return self.rows[0]["calendar_version"] if self.rows else None

    @property
    def stamp(self) -> str:
        """A text that is another one whenever something was changed."""
        return repr([list(row.values())[:STAMPS_IN_A_ROW] for row in self.rows])


async def stamped_rows(person_id: str, uid_domain: str) -> OwnRows:
    """The rows without their texts. One query."""
    return await _rows(STAMPED, person_id, uid_domain)


async def whole_rows(person_id: str, uid_domain: str) -> OwnRows:
    """The rows with their texts. One query."""
    return await _rows(WHOLE, person_id, uid_domain)


async def _rows(statement: str, person_id: str, uid_domain: str) -> OwnRows:
    # By UID, and so by the one index that leads to a single row: an event has thousands of invites.
    ending = f"@{uid_domain}"
    return OwnRows(await execute(statement, ending, person_id, ending, person_id))
