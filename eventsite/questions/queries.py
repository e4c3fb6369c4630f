"""Reads about questions. Those that say "approved" are for everybody; the rest for the asker or the desk."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventsite.database import execute
from eventsite.errors import NotFound
from eventsite.events.queries import Panel, get_event_by_id, get_session
from eventsite.questions.rules import shown_name
from eventsite.questions.states import PUBLIC
from eventsite.questions.tables import Question, QuestionTheme, Theme, ThemeSource
from eventsite.tokens import Purpose, is_valid_token, read_row_id

# Questions and what is merged with them, at any depth.
TREE = """
    WITH RECURSIVE tree (head, id) AS (
        SELECT id, id FROM question WHERE id IN (HEADS)
        UNION SELECT tree.head, question.id FROM question JOIN tree ON question.merged_into = tree.id
        WHERE question.state = 'merged'
    )
"""
ASKERS = f"""{TREE}
    SELECT head, COUNT(DISTINCT who) AS askers FROM (
        SELECT tree.head, COALESCE(question.person, question.id) AS who
        FROM tree JOIN question ON question.id = tree.id
        UNION SELECT tree.head, COALESCE(voice.person, voice.id) FROM tree JOIN voice ON voice.question = tree.id
    ) AS everybody GROUP BY head
"""  # noqa: S608 -- our own text
FAMILY = f"""{TREE}
    SELECT tree.id FROM tree JOIN question ON question.id = tree.id
    ORDER BY CASE WHEN tree.id = tree.head THEN 0 ELSE 1 END, question.submitted_at, tree.id
"""  # noqa: S608 -- our own text
CREDITED = f"""{TREE}
    SELECT credited.head, person.id AS person_id, person.link_version AS person_version, person.email, person.name,
        credited.question AS question_id, credited.link_version, credited.voice, panel.title AS session_title,
        panel.slug AS session_slug, event.name AS event_name, event.slug AS event_slug
    FROM (
        SELECT tree.head, question.id AS question, question.session, question.link_version, question.person,
            '' AS voice,
            CASE WHEN tree.id = tree.head THEN 0 ELSE 1 END AS turn, question.submitted_at AS since
        FROM tree JOIN question ON question.id = tree.id
        UNION ALL
        SELECT tree.head, question.id, question.session, question.link_version, voice.person, voice.id, 2,
            voice.added_at
        FROM tree JOIN question ON question.id = tree.id JOIN voice ON voice.question = tree.id
    ) AS credited
    JOIN person ON person.id = credited.person
    JOIN programme_session AS panel ON panel.id = credited.session JOIN event ON event.id = panel.event
    ORDER BY credited.turn, credited.since, credited.question, credited.voice
"""  # noqa: S608 -- our own text
SESSION = Question.session
EVENT: Any = Question.session.event


@dataclass(frozen=True)
class PublicQuestion:
    """An approved question as everybody sees it. `name` is empty where none is shown, `answer` where there is none."""

    id: str
    text: str
    name: str
    themes: list[str]
    asked_at: datetime
    state: str
    answer: str


@dataclass(frozen=True)
class Correspondent:
    """Whom a letter about a question goes to, and what it needs to say which question it is about."""

    email: str
    name: str
    question_id: str
    link_version: int
    session_title: str
    event_name: str
    questions_path: str
    person_id: str = ""
    person_version: int = 0
    voice: str = ""
    """The id of their voice, where they added it to a question of somebody else: it is not theirs to open."""


async def approved_questions(session_id: str) -> list[PublicQuestion]:
    """The approved questions to a panel, newest first. Two queries, or one where there are none."""
    questions = (
        await Question.objects()
        .where(Question.session == session_id, Question.state.is_in(list(PUBLIC)))
        .order_by(Question.submitted_at, ascending=False)
        .order_by(Question.id, ascending=False)
    )
    about = await themes_of(question.id for question in questions)
    return [_as_public(question, about[question.id]) for question in questions]


async def themes() -> list[Theme]:
    """The themes a question can be about, in the order the form shows them."""
    return await Theme.objects().where(Theme.active.eq(True)).order_by(Theme.position).order_by(Theme.label)


async def themes_for(question_id: str) -> list[Theme]:
    """The themes a question can be about, and those out of use that somebody said it is about."""
    said = QuestionTheme.select(QuestionTheme.theme).where(QuestionTheme.question == question_id)
    about = await said.where(QuestionTheme.source != ThemeSource.RULE.value).output(as_list=True)
    chosen = Theme.objects().where(Theme.active.eq(True) | Theme.id.is_in(about or [""]))
    return await chosen.order_by(Theme.position).order_by(Theme.label)


async def themes_of(question_ids: Iterable[str]) -> dict[str, list[Theme]]:
    """What each question is about, in the form's order; what is only suggested is not. One query, or none."""
    wanted = list(question_ids)
    found: dict[str, list[Theme]] = defaultdict(list)
    rows = await _themes_of(wanted) if wanted else []
    for row in rows:
        found[row.question].append(row.theme)
    return {question_id: found[question_id] for question_id in wanted}


