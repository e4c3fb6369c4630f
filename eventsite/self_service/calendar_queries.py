"""What stands in a person's own feed: one query says whether anything changed, another with the texts what to write."""

from dataclasses import dataclass
from typing import Any

from eventsite.database import execute

Row = dict[str, Any]

# What a change of changes the feed: never a text without a moment beside it.
STAMPS = (
    *("p.calendar_version", "p.created_at AS person_since", "i.id AS interest", "i.state AS interest_state"),
    *("i.changed_at AS interest_changed", "e.id AS event", "e.state AS event_state", "e.updated_at AS event_changed"),
    *("e.cancelled_at AS event_cancelled", "e.ends_on", "e.sequence AS event_sequence"),
    *("ve.sequence AS event_invited", "s.id AS session", "s.state AS session_state", "s.updated_at AS session_changed"),
    *("s.cancelled_at AS session_cancelled", "s.ends_at", "s.sequence AS session_sequence"),
    *("vs.sequence AS session_invited", "t.state AS seat_state", "t.changed_at AS seat_changed"),
)
TEXTS = (
    *("e.slug", "e.name", "e.summary", "e.starts_on", "e.venue", "e.town", "e.postcode", "e.created_at"),
    *("s.slug AS session_slug", "s.title", "s.summary AS session_summary", "s.starts_at", "s.room"),
    "s.created_at AS session_since",
)
FROM = """
    FROM person p
    LEFT JOIN interest i ON i.person = p.id
    LEFT JOIN event e ON e.id = i.event
    LEFT JOIN invite ve ON ve.person = p.id AND ve.event = e.id AND ve.session IS NULL
    LEFT JOIN (seat t JOIN programme_session s ON s.id = t.session)
        ON t.person = p.id AND s.event = e.id AND t.state IN ('taken', 'cancelled')
    LEFT JOIN invite vs ON vs.person = p.id AND vs.session = s.id
    WHERE p.id = {} ORDER BY i.id, s.id
"""
STAMPED = f"SELECT {', '.join(STAMPS)} {FROM}"
WHOLE = f"SELECT {', '.join(STAMPS + TEXTS)} {FROM}"
STAMP_NAMES = tuple(column.rpartition(" AS ")[2].rpartition(".")[2] for column in STAMPS)


@dataclass(frozen=True)
class OwnRows:
    """The rows of a person's feed: one for each event and session, or one of the person alone. None: no such person."""

    rows: list[Row]

    @property
    def calendar_version(self) -> int | None:
        """Which version the feed's address has."""
        return self.rows[0]["calendar_version"] if self.rows else None

    @property
    def stamp(self) -> str:
        """A text that is another one whenever something was changed."""
        return repr([[row[name] for name in STAMP_NAMES] for row in self.rows])


async def stamped_rows(person_id: str) -> OwnRows:
    """The rows without their texts. One query."""
    return OwnRows(await execute(STAMPED, person_id))


async def whole_rows(person_id: str) -> OwnRows:
    """The rows with their texts. One query."""
    return OwnRows(await execute(WHOLE, person_id))
