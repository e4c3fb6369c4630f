"""What moderators read: the queue, a page at a time, and one row of it anew."""

import re
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from piccolo.columns.combination import WhereRaw
from piccolo.query.functions.aggregate import Count
from piccolo.query.mixins import OrderByRaw

from eventsite.database import execute
from eventsite.errors import NotFound
from eventsite.questions.about import AboutTheme, about_of
from eventsite.questions.desk_wording import Piece, marked, reasons_of
from eventsite.questions.held import findings_of, is_covered, shown_to
from eventsite.questions.likeness import SimilarQuestion, likenesses
from eventsite.questions.presence import looking
from eventsite.questions.queries import EVENT, SESSION, askers_of
from eventsite.questions.tables import Question, QuestionState

PAGE_LENGTH = 50
WAITING_FIRST = "CASE question.state WHEN 'pending' THEN 0 WHEN 'held' THEN 1 ELSE 2 END"
HAS_WORDS = (
    "(LOWER(question.text) LIKE {} ESCAPE '\\' OR LOWER(question.original_text) LIKE {} ESCAPE '\\' "
    "OR LOWER(question.name) LIKE {} ESCAPE '\\')"
)
NOT_COVERED = """
    question.state <> 'held' AND NOT (
        question.state IN ('rejected', 'withdrawn') AND question.held_at IS NOT NULL AND question.held_reasons = ''
    )
"""
PANELS = """
    SELECT panel.id, panel.title, event.name FROM programme_session AS panel JOIN event ON event.id = panel.event
    WHERE panel.takes_questions OR panel.id IN (SELECT session FROM question)
    ORDER BY panel.starts_at DESC, panel.title
"""


@dataclass(frozen=True)
class Reader:
    """Who reads the queue, when, and whether they may read what is held."""

    id: str = ""
    may_read_held: bool = False
    now: datetime | None = None


@dataclass(frozen=True)
class QueueFilter:
    """What a moderator wants to see: one panel's questions, those in one state, those with some words. Empty: all."""

    panel: str = ""
    state: str = ""
    q: str = ""


@dataclass(frozen=True)
class QueuedQuestion:
    """A question in the queue, with what a moderator decides by. What its reader may not read is masked in it."""

    id: str
    text: str
    original_text: str | None
    clarification: str | None
    name: str
    anonymous: bool
    has_address: bool
    state: str
    rejection_reason: str | None
    held_reasons: str
    held_spans: str | None
    held_at: datetime | None
    merged_into: str | None
    submitted_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    merged_by: str | None
    merged_at: datetime | None
    session: str
    session_title: str
    event_name: str
    is_masked: bool
    about: list[AboutTheme] = field(default_factory=list)
    askers: int = 1
    like: SimilarQuestion | None = None
    lookers: list[str] = field(default_factory=list)

    @cached_property
    def themes(self) -> list[AboutTheme]:
        """What it is about, as people say."""
        return [theme for theme in self.about if not theme.is_suggested]

    @cached_property
    def suggested(self) -> list[AboutTheme]:
        """What rules suggest that it is about."""
        return [theme for theme in self.about if theme.is_suggested]

    @property
    def done(self) -> tuple[str, datetime] | None:
        """Who decided last that it is as it is, and when; None while it waits, and where nobody of the desk did."""
        who, at = (self.merged_by, self.merged_at) if self.state == "merged" else (self.decided_by, self.decided_at)
        return (who, at) if who and at and self.state not in ("pending", "withdrawn") else None

    @cached_property
    def held_for(self) -> list[str]:
        """What it is or was held for, in words."""
        return reasons_of(self.held_reasons)

    @cached_property
    def pieces(self) -> list[Piece]:
        """Its text, with what may identify somebody marked while it is held."""
        is_marked = self.state == QuestionState.HELD and not self.is_masked
        return marked(self.text, findings_of(self.held_spans or "[]")) if is_marked else [Piece(self.text)]


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


