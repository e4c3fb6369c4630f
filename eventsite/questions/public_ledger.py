"""The public ledger of a panel: what became of everything that was asked, in numbers, each question counted once."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from eventsite.database import execute, new_id
from eventsite.questions.patient_data import CODE_LABELS
from eventsite.questions.rules import is_public
from eventsite.questions.states import QuestionState

COUNTS = """
    SELECT question.state, question.held_reasons, rejection_reason.label, COUNT(*) AS questions, FALSE AS is_deleted
    FROM question LEFT JOIN rejection_reason ON rejection_reason.slug = question.rejected_for
    WHERE question.session = {} GROUP BY question.state, question.held_reasons, rejection_reason.label
    UNION ALL
    SELECT gone.state, gone.reason, rejection_reason.label, gone.questions, TRUE
    FROM deleted_count AS gone LEFT JOIN rejection_reason ON rejection_reason.slug = gone.reason
    WHERE gone.session = {}
"""
ADD = """
    INSERT INTO deleted_count (id, session, state, reason, questions) VALUES ({}, {}, {}, {}, {})
    ON CONFLICT (session, state, reason) DO UPDATE SET questions = deleted_count.questions + excluded.questions
"""
COUNTED_BY = ("id", "session", "state", "held_reasons", "rejected_for")
OTHER_REASON = "Another reason, told to its asker"
BY_HAND = "May identify a person"
INCIDENT = "incident"
HARM = "Tells of harm or wrongdoing"


@dataclass(frozen=True)
class PublicLedger:
    """received = published + merged + everything in held_back + waiting + withdrawn + undecided.

    `held_back` is by reason; `undecided` was deleted, its time being up or its asker erased, before anybody decided.
    """

    published: int
    merged: int
    held_back: tuple[tuple[str, int], ...]
    waiting: int
    withdrawn: int
    undecided: int = 0

    @property
    def received(self) -> int:
        """All that was ever asked."""
        return self.published + self.merged + self.all_held_back + self.waiting + self.withdrawn + self.undecided

    @property
    def all_held_back(self) -> int:
        """What is held or was turned down, whatever for."""
        return sum(number for _, number in self.held_back)


async def public_ledger(session_id: str) -> PublicLedger:
    """What became of the questions to a panel, those that have been deleted as well, in numbers. One query."""
    counts: Counter[str] = Counter()
    held_back: Counter[str] = Counter()
    for row in await execute(COUNTS, session_id, session_id):
        reason = _reason(row["state"], row["held_reasons"], row["label"])
        if reason:
            held_back[reason] += row["questions"]
        elif row["is_deleted"] and row["state"] == QuestionState.PENDING:
            counts["undecided"] += row["questions"]
        else:
            counts["published" if is_public(row["state"]) else row["state"]] += row["questions"]
    return PublicLedger(
        published=counts["published"],
        merged=counts[QuestionState.MERGED],
        held_back=tuple(sorted(held_back.items(), key=lambda item: (-item[1], item[0]))),
        waiting=counts[QuestionState.PENDING],
        withdrawn=counts[QuestionState.WITHDRAWN],
        undecided=counts["undecided"],
    )


async def count_deleted(rows: Iterable[Mapping[str, Any]]) -> None:
    """Keeps the numbers of questions that have just been deleted, as part of the caller's transaction.

    Each row has the columns of `COUNTED_BY`.
    """
    gone = Counter((row["session"], row["state"], _kept_reason(row)) for row in rows)
    for group, number in sorted(gone.items()):
        await execute(ADD, new_id(), *group, number)


def _reason(state: str, held_reasons: str, label: str | None) -> str:
    """Why a question is held back, in words; empty where it is not. One that has several reasons is counted by one."""
    if state == QuestionState.REJECTED:
        return label or OTHER_REASON
    if state != QuestionState.HELD:
        return ""
    code = _held_for(held_reasons)
    if code == INCIDENT:
        return HARM
    return f"{BY_HAND}: {CODE_LABELS[code]}" if code in CODE_LABELS else BY_HAND


def _held_for(held_reasons: str) -> str:
    """The one reason that counts: what may identify somebody before what tells of harm."""
    codes = [code for code in held_reasons.split(",") if code]
    return next((code for code in codes if code != INCIDENT), codes[0] if codes else "")


def _kept_reason(row: Mapping[str, Any]) -> str:
    if row["state"] == QuestionState.HELD:
        return _held_for(row["held_reasons"])
    return (row["rejected_for"] or "") if row["state"] == QuestionState.REJECTED else ""