async def get_question(question_id: str) -> Question:
    """The question of that id in whatever state, for the desk; NotFound."""
    question = await Question.objects().get(Question.id == question_id)
    if question is None:
        raise NotFound
    return question


async def get_question_of_link(secret: str, token: str) -> Question:
    """The question a link to `/questions/{token}` belongs to; NotFound for a wrong, foreign or revoked one."""
    question = await Question.objects().get(Question.id == (read_row_id(token) or ""))
    if question is None or not is_valid_token(secret, Purpose.QUESTION, token, question.link_version):
        raise NotFound
    return question


async def panel_of(question: Question) -> Panel:
    """The panel a question was put to, whatever has become of it."""
    session = await get_session(question.session)
    return Panel(session, await get_event_by_id(session.event))


async def askers_of(question_ids: Iterable[str]) -> dict[str, int]:
    """How many people ask each of these questions: whoever asked it or one merged with it, or added a voice. One query.

    Somebody who did so twice and left an address is counted once.
    """
    wanted = list(question_ids)
    if not wanted:
        return {}
    rows = await execute(ASKERS.replace("HEADS", ", ".join("{}" for _ in wanted)), *wanted)
    return dict.fromkeys(wanted, 0) | {row["head"]: row["askers"] for row in rows}


async def family_of(question_id: str) -> list[str]:
    """The ids of a question and of all that are merged with it, at any depth: itself first, then the eldest."""
    rows = await execute(FAMILY.replace("HEADS", "{}"), question_id)
    return [row["id"] for row in rows]


async def correspondents(question_id: str) -> list[Correspondent]:
    """Everybody who is credited with a question and left an address, each once, its own asker first. One query."""
    return (await correspondents_of([question_id]))[question_id]


async def correspondents_of(question_ids: Iterable[str]) -> dict[str, list[Correspondent]]:
    """Everybody who is credited with each of these questions and left an address. One query, or none."""
    once: dict[str, dict[str, Correspondent]] = {question_id: {} for question_id in question_ids}
    if once:
        for row in await execute(CREDITED.replace("HEADS", ", ".join("{}" for _ in once)), *once):
            once[row.pop("head")].setdefault(row["person_id"], _as_correspondent(row))
    return {question_id: list(people.values()) for question_id, people in once.items()}


async def correspondent(question_id: str) -> Correspondent | None:
    """Whom to write to about a question; None where its asker left no address."""
    row = (
        await Question.select(
            Question.link_version,
            *(Question.person.email.as_alias("email"), Question.person.name.as_alias("name")),
            *(Question.person.id.as_alias("person_id"), Question.person.link_version.as_alias("person_version")),
            *(SESSION.title.as_alias("session_title"), SESSION.slug.as_alias("session_slug")),
            *(EVENT.name.as_alias("event_name"), EVENT.slug.as_alias("event_slug")),
        )
        .where(Question.id == question_id)
        .first()
    )
    if row is None or row["email"] is None:
        return None
    return _as_correspondent({**row, "question_id": question_id})


async def _themes_of(question_ids: list[str]) -> list[QuestionTheme]:
    return (
        await QuestionTheme.objects(QuestionTheme.theme)
        .where(QuestionTheme.question.is_in(question_ids), QuestionTheme.source != ThemeSource.RULE)
        .order_by(QuestionTheme.theme.position)
        .order_by(QuestionTheme.theme.label)
    )


def _as_correspondent(row: dict[str, Any]) -> Correspondent:
    path = f"/events/{row['event_slug']}/sessions/{row['session_slug']}/questions"
    said = {name: value for name, value in row.items() if name not in {"event_slug", "session_slug"}}
    return Correspondent(**said, questions_path=path)


def _as_public(question: Question, about: list[Theme]) -> PublicQuestion:
    name = shown_name(question.name, anonymous=question.anonymous)
    labels = [theme.label for theme in about]
    said = (question.id, question.text, name, labels, question.submitted_at, question.state, question.answer or "")
    return PublicQuestion(*said)
