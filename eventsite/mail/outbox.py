"""The outbox: a letter is put in with the deed it follows from, and taken out by whichever worker claims it first.

Delivery is at least once: a claim is committed before the mail server is spoken to, and a lease that runs out gives
the letter to another worker. Letters of one `thread` follow one another: one waits and one is on its way at the most
(the schema sees to it), and whoever writes a newer one takes back what waits.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache

from piccolo.querystring import QueryString

from eventsite.database import current_engine, execute, hold_key, is_sqlite, new_id, on_commit, transaction
from eventsite.errors import NotFound, Refusal
from eventsite.mail.addresses import address_key, address_pattern
from eventsite.mail.homecoming import home_address
from eventsite.mail.letters import Letter, Sender, finish
from eventsite.mail.tables import Cause, LetterState
from eventsite.settings import Settings
from eventsite.tokens import Purpose

_INSERT = """
INSERT INTO outbox_letter (id, key, kind, message_id, sender, recipient, recipient_key, subject, content, cause, thread,
    useful_until, state, due_at, attempts, uncertain, created_at)
VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, 'waiting', {}, 0, FALSE, {})
ON CONFLICT (key) DO NOTHING RETURNING id
"""
# What was given up has nobody waiting for a decision any more, once something newer is said.
_OVERTAKE = "UPDATE outbox_letter SET state = 'superseded' WHERE thread = {} AND state IN ('waiting', 'dead')"
_UNLESS_REPEATED = " AND NOT EXISTS (SELECT 1 FROM outbox_letter AS same WHERE same.key = {})"
# One that was tried may have gone out, which `supersede` must know; and whoever sends it again wants it sent.
_REQUEUE = """
UPDATE outbox_letter SET state = 'waiting', attempts = CASE WHEN attempts > 0 THEN 1 ELSE 0 END, due_at = {},
    uncertain = FALSE, useful_until = NULL
WHERE state = 'dead' AND """
_ONE = "id = {} RETURNING id"
_ALL = "recipient_key LIKE {} ESCAPE '!' AND recipient_key NOT IN (SELECT address_key FROM suppression) RETURNING id"
_UNSETTLED = "SELECT id FROM outbox_letter AS letter WHERE thread = {} AND state IN ('waiting', 'sending')"
_LONGEST_SUBJECT = 255

_waiting_workers: set[asyncio.Event] = set()


class NotGivenUp(Refusal):
    """Only a letter that was given up can be sent again."""


class Overtaken(Refusal):
    """A newer letter about the same entry has been written since. Send that one again instead."""


async def enqueue(
    letter: Letter,
    *,
    key: str,
    cause: Cause,
    now: datetime,
    settings: Settings,
    letter_id: str | None = None,
    thread: str | None = None,
    not_before: datetime | None = None,
) -> bool:
    """Put a letter, finished here and now, into the outbox as part of the caller's transaction.

    `key` is what makes it one (`interest:<id>:received`): a second letter with the same key is left out, and False
    comes back. `now` is aware. Raises UnfitForHeader where what people typed does not belong into a header.
    Workers of this process hear of it as soon as the transaction is committed.

    Letters of one `thread` are delivered in order, one at a time; this one takes back what still waits of its own.
    One that may not leave `not_before` a moment gives its thread the time to think again.
    """
    letter_id = letter_id or new_id()
    message_id = message_id_of(letter_id, settings)
    content = finish(letter, sender=_sender(letter, settings), message_id=message_id, date=now)
    sender = home_address(settings, Purpose.BOUNCE, letter_id)
    envelope = (sender, letter.to, address_key(letter.to), letter.subject[:_LONGEST_SUBJECT])
    course = (cause.value, thread, letter.useful_until, not_before or now, now)
    row = (letter_id, key, letter.kind, message_id, *envelope, content, *course)
    if thread is not None:
        await _overtake(thread, _OVERTAKE + _UNLESS_REPEATED, thread, key)
    stored = await current_engine().run_sql(_insert_text(), row)
    if stored:
        on_commit(_wake_workers)
    return bool(stored)


async def supersede(thread: str) -> bool:
    """Take back what waits in a thread, since something newer is about to be said; whether any of it may have gone out.

    Part of the caller's transaction. An attempt that failed counts as gone out: a server may have kept what it refused.
    Where nothing is left of the thread, its letters were delivered long ago and have been deleted. What is on its way
    just now is taken back if it fails.
    """
    await _overtake(thread, _OVERTAKE, thread)
    tried = await execute("SELECT MAX(attempts) AS attempts FROM outbox_letter WHERE thread = {}", thread)
    return bool(tried[0]["attempts"] != 0)


async def _overtake(thread: str, statement: str, *args: str) -> None:
    await _hold_thread(thread)
    await execute(statement, *args)
    # A worker may have claimed just between the two what was waiting.
    await _hold_thread(thread)


async def _hold_thread(thread: str) -> None:
    """Nothing of a thread is claimed, and nothing that fails is put back, until the transaction ends."""
    # Locks of rows, since one deed writes to thousands of threads, and a server has room for some thousand other locks.
    # This kind lets a letter be marked as sent meanwhile. SQLite has one writer anyway.
    if not is_sqlite():
        await execute(_UNSETTLED + hold_key("letter"), thread)


def message_id_of(letter_id: str, settings: Settings) -> str:
    """The Message-ID of a letter, with its angle brackets."""
    return f"<{letter_id}@{settings.uid_domain}>"


async def requeue(letter_id: str, *, now: datetime) -> None:
    """Let a letter that was given up start afresh; raises NotFound, NotGivenUp, or Overtaken by a newer one."""
    async with transaction():
        if not await execute(_REQUEUE + _ONE, now, letter_id):
            raise await _why_not_requeued(letter_id)
        on_commit(_wake_workers)


async def requeue_all(to: str = "", *, now: datetime) -> int:
    """Let every letter start afresh that was given up, to addresses with these characters in them; how many they are.

    Those to addresses that letters are kept from stay as they are: they would be given up again.
    """
    async with transaction():
        requeued = await execute(_REQUEUE + _ALL, now, address_pattern(to))
        on_commit(_wake_workers)
    return len(requeued)


@contextmanager
def announced_to(wake: asyncio.Event) -> Iterator[None]:
    """While the block lasts, set this event whenever a letter has been put in by this process (and committed)."""
    _waiting_workers.add(wake)
    try:
        yield
    finally:
        _waiting_workers.discard(wake)


def _wake_workers() -> None:
    for wake in _waiting_workers:
        wake.set()


async def _why_not_requeued(letter_id: str) -> Exception:
    found = await execute("SELECT state FROM outbox_letter WHERE id = {}", letter_id)
    if not found:
        return NotFound()
    return Overtaken() if found[0]["state"] == LetterState.SUPERSEDED else NotGivenUp()


def _sender(letter: Letter, settings: Settings) -> Sender:
    # Calendars answer an invitation's organizer, people press "reply": they write to somebody who reads it.
    reply_to = settings.mail_reply_to or (settings.mail_from if letter.sender else "")
    return Sender(letter.sender or settings.mail_from, settings.controller_name, reply_to)


@cache
def _insert_text() -> str:
    # Composed once: every form that sends a letter runs it.
    engine_type = "sqlite" if is_sqlite() else "postgres"
    text, _ = QueryString(_INSERT, *range(14)).compile_string(engine_type=engine_type)
    return text
