"""Reads that tie write-ups to questions: which passage answers which question, for the desk and for everybody."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from eventsite.database import execute
from eventsite.events.queries import PUBLIC_STATES
from eventsite.questions.states import PUBLIC, QuestionState
from eventsite.writeups.tables import Writeup

_STATES = ", ".join(f"'{state}'" for state in PUBLIC)
_EVENTS = ", ".join(f"'{state.value}'" for state in PUBLIC_STATES)
OPEN_FIRST = (
    QuestionState.ASKED,
    QuestionState.SHORTLISTED,
    QuestionState.APPROVED,
    QuestionState.NOT_REACHED,
    QuestionState.ANSWERED,
)

# Of the write-up's session where it has one, else of all of its event; and whatever is tied to it already.
QUESTIONS = f"""
    SELECT question.id, question.text, question.state, question.asked_at, question.answered_at, question.submitted_at,
        panel.id AS session_id, panel.title AS session_title
    FROM question JOIN programme_session AS panel ON panel.id = question.session
    WHERE question.state IN ({_STATES}) AND (panel.id = {{}} OR panel.event = {{}}
        OR question.id IN (SELECT passage.question FROM passage WHERE passage.writeup = {{}}))
    ORDER BY panel.starts_at, panel.id, question.submitted_at, question.id
"""  # noqa: S608 -- our own text
TIES = """
    SELECT passage.id, passage.question AS question_id, passage.anchor, passage.excerpt, passage.tied_at,
        passage.told_at, COALESCE(organiser.name, '') AS who
    FROM passage LEFT JOIN organiser ON organiser.id = passage.tied_by
    WHERE passage.writeup = {} ORDER BY passage.tied_at, passage.id
"""
ANSWERED_HERE = f"""
    SELECT question.id AS question_id, question.text, passage.anchor, panel.slug AS session_slug,
        event.slug AS event_slug
    FROM passage JOIN question ON question.id = passage.question
    JOIN programme_session AS panel ON panel.id = question.session JOIN event ON event.id = panel.event
    WHERE passage.writeup = {{}} AND question.state IN ({_STATES}) AND event.state IN ({_EVENTS})
    ORDER BY passage.tied_at, passage.id
"""  # noqa: S608 -- our own text


@dataclass(frozen=True)
class LoopQuestion:
    """A question that everybody may read, as closing the loop sees it."""

    id: str
    text: str
    state: str
    asked_at: datetime | None
    answered_at: datetime | None
    submitted_at: datetime
    session_id: str
    session_title: str


@dataclass(frozen=True)
class Tie:
    """That a passage of a write-up takes up a question; `anchor` is empty for the write-up as a whole."""

    id: str
    question_id: str
    anchor: str
    excerpt: str
    tied_at: datetime
    told_at: datetime | None
    who: str


@dataclass(frozen=True)
class AnsweredHere:
    """A public question that a write-up takes up: its words, the passages of it, and where the question stands."""

    id: str
    text: str
    anchors: tuple[str, ...]
    path: str


async def questions_about(writeup: Writeup) -> list[LoopQuestion]:
    """The published questions that a write-up may take up: those of its panel, else of its event. One query."""
    event = None if writeup.session else writeup.event
    rows = await execute(QUESTIONS, writeup.session, event, writeup.id)
    found = [LoopQuestion(**row) for row in rows]
    return sorted(found, key=lambda one: OPEN_FIRST.index(QuestionState(one.state)))


async def questions_of_panel(session_id: str) -> list[LoopQuestion]:
    """The published questions of a panel, what was asked first. One query."""
    found = [LoopQuestion(**row) for row in await execute(QUESTIONS, session_id, None, None)]
    return sorted(found, key=lambda one: OPEN_FIRST.index(QuestionState(one.state)))


async def ties_of(writeup_id: str) -> dict[str, list[Tie]]:
    """The passages that are tied, by question. One query."""
    found: dict[str, list[Tie]] = defaultdict(list)
    for row in await execute(TIES, writeup_id):
        found[row["question_id"]].append(Tie(**row))
    return found


async def answered_here(writeup_id: str, anchors: Sequence[str]) -> list[AnsweredHere]:
    """The public questions that a write-up takes up, in the order of its passages. One query.

    `anchors` are those its page really has: a passage whose words are gone counts as the page as a whole.
    """
    found: dict[str, AnsweredHere] = {}
    for row in await execute(ANSWERED_HERE, writeup_id):
        before = found[row["question_id"]].anchors if row["question_id"] in found else ()
        here = {*before, row["anchor"]} & {*anchors}
        path = f"/events/{row['event_slug']}/sessions/{row['session_slug']}/questions#question-{row['question_id']}"
        ordered = tuple(anchor for anchor in anchors if anchor in here)
        found[row["question_id"]] = AnsweredHere(row["question_id"], row["text"], ordered, path)
    place = {anchor: number for number, anchor in enumerate(anchors)}
    return sorted(found.values(), key=lambda one: place[one.anchors[0]] if one.anchors else len(place))


def passage_path(slug: str, anchor: str) -> str:
    """The address of a passage on this site."""
    return f"/writeups/{slug}#{anchor}" if anchor else f"/writeups/{slug}"
