"""Deeds with the names of whoever did them and of what they were done to."""

from eventsite.backoffice.deeds import Deed
from eventsite.database import execute

PAGE_LENGTH = 50

NEWEST = """
    SELECT entry.at, entry.actor, entry.deed, entry.subject, COALESCE(who.name, '') AS actor_name,
      COALESCE(event.name, wanted.name, session.title, asked_in.title, sat_in.title, writeup.title, organiser.name,
        announcement.subject, '')
        AS subject_name
    FROM ledger_entry AS entry
    LEFT JOIN organiser AS who ON who.id = entry.actor
    LEFT JOIN event ON event.id = entry.subject_id
    LEFT JOIN interest ON interest.id = entry.subject_id
    LEFT JOIN event AS wanted ON wanted.id = interest.event
    LEFT JOIN programme_session AS session ON session.id = entry.subject_id
    LEFT JOIN question ON question.id = entry.subject_id
    LEFT JOIN programme_session AS asked_in ON asked_in.id = question.session
    LEFT JOIN seat ON seat.id = entry.subject_id
    LEFT JOIN programme_session AS sat_in ON sat_in.id = seat.session
    LEFT JOIN writeup ON writeup.id = entry.subject_id
    LEFT JOIN organiser ON organiser.id = entry.subject_id
    LEFT JOIN announcement ON announcement.id = entry.subject_id
    ORDER BY entry.at DESC, entry.id DESC LIMIT {} OFFSET {}
"""


async def newest_deeds(page: int = 1, *, length: int = PAGE_LENGTH) -> list[Deed]:
    """A page of the ledger, the newest first; pages count from 1."""
    return [Deed(**row) for row in await execute(NEWEST, length, (page - 1) * length)]


async def last_page() -> int:
    """The number of the ledger's last page, at least 1."""
    rows = await execute("SELECT COUNT(*) AS entries FROM ledger_entry")
    return max(1, -(-int(rows[0]["entries"]) // PAGE_LENGTH))
