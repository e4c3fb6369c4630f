"""Second thoughts: a letter that was told to wait a moment is taken back before it left, or said after all."""

from dataclasses import dataclass
from datetime import datetime

from eventsite.database import execute
from eventsite.mail.outbox import supersede

_TOLD = """
SELECT key FROM outbox_letter WHERE thread = {} AND (state IN ('sending', 'sent') OR attempts > 0)
ORDER BY created_at DESC, id DESC LIMIT 1
"""
_UNSAID = """
SELECT id, key FROM outbox_letter WHERE thread = {} AND state = 'superseded' AND attempts = 0
ORDER BY created_at DESC, id DESC
"""
_SAY = "UPDATE outbox_letter SET state = 'waiting', due_at = {} WHERE id = {} AND state = 'superseded'"


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A letter that was taken back, and never left."""

    id: str
    key: str


async def fall_silent(thread: str) -> str | None:
    """Takes back what waits in a thread; the key of the letter its reader may have got last, None where there is none.

    Part of the caller's transaction. A letter that was tried counts: a server may have kept what it refused.
    """
    await supersede(thread)
    told = await execute(_TOLD, thread)
    return told[0]["key"] if told else None


async def unsaid(thread: str) -> list[Unsaid]:
    """The letters of a thread that were taken back before they left, the newest first."""
    return [Unsaid(**row) for row in await execute(_UNSAID, thread)]


async def say_after_all(letter: Unsaid, *, not_before: datetime) -> None:
    """Lets a letter that was taken back leave; nothing else of its thread waits (see `fall_silent`)."""
    await execute(_SAY, not_before, letter.id)
