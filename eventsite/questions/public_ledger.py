"""The public ledger of a panel: what became of everything that was asked, in numbers, each question counted once."""

from collections import Counter
from dataclasses import dataclass

from eventsite.database import execute
from eventsite.questions.patient_data import CODE_LABELS
from eventsite.questions.rules import is_public
from eventsite.questions.states import QuestionState

COUNTS = """
    SELECT question.state, question.held_reasons, rejection_reason.label, COUNT(*) AS questions
    FROM question LEFT JOIN rejection_reason ON rejection_reason.slug = question.rejected_for
    WHERE question.session = {} GROUP BY question.state, question.held_reasons, rejection_reason.label
"""
OTHER_REASON = "Another reason, told to its asker"
BY_HAND = "May identify a person"
HARM = "Tells of harm or wrongdoing"


@dataclass(frozen=True)
class PublicLedger:
    """received = published + merged + everything in held_back + waiting + withdrawn. `held_back` is by reason."""

    published: int
    merged: int
    held_back: tuple[tuple[str, int], ...]
    waiting: int
    withdrawn: int

    @property
    def received(self) -> int:
        """All that was asked and is still kept."""
        return self.published + self.merged + self.all_held_back + self.waiting + self.withdrawn

    @property
    def all_held_back(self) -> int:
        """What is held or was turned down, whatever for."""
        return sum(number for _, number in self.held_back)


async def public_ledger(session_id: str) -> PublicLedger:
    """What became of the questions to a panel, in numbers. One query."""
    counts: Counter[str] = Counter()
    held_back: Counter[str] = Counter()
    for row in await execute(COUNTS, session_id):
        reason = _reason(row["state"], row["held_reasons"], row["label"])
        if reason:
            held_back[reason] += row["questions"]
        else:
            counts["published" if is_public(row["state"]) else row["state"]] += row["questions"]
    return PublicLedger(
        published=counts["published"],
        merged=counts[QuestionState.MERGED],
        held_back=tuple(sorted(held_back.items(), key=lambda item: (-item[1], item[0]))),
        waiting=counts[QuestionState.PENDING],
        withdrawn=counts[QuestionState.WITHDRAWN],
    )


def _reason(state: str, held_reasons: str, label: str | None) -> str:
    """Why a question is held back, in words; empty where it is not. One that has several reasons is counted by one."""
    if state == QuestionState.REJECTED:
        return label or OTHER_REASON
    if state != QuestionState.HELD:
        return ""
    codes = [code for code in held_reasons.split(",") if code]
    personal = [code for code in codes if code != "incident"]
    if codes and not personal:
        return HARM
    return f"{BY_HAND}: {CODE_LABELS[personal[0]]}" if personal and personal[0] in CODE_LABELS else BY_HAND
