"""What the desk, the chair and the room see of a panel: published questions alone, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from eventsite.database import execute
from eventsite.events.queries import Panel, get_event_by_id, get_session
from eventsite.panel.rules import minutes_for, people, role_of, roles_in_words
from eventsite.questions.credits import credits_of
from eventsite.questions.queries import askers_of, themes_of
from eventsite.questions.rules import shown_name
from eventsite.questions.stage_queries import latest_steps, messages_to_chair, stage_of
from eventsite.questions.states import PUBLIC, QuestionState
from eventsite.questions.tables import ChairMessage, PanelStage
from eventsite.questions.vote_services import votes_of

OF_EVERYBODY = ", ".join(f"'{state}'" for state in PUBLIC)
QUESTIONS = f"""
    SELECT id, text, state, name, anonymous, minutes, asked_at FROM question
    WHERE session = {{}} AND state IN ({OF_EVERYBODY})
    ORDER BY CASE WHEN shortlist_position IS NULL THEN 1 ELSE 0 END, shortlist_position, submitted_at, id
"""  # noqa: S608  -- our own states
# Whoever asked it, asked the same and was merged with it, or added their voice: each person once.
TITLES = f"""
    WITH RECURSIVE tree (head, id) AS (
        SELECT id, id FROM question WHERE session = {{}} AND state IN ({OF_EVERYBODY})
        UNION SELECT tree.head, question.id FROM question JOIN tree ON question.merged_into = tree.id
        WHERE question.state = 'merged'
    )
    SELECT asked.head, person.job_title, person.organisation, person.name FROM (
        SELECT tree.head, question.person FROM tree JOIN question ON question.id = tree.id
        UNION SELECT tree.head, voice.person FROM tree JOIN voice ON voice.question = tree.id
    ) AS asked JOIN person ON person.id = asked.person WHERE person.job_title <> ''
"""  # noqa: S608  -- our own states
PANELS = """
    SELECT panel.id, panel.title, panel.starts_at, panel.ends_at, event.name AS event_name,
        SUM(CASE WHEN question.state = 'approved' THEN 1 ELSE 0 END) AS approved,
        SUM(CASE WHEN question.state = 'shortlisted' THEN 1 ELSE 0 END) AS shortlisted,
        SUM(CASE WHEN question.state = 'asked' THEN 1 ELSE 0 END) AS asked
    FROM programme_session AS panel JOIN event ON event.id = panel.event
        LEFT JOIN question ON question.session = panel.id
    WHERE panel.takes_questions OR question.id IS NOT NULL
    GROUP BY panel.id, panel.title, panel.starts_at, panel.ends_at, event.name
    ORDER BY panel.starts_at DESC, panel.title, panel.id
"""


@dataclass(frozen=True)
class PanelLine:
    """A panel in the list of those that take questions, with how its questions stand."""

    id: str
    title: str
    starts_at: datetime
    ends_at: datetime
    event_name: str
    approved: int
    shortlisted: int
    asked: int


@dataclass(frozen=True)
class BoardQuestion:
    """A published question as the panel has it before it. `name` is empty where none may be shown.

    `added` is what its askers want the organisers and the chair to know, and nobody else.
    """

    id: str
    text: str
    state: str
    name: str
    minutes: int | None
    asked_at: datetime | None
    askers: int
    votes: int
    themes: tuple[str, ...]
    added: tuple[str, ...]

    @property
    def asked_by(self) -> str:
        """How many ask it."""
        return people(self.askers)


@dataclass(frozen=True)
class Board:
    """A panel with its published questions, and how it is run in the room. `last` is the step to be taken back next."""

    panel: Panel
    stage: PanelStage | None
    questions: tuple[BoardQuestion, ...]
    messages: tuple[ChairMessage, ...]
    last: str

    @cached_property
    def present(self) -> BoardQuestion | None:
        """What is before the panel and on the screen just now."""
        present = self.stage.current_question if self.stage else None
        return next((question for question in self.questions if question.id == present), None)

    @property
    def saw(self) -> str:
        """What whoever acts on this board says that they saw as the present question."""
        return str(self.stage.current_question or "") if self.stage else ""

    @property
    def listed(self) -> list[BoardQuestion]:
        """What is to be asked, in order."""
        return self._in(QuestionState.SHORTLISTED)

    @property
    def next(self) -> BoardQuestion | None:
        """The first that is to be asked."""
        return next(iter(self.listed), None)

    @property
    def asked(self) -> list[BoardQuestion]:
        """What has been asked and is off the screen, the latest first."""
        done = self._in(QuestionState.ASKED)
        return sorted(done, key=lambda question: str(question.asked_at), reverse=True)

    @property
    def not_reached(self) -> list[BoardQuestion]:
        """What there was no time for."""
        return self._in(QuestionState.NOT_REACHED)

    @property
    def others(self) -> list[BoardQuestion]:
        """What is published and on no list, that which most ask first."""
        return sorted(self._in(QuestionState.APPROVED), key=lambda question: (-question.askers, -question.votes))

    @property
    def planned(self) -> int:
        """The minutes that the list takes."""
        return sum(minutes_for(question.minutes) for question in self.listed)

    @property
    def length(self) -> int:
        """The minutes that the panel has for questions."""
        return self.stage.minutes if self.stage else int(PanelStage.minutes._meta.params["default"])

    def _in(self, state: QuestionState) -> list[BoardQuestion]:
        return [question for question in self.questions if question.state == state and question != self.present]


async def panels() -> list[PanelLine]:
    """The panels that take or have taken questions, the latest first."""
    return [PanelLine(**row) for row in await execute(PANELS)]


async def get_board(session_id: str) -> Board:
    """A panel with its published questions, whatever the state of its event; NotFound. Ten queries."""
    session = await get_session(session_id)
    panel = Panel(session, await get_event_by_id(session.event))
    steps = await latest_steps(session_id)
    return Board(
        panel,
        await stage_of(session_id),
        await _questions(session_id),
        tuple(await messages_to_chair(session_id)),
        steps[0].id if steps else "",
    )


async def roles_of(session_id: str) -> dict[str, str]:
    """The roles of those who ask each published question of a panel, without names; who gave none is not among them."""
    found: dict[str, list[str]] = {}
    for row in await execute(TITLES, session_id):
        found.setdefault(row["head"], []).append(role_of(row["job_title"], row["organisation"], row["name"]))
    return {question_id: roles_in_words(roles) for question_id, roles in found.items()}


async def _questions(session_id: str) -> tuple[BoardQuestion, ...]:
    rows = await execute(QUESTIONS, session_id)
    ids = [row["id"] for row in rows]
    askers, about, credits = await askers_of(ids), await themes_of(ids), await credits_of(ids)
    votes = await votes_of(session_id)
    return tuple(
        BoardQuestion(
            **{name: row[name] for name in ("id", "text", "state", "minutes", "asked_at")},
            name=shown_name(row["name"], anonymous=row["anonymous"]),
            askers=askers[row["id"]],
            votes=votes.get(row["id"], 0),
            themes=tuple(theme.label for theme in about[row["id"]]),
            added=credits[row["id"]].added,
        )
        for row in rows
    )
