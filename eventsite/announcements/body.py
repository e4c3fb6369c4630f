"""The body of an announcement: the site's own Markdown, as far as letters take it, made into text and HTML at once.

One walk writes both, so that both say the same and lead to the same places (R5.21). Letters hold paragraphs, headings,
lists, emphasis and links, and lead to this site and to calendars alone.
"""

import re
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

from markupsafe import Markup

from eventsite.announcements.stencil import Gaps
from eventsite.calendars import links as calendars
from eventsite.errors import Refusal
from eventsite.writeups.markdown import render

CALENDAR_SITES = {
    urlsplit(address)[:2] for address in (calendars.GOOGLE, calendars.OUTLOOK_WORK, calendars.OUTLOOK_PERSONAL)
}
MY_PAGE = "my_page"

_SERIF = "font-family:Charter,Georgia,serif;line-height:1.3;font-weight:bold;color:#0f3b41"
_SMALLER = f"margin:20px 0 6px;font-size:17px;{_SERIF}"
_STYLES = {
    "p": "margin:0 0 16px",
    "h2": f"margin:28px 0 8px;font-size:20px;{_SERIF}",
    "h3": _SMALLER,
    "h4": _SMALLER,
    "h5": _SMALLER,
    "ul": "margin:0 0 16px;padding:0 0 0 20px",
    "ol": "margin:0 0 16px;padding:0 0 0 24px",
    "li": "margin:0 0 6px",
    "strong": "",
    "em": "",
    "br": "",
}
_BLOCKS = _STYLES.keys() - {"strong", "em", "br"}
_LINK = "color:#0b5560;text-decoration:underline"
_HOST = "color:#4a5c60;font-size:13px"
_UNFIT = {
    "table": "tables",
    "img": "pictures",
    "figure": "quotations that stand apart",
    "blockquote": "quotations that stand apart",
    "code": "code",
    "pre": "code",
    "hr": "lines across the page",
}
# What mail programs make into a link by themselves, too.
_ADDRESS = re.compile(r"(?:https?://|(?<![\w@.-])www\.)[^\s<>]+", re.IGNORECASE)
_AFTER_ADDRESS = ".,;:!?)]}'\"’”*"
# Round an address in the text, until its block ends: what follows at once would else be read as part of it. Markdown
# itself leaves no control characters.
_BEFORE, _AFTER = "\x01", "\x02"
_GLUED_BEFORE = re.compile(rf"(?<=[^\s(]){_BEFORE}")
_LOOSE_AFTER = re.compile(rf"{_AFTER}(?=[{re.escape(_AFTER_ADDRESS)}]*(?:\s|$))")


class UnfitBody(Refusal):
    """Letters take paragraphs, headings, lists, emphasis and links to this site."""

    field = "body"


@dataclass(frozen=True)
class Body:
    """The same words twice. Both may hold gaps; the HTML is escaped and has its style on each element."""

    text: str
    html: Markup


def write_body(markdown: str, *, site_url: str, gaps: Gaps) -> Body:
    """Both bodies of a Markdown text in which marks stand for what is filled in later.

    Raises UnfitBody, with a sentence, for what letters do not take and for links that lead elsewhere.
    """
    walk = _Walk(site_url, gaps)
    walk.feed(render(markdown).html)
    walk.close()
    return Body(walk.finished_text(), Markup("".join(walk.html)))  # noqa: S704  -- each piece is ours or escaped


def my_page_in_markdown(gaps: Gaps) -> str:
    """What stands for the address of a reader's own page while Markdown is read: an address itself (RFC 6761)."""
    return f"https://{gaps.mark(MY_PAGE)}.invalid"


def address_in_letter(href: str, *, site_url: str) -> str:
    """The whole address of a link, on this site or a calendar's; raises UnfitBody for any other."""
    if href.startswith("/"):
        return site_url + href
    try:
        site = urlsplit(href)[:2]
    except ValueError:
        site = ("", "")
    if site == urlsplit(site_url)[:2] or site in CALENDAR_SITES:
        return href
    shown = href.removeprefix("mailto:")
    raise UnfitBody(f"Letters link to this site and to calendars only. Take out the link to {shown[:100]}")


