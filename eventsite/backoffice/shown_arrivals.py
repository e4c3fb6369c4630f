"""A message that came home, as an organiser may see it: headers and text, and nothing of it that could act.

HTML is left out. Nothing in it is believed, and everything is shown as the words it is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header

from eventsite.mail.inbound import in_time
from eventsite.mail.parts import Headers, Part, UnreadableMessage, take_apart
from eventsite.web.forms import shown

MOST_TEXT = 20_000
CALENDARS = {"text/calendar", "application/ics"}
SAID_CHARSET = re.compile(r"charset=[\"']?([^\s\"';]+)", re.IGNORECASE)
CHARSET = re.compile(r"utf-?8|us-ascii|iso-8859-[0-9]{1,2}|windows-125[0-8]")


@dataclass(frozen=True)
class ShownArrival:
    """`texts` are (what it is, its words), `left_out` what else came; `broken` is why it cannot be read, or empty."""

    headers: Sequence[tuple[str, str]]
    texts: Sequence[tuple[str, str]]
    left_out: Sequence[str]
    broken: str = ""

    def header(self, name: str) -> str:
        """The topmost header of a name; empty where there is none."""
        return next((value for known, value in self.headers if known == name), "")


async def shown_arrival(content: bytes) -> ShownArrival:
    """Any message as words; one that cannot be taken apart as the text it is, with the reason."""
    try:
        return await in_time(lambda: _shown(*take_apart(content)))
    except UnreadableMessage as fault:
        return ShownArrival((), [("As it came", _words(content, "utf-8"))], (), str(fault))


def _shown(headers: Headers, parts: Sequence[Part]) -> ShownArrival:
    texts = [(_title(part), _words(part.decoded(), _charset(part))) for part in parts if _is_words(part)]
    texts = [(title, words) for title, words in texts if words.strip()]
    left_out = [f"{part.media_type}, {len(part.body):,} characters" for part in parts if not _is_words(part)]
    return ShownArrival([(name, shown(_decoded(value))) for name, value in headers.fields], texts, left_out)


def _is_words(part: Part) -> bool:
    kind = part.media_type
    return kind in CALENDARS or (kind.startswith(("text/", "message/")) and kind != "text/html")


def _title(part: Part) -> str:
    names = {"text/plain": "Text", "message/delivery-status": "What the mail server reports"}
    return "Calendar" if part.media_type in CALENDARS else names.get(part.media_type, part.media_type)


def _decoded(value: str) -> str:
    """A header field with its encoded words (RFC 2047) as people read them; as it stands where they are broken."""
    try:
        parts = decode_header(value)
    except HeaderParseError:
        return value
    return "".join(
        said if isinstance(said, str) else said.decode(_known(name or ""), "replace") for said, name in parts
    )


def _charset(part: Part) -> str:
    found = SAID_CHARSET.search(part.headers.first("content-type"))
    return _known(found[1] if found else "")


def _known(charset: str) -> str:
    # Python knows others, some of which take minutes for a long text.
    return charset if CHARSET.fullmatch(charset.lower()) else "utf-8"


def _words(content: bytes, charset: str) -> str:
    return shown(content[: 4 * MOST_TEXT].decode(charset, "replace"))[:MOST_TEXT]
