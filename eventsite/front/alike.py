"""What others asked already and what write-ups say of it, for somebody who is about to ask."""

from dataclasses import dataclass
from typing import Any

from eventsite.likeness import SURE
from eventsite.questions.likeness import SimilarQuestion, similar_public
from eventsite.writeups.passages import PassageMatch, passages_like

LIKELY = 0.8
"""A question this like theirs is shown to somebody who asks; from SURE on it is worth a step of its own."""
CLEAR = 0.85
"""A passage this good is worth a step of its own; lesser ones are shown to whoever is still typing."""


@dataclass(frozen=True)
class Alike:
    """Published questions of a panel that ask the same as a text, and passages that may answer it; best first."""

    questions: list[SimilarQuestion]
    passages: list[PassageMatch]

    @property
    def names(self) -> set[str]:
        """What tells one that was shown from one that was not."""
        return {question.id for question in self.questions} | {passage.url for passage in self.passages}

    @property
    def stops(self) -> set[str]:
        """What somebody should see before their question is sent."""
        clear = {passage.url for passage in self.passages if passage.score >= CLEAR}
        return {question.id for question in self.questions if question.score >= SURE} | clear

    def as_json(self) -> dict[str, list[dict[str, Any]]]:
        """As the contract has it."""
        return {
            "questions": [
                {"id": one.id, "text": one.text, "askers": one.askers, "score": round(one.score, 3)}
                for one in self.questions
            ],
            "passages": [{"url": one.url, "text": one.text, "score": round(one.score, 3)} for one in self.passages],
        }


async def find_alike(session_id: str, text: str) -> Alike:
    """What is like a text. Nothing of it is kept."""
    return Alike(await similar_public(session_id, text, at_least=LIKELY), await passages_like(text))
