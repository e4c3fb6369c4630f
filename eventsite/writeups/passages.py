"""The passages of published write-ups: each paragraph, quotation or list by its address, and which are like a text."""

from asyncio import sleep
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from eventsite.database import execute
from eventsite.likeness import ANSWERS, Index
from eventsite.writeups.markdown import render

LONGEST_SHOWN = 240
PUBLISHED = "SELECT id, slug, title, revision FROM writeup WHERE state = 'published' ORDER BY id"
BODIES = "SELECT id, body FROM writeup WHERE id IN ({})"


@dataclass(frozen=True)
class PassageMatch:
    """A passage: where it is on the public page, what it says (shortened), and how like it is to what was asked."""

    url: str
    writeup_id: str
    title: str
    anchor: str
    text: str
    score: float


class _Passage(NamedTuple):
    writeup_id: str
    anchor: str
    text: str


class _Card(NamedTuple):
    slug: str
    title: str
    revision: int


class _Shelf:
    """What is published, read once for each revision."""

    def __init__(self) -> None:
        self.cards: dict[str, _Card] = {}
        self.passages: dict[str, list[_Passage]] = {}
        self.index = Index(whole=True)

    def put(self, writeup_id: str, card: _Card, body: str) -> None:
        self.take_away(writeup_id)
        places = render(body, anchored=True).places
        self.cards[writeup_id] = card
        self.passages[writeup_id] = [_Passage(writeup_id, place.anchor, place.text) for place in places]
        for place in places:
            self.index.add(f"{writeup_id}#{place.anchor}", place.text)

    def take_away(self, writeup_id: str) -> None:
        self.cards.pop(writeup_id, None)
        for passage in self.passages.pop(writeup_id, []):
            self.index.remove(f"{writeup_id}#{passage.anchor}")

    def answering(self, text: str, *, most: int, at_least: float) -> list[PassageMatch]:
        found = self.index.answering(text, most=most, at_least=at_least)
        return [_as_match(self, self._passage(match.id), match.score) for match in found]

    def _passage(self, id: str) -> _Passage:
        writeup_id, _, anchor = id.partition("#")
        return next(passage for passage in self.passages[writeup_id] if passage.anchor == anchor)


_shelf = _Shelf()


async def passages_like(text: str, *, most: int = 3, at_least: float = ANSWERS) -> list[PassageMatch]:
    """The passages of published write-ups that take up what a text asks, best first."""
    return (await passages_like_each([text], most=most, at_least=at_least))[0]


async def passages_like_each(
    texts: Sequence[str], *, most: int = 3, at_least: float = ANSWERS
) -> list[list[PassageMatch]]:
    """For each text the passages that take up what it asks, best first. One query, or two after something changed."""
    shelf = await _brought_up_to_date()
    found = []
    for text in texts:
        found.append(shelf.answering(text, most=most, at_least=at_least))
        # Many texts take a while: others have their turn in between, and may change the shelf.
        await sleep(0)
    return found


async def passages_of(writeup_id: str) -> list[PassageMatch]:
    """All passages of a write-up, in order, by the anchors of its public page; none where it is not published."""
    shelf = await _brought_up_to_date()
    return [_as_match(shelf, passage, 0.0) for passage in shelf.passages.get(writeup_id, [])]


async def _brought_up_to_date() -> _Shelf:
    rows = await execute(PUBLISHED)
    cards = {row["id"]: _Card(row["slug"], row["title"], row["revision"]) for row in rows}
    for gone in _shelf.cards.keys() - cards.keys():
        _shelf.take_away(gone)
    new = sorted(id for id, card in cards.items() if _shelf.cards.get(id) != card)
    if new:
        for row in await execute(BODIES.replace("{}", ", ".join("{}" for _ in new)), *new):
            _shelf.put(row["id"], cards[row["id"]], row["body"])
    return _shelf


def _as_match(shelf: _Shelf, passage: _Passage, score: float) -> PassageMatch:
    card = shelf.cards[passage.writeup_id]
    url = f"/writeups/{card.slug}#{passage.anchor}"
    return PassageMatch(url, passage.writeup_id, card.title, passage.anchor, shortened(passage.text), score)


def shortened(text: str, most: int = LONGEST_SHOWN) -> str:
    """The beginning of a text, ended at a word."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0].rstrip(" ,;:–—") + " …"