async def queue(wanted: QueueFilter, page: int = 1, reader: Reader | None = None) -> Queue:
    """A page of the questions a moderator wants to see, those that wait first, then the oldest first.

    Pages count from 1; one that is not there is the nearest that is. Five queries, and two for each panel on the page.
    """
    reader = reader or Reader()
    counts = await _counts(wanted, reader)
    found = counts.get(wanted.state, 0) if wanted.state else sum(counts.values())
    last = max(1, -(-found // PAGE_LENGTH))
    page = min(max(page, 1), last)
    chosen = Question.select(*_columns()).where(*_conditions(wanted, reader))
    if wanted.state:
        chosen = chosen.where(Question.state == wanted.state)
    ordered = chosen.order_by(OrderByRaw(WAITING_FIRST)).order_by(Question.submitted_at).order_by(Question.id)
    rows = await ordered.limit(PAGE_LENGTH).offset((page - 1) * PAGE_LENGTH)
    return Queue(await _as_queued(rows, reader), counts, page, last)


async def queued_question(question_id: str, reader: Reader) -> QueuedQuestion:
    """One question as the queue shows it; NotFound."""
    rows = await Question.select(*_columns()).where(Question.id == question_id)
    if not rows:
        raise NotFound
    return (await _as_queued(rows, reader))[0]


async def queued_questions(question_ids: list[str], reader: Reader) -> list[QueuedQuestion]:
    """Several questions as the queue shows them, the oldest first; those that do not exist are left out."""
    chosen = Question.select(*_columns()).where(Question.id.is_in(question_ids))
    rows = await chosen.order_by(Question.submitted_at).order_by(Question.id)
    return await _as_queued(rows, reader)


async def waiting(panel: str) -> int:
    """How many questions wait, of a panel or of all."""
    counts = await _counts(QueueFilter(panel=panel), Reader())
    return counts.get(QuestionState.PENDING, 0)


async def panels_with_questions() -> list[PanelChoice]:
    """The panels that take or have taken questions, the latest first."""
    rows = await execute(PANELS)
    return [PanelChoice(row["id"], f"{row['title']} ({row['name']})") for row in rows]


def _columns() -> list[Any]:
    return [
        *(Question.id, Question.text, Question.original_text, Question.clarification, Question.name),
        *(Question.anonymous, Question.person.as_alias("has_address"), Question.state, Question.rejection_reason),
        *(Question.held_reasons, Question.held_spans, Question.held_at, Question.merged_into, Question.submitted_at),
        *(Question.decided_by.name.as_alias("decided_by"), Question.decided_at, Question.session),
        *(Question.merged_by.name.as_alias("merged_by"), Question.merged_at),
        *(SESSION.title.as_alias("session_title"), EVENT.name.as_alias("event_name")),
    ]


async def _counts(wanted: QueueFilter, reader: Reader) -> dict[str, int]:
    chosen = Question.select(Question.state, Count()).where(*_conditions(wanted, reader))
    return {row["state"]: row["count"] for row in await chosen.group_by(Question.state)}


def _conditions(wanted: QueueFilter, reader: Reader) -> list[Any]:
    conditions: list[Any] = []
    if wanted.panel:
        conditions.append(Question.session == wanted.panel)
    if wanted.q:
        # The reader's own % and _ are meant as such.
        pattern = re.sub(r"([\\%_])", r"\\\1", wanted.q.lower())
        conditions.append(WhereRaw(HAS_WORDS, f"%{pattern}%", f"%{pattern}%", f"%{pattern}%"))
        if not reader.may_read_held:
            # Whether words are found would say that they are there.
            conditions.append(WhereRaw(NOT_COVERED))
    return conditions


async def _as_queued(rows: list[dict[str, Any]], reader: Reader) -> list[QueuedQuestion]:
    ids = [row["id"] for row in rows]
    about, askers = await about_of(ids), await askers_of(ids) if ids else {}
    lookers = await looking(reader.id, reader.now) if reader.now else {}
    like: dict[str, SimilarQuestion] = {}
    for session in sorted({row["session"] for row in rows if row["state"] == QuestionState.PENDING}):
        like |= await likenesses(session, of=set(ids))
    return [
        QueuedQuestion(
            **row | {"has_address": row["has_address"] is not None} | _shown(row, reader),
            about=_shown_about(about[row["id"]], row, reader),
            askers=askers.get(row["id"], 1),
            like=like.get(row["id"]),
            lookers=lookers.get(row["id"], []),
        )
        for row in rows
    ]


def _shown_about(about: list[AboutTheme], row: dict[str, Any], reader: Reader) -> list[AboutTheme]:
    """The words that led a rule to a theme are the question's own."""
    return about if reader.may_read_held or not is_covered(row) else [replace(one, words="") for one in about]


def _shown(row: dict[str, Any], reader: Reader) -> dict[str, Any]:
    """What of it this reader may see."""
    return asdict(shown_to(row, may_read=reader.may_read_held))
