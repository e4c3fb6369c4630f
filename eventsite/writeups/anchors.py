"""Where a write-up can be pointed at: every paragraph, quotation and list has an id made of its words."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.token import Token

_OPENINGS = {"paragraph_open", "blockquote_open", "bullet_list_open", "ordered_list_open"}
_DIGITS = 8


@dataclass(frozen=True)
class Place:
    """A paragraph, quotation or list: the id to link to, its words, and the heading that it stands under ("")."""

    anchor: str
    text: str
    heading: str


def mark_places(tokens: Sequence[Token]) -> list[Place]:
    """Gives each place its id, in the tokens themselves. The id stays while the words do, wherever they are moved."""
    places: list[Place] = []
    taken: dict[str, int] = {}
    heading = ""
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = _words_of(tokens[at + 1])
        elif token.level == 0 and token.type in _OPENINGS and (text := _words_until_the_end(tokens, at)):
            token.attrs["id"] = anchor = _free_anchor(text, taken)
            places.append(Place(anchor, text, heading))
    return places


def _words_until_the_end(tokens: Sequence[Token], start: int) -> str:
    closing = tokens[start].type.replace("_open", "_close")
    end = next(at for at in range(start, len(tokens)) if tokens[at].type == closing and tokens[at].level == 0)
    if tokens[end + 1 : end + 2] and tokens[end + 1].type == "figcaption_open":
        end += 3
    return "\n".join(filter(None, (_words_of(token) for token in tokens[start:end] if token.type == "inline")))


def _free_anchor(text: str, taken: dict[str, int]) -> str:
    name = "p-" + hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:_DIGITS]
    taken[name] = taken.get(name, 0) + 1
    return name if taken[name] == 1 else f"{name}-{taken[name]}"


def _words_of(token: Token) -> str:
    parts = (" " if child.type in ("softbreak", "hardbreak") else child.content for child in token.children or [])
    return " ".join("".join(parts).split())
