"""The shape every kind of file is read into: blocks of runs of text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

STRONG, EMPHASIS, CODE = "strong", "em", "code"


@dataclass(frozen=True)
class Run:
    """A stretch of text with the same marks and the same link. A newline in it is a line break on purpose."""

    text: str
    marks: frozenset[str] = frozenset()
    href: str = ""


Inline = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; the level is that of the file, 1 for the highest."""

    content: Inline
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of text."""

    content: Inline


@dataclass(frozen=True)
class ItemList:
    """A list; `start` is the first number of a numbered one."""

    items: "tuple[tuple[Block, ...], ...]"
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True)
class Table:
    """Rows of cells; the first row is the head."""

    rows: tuple[tuple[Inline, ...], ...]


@dataclass(frozen=True)
class Quotation:
    """A quotation set by itself; `speaker` is the caption without its dash, empty where nobody is named."""

    blocks: "tuple[Block, ...]"
    speaker: str = ""


@dataclass(frozen=True)
class PictureHere:
    """The place of the file's picture with that number (from 0)."""

    number: int
    alt: str = ""


Block = Heading | Paragraph | ItemList | Table | Quotation | PictureHere


@dataclass(frozen=True)
class Reading:
    """A file read: its blocks, its pictures (bytes and media type), and notes for the organiser."""

    blocks: tuple[Block, ...]
    pictures: tuple[tuple[bytes, str], ...] = ()
    notes: tuple[str, ...] = ()


def text_of(content: Inline) -> str:
    """The text of the runs, marks left away."""
    return "".join(run.text for run in content)


def words_of(block: Block) -> str:
    """The text of a heading or paragraph on one line; nothing for any other block."""
    return " ".join(text_of(block.content).split()) if isinstance(block, Heading | Paragraph) else ""


def cut(content: Inline, start: int, end: int) -> Inline:
    """The runs between two offsets of the text, without white space at either side."""
    text = text_of(content)[start:end]
    start += len(text) - len(text.lstrip())
    end = start + len(text.strip())
    result, position = [], 0
    for run in content:
        piece = run.text[max(start - position, 0) : max(end - position, 0)]
        if piece:
            result.append(replace(run, text=piece))
        position += len(run.text)
    return tuple(result)


def lines_of(content: Inline) -> list[Inline]:
    """The runs of each line, empty lines left out."""
    text = text_of(content)
    spans = (match.span() for match in re.finditer(r"[^\n]+", text))
    return [line for line in (cut(content, *span) for span in spans) if line]


def joined(lines: Iterable[Inline]) -> Inline:
    """The lines as one text again, a line break between each two."""
    result: list[Run] = []
    for line in lines:
        if result:
            result.append(Run("\n"))
        result.extend(line)
    return tuple(result)


def is_wholly(mark: str, content: Inline) -> bool:
    """Whether all of the text carries the mark."""
    written = [run for run in content if run.text.strip()]
    return bool(written) and all(mark in run.marks for run in written)
