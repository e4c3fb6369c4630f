"""Closing the loop: what holds without asking the database."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import sha256

from eventsite.errors import Refusal
from eventsite.questions.queries import Correspondent
from eventsite.questions.states import QuestionState
from eventsite.questions.tables import News


class NoSuchPassage(Refusal):
    """This passage is not in the write-up any more. Choose one that is."""


class PlanChanged(Refusal):
    """The questions or the write-up were changed meanwhile, and other letters would be sent. Check them again."""


class NobodyLeft(Refusal):
    """Everybody has been told. Nothing was sent."""


@dataclass(frozen=True)
class Notice:
    """A letter that is due: about which question, to whom, and what it says. `anchors`: the passages it leads to."""

    question_id: str
    to: Correspondent
    news: News
    anchors: tuple[str, ...] = ()
    was_asked: bool = False


@dataclass(frozen=True)
class Plan:
    """Every letter that publishing a write-up, or telling those who are still to be told, would send."""

    notices: tuple[Notice, ...]

    def count(self, news: News) -> int:
        """How many people get a piece of news."""
        return len({one.to.person_id for one in self.notices if one.news == news})

    @property
    def people(self) -> int:
        """How many people are written to."""
        return len({one.to.person_id for one in self.notices})

    @property
    def digest(self) -> str:
        """What makes it this plan: who is told what of which question."""
        said = sorted(f"{one.question_id} {one.to.person_id} {one.news} {one.anchors}" for one in self.notices)
        return sha256("\n".join(said).encode()).hexdigest()[:32]


def news_of(state: str, *, is_tied: bool) -> News | None:
    """What those who asked a question are to hear when the write-up of its panel is published; None: nothing yet."""
    if is_tied:
        return News.TAKEN
    if state == QuestionState.ANSWERED:
        return News.ANSWERED
    return News.NOT_REACHED if state == QuestionState.NOT_REACHED else None


def is_due(news: News, told: Collection[News]) -> bool:
    """Whether somebody who was told so much is to hear this: nothing twice, and nothing sad after something good."""
    return news not in told and not (news == News.NOT_REACHED and told)


def real_anchors(tied: Iterable[str], of_page: Collection[str]) -> tuple[str, ...]:
    """The anchors a letter can lead to, in the order of the page."""
    wanted = set(tied)
    return tuple(anchor for anchor in of_page if anchor in wanted)
