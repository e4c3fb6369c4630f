"""The published questions of a panel as everybody sees them: how many ask each, its votes, and what was answered."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from eventsite.database import execute
from eventsite.questions.credits import credits_of
from eventsite.questions.queries import PublicQuestion, approved_questions, askers_of
from eventsite.questions.rules import TAKES_VOTES
from eventsite.questions.vote_services import takes_votes, votes_of
from eventsite.writeups.markdown import SafeHtml, render

PASSAGES = """
    SELECT passage.question, passage.anchor, passage.excerpt, writeup.slug, writeup.title
    FROM passage JOIN writeup ON writeup.id = passage.writeup
    WHERE writeup.state = 'published' AND passage.question IN (IDS) ORDER BY writeup.title, passage.tied_at, passage.id
"""


@dataclass(frozen=True)
class PassageLink:
    """A place in a published write-up that takes up a question."""

    url: str
    title: str
    excerpt: str


@dataclass(frozen=True)
class Published:
    """A published question: who asked it too and how many others, its votes, and what was answered if anything was."""

    question: PublicQuestion
    also: tuple[str, ...]
    others: int
    votes: int
    answer: SafeHtml | None
    passages: list[PassageLink]

    @property
    def takes_votes(self) -> bool:
        """Whether it is still to be put to the panel."""
        return self.question.state in TAKES_VOTES


@dataclass(frozen=True)
class PublishedList:
    """The published questions of a panel in the order of the page, and whether the audience votes for them."""

    questions: list[Published]
    takes_votes: bool


async def published_questions(session_id: str) -> PublishedList:
    """The published questions of a panel, those with most votes first where it takes votes, the newest first else.

    Seven queries, or two where there are none.
    """
    questions, has_votes = await approved_questions(session_id), await takes_votes(session_id)
    ids = [question.id for question in questions]
    askers, passages = await askers_of(ids), await passages_of_questions(ids)
    votes = await votes_of(session_id) if ids else {}
    also = {question_id: credits.also for question_id, credits in (await credits_of(ids)).items()}
    listed = [
        Published(
            one,
            also[one.id],
            max(askers[one.id] - 1 - len(also[one.id]), 0),
            votes.get(one.id, 0),
            answer_of(one.answer),
            passages[one.id],
        )
        for one in questions
    ]
    if has_votes:
        listed.sort(key=lambda one: -one.votes)
    return PublishedList(listed, has_votes)


async def passages_of_questions(question_ids: Iterable[str]) -> dict[str, list[PassageLink]]:
    """Where published write-ups take up each question. One query, or none."""
    ids = list(question_ids)
    found: dict[str, list[PassageLink]] = defaultdict(list)
    for row in await execute(PASSAGES.replace("IDS", ", ".join("{}" for _ in ids)), *ids) if ids else []:
        anchor = f"#{row['anchor']}" if row["anchor"] else ""
        found[row["question"]].append(PassageLink(f"/writeups/{row['slug']}{anchor}", row["title"], row["excerpt"]))
    return {question_id: found[question_id] for question_id in ids}


def answer_of(markdown: str) -> SafeHtml | None:
    """A written answer as safe HTML, or None where there is none."""
    return render(markdown) if markdown else None
