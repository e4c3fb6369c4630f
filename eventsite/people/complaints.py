"""Data-protection complaints: taken in, acknowledged at once, and due within 30 days (DPA 2018, section 164A)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from eventsite import ledger
from eventsite.clock import london_date
from eventsite.database import execute, new_id, transaction
from eventsite.mail.letters import Letter
from eventsite.mail.outbox import enqueue
from eventsite.mail.stationery import write_letter
from eventsite.mail.tables import Cause
from eventsite.stationery import Stationery

LONGEST_COMPLAINT = 4000
DUE_WITHIN = timedelta(days=30)
SAME_WITHIN = timedelta(hours=1)

INSERT = """
    INSERT INTO complaint (id, name, email, email_key, text, received_at, due_at) VALUES ({}, {}, {}, {}, {}, {}, {})
"""
SAME = "SELECT id FROM complaint WHERE email_key = {} AND text = {} AND received_at > {}"


@dataclass(frozen=True)
class ComplaintDraft:
    """Who complains of what. `email_key` is the address casefolded."""

    name: str
    email: str
    email_key: str
    text: str


async def submit_complaint(draft: ComplaintDraft, *, stationery: Stationery, now: datetime) -> None:
    """Takes a complaint in, writes to the organisers and acknowledges it to whoever made it.

    The same words from the same address within the hour are one complaint.
    """
    async with transaction():
        if await execute(SAME, draft.email_key, draft.text, now - SAME_WITHIN):
            return
        complaint_id, due_at = new_id(), now + DUE_WITHIN
        await execute(INSERT, complaint_id, draft.name, draft.email, draft.email_key, draft.text, now, due_at)
        due: dict[str, object] = {"due": london_date(due_at).isoformat()}
        subject = ("complaint", complaint_id)
        await ledger.record("complaint.received", subject=subject, actor=ledger.VISITOR, now=now, details=due)
        await _write(complaint_id, draft, due_at, stationery, now)


async def _write(
    complaint_id: str, draft: ComplaintDraft, due_at: datetime, stationery: Stationery, now: datetime
) -> None:
    letters = {
        "organisers": (complaint_for_organisers(draft, due_at, stationery), Cause.SYSTEM),
        "received": (complaint_received(draft, due_at, stationery), Cause.VISITOR),
    }
    for name, (letter, cause) in letters.items():
        key = f"complaint:{complaint_id}:{name}"
        await enqueue(letter, key=key, cause=cause, now=now, settings=stationery.settings)


def complaint_for_organisers(draft: ComplaintDraft, due_at: datetime, stationery: Stationery) -> Letter:
    """The complaint itself, to the address people write to about their data; an answer goes to whoever made it."""
    context = {"complaint": draft, "lines": draft.text.split("\n"), "due_at": due_at}
    to = stationery.settings.contact
    return replace(write_letter(stationery, "people/complaint", to=to, context=context), reply_to=draft.email)


def complaint_received(draft: ComplaintDraft, due_at: datetime, stationery: Stationery) -> Letter:
    """We have it, and by when we answer. Nothing of what was typed is in it: the address may be somebody else's."""
    return write_letter(stationery, "people/complaint_received", to=draft.email, context={"due_at": due_at})
