"""What the desk knows of one person and an event, and of people who are about to be invited by name."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from eventsite.database import execute
from eventsite.errors import NotFound
from eventsite.people.services import PersonDraft

NEW = "new"
"""How somebody stands with an event who never registered for it."""

GET = """
    SELECT i.id, i.person, i.event, e.slug AS event_slug, e.name AS event_name, i.state, i.registered_at, i.changed_at,
        i.offered_at, i.offered_until, i.waitlisted_at, p.name, p.email, p.email_key, p.job_title, p.organisation
    FROM interest i JOIN person p ON p.id = i.person JOIN event e ON e.id = i.event WHERE i.id = {}
"""
POSITION = """
    SELECT COUNT(*) AS position FROM interest
    WHERE event = {} AND state = 'waitlisted' AND (waitlisted_at < {} OR waitlisted_at = {} AND id <= {})
"""
OTHERS = """
    SELECT i.id, e.name AS event_name, i.state FROM interest i JOIN event e ON e.id = i.event
    WHERE i.person = {} AND i.id <> {} ORDER BY e.starts_on DESC, e.name
"""
SEATS = """
    SELECT t.id, s.title, s.starts_at, s.ends_at, t.state, t.wants_mail FROM seat t
    JOIN programme_session s ON s.id = t.session WHERE t.person = {} AND s.event = {} ORDER BY s.starts_at, s.title
"""
ENTRIES = """
    SELECT COALESCE(s.title, '') AS session, v.method, v.sequence, v.stamped_at, v.partstat, v.replied_at
    FROM invite v LEFT JOIN programme_session s ON s.id = v.session
    WHERE v.person = {} AND v.event = {} ORDER BY v.session IS NOT NULL, s.starts_at, v.stamped_at
"""
HISTORY = """
    SELECT l.at, l.deed, l.subject, l.actor, l.details, COALESCE(o.name, '') AS organiser,
        COALESCE(s.title, '') AS session
    FROM ledger_entry l LEFT JOIN organiser o ON o.id = l.actor
    LEFT JOIN seat t ON t.id = l.subject_id LEFT JOIN invite v ON v.id = l.subject_id
    LEFT JOIN programme_session s ON s.id = COALESCE(t.session, v.session)
    WHERE l.subject_id IN (
        SELECT id FROM interest WHERE id = {} UNION ALL SELECT id FROM person WHERE id = {}
        UNION ALL SELECT seat.id FROM seat JOIN programme_session p ON p.id = seat.session
            WHERE seat.person = {} AND p.event = {}
        UNION ALL SELECT invite.id FROM invite WHERE invite.person = {} AND invite.event = {}
    ) ORDER BY l.at, l.id
"""
BOUNCES = "SELECT words, status, is_hard, bounced_at FROM bounce WHERE address_key = {} ORDER BY bounced_at DESC, id"
SUPPRESSED = "SELECT reason, words, suppressed_at FROM suppression WHERE address_key = {}"
KNOWN = """
    SELECT p.email_key, p.name, i.id, i.state, COALESCE(s.reason, '') AS suppressed FROM person p
    LEFT JOIN interest i ON i.person = p.id AND i.event = {} LEFT JOIN suppression s ON s.address_key = p.email_key
    WHERE p.email_key IN (<keys>)
"""


@dataclass(frozen=True)
class Standing:
    """A person and an event: who they are and where they stand. Times are aware."""

    id: str
    person: str
    event: str
    event_slug: str
    event_name: str
    state: str
    registered_at: datetime
    changed_at: datetime
    offered_at: datetime | None
    offered_until: datetime | None
    waitlisted_at: datetime | None
    name: str
    email: str
    email_key: str
    job_title: str
    organisation: str


@dataclass(frozen=True)
class OtherInterest:
    """Another event that the person registered for."""

    id: str
    event_name: str
    state: str


@dataclass(frozen=True)
class AddedSession:
    """A session a person has, had, or waits for."""

    id: str
    title: str
    starts_at: datetime
    ends_at: datetime
    state: str
    wants_mail: bool


@dataclass(frozen=True)
class CalendarEntry:
    """What a person's calendar was told last of the event, or of a session (its title), and what it answered."""

    session: str
    method: str
    sequence: int
    stamped_at: datetime
    partstat: str
    replied_at: datetime | None


