"""HTML files, and what Word documents and Markdown files are turned into on the way: tags to blocks."""

import base64
import binascii
import re
from html import unescape
from html.parser import HTMLParser

import nh3

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
    Reading,
    Run,
    Table,
    cut,
    text_of,
)
from eventsite.writeups.importing.decoding import ensure_length
from eventsite.writeups.importing.draft import UnreadableFile
from eventsite.writeups.importing.vocabulary import words

_BLOCKS = words(
    "p div section article main header footer aside address figure figcaption h1 h2 h3 h4 h5 h6 ul ol li "
    "blockquote table caption thead tbody tfoot tr td th pre hr dl dt dd details summary center"
)
_INLINE = words("a strong b em i code kbd samp span br img q sub sup small u s del ins mark abbr cite time wbr")
_MARKS = {"strong": STRONG, "b": STRONG, "em": EMPHASIS, "i": EMPHASIS, "code": CODE, "kbd": CODE, "samp": CODE}
_LEFT_OUT = words(
    "script style title noscript template iframe object embed svg math nav select button textarea audio "
    "video canvas dialog"
)
_DATA_PICTURE = re.compile(r"data:(image/[a-z.+-]+);base64,([A-Za-z0-9+/=\s%]+)", re.IGNORECASE)
_DEEPEST = 100


def read_html(text: str) -> Reading:
    """The blocks of an HTML text, pictures that lie in it as data taken along, scripts and the like left out.

    Raises `UnreadableFile` where the text is far too long or its tags lie too deep.
    """
    pictures: list[tuple[bytes, str]] = []
    clean = sanitised(_DATA_PICTURE.sub(lambda match: _kept(match, pictures), text))
    blocks, missing = read_clean_html(clean)
    notes = ("A picture was left out, since it is only linked to and not in the file.",) if missing else ()
    return Reading(blocks, tuple(pictures), notes)


