"""Markdown as the site reads it, made into HTML that is safe to show.

CommonMark with tables, without raw HTML, without typographic replacements (quotation marks stay byte for byte as they
were written); then an allow-list of tags and attributes (nh3) over what came out.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from eventsite.writeups.anchors import Place, mark_places
from eventsite.writeups.figures import with_figures
from eventsite.writeups.truelink import mended

_FIRST_LEVEL, _LAST_LEVEL = 2, 5
_PICTURE = re.compile(r"!\[((?:[^\[\]\\]|\\.)*)\]\(([^()\s]*)\)")
_OWN_PICTURE = re.compile(r"/pictures/[A-Za-z0-9_-][A-Za-z0-9._-]*")
_HEADINGS = {f"h{level}" for level in range(_FIRST_LEVEL, _LAST_LEVEL + 1)}
_TAGS = _HEADINGS | {
    "p", "br", "hr", "ul", "ol", "li", "blockquote", "figure", "figcaption", "strong", "em", "code", "pre", "a", "img",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_ATTRIBUTES: dict[str, set[str]] = {tag: {"id"} for tag in _HEADINGS} | {
    "a": {"href"}, "img": {"src", "alt", "loading"}, "ol": {"start"}, "th": {"scope"},
}  # fmt: skip
_WITH_PLACES = _ATTRIBUTES | {tag: {"id"} for tag in ("p", "blockquote", "ul")} | {"ol": {"id", "start"}}


@dataclass(frozen=True)
class Heading:
    """A heading of a rendered text: the id to link to, its words, and its level (2 is the first below the title)."""

    id: str
    text: str
    level: int


@dataclass(frozen=True)
class SafeHtml:
    """HTML made by `render`, its headings and, if they have ids, its places in order. Jinja shows it unescaped, since
    it is safe."""

    html: str
    headings: tuple[Heading, ...] = ()
    places: tuple[Place, ...] = ()

    def __html__(self) -> str:
        return self.html


def render(markdown: str, *, anchored: bool = False) -> SafeHtml:
    """Safe HTML of a Markdown text of any origin.

    Headings start at h2, skip no level and carry ids that depend on their words alone. Links lead to https, http and
    mailto addresses and to paths of this site; pictures come from `/pictures/` only (others leave their alternative
    text); a block quotation whose last line is `— Name` becomes a figure with that caption. `anchored`: paragraphs,
    quotations and lists carry ids, too.
    """
    env: dict[str, Any] = {"anchored": anchored}
    rendered: str = _parser().render(markdown, env)
    clean = nh3.clean(
        rendered, tags=_TAGS, attributes=_WITH_PLACES, allowed_classes={"figure": {"quotation"}},
        url_schemes={"http", "https", "mailto"}, link_rel=None,
    )  # fmt: skip
    # the sanitiser writes a no-break space as an entity; the text is to stay as it was typed
    html = clean.replace("&nbsp;", "\u00a0")
    return SafeHtml(html, tuple(env.get("headings", ())), tuple(env.get("places", ())))


def plain_text(markdown: str) -> str:
    """The words of a Markdown text without marks: blocks parted by a newline, for search and summaries."""
    blocks = (_text_of(token) for token in _parser().parse(markdown) if token.type in ("inline", "fence", "code_block"))
    return "\n".join(filter(None, blocks))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "typographer": False, "linkify": False, "maxNesting": 12})
    parser.enable("table").disable(["image", "html_block", "html_inline"])
    parser.inline.ruler.before("link", "picture", _read_picture)
    parser.core.ruler.push("links", _mend_links)
    parser.core.ruler.push("headings", _mend_headings)
    parser.core.ruler.push("figures", _make_figures)
    parser.core.ruler.push("places", _mark_places)
    return parser


def _read_picture(state: StateInline, silent: bool) -> bool:
    """A picture in one linear step: the library's own rule looks for nested brackets and takes a second for 20 kB."""
    match = _PICTURE.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        alt, address = unescapeAll(match[1]), match[2]
        if _OWN_PICTURE.fullmatch(address):
            token = state.push("picture", "img", 0)
            token.attrs, token.content = {"src": address, "alt": alt, "loading": "lazy"}, alt
        else:
            state.push("text", "", 0).content = alt
    state.pos = match.end()
    return True


def _mend_links(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and token.children:
            token.children = list(mended(token.children))
        elif token.type == "th_open":
            token.attrs = {"scope": "col"}


def _make_figures(state: StateCore) -> None:
    state.tokens = with_figures(state.tokens)


def _mark_places(state: StateCore) -> None:
    if state.env.get("anchored"):
        state.env["places"] = mark_places(state.tokens)


def _mend_headings(state: StateCore) -> None:
    openings = [at for at, token in enumerate(state.tokens) if token.type == "heading_open"]
    top = min((int(state.tokens[at].tag[1]) for at in openings), default=1)
    headings: list[Heading] = []
    taken: dict[str, int] = {}
    for at in openings:
        previous = headings[-1].level if headings else _FIRST_LEVEL - 1
        wanted = int(state.tokens[at].tag[1]) - top + _FIRST_LEVEL
        text = _text_of(state.tokens[at + 1])
        heading = Heading(_free_id(text, taken), text, min(wanted, previous + 1, _LAST_LEVEL))
        headings.append(heading)
        state.tokens[at].tag = state.tokens[at + 2].tag = f"h{heading.level}"
        state.tokens[at].attrs = {"id": heading.id}
    state.env["headings"] = headings


def _free_id(text: str, taken: dict[str, int]) -> str:
    """An id made of the heading's words; the prefix keeps it apart from the ids of the page around it."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = "section-" + ("-".join(re.findall(r"[a-z0-9]+", letters))[:60].rstrip("-") or "untitled")
    taken[name] = taken.get(name, 0) + 1
    return name if taken[name] == 1 else _free_id(f"{name[8:]} {taken[name]}", taken)


def _text_of(token: Token) -> str:
    if token.children is None:
        return token.content.strip()
    parts = (" " if child.type in ("softbreak", "hardbreak") else child.content for child in token.children)
    return " ".join("".join(parts).split(" ")).strip()
