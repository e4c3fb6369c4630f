"""Which questions of a panel ask the same: an index in memory for each panel, brought up to date at every look.

The rows are read anew each time, so that no other process has to be heard of; what is kept is only the work of
reading them. Held, rejected, withdrawn and merged questions are never in an index.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from eventsite.database import execute
from eventsite.likeness import ALIKE, SAME, Index, Match
from eventsite.questions.states import PUBLIC, QuestionState

PANELS_KEPT = 12
SEEN_BY_DESK = (QuestionState.PENDING, *PUBLIC)
OTHERS_WAIT = 0.02  # seconds that the index works before others have their turn
_HOLES = ", ".join("{}" for _ in SEEN_BY_DESK)
ROWS = f"SELECT id, text, state FROM question WHERE session = {{}} AND state IN ({_HOLES}) ORDER BY id"  # noqa: S608 -- placeholders alone
VOICES = "SELECT question, COUNT(*) AS voices FROM voice WHERE question IN ({}) GROUP BY question"


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


class _PanelIndex:
    """The questions of one panel that a desk may see, and for each those that are like it."""

    def __init__(self) -> None:
        self.rows: dict[str, _Row] = {}
        self.index = Index()
        self.alike: dict[str, dict[str, Match]] = {}
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
                self.index.add(id, rows[id].text)
                self.rows[id] = rows[id]
                if perf_counter() - began > OTHERS_WAIT:
                    await asyncio.sleep(0)
                    began = perf_counter()

    def _let_go(self, id: str) -> None:
        self.index.remove(id)


_panels: OrderedDict[str, _PanelIndex] = OrderedDict()


async def similar_public(session_id: str, text: str, *, most: int = 5, at_least: float = SAME) -> list[SimilarQuestion]:
    """The published questions of a panel that are like a text, best first. Two queries, or one where there are none."""
    panel = await _panel(session_id)
    found = panel.index.search(text, most=len(panel.rows), at_least=at_least)
    return await _as_similar(panel, [match for match in found if panel.rows[match.id].state in PUBLIC][:most])


async def similar_on_desk(
    question_id_or_text: str, session_id: str, *, most: int = 5, at_least: float = ALIKE
) -> list[SimilarQuestion]:
    """The waiting and published questions of a panel that are like one of them, or like a text; best first."""
    panel = await _panel(session_id)
    asked = panel.rows.get(question_id_or_text)
    found = panel.index.search(asked.text if asked else question_id_or_text, most=most + 1, at_least=at_least)
    return await _as_similar(panel, [match for match in found if match.id != question_id_or_text][:most])


async def likenesses(session_id: str, *, of: Collection[str] | None = None) -> dict[str, SimilarQuestion]:
    """The best match of each waiting question of a panel, or of some, by its id; those without one are left out.

    Two queries.
    """
    panel = await _panel(session_id)
    best: dict[str, Match] = {}
    for id, row in panel.rows.items():
        if row.state == QuestionState.PENDING and (of is None or id in of):
            others = [match for match in panel.index.search(row.text, most=2, at_least=ALIKE) if match.id != id]
            best |= {id: others[0]} if others else {}
    similar = await _as_similar(panel, best.values())
    return dict(zip(best, similar, strict=True))


async def _panel(session_id: str) -> _PanelIndex:
    panel = _panels.setdefault(session_id, _PanelIndex())
    _panels.move_to_end(session_id)
    if len(_panels) > PANELS_KEPT:
        _panels.popitem(last=False)
    rows = await execute(ROWS, session_id, *(state.value for state in SEEN_BY_DESK))
    await panel.bring_up_to_date({row["id"]: _Row(row["text"], row["state"]) for row in rows})
    return panel


async def _as_similar(panel: _PanelIndex, found: Iterable[Match]) -> list[SimilarQuestion]:
    matches = list(found)
    askers = await _askers_of({match.id for match in matches})
    return [
        SimilarQuestion(match.id, row.text, askers[match.id], match.score, match.words, row.state)
        for match in matches
        if (row := panel.rows.get(match.id))
    ]


async def _askers_of(question_ids: Iterable[str]) -> dict[str, int]:
    ids = sorted(question_ids)
    if not ids:
        return {}
    rows: list[dict[str, Any]] = await execute(VOICES.replace("{}", ", ".join("{}" for _ in ids)), *ids)
    voices = {row["question"]: row["voices"] for row in rows}
    return {id: 1 + voices.get(id, 0) for id in ids}
