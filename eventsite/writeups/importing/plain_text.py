"""Text files: paragraphs between blank lines, lines wrapped by hand or by a margin, tables set with spaces."""

import re

from eventsite.writeups.importing.blocks import Block, Heading, Inline, Paragraph, Run, Table
from eventsite.writeups.importing.lines import ends_sentence, marker_of

_WIDEST_MARGIN = 120
_HASHES = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*$")
_UNDERLINE = re.compile(r"\s*(={3,}|-{3,}|_{3,}|\*{3,}|~{3,})\s*$")
_LINK = re.compile(r"https?://[^\s<>\"“”‘’()]+[^\s<>\"“”‘’().,;:!?]")
_RULER = re.compile(r"[\s|:+=-]+$")


def read_text(text: str) -> tuple[Block, ...]:
    """The blocks of a text: tables and marked headings, and all else as paragraphs whose line breaks are meant.

    A line break the margin forced is none: the next word would not have fitted into the widest line of the file.
    """
    lines = [line.rstrip() for line in text.split("\n")]
    widest = max(map(len, lines), default=0)
    margin = widest if widest <= _WIDEST_MARGIN else 10**9
    chunks = re.split(r"\n(?:[^\S\n]*\n)+", "\n".join(lines).strip("\n"))
    return tuple(block for chunk in chunks if chunk.strip() for block in _read_chunk(chunk.split("\n"), margin))


def linked(text: str) -> Inline:
    """The text as runs, written-out addresses made links."""
    runs, position = [], 0
    for match in _LINK.finditer(text):
        runs += [Run(text[position : match.start()]), Run(match[0], href=match[0])]
        position = match.end()
    return tuple(run for run in (*runs, Run(text[position:])) if run.text)


def _read_chunk(lines: list[str], margin: int) -> list[Block]:
    """The blocks of lines that no blank one divides: a table, or headings marked as such and the text between them."""
    if table := _read_table(lines):
        return [table]
    result: list[Block] = []
    text: list[str] = []
    for at, line in enumerate(lines):
        heading = _marked_heading(line, lines[at + 1] if at + 1 < len(lines) else "")
        if heading:
            result += [*_paragraph(text, margin), heading]
            text = []
        elif not _UNDERLINE.match(line):
            text.append(line)
    return [*result, *_paragraph(text, margin)]


def _marked_heading(line: str, below: str) -> Heading | None:
    """A line with # before it or a row of = or - below it."""
    if match := _HASHES.match(line):
        return Heading(linked(match[2]), len(match[1]))
    if _UNDERLINE.match(below) and not _UNDERLINE.match(line) and not marker_of(line):
        return Heading(linked(line.strip()), 1 if "=" in below else 2)
    return None


def _paragraph(lines: list[str], margin: int) -> list[Block]:
    return [Paragraph(linked("\n".join(_unwrapped(lines, margin))))] if lines else []


def _unwrapped(lines: list[str], margin: int) -> list[str]:
    result = lines[:1]
    opened = lines[0]
    previous = lines[0]
    for line in lines[1:]:
        if _is_forced(opened, previous, line, margin):
            result[-1] += " " + line.strip()
        else:
            result.append(line)
            opened = line
        previous = line
    return result


def _is_forced(opened: str, previous: str, line: str, margin: int) -> bool:
    """Whether the break before `line` was made by the margin; `opened` is the line that began the text before it."""
    if marker_of(line):
        return False
    item, indent = marker_of(opened), len(line) - len(line.lstrip())
    if item and indent > item.indent:
        return True
    if len(previous) + 1 + len(line.split()[0]) > margin:
        return True
    return line.lstrip()[:1].islower() and not ends_sentence(previous)


def _read_table(lines: list[str]) -> Table | None:
    rows = [line for line in lines if not (_RULER.match(line) and len(lines) > 2)]
    if len(rows) < 2:
        return None
    for cells in (_between(rows, r"\|"), _between(rows, r"\t+"), _in_columns(rows)):
        if cells and len(cells[0]) > 1 and len({len(row) for row in cells}) == 1:
            return Table(tuple(tuple(linked(cell) for cell in row) for row in cells))
    return None


def _between(rows: list[str], mark: str) -> list[list[str]]:
    if not all(re.search(mark, row.strip()) for row in rows):
        return []
    return [[cell.strip() for cell in re.split(mark, row.strip().strip("|").strip())] for row in rows]


def _in_columns(rows: list[str]) -> list[list[str]]:
    """Cells parted by two spaces or more, if each column begins at the same character in every row."""
    found = [list(re.finditer(r"\S+(?: \S+)*", row)) for row in rows]
    if any(marker_of(row) for row in rows) or len({tuple(cell.start() for cell in row) for row in found}) > 1:
        return []
    return [[cell[0] for cell in row] for row in found]
