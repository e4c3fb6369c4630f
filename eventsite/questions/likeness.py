"""Which questions of a panel ask the same: an index in memory for each panel, brought up to date at every look.

The rows are read anew each time, so that no other process has to be heard of; what is kept is only the work of
reading them. Held, rejected, withdrawn and merged questions are never in an index.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import NamedTuple

from eventsite.database import execute
from eventsite.likeness import ALIKE, SAME, SURE, Index, Match
from eventsite.questions.queries import askers_of
from eventsite.questions.states import PUBLIC, QuestionState

PANELS_KEPT = 12
SEEN_BY_DESK = (QuestionState.PENDING, *PUBLIC)
OTHERS_WAIT = 0.02  # seconds that the index works before others have their turn
_HOLES = ", ".join("{}" for _ in SEEN_BY_DESK)
ROWS = f"SELECT id, text, state FROM question WHERE session = {{}} AND state IN ({_HOLES}) ORDER BY id"  # noqa: S608 -- placeholders alone


@dataclass(frozen=True)
class SimilarQuestion:
    """A question that asks (nearly) the same: how many want it answered, the score, and the words that match."""

    id: str
    text: str
    askers: int
    score: float
    words: tuple[str, ...]
    state: str


@dataclass(frozen=True)
class _Row:
    text: str
    state: str


class _Found(NamedTuple):
    match: Match
    row: _Row


class _PanelIndex:
    """The questions of one panel that a desk may see, and for those that were looked for, how like others are."""

    def __init__(self) -> None:
        self.rows: dict[str, _Row] = {}
        self.index = Index()
        self.scores: dict[str, dict[str, float]] = {}
        self.lock = asyncio.Lock()

    async def bring_up_to_date(self, rows: Mapping[str, _Row]) -> None:
        """Reads what is new or reworded and lets go of what is no longer there, others having their turn meanwhile."""
        async with self.lock:
            kept = {id: row for id, row in self.rows.items() if id in rows and rows[id].text == row.text}
            for id in self.rows.keys() - kept.keys():
                self._let_go(id)
            self.rows = {id: rows[id] for id in kept}
            began = perf_counter()
            for id in rows.keys() - kept.keys():
                self._take_in(id, rows[id])
                began = await _give_way(began)

    def search(self, text: str, *, most: int, at_least: float, only_public: bool = False) -> list[_Found]:
        """The questions like a text with their rows, as they are now: at the next wait others may change them."""
        public = {id for id, row in self.rows.items() if row.state in PUBLIC} if only_public else None
        found = self.index.search(text, most=most, at_least=at_least, among=public)
        return [_Found(match, self.rows[match.id]) for match in found]

    def best(self, id: str) -> _Found | None:
        """The question most like one of them; of equals the first by id."""
        scores = self._like(id)
        if not scores:
            return None
        other = min(scores, key=lambda each: (-scores[each], each))
        words = self.index.words(other, self.rows[id].text)
        return _Found(Match(other, scores[other], words), self.rows[other])

    def _like(self, id: str) -> dict[str, float]:
        if id not in self.scores:
            found = self.index.search(self.rows[id].text, most=len(self.rows), at_least=SURE)
            self.scores[id] = {match.id: match.score for match in found if match.id != id}
        return self.scores[id]

    def _take_in(self, id: str, row: _Row) -> None:
        self.index.add(id, row.text)
        self.rows[id] = row
        if self.scores:
            for other, score in self._like(id).items():
                if other in self.scores:
                    self.scores[other][id] = score

    def _let_go(self, id: str) -> None:
        self.index.remove(id)
        self.scores.pop(id, None)
        for others in self.scores.values():
            others.pop(id, None)


_panels: OrderedDict[str, _PanelIndex] = OrderedDict()


async def similar_public(session_id: str, text: str, *, most: int = 5, at_least: float = SAME) -> list[SimilarQuestion]:
    """The published questions of a panel that are like a text, best first. Two queries, or one where there are none."""
    panel = await _panel(session_id)
    return await _as_similar(panel.search(text, most=most, at_least=at_least, only_public=True))


async def similar_on_desk(
    question_id_or_text: str, session_id: str, *, most: int = 5, at_least: float = ALIKE
) -> list[SimilarQuestion]:
    """The waiting and published questions of a panel that are like one of them, or like a text; best first."""
    panel = await _panel(session_id)
    asked = panel.rows.get(question_id_or_text)
    found = panel.search(asked.text if asked else question_id_or_text, most=most + 1, at_least=at_least)
    return await _as_similar([one for one in found if one.match.id != question_id_or_text][:most])


async def likenesses(session_id: str, *, of: Collection[str] | None = None) -> dict[str, SimilarQuestion]:
    """The best match of each waiting question of a panel, or of some, by its id; those without one are left out.

    Two queries.
    """
    panel = await _panel(session_id)
    best: dict[str, _Found] = {}
    began = perf_counter()
    for id, row in list(panel.rows.items()):
        if row.state == QuestionState.PENDING and (of is None or id in of) and id in panel.rows:
            best |= {id: found} if (found := panel.best(id)) else {}
            began = await _give_way(began)
    similar = await _as_similar(best.values())
    return dict(zip(best, similar, strict=True))


async def _panel(session_id: str) -> _PanelIndex:
    panel = _panels.setdefault(session_id, _PanelIndex())
    _panels.move_to_end(session_id)
    if len(_panels) > PANELS_KEPT:
        _panels.popitem(last=False)
    rows = await execute(ROWS, session_id, *(state.value for state in SEEN_BY_DESK))
    await panel.bring_up_to_date({row["id"]: _Row(row["text"], row["state"]) for row in rows})
    return panel


async def _give_way(began: float) -> float:
    """Gives others their turn after a while of work; when the next while began."""
    if perf_counter() - began <= OTHERS_WAIT:
        return began
    await asyncio.sleep(0)
    return perf_counter()


async def _as_similar(found: Iterable[_Found]) -> list[SimilarQuestion]:
    listed = list(found)
    askers = await askers_of({match.id for match, _ in listed})
    return [
        SimilarQuestion(match.id, row.text, askers[match.id], match.score, match.words, row.state)
        for match, row in listed
    ]