def sanitised(html: str) -> str:
    """Well-formed HTML of the tags this module knows and no others."""
    return nh3.clean(
        ensure_length(html), tags=_BLOCKS | _INLINE, clean_content_tags=_LEFT_OUT, link_rel=None,
        attributes={"a": {"href"}, "img": {"src", "alt"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto", "picture"},
    )  # fmt: skip


def read_clean_html(html: str) -> tuple[tuple[Block, ...], bool]:
    """The blocks of sanitised HTML, and whether a picture was left out. A picture's address is `picture:<number>`."""
    walker = _Walker()
    walker.feed(html)
    walker.close()
    return tuple(walker.finish()), walker.missing_picture


def _kept(match: re.Match[str], pictures: list[tuple[bytes, str]]) -> str:
    try:
        content = base64.b64decode(re.sub(r"\s|%0[aAdD]", "", match[2]), validate=True)
    except (binascii.Error, ValueError):
        return "picture:none"
    pictures.append((content, match[1].lower()))
    return f"picture:{len(pictures) - 1}"


class _Level:
    """One container that is open: the blocks it has so far, and the tag that opened it."""

    def __init__(self, tag: str, start: int = 1) -> None:
        self.tag = tag
        self.start = start
        self.blocks: list[Block] = []
        self.rows: list[list[Inline]] = []
        self.items: list[tuple[Block, ...]] = []


class _Walker(HTMLParser):
    """Walks over tags that are known to be well-formed, so every end tag has its start tag."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.missing_picture = False
        self._levels = [_Level("body")]
        self._runs: list[Run] = []
        self._marks: list[str] = []
        self._links: list[str] = []
        self._preformatted = 0

    def finish(self) -> list[Block]:
        self._flush()
        return self._levels[0].blocks

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _BLOCKS:
            self._flush()
            self._open(tag, given)
        elif tag in _MARKS:
            self._marks.append(_MARKS[tag])
        elif tag == "a":
            self._links.append(given.get("href", ""))
        elif tag == "img":
            self._picture(given)
        elif tag in ("br", "q"):
            self._add("\n" if tag == "br" else "“")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._close(tag)
        elif tag in _MARKS:
            self._marks.remove(_MARKS[tag])
        elif tag == "a":
            self._links.pop()
        elif tag == "q":
            self._add("”")

    def handle_data(self, data: str) -> None:
        self._add(data if self._preformatted else re.sub(r"[ \t\n\r\f]+", " ", data))

    def _add(self, text: str) -> None:
        marks = frozenset(self._marks)
        self._runs.append(Run(text, marks, self._links[-1] if self._links else ""))

    def _open(self, tag: str, given: dict[str, str]) -> None:
        self._preformatted += tag == "pre"
        if tag in ("ul", "ol", "li", "blockquote", "table", "td", "th", "figure"):
            start = given.get("start", "1")
            self._levels.append(_Level(tag, int(start) if re.fullmatch(r"\d{1,4}", start) else 1))
        if len(self._levels) > _DEEPEST:
            raise UnreadableFile("This file nests its lists or quotations too deep to be a write-up.")

    def _close(self, tag: str) -> None:
        self._flush(int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else 0)
        self._preformatted -= tag == "pre"
        if tag in ("ul", "ol", "li", "blockquote", "table", "td", "th", "figure"):
            level = self._levels.pop()
            self._take(level, self._levels[-1])
        elif tag == "tr":
            self._levels[-1].rows.append([])

    def _take(self, level: _Level, outer: _Level) -> None:
        """Puts what a closed container held into the one around it."""
        if level.tag == "li" and outer.tag in ("ul", "ol"):
            outer.items.append(tuple(level.blocks))
        elif level.tag in ("td", "th") and outer.tag == "table":
            outer.rows = outer.rows or [[]]
            outer.rows[-1].append(_on_one_line(level.blocks))
        elif level.tag in ("ul", "ol"):
            items = tuple(item for item in level.items if item)
            outer.blocks += [*level.blocks, *([ItemList(items, level.tag == "ol", level.start)] if items else [])]
        elif level.tag == "table":
            rows = tuple(tuple(row) for row in level.rows if row)
            outer.blocks += [*level.blocks, *([Table(rows)] if rows else [])]
        elif level.tag == "blockquote" and level.blocks:
            outer.blocks.append(Quotation(tuple(level.blocks)))
        else:
            outer.blocks += _figure(level.blocks) if level.tag == "figure" else level.blocks

    def _flush(self, heading: int = 0) -> None:
        """Ends the text gathered so far, as a heading of that level or as a paragraph."""
        content = cut(tuple(self._runs), 0, 10**9)
        self._runs = []
        if content:
            self._levels[-1].blocks.append(Heading(content, heading) if heading else Paragraph(content))

    def _picture(self, given: dict[str, str]) -> None:
        match = re.fullmatch(r"picture:(\d+)", given.get("src", ""))
        if match is None:
            self.missing_picture = True
            self._add(given.get("alt", ""))
            return
        inside = [level for level in self._levels if level.tag not in ("body", "figure")]
        if not inside:
            self._flush()
        self._levels[0 if inside else -1].blocks.append(PictureHere(int(match[1]), unescape(given.get("alt", ""))))


def _on_one_line(blocks: list[Block]) -> Inline:
    """The text of a cell, however it was set."""
    runs: list[Run] = []
    for block in blocks:
        inner = [Run(text) for text in _texts(block)]
        runs += [Run(" "), *(block.content if isinstance(block, Heading | Paragraph) else inner)]
    return cut(tuple(runs), 0, 10**9)


def _texts(block: Block) -> list[str]:
    match block:
        case Heading() | Paragraph():
            return [text_of(block.content), " "]
        case ItemList():
            return [text for item in block.items for part in item for text in _texts(part)]
        case Quotation():
            return [text for part in block.blocks for text in _texts(part)]
        case Table():
            return [text for row in block.rows for cell in row for text in (text_of(cell), " ")]
        case PictureHere():
            return []


def _figure(blocks: list[Block]) -> list[Block]:
    """The parts of a figure; the caption of a quotation names its speaker."""
    if len(blocks) == 2 and isinstance(blocks[0], Quotation) and isinstance(blocks[1], Paragraph):
        return [Quotation(blocks[0].blocks, text_of(blocks[1].content).strip().lstrip("—–- "))]
    return blocks
