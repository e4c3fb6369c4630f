"""What the tests of write-ups read with: words of a text, text of a page, quotations found by a rule of their own."""

import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from eventsite.writeups.importing import DraftWriteup
from eventsite.writeups.markdown import render

SAMPLES = Path(__file__).parent / "samples"
SHARED = Path(os.environ.get("EVENTSITE_SHARED") or Path(__file__).parents[2].parent / "shared")
SOURCE = SHARED / "writeups" / "how-do-we-deploy-ai-safely.txt"


def real_source() -> bytes:
    """The first real write-up, which lies beside the checkout; a test that needs it is left out where it does not."""
    if not SOURCE.is_file():
        reason = f"the real source is not at {SOURCE}: name its folder in EVENTSITE_SHARED"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    return SOURCE.read_bytes()


def words(text: str) -> list[str]:
    """Words of letters alone: numbers may become the marks of a list, which are no text."""
    return re.findall(r"[^\W\d_]+", text)


class _Text(HTMLParser):
    """The text of a page without the captions of its quotations."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._in_caption = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_caption = self._in_caption or tag == "figcaption"

    def handle_endtag(self, tag: str) -> None:
        self._in_caption = self._in_caption and tag != "figcaption"
        self.parts.append(" " if tag in ("p", "li", "td", "th", "h2", "h3", "h4", "h5") else "")

    def handle_data(self, data: str) -> None:
        if not self._in_caption:
            self.parts.append(data)


def text_of(html: str) -> str:
    """What a reader reads, captions of quotations left away."""
    reader = _Text()
    reader.feed(html)
    reader.close()
    return "".join(reader.parts)


def text_of_draft(draft: DraftWriteup) -> str:
    """All the words of a draft in the order of the page."""
    return "\n".join([draft.title, draft.event_line, draft.standfirst, text_of(render(draft.body).html)])


def quotations_in(source: str) -> list[str]:
    """Typographic quotations, longest first character to last: from ‘ to the last ’ that a stop stands before."""
    return re.findall(r"‘[^‘]*[.!?…]’", source)
