"""What moderators read: the queue, a page at a time, and the history of one question."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from piccolo.columns.combination import WhereRaw
from piccolo.query.functions.aggregate import Count
from piccolo.query.mixins import OrderByRaw

from eventsite.database import execute
from eventsite.questions.queries import EVENT, SESSION, themes_of
from eventsite.questions.tables import Question, Theme

PAGE_LENGTH = 50
WAITING_FIRST = "CASE WHEN question.state = 'pending' THEN 0 ELSE 1 END"
HAS_WORDS = (
    "(LOWER(question.text) LIKE {} ESCAPE '\\' OR LOWER(question.original_text) LIKE {} ESCAPE '\\' "
    "OR LOWER(question.name) LIKE {} ESCAPE '\\')"
)
PANELS = """
    SELECT panel.id, panel.title, event.name FROM programme_session AS panel JOIN event ON event.id = panel.event
    WHERE panel.takes_questions OR panel.id IN (SELECT session FROM question)
    ORDER BY panel.starts_at DESC, panel.title
"""
HISTORY = """
    SELECT entry.deed, COALESCE(organiser.name, '') AS who, entry.at FROM ledger_entry AS entry
    LEFT JOIN organiser ON organiser.id = entry.actor
    WHERE entry.subject_id = {} ORDER BY entry.at, entry.id
"""


@dataclass(frozen=True)
class QueueFilter:
    """What a moderator wants to see: one panel's questions, those in one state, those with some words. Empty: all."""

    panel: str = ""
    state: str = ""
    q: str = ""


@dataclass(frozen=True)
class QueuedQuestion:
    """A question in the queue, with what a moderator decides by."""

    id: str
    text: str
    original_text: str | None
    name: str
    anonymous: bool
    has_address: bool
    state: str
    rejection_reason: str | None
    submitted_at: datetime
    session_title: str
    event_name: str
    themes: list[Theme]


@dataclass(frozen=True)
class Queue:
    """A page of the queue. `counts` says how many questions the filter finds in each state, whatever its own state."""

    questions: list[QueuedQuestion]
    counts: dict[str, int]
    page: int
    last: int


@dataclass(frozen=True)
class PanelChoice:
    """A panel the queue can be narrowed to."""

    value: str
    label: str


@dataclass(frozen=True)
class HistoryEntry:
    """A line of a question's history: what was done, by whom (empty: by its asker), and when."""

    deed: str
    who: str
    at: datetime


async def queue(wanted: QueueFilter, page: int = 1) -> Queue:
    """A page of the questions a moderator wants to see, those that wait first, then the oldest first. Three queries.

    Pages count from 1; one that is not there is the nearest that is.
    """
    counts = await _counts(wanted)
    found = counts.get(wanted.state, 0) if wanted.state else sum(counts.values())
    last = max(1, -(-found // PAGE_LENGTH))
    page = min(max(page, 1), last)
    rows = await _queued(wanted).limit(PAGE_LENGTH).offset((page - 1) * PAGE_LENGTH)
    about = await themes_of(row["id"] for row in rows)
    return Queue([_as_queued(row, about[row["id"]]) for row in rows], counts, page, last)


async def panels_with_questions() -> list[PanelChoice]:
    """The panels that take or have taken questions, the latest first."""
    rows = await execute(PANELS)
    return [PanelChoice(row["id"], f"{row['title']} ({row['name']})") for row in rows]


async def history(question_id: str) -> list[HistoryEntry]:
    """What was done with a question, the oldest first."""
    return [HistoryEntry(**row) for row in await execute(HISTORY, question_id)]


def _queued(wanted: QueueFilter) -> Any:
    columns = (
        *(Question.id, Question.text, Question.original_text, Question.name, Question.anonymous, Question.state),
        *(Question.rejection_reason, Question.submitted_at, Question.person.as_alias("has_address")),
        *(SESSION.title.as_alias("session_title"), EVENT.name.as_alias("event_name")),
    )
    chosen = Question.select(*columns).where(*_conditions(wanted))
    if wanted.state:
        chosen = chosen.where(Question.state == wanted.state)
    return chosen.order_by(OrderByRaw(WAITING_FIRST)).order_by(Question.submitted_at).order_by(Question.id)


async def _counts(wanted: QueueFilter) -> dict[str, int]:
    rows = await Question.select(Question.state, Count()).where(*_conditions(wanted)).group_by(Question.state)
    return {row["state"]: row["count"] for row in rows}


def _conditions(wanted: QueueFilter) -> list[Any]:
    conditions: list[Any] = []
    if wanted.panel:
        conditions.append(Question.session == wanted.panel)
    if wanted.q:
        # The reader's own % and _ are meant as such.
        pattern = re.sub(r"([\\%_])", r"\\\1", wanted.q.lower())
        conditions.append(WhereRaw(HAS_WORDS, f"%{pattern}%", f"%{pattern}%", f"%{pattern}%"))
    return conditions


def _as_queued(row: dict[str, Any], about: list[Theme]) -> QueuedQuestion:
    return QueuedQuestion(**row | {"has_address": row["has_address"] is not None, "themes": about})
