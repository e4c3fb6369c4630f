"""What stands beside a question on its page: history, letters, what is merged with it; and a moderator's last deed."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from eventsite.database import execute
from eventsite.questions.desk_wording import reasons_of

UNDONE_WITHIN = timedelta(minutes=30)
HISTORY = """
    SELECT entry.deed, COALESCE(organiser.name, '') AS who, entry.actor, entry.at, entry.details
    FROM ledger_entry AS entry LEFT JOIN organiser ON organiser.id = entry.actor
    WHERE entry.subject = 'question' AND entry.subject_id = {} ORDER BY entry.at, entry.id
"""
LETTERS = """
    SELECT id, subject, state, created_at, due_at, sent_at FROM outbox_letter WHERE thread = {} OR key LIKE {}
    ORDER BY created_at, id
"""
MERGED = """
    SELECT question.id, question.text, question.name, question.anonymous, organiser.name AS merged_by
    FROM question LEFT JOIN organiser ON organiser.id = question.merged_by
    WHERE question.merged_into = {} AND question.state = 'merged' ORDER BY question.submitted_at, question.id
"""
LAST = """
    SELECT question, deed, batch, done_at AS at FROM moderation
    WHERE organiser = {} AND undone_at IS NULL AND done_at > {} AND deed <> 'return'
    ORDER BY done_at DESC, id DESC LIMIT 1
"""
LAST_ON = """
    SELECT question, deed, NULL AS batch, done_at AS at, organiser FROM moderation
    WHERE question = {} AND undone_at IS NULL ORDER BY done_at DESC, id DESC LIMIT 1
"""
IN_BATCH = "SELECT COUNT(*) AS number FROM moderation WHERE batch = {} AND undone_at IS NULL AND deed <> 'return'"

DID = {
    "approve": "approved",
    "release": "released",
    "hold": "held",
    "reject": "rejected",
    "merge": "merged",
    "edit": "edited",
    "shortlist": "shortlisted",
    "unlist": "took off the shortlist",
    "ask": "noted as asked",
    "leave out": "noted as not reached",
    "answer": "answered",
}


@dataclass(frozen=True)
class HistoryEntry:
    """A line of a question's history: what was done, by whom (empty: by its asker), and when."""

    deed: str
    who: str
    actor: str
    at: datetime
    details: str

    @property
    def told(self) -> dict[str, object]:
        """The entry's details: ids, codes and states."""
        return dict(json.loads(self.details)) if self.details else {}

    @property
    def codes(self) -> str:
        """What it was held for, in words, where the entry says."""
        codes = self.told.get("codes")
        return ", ".join(reasons_of(",".join(codes))) if isinstance(codes, list) else ""


@dataclass(frozen=True)
class LetterAbout:
    """A letter to somebody about a question."""

    id: str
    subject: str
    state: str
    created_at: datetime
    due_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True)
class MergedQuestion:
    """A question that stands with another one."""

    id: str
    text: str
    name: str
    anonymous: bool
    merged_by: str | None


@dataclass(frozen=True)
class LastDeed:
    """What a moderator did last and may still undo. `number` is how many questions it was done to."""

    question: str
    deed: str
    batch: str | None
    at: datetime
    number: int = 1

    @property
    def words(self) -> str:
        """The deed as it follows on "You"."""
        return DID.get(self.deed, self.deed)


async def history(question_id: str) -> list[HistoryEntry]:
    """What was done with a question, the oldest first."""
    return [HistoryEntry(**row) for row in await execute(HISTORY, question_id)]


async def letters_about(question_id: str) -> list[LetterAbout]:
    """The letters that were written about a question, the oldest first."""
    return [
        LetterAbout(**row) for row in await execute(LETTERS, f"question:{question_id}", f"question:{question_id}:%")
    ]


async def merged_with(question_id: str) -> list[MergedQuestion]:
    """The questions that stand with one, the oldest first."""
    return [MergedQuestion(**row) for row in await execute(MERGED, question_id)]


async def last_deed(organiser_id: str, now: datetime) -> LastDeed | None:
    """What an organiser did last, within half an hour, and has not undone."""
    rows = await execute(LAST, organiser_id, now - UNDONE_WITHIN)
    if not rows:
        return None
    batch = rows[0]["batch"]
    number = (await execute(IN_BATCH, batch))[0]["number"] if batch else 1
    return LastDeed(**rows[0], number=number)


async def last_deed_on(question_id: str, organiser_id: str) -> LastDeed | None:
    """The last deed on a question, where it was this organiser's."""
    rows = await execute(LAST_ON, question_id)
    if not rows or rows[0].pop("organiser") != organiser_id:
        return None
    return LastDeed(**rows[0])
