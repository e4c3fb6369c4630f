"""What is to be done: which passages are like which question, who is to be told what, and what is still open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eventsite.closing.queries import LoopQuestion, Tie, questions_about, ties_of
from eventsite.closing.rules import Notice, Plan, is_due, news_of, real_anchors
from eventsite.likeness import ANSWERS, Index
from eventsite.questions.notices import Told, told_of
from eventsite.questions.queries import Correspondent, askers_of, correspondents_of
from eventsite.questions.tables import News
from eventsite.writeups.anchors import Place
from eventsite.writeups.markdown import render
from eventsite.writeups.passages import shortened
from eventsite.writeups.tables import Writeup

MOST_SUGGESTED = 3
WORTH_A_LOOK = ANSWERS / 2
"""An organiser looks at it before it is tied: less than what an asker is shown will do."""


@dataclass(frozen=True)
class Suggestion:
    """A passage that may take up a question: where it is, what it says, and how like it is (0 to 1)."""

    anchor: str
    text: str
    score: float


@dataclass(frozen=True)
class TiedQuestion:
    """A question beside a write-up: what is tied to it, what may be, and who has been told.

    `lost` are ties whose passage is not in the text any more: their link leads to the top of the page.
    """

    question: LoopQuestion
    askers: int
    ties: tuple[Tie, ...]
    lost: frozenset[str]
    suggestions: tuple[Suggestion, ...]
    reachable: int
    told: int


def places_of(writeup: Writeup) -> tuple[Place, ...]:
    """The passages of a write-up, draft or not, with the anchors of its page."""
    return render(writeup.body, anchored=True).places


async def tied_questions(writeup: Writeup) -> list[TiedQuestion]:
    """The questions a write-up may take up, with the passages that are like them. A fixed number of queries."""
    questions, ties = await questions_about(writeup), await ties_of(writeup.id)
    ids = [question.id for question in questions]
    askers, people, told = await askers_of(ids), await correspondents_of(ids), await told_of(ids)
    places = {place.anchor: place.text for place in places_of(writeup)}
    index = Index.of(places, whole=True)
    return [
        TiedQuestion(
            question,
            askers[question.id],
            tuple(ties.get(question.id, ())),
            frozenset(tie.id for tie in ties.get(question.id, ()) if tie.anchor not in places),
            _suggestions(question, ties.get(question.id, ()), places, index),
            len(people[question.id]),
            sum(any((question.id, to.person_id, news) in told for news in News) for to in people[question.id]),
        )
        for question in questions
    ]


async def plan_of(writeup: Writeup) -> Plan:
    """Who is told what when a write-up is published, or is still to be told where it is. Five queries at most."""
    questions, ties = await questions_about(writeup), await ties_of(writeup.id)
    ids = [question.id for question in questions]
    people, told = await correspondents_of(ids), await told_of(ids)
    anchors = [place.anchor for place in places_of(writeup)]
    notices: list[Notice] = []
    for question in questions:
        tied = [tie.anchor for tie in ties.get(question.id, ())]
        news = _news(writeup, question, tied)
        if news:
            notices += _due(question, news, people[question.id], told, real_anchors(tied, anchors))
    return Plan(tuple(notices))


def _news(writeup: Writeup, question: LoopQuestion, tied: Sequence[str]) -> News | None:
    """Only the write-up of its own panel says that a question was not reached."""
    is_own = question.session_id == writeup.session
    return news_of(question.state, is_tied=bool(tied)) if is_own or tied else None


def _due(
    question: LoopQuestion, news: News, people: Sequence[Correspondent], told: Told, anchors: tuple[str, ...]
) -> list[Notice]:
    was_asked = question.asked_at is not None
    return [
        Notice(question.id, to, news, anchors, was_asked)
        for to in people
        if is_due(news, {each for each in News if (question.id, to.person_id, each) in told})
    ]


def _suggestions(
    question: LoopQuestion, ties: Sequence[Tie], places: Mapping[str, str], index: Index
) -> tuple[Suggestion, ...]:
    tied = {tie.anchor for tie in ties}
    found = index.answering(question.text, most=MOST_SUGGESTED + len(tied), at_least=WORTH_A_LOOK)
    fresh = [match for match in found if match.id not in tied][:MOST_SUGGESTED]
    return tuple(Suggestion(match.id, shortened(places[match.id]), match.score) for match in fresh)
