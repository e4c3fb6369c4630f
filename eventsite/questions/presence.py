"""Who is looking at which question, so that two moderators do not read the same one."""

from collections import defaultdict
from datetime import datetime, timedelta

from eventsite.database import execute, new_id

STALE_AFTER = timedelta(minutes=1)
LOOK = """
    INSERT INTO desk_presence (id, organiser, question, seen_at)
    SELECT {}, {}, question.id, {} FROM question WHERE question.id = {}
    ON CONFLICT (organiser) DO UPDATE SET question = EXCLUDED.question, seen_at = EXCLUDED.seen_at
"""
LOOKING = """
    SELECT desk_presence.question, organiser.name FROM desk_presence
    JOIN organiser ON organiser.id = desk_presence.organiser
    WHERE desk_presence.seen_at > {} AND desk_presence.question IS NOT NULL AND organiser.id <> {}
    ORDER BY organiser.name
"""


async def look_at(question_id: str, organiser_id: str, *, now: datetime) -> None:
    """Notes that an organiser has a question before them. A question that does not exist is no question."""
    await execute(LOOK, new_id(), organiser_id, now, question_id)


async def looking(organiser_id: str, now: datetime) -> dict[str, list[str]]:
    """The names of those who looked at a question within the last minute, but for the one who asks, by question."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in await execute(LOOKING, now - STALE_AFTER, organiser_id):
        found[row["question"]].append(row["name"])
    return dict(found)
