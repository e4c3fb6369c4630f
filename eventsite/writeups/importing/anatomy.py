"""The parts of a write-up: title, line about the event, header image, standfirst, and the rest as the body."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from eventsite.writeups.importing.blocks import Block, Heading, Paragraph, PictureHere, lines_of, words_of
from eventsite.writeups.importing.dates import find_dates
from eventsite.writeups.importing.lines import ends_sentence, is_heading_like
from eventsite.writeups.importing.people import is_credit

_PLACE_FOR_PICTURE = re.compile(
    r"[\[(<]*\s*(?:(?:header|hero|banner|main|lead)[\s-]*(?:image|picture|photo(?:graph)?)|(?:image|picture|photo(?:graph)?))"
    r"(?:\s*(?:here|placeholder|goes here|to follow|tbc))?\s*(?:[:–—-]\s*(?P<alt>\S.*?))?\s*[\])>]*", re.IGNORECASE
)  # fmt: skip
_HELD = re.compile(
    r"(?:(?:an?\s+)?(?:report|notes|live)\s+from|held\s+(?:at|in)|at|from|event:)\s+(?=[A-Z])", re.IGNORECASE
)
_EVENT_WORD = re.compile(r"\b(?:HPN|Network|Conference|Summit|Forum|Congress|Symposium|Roundtable)\b")
_LONGEST_LINE, _LONGEST_TITLE, _LOOK_AT, _MAY_HOLD_SEVERAL = 140, 160, 8, 3


@dataclass(frozen=True)
class EventLine:
    """The line that says where the panel was held: as written, the event's name in it, its first and last day."""

    text: str
    name: str
    days: tuple[date, date] | None


@dataclass(frozen=True)
class Head:
    """What stands before the text. `place_for_picture` tells that the file says where a header image is to go."""

    title: str = ""
    event: EventLine | None = None
    place_for_picture: bool = False
    header_alt: str = ""


def take_head(blocks: Sequence[Block]) -> tuple[Head, list[Block]]:
    """Title, event line and place for a picture taken off the blocks, and the blocks that remain, in their order."""
    remaining = _with_single_lines(blocks)
    place = _find_place(remaining)
    alt = ""
    if place is not None:
        match = _PLACE_FOR_PICTURE.fullmatch(words_of(remaining.pop(place)))
        alt = (match["alt"] or "") if match else ""
    title = _find_title(remaining)
    title_text = words_of(remaining.pop(title)) if title is not None else ""
    line = _find_event_line(remaining, (title or 0) + 3)
    event = read_event_line(words_of(remaining.pop(line))) if line is not None else None
    return Head(title_text, event, place is not None, alt), remaining


def take_standfirst(blocks: Sequence[Block]) -> tuple[str, list[Block]]:
    """The first paragraph, as plain text, if it is one and stands before the first heading; and the other blocks."""
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph) and not is_credit(words_of(block)):
            text = words_of(block)
            if text.endswith((":", ",")):
                break
            if ends_sentence(text) or len(text.split()) >= 8:
                return text, [*blocks[:at], *blocks[at + 1 :]]
        elif not isinstance(block, Paragraph | PictureHere):
            break
    return "", list(blocks)


def take_header_picture(blocks: Sequence[Block]) -> tuple[PictureHere | None, list[Block]]:
    """The first picture, if it stands before the first heading of the text; and the other blocks."""
    for at, block in enumerate(blocks):
        if isinstance(block, PictureHere):
            return block, [*blocks[:at], *blocks[at + 1 :]]
        if isinstance(block, Heading):
            break
    return None, list(blocks)


def read_event_line(text: str) -> EventLine:
    """The event's name and days in a line such as "HPN North, 6-7 March 2025" or "26 June 2025 | HPN Midlands"."""
    found = find_dates(text)
    parts = [text[: found.start], text[found.end :]] if found else [text]
    names = [piece.strip(" ,.:;()[]–—-") for part in parts for piece in re.split(r"\s*[|•·;]\s*|\s[–—]\s", part)]
    name = next((piece for piece in names if piece), "")
    held = _HELD.match(name)
    return EventLine(text, name[len(held[0]) if held else 0 :], found.days if found else None)


def _with_single_lines(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, paragraphs of several short lines among the first ones divided into their lines."""
    result: list[Block] = []
    for at, block in enumerate(blocks):
        lines = lines_of(block.content) if isinstance(block, Paragraph | Heading) and at < _MAY_HOLD_SEVERAL else []
        if len(lines) > 1 and isinstance(block, Paragraph):
            result.extend(Paragraph(line) for line in lines)
        elif len(lines) > 1 and isinstance(block, Heading):
            result.extend(Heading(line, block.level) for line in lines)
        else:
            result.append(block)
    return result


def _find_place(blocks: Sequence[Block]) -> int | None:
    places = (at for at, block in enumerate(blocks[:4]) if _PLACE_FOR_PICTURE.fullmatch(words_of(block)))
    return next(places, None)


def _find_title(blocks: Sequence[Block]) -> int | None:
    """The first line that reads as a title, before the text proper begins; the only top heading there before any."""
    leading = [at for at in range(min(len(blocks), _LOOK_AT)) if not any(map(_is_text, blocks[: at + 1]))]
    candidates = [at for at in leading if _may_be_title(blocks[at])]
    tops = [at for at, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 1]
    if len(tops) == 1 and tops[0] in candidates:
        return tops[0]
    return candidates[0] if candidates else None


def _is_text(block: Block) -> bool:
    text = words_of(block)
    if isinstance(block, Heading | PictureHere):
        return False
    return not text or len(text) > _LONGEST_TITLE or (ends_sentence(text) and len(text.split()) > 14)


def _may_be_title(block: Block) -> bool:
    text = words_of(block)
    if not text or len(text) > _LONGEST_TITLE or _is_event_line(block):
        return False
    return isinstance(block, Heading) or is_heading_like(text) or (ends_sentence(text) and len(text.split()) <= 14)


def _find_event_line(blocks: Sequence[Block], look_at: int) -> int | None:
    near = range(min(len(blocks), look_at))
    dated = [at for at in near if _is_event_line(blocks[at])]
    named = [at for at in near[:1] if _names_event(blocks[at])]
    return next(iter([*dated, *named]), None)


def _is_event_line(block: Block) -> bool:
    """A short line with a day in it that is no sentence."""
    text = words_of(block)
    found = find_dates(text) if 0 < len(text) <= _LONGEST_LINE else None
    return found is not None and (not ends_sentence(text) or len(text.split()) <= 9)


def _names_event(block: Block) -> bool:
    """A short line without a day that names an event, right below the title."""
    text = words_of(block)
    return (
        is_heading_like(text) and bool(_EVENT_WORD.search(text)) and not text.endswith("?") and len(text.split()) <= 8
    )
