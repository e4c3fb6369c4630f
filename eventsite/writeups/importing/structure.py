"""What paragraphs really are: lists typed by hand, and headings set as short or bold lines."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from eventsite.writeups.importing.blocks import (
    STRONG,
    Block,
    Heading,
    Inline,
    ItemList,
    Paragraph,
    Run,
    cut,
    is_wholly,
    joined,
    lines_of,
    text_of,
    words_of,
)
from eventsite.writeups.importing.lines import LONGEST_HEADING, Marker, ends_sentence, is_heading_like, marker_of
from eventsite.writeups.importing.people import is_credit

_DEEPEST = 4


@dataclass(frozen=True)
class _Item:
    marker: Marker
    content: Inline
    line: Inline


def with_lists(blocks: Iterable[Block]) -> list[Block]:
    """The same blocks, lines that begin with a bullet or a number made items; lists parted by blank lines are one."""
    result: list[Block] = []
    for block in blocks:
        for part in _parts(block) if isinstance(block, Paragraph) else [block]:
            result[-1:] = _merged(result[-1], part) if result else [part]
    return result


def with_headings(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks with headings found: paragraphs wholly bold, or short lines where there is no other sort."""
    bold = _promoted(blocks, _bold_headings(blocks), 3 if any(isinstance(block, Heading) for block in blocks) else 2)
    return bold if any(isinstance(block, Heading) for block in bold) else _promoted(bold, _short_headings(bold), 2)


def _parts(paragraph: Paragraph) -> Iterator[Block]:
    """A paragraph in its parts: lists, a bold first line, and the lines between."""
    lines = _raw_lines(paragraph.content)
    if len(lines) > 1 and _heads(lines[0], lines[1]):
        yield Paragraph(cut(lines[0], 0, 10**9))
        lines = lines[1:]
    text: list[Inline] = []
    items: list[_Item] = []
    for line in lines:
        marker = marker_of(text_of(line))
        if marker:
            yield from _flushed(text)
            items.append(_Item(marker, cut(line, marker.width, 10**9), cut(line, 0, 10**9)))
        else:
            yield from _lists(items)
            text.append(cut(line, 0, 10**9))
    yield from _flushed(text)
    yield from _lists(items)


def _heads(line: Inline, following: Inline) -> bool:
    """Whether a line is the heading of the line right below it: bold, or short above a long one."""
    if is_wholly(STRONG, line):
        return not is_wholly(STRONG, following)
    text = text_of(following)
    is_prose = len(text) > LONGEST_HEADING and marker_of(text) is None
    return is_prose and is_heading_like(text_of(line)) and not is_credit(text_of(line))


def _raw_lines(content: Inline) -> list[Inline]:
    """The lines with the white space before them, which says how deep an item lies."""
    result: list[list[Run]] = [[]]
    for run in content:
        first, *rest = run.text.split("\n")
        result[-1].append(replace(run, text=first))
        result.extend([replace(run, text=piece)] for piece in rest)
    return [tuple(line) for line in result if any(run.text.strip() for run in line)]


def _flushed(text: list[Inline]) -> Iterator[Block]:
    if text:
        yield Paragraph(joined(text))
        text.clear()


def _lists(items: list[_Item]) -> Iterator[Block]:
    """The items as lists. A single line after a dash is none: it may name a speaker. Nor are numbers out of order."""
    at = 0
    while at < len(items):
        end = at + _size_of_list(items, at)
        is_dashed_line = end == at + 1 and items[at].marker.is_dash
        yield Paragraph(items[at].line) if is_dashed_line else _as_list(items[at:end])
        at = end
    items.clear()


def _size_of_list(items: Sequence[_Item], start: int = 0) -> int:
    """How many items belong to the list that one begins: deeper ones do, and its like with the next number."""
    first, expected = items[start].marker, items[start].marker.number
    for at in range(start + 1, len(items)):
        marker = items[at].marker
        if marker.indent > first.indent + 1:
            continue
        expected = None if expected is None else expected + 1
        if marker.number != expected:
            return at - start
    return len(items) - start


def _as_list(items: list[_Item], depth: int = 1) -> ItemList:
    first = items[0].marker
    entries: list[tuple[Block, ...]] = []
    at = 0
    while at < len(items):
        deeper = at + 1
        while depth < _DEEPEST and deeper < len(items) and items[deeper].marker.indent > first.indent + 1:
            deeper += 1
        entries.append((Paragraph(items[at].content), *_sublists(items[at + 1 : deeper], depth + 1)))
        at = deeper
    return ItemList(tuple(entries), first.number is not None, first.number or 0)


def _sublists(items: list[_Item], depth: int) -> Iterator[Block]:
    while items:
        size = _size_of_list(items)
        yield _as_list(items[:size], depth)
        items = items[size:]


def _merged(last: Block, block: Block) -> list[Block]:
    if not isinstance(last, ItemList) or not isinstance(block, ItemList) or last.ordered != block.ordered:
        return [last, block]
    follows = not last.ordered or last.start + len(last.items) == block.start
    return [replace(last, items=last.items + block.items)] if follows else [last, block]


def _promoted(blocks: Sequence[Block], headings: set[int], level: int) -> list[Block]:
    return [Heading(_heading_text(block), level) if at in headings else block for at, block in enumerate(blocks)]


def _heading_text(block: Block) -> Inline:
    if isinstance(block, ItemList):
        paragraph = block.items[0][0]
        content = paragraph.content if isinstance(paragraph, Paragraph) else ()
        return (Run(f"{block.start}. "), *content)
    assert isinstance(block, Paragraph)
    return tuple(replace(run, marks=run.marks - {STRONG}) for run in block.content)


def _bold_headings(blocks: Sequence[Block]) -> set[int]:
    """Where a short paragraph is wholly bold and something follows it."""
    return {at for at, block in enumerate(blocks[:-1]) if isinstance(block, Paragraph) and _is_bold_heading(block)}


def _is_bold_heading(block: Paragraph) -> bool:
    text = words_of(block)
    is_bold_line = is_wholly(STRONG, block.content) and len(lines_of(block.content)) == 1
    return is_bold_line and is_heading_like(text.rstrip(":")) and not is_credit(text)


def _short_headings(blocks: Sequence[Block]) -> set[int]:
    """Where a short line stands between blank lines with text below it.

    One or two in a row are headings, of a longer row only the last: the others are a list without bullets, as is any
    row after a colon. The last block of all has no text below it, so it is none.
    """
    headings: set[int] = set()
    at = 0
    for reads_as_heading, group in groupby(blocks, _reads_as_heading):
        end = at + len(list(group))
        follows_colon = at > 0 and words_of(blocks[at - 1]).endswith(":")
        last = end - 1 if end == len(blocks) else end
        if reads_as_heading and not follows_colon and (end < len(blocks) or ends_sentence(words_of(blocks[-1]))):
            headings.update(range(at if last - at <= 2 else last - 1, last))
        at = end
    return {at for at in headings if isinstance(blocks[at], Paragraph) or isinstance(blocks[at + 1], Paragraph)}


def _reads_as_heading(block: Block) -> bool:
    if isinstance(block, ItemList):
        numbered = block.ordered and len(block.items) == 1 and len(block.items[0]) == 1
        return numbered and is_heading_like(words_of(block.items[0][0]))
    if not isinstance(block, Paragraph) or len(lines_of(block.content)) != 1:
        return False
    text = words_of(block)
    return is_heading_like(text) and not is_credit(text)