@dataclass(frozen=True)
class Step:
    """A line of the history. `organiser` is empty where none did it; `session` where it is about the place itself.

    `answer` is what a calendar answered, in the words of RFC 5545.
    """

    at: datetime
    deed: str
    subject: str
    actor: str
    organiser: str
    session: str
    answer: str


@dataclass(frozen=True)
class Trouble:
    """A notice that a letter did not arrive."""

    words: str
    status: str
    is_hard: bool
    bounced_at: datetime


@dataclass(frozen=True)
class Stopped:
    """That letters are kept from an address, why, in whose words and since when."""

    reason: str
    words: str
    suppressed_at: datetime


@dataclass(frozen=True)
class Known:
    """Somebody about to be invited: what was written of them, and what we know already."""

    draft: PersonDraft
    id: str
    name: str
    standing: str
    suppressed: str


async def get_standing(interest_id: str) -> Standing:
    """One person's standing with one event; NotFound."""
    rows = await execute(GET, interest_id)
    if not rows:
        raise NotFound
    return Standing(**rows[0])


async def position_of(standing: Standing) -> int | None:
    """Their place on the waiting list, counted from 1; None for somebody who is not on it."""
    since = standing.waitlisted_at
    if standing.state != "waitlisted" or since is None:
        return None
    return int((await execute(POSITION, standing.event, since, since, standing.id))[0]["position"])


async def other_interests(standing: Standing) -> list[OtherInterest]:
    """Their standing with other events, the latest first."""
    return [OtherInterest(**row) for row in await execute(OTHERS, standing.person, standing.id)]


async def sessions_added(standing: Standing) -> list[AddedSession]:
    """The sessions they added, by time."""
    rows = await execute(SEATS, standing.person, standing.event)
    return [AddedSession(**{**row, "wants_mail": bool(row["wants_mail"])}) for row in rows]


async def calendar_entries(standing: Standing) -> list[CalendarEntry]:
    """What their calendar was told, of the event first, then of its sessions."""
    return [CalendarEntry(**row) for row in await execute(ENTRIES, standing.person, standing.event)]


async def history(standing: Standing) -> list[Step]:
    """What the ledger says of them and this event, the oldest first."""
    both = (standing.person, standing.event)
    rows = await execute(HISTORY, standing.id, standing.person, *both, *both)
    said = [json.loads(row.pop("details") or "{}") for row in rows]
    return [
        Step(**row, answer=details.get("answer", ""))
        for row, details in zip(rows, said, strict=True)
        # A form of interest names several events.
        if row["deed"] != "interest.registered" or standing.event_slug in details.get("events", [])
    ]


async def bounces_of(standing: Standing) -> list[Trouble]:
    """What came back from their address, the newest first."""
    return [Trouble(**{**row, "is_hard": bool(row["is_hard"])}) for row in await execute(BOUNCES, standing.email_key)]


async def stopped(standing: Standing) -> Stopped | None:
    """Why letters are kept from their address; None where they are not."""
    rows = await execute(SUPPRESSED, standing.email_key)
    return Stopped(**rows[0]) if rows else None


async def known_people(event_id: str, drafts: Sequence[PersonDraft]) -> list[Known]:
    """What we know of people who are about to be invited, in the order given. One query."""
    marks = ", ".join("{}" for _ in drafts)
    rows = await execute(KNOWN.replace("<keys>", marks), event_id, *(draft.email_key for draft in drafts))
    by_key = {row["email_key"]: row for row in rows}
    return [_known(draft, by_key.get(draft.email_key)) for draft in drafts]


def _known(draft: PersonDraft, row: dict[str, str | None] | None) -> Known:
    if row is None:
        return Known(draft, "", "", NEW, "")
    return Known(draft, row["id"] or "", row["name"] or "", row["state"] or NEW, row["suppressed"] or "")
