"""Blocks written as Markdown that renders to the same words."""

import re
from collections.abc import Iterable

from eventsite.writeups.importing.blocks import (
    CODE,
    EMPHASIS,
    STRONG,
    Block,
    Heading,
    Inline,
    ItemList,
    Paragraph,
    PictureHere,
    Quotation,
    Run,
    Table,
    text_of,
)
from eventsite.writeups.markdown import plain_text
from eventsite.writeups.truelink import is_allowed

PLACEHOLDER = "picture:{}"
_SPECIAL = re.compile(r"[\\`*_\[\]<|]|&(?=#?\w+;)|~(?=~)|!(?=\[)")
_BLOCK_MARK = re.compile(r"#{1,6}(?=\s|$)|>|[-+=:](?=[\s:=-]|$)|~~~")
_NUMBER = re.compile(r"\d{1,9}[.)](?=\s|$)")
_MARKS = ((STRONG, "**"), (EMPHASIS, "*"))


def write_markdown(blocks: Iterable[Block]) -> str:
    """The blocks as Markdown, a blank line between each two."""
    written: list[str] = []
    previous: Block | None = None
    is_other = False
    for block in blocks:
        # two lists in a row would be read as one if their marks were the same
        is_other = _are_lists_alike(previous, block) and not is_other
        written.append(_list(block, is_other=is_other) if isinstance(block, ItemList) else _written(block))
        previous = block
    return "\n\n".join(filter(None, written))


def _are_lists_alike(one: Block | None, other: Block) -> bool:
    return isinstance(one, ItemList) and isinstance(other, ItemList) and one.ordered == other.ordered


def _written(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * max(2, min(block.level, 5))} {_heading_text(block.content)}"
        case Paragraph():
            return _inline(block.content)
        case Quotation():
            return _quotation(block)
        case ItemList():
            return _list(block)
        case Table():
            return _table(block)
        case PictureHere():
            return f"![{_escaped(' '.join(block.alt.split()))}]({PLACEHOLDER.format(block.number)})"


def _heading_text(content: Inline) -> str:
    """A heading on its one line; a # at its end would be taken for a mark."""
    written = _on_one_line(content)
    return re.sub(r"(#+)$", r"\\\1", written)


def _quotation(block: Quotation) -> str:
    said = write_markdown(block.blocks)
    caption = f"\n— {_escaped(block.speaker)}" if block.speaker else ""
    if caption and not isinstance(block.blocks[-1], Paragraph):
        caption = f"\n{caption}"
    return "\n".join(f"> {line}".rstrip(" ") for line in (said + caption).split("\n"))


def _list(block: ItemList, *, is_other: bool = False) -> str:
    dot, dash = (")", "*") if is_other else (".", "-")
    items = []
    for number, item in enumerate(block.items, start=block.start):
        marker = f"{number}{dot} " if block.ordered else f"{dash} "
        text = write_markdown(item) if len(item) == 1 else _tight(item)
        items.append(marker + text.replace("\n", "\n" + " " * len(marker)))
    return "\n".join(items)


def _tight(item: Iterable[Block]) -> str:
    """An item's parts; a list within it follows its text without a blank line."""
    text = ""
    for block in item:
        between = "\n" if isinstance(block, ItemList) else "\n\n"
        text += (between if text else "") + _written(block)
    return text


def _table(block: Table) -> str:
    width = max(map(len, block.rows))
    rows = [[_on_one_line(cell) for cell in row] + [""] * (width - len(row)) for row in block.rows]
    rows.insert(1, ["---"] * width)
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _inline(content: Inline) -> str:
    """The text with its marks, or without them where Markdown could not tell the marks from the text."""
    return _lines(_marked(content))


def _on_one_line(content: Inline) -> str:
    """The same on one line that something else begins: a heading's # or a cell's stroke."""
    return " ".join(_marked(content).split())


def _marked(content: Inline) -> str:
    wanted = _words(text_of(content))
    for written in ("".join(map(_run, _gathered(content))), _escaped(text_of(content))):
        if _words(plain_text(_lines(written))) == wanted:
            return written
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text_of(content))


def _words(text: str) -> str:
    return "".join(text.split())


def _gathered(content: Inline) -> list[Run]:
    """Neighbours with the same marks as one run."""
    result: list[Run] = []
    for run in content:
        if result and (result[-1].marks, result[-1].href) == (run.marks, run.href):
            run = Run(result.pop().text + run.text, run.marks, run.href)
        result.append(run)
    return result


def _run(run: Run) -> str:
    core = run.text.strip()
    if not core or not (run.marks or run.href):
        return _escaped(run.text)
    before, after = run.text[: run.text.index(core)], run.text[run.text.index(core) + len(core) :]
    text = f"`{core}`" if CODE in run.marks and "`" not in core and "\n" not in core else _escaped(core)
    for mark, sign in _MARKS:
        text = f"{sign}{text}{sign}" if mark in run.marks else text
    if run.href and is_allowed(run.href) and not re.search(r"[\s<>]", run.href):
        text = f"<{run.href}>" if run.href == core else f"[{text}]({_target(run.href)})"
    return before + text + after


def _target(href: str) -> str:
    """The address of a link; round brackets in it would end it too soon."""
    return f"<{href}>" if re.search(r"[()]", href) else href


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def _lines(text: str) -> str:
    """The text with its line breaks made hard, and nothing at the start of a line that would begin another block."""
    lines = [_defused(line.strip(" \t")) for line in text.split("\n")]
    return "\\\n".join(line for line in lines if line)


def _defused(line: str) -> str:
    if match := _NUMBER.match(line):
        return line[: match.end() - 1] + "\\" + line[match.end() - 1 :]
    return "\\" + line if _BLOCK_MARK.match(line) else line
