"""Reads about questions. Those that say "approved" are for everybody; the rest for the asker or the desk."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventsite.errors import NotFound
from eventsite.events.queries import Panel, get_event_by_id, get_session
from eventsite.questions.rules import shown_name
from eventsite.questions.states import PUBLIC
from eventsite.questions.tables import Question, QuestionTheme, Theme
from eventsite.tokens import Purpose, is_valid_token, read_row_id

SESSION = Question.session
EVENT: Any = Question.session.event


@dataclass(frozen=True)
class PublicQuestion:
    """An approved question as everybody sees it. `name` is empty where none is shown."""

    id: str
    text: str
    name: str
    themes: list[str]
    asked_at: datetime


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


async def themes_of(question_ids: Iterable[str]) -> dict[str, list[Theme]]:
    """What each question is about, in the form's order. One query; a question about nothing gives []."""
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


async def correspondent(question_id: str) -> Correspondent | None:
    """Whom to write to about a question; None where its asker left no address."""
    row = (
        await Question.select(
            Question.link_version,
            *(Question.person.email.as_alias("email"), Question.person.name.as_alias("name")),
            *(SESSION.title.as_alias("session_title"), SESSION.slug.as_alias("session_slug")),
            *(EVENT.name.as_alias("event_name"), EVENT.slug.as_alias("event_slug")),
        )
        .where(Question.id == question_id)
        .first()
    )
    if row is None or row["email"] is None:
        return None
    path = f"/events/{row.pop('event_slug')}/sessions/{row.pop('session_slug')}/questions"
    return Correspondent(**row, question_id=question_id, questions_path=path)


async def _themes_of(question_ids: list[str]) -> list[QuestionTheme]:
    return (
        await QuestionTheme.objects(QuestionTheme.theme)
        .where(QuestionTheme.question.is_in(question_ids))
        .order_by(QuestionTheme.theme.position)
        .order_by(QuestionTheme.theme.label)
    )


def _as_public(question: Question, about: list[Theme]) -> PublicQuestion:
    name = shown_name(question.name, anonymous=question.anonymous)
    return PublicQuestion(question.id, question.text, name, [theme.label for theme in about], question.submitted_at)
