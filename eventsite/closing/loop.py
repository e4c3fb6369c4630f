"""How a panel's questions ended: each one asked, answered or not reached, who has been told, and what comes next."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from eventsite.closing.queries import LoopQuestion, questions_of_panel
from eventsite.database import execute
from eventsite.questions.notices import told_of
from eventsite.questions.queries import askers_of, correspondents_of
from eventsite.questions.states import QuestionState
from eventsite.questions.tables import News

WRITEUPS = """
    SELECT id, title, slug, state FROM writeup WHERE session = {}
    ORDER BY CASE WHEN state = 'published' THEN 0 ELSE 1 END, created_at, id
"""
TIED = """
    SELECT passage.question, writeup.id AS writeup_id, writeup.state FROM passage
    JOIN writeup ON writeup.id = passage.writeup JOIN question ON question.id = passage.question
    WHERE question.session = {} ORDER BY CASE WHEN writeup.state = 'published' THEN 1 ELSE 0 END, passage.tied_at
"""


class Outcome(StrEnum):
    """How a question ended, as far as everybody can read it."""

    TAKEN = "taken"
    """A published write-up takes it up."""
    ANSWERED = "answered"
    NOT_REACHED = "not_reached"
    ASKED = "asked"
    """It was asked, and nothing can be read of it yet."""
    OPEN = "open"
    """Nobody has said whether it was asked."""


class Step(StrEnum):
    """What comes next."""

    NOTHING = "nothing"
    TELL = "tell"
    PUBLISH = "publish"
    TIE = "tie"
    WRITE_UP = "write up"
    SAY = "say"
    """Whether it was asked."""
    WAIT = "wait"
    """The panel is still to come."""


@dataclass(frozen=True)
class LoopWriteup:
    """A write-up of the panel, on the site or a draft."""

    id: str
    title: str
    slug: str
    state: str


@dataclass(frozen=True)
class LoopLine:
    """A question, how it ended, how many of those who can be written to were told so, and the next step.

    `writeup` is the one the step is done on.
    """

    question: LoopQuestion
    outcome: Outcome
    askers: int
    reachable: int
    told: int
    step: Step
    writeup: str

    @property
    def untold(self) -> int:
        """How many of those who left an address have heard nothing yet."""
        return self.reachable - self.told


@dataclass(frozen=True)
class Loop:
    """A panel's questions and its write-ups. `untold` are people, each counted once however much they asked."""

    lines: list[LoopLine]
    writeups: list[LoopWriteup]
    untold: int

    def count(self, *outcomes: str) -> int:
        """How many questions ended so."""
        return sum(line.outcome in outcomes for line in self.lines)


async def loop_of(session_id: str, ends_at: datetime, now: datetime) -> Loop:
    """How things stand with the questions of a panel. Six queries, however many there are."""
    questions = await questions_of_panel(session_id)
    ids = [question.id for question in questions]
    writeups = [LoopWriteup(**row) for row in await execute(WRITEUPS, session_id)]
    # A tie in a published write-up comes last, and so stands.
    tied = {row["question"]: (row["writeup_id"], row["state"]) for row in await execute(TIED, session_id)}
    askers, people, told = await askers_of(ids), await correspondents_of(ids), await told_of(ids)
    lines: list[LoopLine] = []
    untold: set[str] = set()
    for question in questions:
        outcome = _outcome(question, tied.get(question.id, ("", ""))[1])
        deaf = {to.person_id for to in people[question.id] if not _knows(question.id, to.person_id, outcome, told)}
        untold |= deaf
        reachable = len(people[question.id])
        step, writeup = _next(outcome, tied.get(question.id), writeups, bool(deaf), is_over=ends_at <= now)
        lines.append(LoopLine(question, outcome, askers[question.id], reachable, reachable - len(deaf), step, writeup))
    return Loop(lines, writeups, len(untold))


def _outcome(question: LoopQuestion, tied_in: str) -> Outcome:
    if tied_in == "published":
        return Outcome.TAKEN
    known = {state.value: Outcome(state.value) for state in (QuestionState.ANSWERED, QuestionState.NOT_REACHED)}
    known[QuestionState.ASKED.value] = Outcome.ASKED
    return known.get(question.state, Outcome.OPEN)


def _knows(question_id: str, person_id: str, outcome: Outcome, told: frozenset[tuple[str, str, str]]) -> bool:
    """Whether somebody has heard how their question ended: what they heard of an answer counts for a passage, too."""
    good = any((question_id, person_id, news.value) in told for news in (News.TAKEN, News.ANSWERED))
    return good or (outcome == Outcome.NOT_REACHED and (question_id, person_id, News.NOT_REACHED.value) in told)


def _next(
    outcome: Outcome, tied: tuple[str, str] | None, writeups: list[LoopWriteup], is_untold: bool, *, is_over: bool
) -> tuple[Step, str]:
    """The next step, and the write-up it is done on."""
    published = next((each.id for each in writeups if each.state == "published"), "")
    draft = next((each.id for each in writeups if each.state != "published"), "")
    if outcome == Outcome.OPEN:
        return (Step.SAY, "") if is_over else (Step.WAIT, "")
    if outcome == Outcome.TAKEN and tied:
        return (Step.TELL, tied[0]) if is_untold else (Step.NOTHING, "")
    if outcome in (Outcome.ANSWERED, Outcome.NOT_REACHED):
        if not is_untold:
            return Step.NOTHING, ""
        return (Step.TELL, published) if published else (Step.PUBLISH, draft)
    if tied:
        return Step.PUBLISH, tied[0]
    return (Step.TIE, published or draft) if writeups else (Step.WRITE_UP, "")