class _Walk(HTMLParser):
    """Reads the renderer's HTML, whose tags and attributes come from its allow-list."""

    def __init__(self, site_url: str, gaps: Gaps) -> None:
        super().__init__(convert_charrefs=True)
        self.html: list[str] = []
        self._site_url, self._gaps = site_url, gaps
        self._mark, self._own = gaps.mark(MY_PAGE), my_page_in_markdown(gaps)
        self._text: list[str] = []
        self._line: list[str] = []
        self._lists: list[int | None] = []
        self._bullet = ""
        self._link = ""
        self._label: list[str] = []

    def finished_text(self) -> str:
        """The text body so far: blocks parted by empty lines, the entries of a list not."""
        self._end_block()
        return "".join(self._text).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a":
            self._link, self._label = self._whole(given.get("href") or ""), []
            return
        if tag not in _STYLES:
            raise UnfitBody(f"Letters take no {_UNFIT.get(tag, tag)}. Take them out, or link to a page that has them")
        if tag in _BLOCKS:
            self._end_block()
        if tag in ("ul", "ol"):
            self._lists.append(int(given.get("start") or 1) if tag == "ol" else None)
        elif tag == "li":
            self._bullet = self._next_bullet()
        elif tag == "br":
            self._line.append("\n")
        style = f' style="{_STYLES[tag]}"' if _STYLES[tag] else ""
        start = f' start="{self._lists[-1]}"' if tag == "ol" and self._lists[-1] != 1 else ""
        self.html.append(f"<{tag}{start}{style}>")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._end_link()
            return
        if tag in _BLOCKS:
            self._end_block()
        if tag in ("ul", "ol"):
            self._lists.pop()
            if not self._lists:
                self._text.append("\n")
        self.html.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._link:
            self._label.append(data)
            return
        at = 0
        for match in _ADDRESS.finditer(data):
            shown = match[0].rstrip(_AFTER_ADDRESS)
            self._say(data[at : match.start()])
            self._link, self._label = self._whole(shown), [shown]
            self._end_link()
            at = match.start() + len(shown)
        self._say(data[at:])

    def _say(self, words: str) -> None:
        self.html.append(escape(words))
        self._line.append(words.replace("\n", " "))

    def _end_link(self) -> None:
        address, label = self._link, " ".join("".join(self._label).split())
        self._link = ""
        is_shown = label in ("", address, self._own, address.partition("://")[2])
        host = urlsplit(self._site_url if address == self._mark else address).netloc
        style = f"{_LINK};word-break:break-all" if is_shown else _LINK
        self.html.append(f'<a href="{escape(address)}" style="{style}">{escape(address if is_shown else label)}</a>')
        if not is_shown:
            self.html.append(f' <span style="{_HOST}">({escape(host)})</span>')
        self._line.append(f"{_BEFORE}{address}{_AFTER}" if is_shown else f"{label} <{address}>")

    def _whole(self, href: str) -> str:
        if href == self._own:
            return self._mark
        if self._gaps.stand_in(href):
            raise UnfitBody("An address cannot hold a placeholder, unless it is {my_page} and nothing else")
        return address_in_letter(href, site_url=self._site_url)

    def _next_bullet(self) -> str:
        number = self._lists[-1]
        if number is None:
            return "- "
        self._lists[-1] = number + 1
        return f"{number}. "

    def _end_block(self) -> None:
        lines = [" ".join(line.split()) for line in _parted("".join(self._line)).strip().split("\n")]
        self._line = []
        if lines == [""]:
            return
        further = "  " * len(self._lists)
        first = further[2:] + self._bullet if self._bullet else further
        self._bullet = ""
        self._text.append(first + f"\n{further}".join(lines) + ("\n" if self._lists else "\n\n"))


def _parted(line: str) -> str:
    apart = _GLUED_BEFORE.sub(" ", _LOOSE_AFTER.sub("", line))
    return apart.replace(_AFTER, " ").replace(_BEFORE, "")
