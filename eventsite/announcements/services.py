"""Verbs about announcements. Each is one transaction: the row, the ledger entry and every letter, or nothing of it."""

import asyncio
from dataclasses import asdict
from datetime import datetime

from eventsite import ledger
from eventsite.announcements.letters import stencil_of, write_to
from eventsite.announcements.queries import Subject, draft_of, get_announcement, readers_of, scheduled, subject_of
from eventsite.announcements.rules import (
    AnnouncementDraft,
    NobodyToWriteTo,
    NotADraft,
    NotScheduled,
    ensure_reminder_is_to_come,
    is_draft,
    is_reminder_due,
)
from eventsite.announcements.tables import Announcement
from eventsite.database import execute, transaction
from eventsite.events.services import ChangedMeanwhile
from eventsite.mail.outbox import enqueue
from eventsite.mail.tables import Cause
from eventsite.stationery import Stationery

EDIT = """
    UPDATE announcement SET subject = {}, body = {}, audience = {}, event = {}, session = {}, remind_before = {},
        updated_at = {} WHERE id = {} AND state = 'draft' AND updated_at = {} RETURNING id
"""
RELEASE = """
    UPDATE announcement SET state = {}, released_by = {}, released_at = {}
    WHERE id = {} AND state = 'draft' AND updated_at = {} RETURNING id
"""
SEND = "UPDATE announcement SET state = 'released' WHERE id = {} AND state = 'scheduled' RETURNING id"
WITHDRAW = "UPDATE announcement SET state = 'withdrawn' WHERE id = {} AND state = 'scheduled' RETURNING id"
BECAME = "UPDATE announcement SET letters = {} WHERE id = {}"
LETTERS_IN_A_GO = 10


async def create_announcement(
    draft: AnnouncementDraft, *, actor: str, stationery: Stationery, now: datetime
) -> Announcement:
    """A new draft. Raises what `stencil_of` raises: a draft that is kept can be written out."""
    stencil_of(draft, await subject_of(draft), stationery)
    announcement = Announcement(**asdict(draft), created_by=actor, created_at=now, updated_at=now)
    async with transaction():
        await announcement.save()
        await _enter("created", announcement.id, actor, now)
    return announcement


async def edit_announcement(
    announcement_id: str,
    draft: AnnouncementDraft,
    *,
    seen_at: datetime,
    actor: str,
    stationery: Stationery,
    now: datetime,
) -> None:
    """Changes a draft. `seen_at` is the `updated_at` of what the organiser had before them.

    Raises ChangedMeanwhile, NotADraft, and what `stencil_of` raises.
    """
    stencil_of(draft, await subject_of(draft), stationery)
    said = (draft.subject, draft.body, draft.audience.value, draft.event, draft.session, draft.remind_before)
    async with transaction():
        if not await execute(EDIT, *said, now, announcement_id, seen_at):
            raise await _why_not(announcement_id)
        await _enter("edited", announcement_id, actor, now)


async def copy_announcement(announcement_id: str, *, actor: str, now: datetime) -> Announcement:
    """A new draft that says what another announcement says, whatever became of that. Raises NotFound."""
    draft = draft_of(await get_announcement(announcement_id))
    copy = Announcement(**asdict(draft), created_by=actor, created_at=now, updated_at=now)
    async with transaction():
        await copy.save()
        await _enter("created", copy.id, actor, now, copied_from=announcement_id)
    return copy


async def release_announcement(
    announcement_id: str, *, seen_at: datetime, actor: str, stationery: Stationery, now: datetime
) -> int | None:
    """Lets a draft go: every letter lies in the outbox, whole, when it returns how many there are.

    A reminder is scheduled instead, and None comes back. Raises NotADraft for one that was released before,
    ChangedMeanwhile where the draft says something else than `seen_at`, NobodyToWriteTo and TooLateToRemind.
    """
    announcement = await get_announcement(announcement_id)
    draft = draft_of(announcement)
    state = "released" if draft.remind_before is None else "scheduled"
    async with transaction():
        if not await execute(RELEASE, state, actor, now, announcement_id, seen_at):
            raise await _why_not(announcement_id)
        about = await subject_of(draft)
        if draft.remind_before is not None:
            assert about.event is not None
            ensure_reminder_is_to_come(about.event, draft.remind_before, now)
            await _enter("scheduled", announcement_id, actor, now)
            return None
        letters = await _send(announcement_id, draft, about, stationery, actor, now)
        if not letters:
            raise NobodyToWriteTo
    return letters


async def withdraw_reminder(announcement_id: str, *, actor: str, now: datetime) -> None:
    """Takes a scheduled reminder back, so that it is not sent. Raises NotScheduled, and NotFound."""
    async with transaction():
        if not await execute(WITHDRAW, announcement_id):
            await get_announcement(announcement_id)
            raise NotScheduled
        await _enter("withdrawn", announcement_id, actor, now)


async def send_due_reminders(now: datetime, *, stationery: Stationery) -> int:
    """Sends each reminder whose moment has come, to its audience as it is now; how many letters. A job of the worker.

    Several workers may ask at once: whoever turns the row sends it.
    """
    return sum([await _send_if_due(reminder, stationery, now) for reminder in await scheduled()])


async def _send_if_due(reminder: Announcement, stationery: Stationery, now: datetime) -> int:
    draft = draft_of(reminder)
    about = await subject_of(draft)
    assert about.event is not None
    assert draft.remind_before is not None
    if not is_reminder_due(about.event, draft.remind_before, now):
        return 0
    async with transaction():
        # The event is read again: it may have been moved or cancelled since.
        about = await subject_of(draft)
        still_due = about.event is not None and is_reminder_due(about.event, draft.remind_before, now)
        if not still_due or not await execute(SEND, reminder.id):
            return 0
        return await _send(reminder.id, draft, about, stationery, ledger.SYSTEM, now)


async def _send(
    announcement_id: str, draft: AnnouncementDraft, about: Subject, stationery: Stationery, actor: str, now: datetime
) -> int:
    """Puts a letter for each reader into the outbox, and writes down how many: part of the caller's transaction."""
    stencil = stencil_of(draft, about, stationery)
    readers = [one for one in await readers_of(draft, hold=True) if not (one.has_objected or one.is_suppressed)]
    letters = 0
    for number, reader in enumerate(readers, 1):
        written = write_to(reader, stencil, stationery.links)
        letters += await enqueue(
            written.letter, key=written.key, cause=Cause.ORGANISER, now=now, settings=stationery.settings
        )
        if number % LETTERS_IN_A_GO == 0:
            # Two thousand letters take a second, in which others want to read pages.
            await asyncio.sleep(0)
    await execute(BECAME, letters, announcement_id)
    await _enter("released", announcement_id, actor, now, letters=letters, audience=draft.audience.value)
    return letters


async def _why_not(announcement_id: str) -> Exception:
    stands = await get_announcement(announcement_id)
    return ChangedMeanwhile() if is_draft(stands.state) else NotADraft()


async def _enter(deed: str, announcement_id: str, actor: str, now: datetime, **details: object) -> None:
    subject = ("announcement", announcement_id)
    await ledger.record(f"announcement.{deed}", subject=subject, actor=actor, now=now, details=details)
