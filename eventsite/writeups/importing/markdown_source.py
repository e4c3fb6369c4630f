"""Markdown files: rendered, and read as HTML."""

from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from eventsite.writeups.figures import DASH
from eventsite.writeups.importing.blocks import Reading
from eventsite.writeups.importing.html_source import read_clean_html, sanitised


def read_markdown(text: str) -> Reading:
    """The blocks of a Markdown text (CommonMark with tables; HTML in it is text). Pictures it links to are left out."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(text)
    for token in tokens:
        _keep_breaks_before_names(token.children or [])
    blocks, missing = read_clean_html(sanitised(parser.renderer.render(tokens, parser.options, {})))
    return Reading(blocks, notes=("A picture was left out, since it is not in the file.",) if missing else ())


def _keep_breaks_before_names(children: list[Token]) -> None:
    """A line that names a speaker after a dash stays a line."""
    for token, following in pairwise(children):
        if token.type == "softbreak" and following.content.startswith(DASH):
            token.type = "hardbreak"
