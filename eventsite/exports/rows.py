"""What is exported, a page of rows at a time: the same fields in every format, as the contract names them."""

from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from eventsite.database import execute
from eventsite.events.tables import Event
from eventsite.questions.held import shown_to
from eventsite.questions.queries import askers_of

PAGE_LENGTH = 500

Row = dict[str, Any]

INTERESTS = """
    SELECT interest.id, event.slug AS event, person.name, person.email, person.job_title, person.organisation,
        interest.state, interest.registered_at, COALESCE((
            SELECT action FROM consent WHERE consent.person = person.id AND purpose = 'updates'
            ORDER BY at DESC, id DESC LIMIT 1
        ), '') = 'given' AS updates
    FROM interest JOIN person ON person.id = interest.person JOIN event ON event.id = interest.event
    WHERE event.id = {} AND interest.id > {} ORDER BY interest.id LIMIT {}
"""
QUESTIONS = """
    SELECT question.id, event.slug AS event, panel.slug AS session, question.text, question.original_text,
        question.clarification, question.held_spans, question.held_at, question.state, question.held_reasons,
        question.merged_into, question.name, COALESCE(person.email, '') AS email, question.submitted_at
    FROM question JOIN programme_session AS panel ON panel.id = question.session
    JOIN event ON event.id = panel.event LEFT JOIN person ON person.id = question.person
    WHERE event.id = {} AND question.id > {} ORDER BY question.id LIMIT {}
"""
THEMES = """
    SELECT question_theme.question, theme.slug, question_theme.source = 'rule' AS suggested
    FROM question_theme JOIN theme ON theme.id = question_theme.theme
    WHERE question_theme.question IN (IDS) ORDER BY theme.position, theme.slug
"""
PROGRAMME = """
    SELECT panel.id, event.slug AS event, panel.slug AS session, panel.title, panel.kind, panel.summary,
        panel.starts_at, panel.ends_at, panel.room, panel.capacity, panel.takes_questions, panel.state
    FROM programme_session AS panel JOIN event ON event.id = panel.event
    WHERE event.id = {} AND panel.id > {} ORDER BY panel.id LIMIT {}
"""
ON_STAGE = """
    SELECT appearance.session, appearance.part, speaker.name, speaker.job_title, speaker.organisation
    FROM appearance JOIN speaker ON speaker.id = appearance.speaker
    WHERE appearance.session IN (IDS) ORDER BY appearance.position, appearance.id
"""
COUNTS = {
    "interests": "SELECT COUNT(*) AS rows FROM interest WHERE event = {}",
    "questions": "SELECT COUNT(*) AS rows FROM question JOIN programme_session AS panel ON panel.id = question.session "
    "WHERE panel.event = {}",
    "programme": "SELECT COUNT(*) AS rows FROM programme_session WHERE event = {}",
}


@dataclass(frozen=True)
class Subject:
    """One kind of export: its fields in their order, its query, and what makes fields of a page of rows."""

    fields: tuple[str, ...]
    query: str
    compose: Callable[[list[Row], bool], Awaitable[list[Row]]]


async def rows_of(subject: str, event: Event, *, with_held: bool = False) -> AsyncIterator[list[Row]]:
    """The rows of an event in the order in which they were made, in pages. A fixed number of queries for each page.

    The words of a held question are covered, and those it had before left out, unless `with_held`.
    """
    wanted, last = SUBJECTS[subject], ""
    while page := await execute(wanted.query, event.id, last, PAGE_LENGTH):
        last = page[-1]["id"]
        composed = await wanted.compose(page, with_held)
        yield [{name: row[name] for name in wanted.fields} for row in composed]


async def row_count(subject: str, event: Event) -> int:
    """How many rows an export has."""
    return int((await execute(COUNTS[subject], event.id))[0]["rows"])


async def _interests(page: list[Row], with_held: bool) -> list[Row]:
    return [row | {"updates": bool(row["updates"])} for row in page]


async def _questions(page: list[Row], with_held: bool) -> list[Row]:
    ids = [row["id"] for row in page]
    askers, themes = await askers_of(ids), await _themes_of(ids)
    return [
        row
        | _words(row, with_held)
        | {
            "themes": themes[row["id"], False],
            "suggested_themes": themes[row["id"], True],
            "held_reasons": [code for code in row["held_reasons"].split(",") if code],
            "askers": askers[row["id"]],
        }
        for row in page
    ]


def _words(row: Row, with_held: bool) -> Row:
    # Whoever takes a file along may lose it: not even what stands around the found words is in it.
    shown = shown_to(row | {"held_spans": None}, may_read=with_held)
    return {"text": shown.text, "original_text": shown.original_text, "name": shown.name}


async def _themes_of(ids: list[str]) -> dict[tuple[str, bool], list[str]]:
    found: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for row in await execute(_among(THEMES, ids), *ids):
        found[row["question"], bool(row["suggested"])].append(row["slug"])
    return found


async def _programme(page: list[Row], with_held: bool) -> list[Row]:
    ids = [row["id"] for row in page]
    stage: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in await execute(_among(ON_STAGE, ids), *ids):
        said = [row["name"], row["job_title"], row["organisation"]]
        stage[row["session"], row["part"]].append(", ".join(filter(None, said)))
    parts = {"chairs": "chair", "panellists": "panellist", "speakers": "speaker"}
    return [
        row
        | {"takes_questions": bool(row["takes_questions"])}
        | {name: stage[row["id"], part] for name, part in parts.items()}
        for row in page
    ]


def _among(query: str, ids: list[str]) -> str:
    return query.replace("IDS", ", ".join("{}" for _ in ids))


SUBJECTS = {
    "interests": Subject(
        ("event", "name", "email", "job_title", "organisation", "state", "updates", "registered_at"),
        INTERESTS,
        _interests,
    ),
    "questions": Subject(
        (
            *("id", "event", "session", "text", "original_text", "state", "themes", "suggested_themes"),
            *("held_reasons", "merged_into", "askers", "name", "email", "submitted_at"),
        ),
        QUESTIONS,
        _questions,
    ),
    "programme": Subject(
        (
            *("event", "session", "title", "kind", "summary", "starts_at", "ends_at", "room", "capacity"),
            *("takes_questions", "state", "chairs", "panellists", "speakers"),
        ),
        PROGRAMME,
        _programme,
    ),
}
