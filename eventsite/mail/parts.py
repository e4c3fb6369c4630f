"""A message taken apart, whatever somebody sent: with limits, and in time that grows no faster than its length.

The standard library's parser takes minutes for 5 MB of parts within parts. This one looks at each octet a few times,
and leaves to it only what is short by then: the parameters of one header field.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from itertools import islice

MOST_PARTS = 20
DEEPEST = 8
LARGEST_HEADER = 256 * 1024
LONGEST_FIELD = 4096

_HEADER_END = re.compile(rb"\r?\n\r?\n")
_FOLD = re.compile(r"\r?\n(?=[ \t])")
_LINE_END = re.compile(r"\r\n|\r|\n")
_NAME = re.compile(r"[!-9;-~]+")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_MARKS_IN_ALL = 400


class UnreadableMessage(ValueError):
    """A message that cannot be taken in. The text is one sentence that says why and repeats nothing of the message."""


@dataclass(frozen=True, slots=True)
class Headers:
    """Header fields in their order: names in small letters, values unfolded and at most 4,096 characters long."""

    fields: tuple[tuple[str, str], ...]

    def first(self, name: str) -> str:
        """The topmost field of a name; empty where there is none."""
        return next(iter(self.all(name)), "")

    def all(self, name: str) -> list[str]:
        """Every field of a name, the topmost first."""
        return [value for field, value in self.fields if field == name.lower()]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a message: its header fields, its media type in small letters, its body as it was sent."""

    headers: Headers
    media_type: str
    body: bytes

    @property
    def filename(self) -> str:
        """The name of the file that it is, as the sender says."""
        return _with_fields(self.headers).get_filename("") or ""

    def decoded(self) -> bytes:
        """The body without its transfer encoding; what is broken of it is left out."""
        encoding = self.headers.first("content-transfer-encoding").strip().lower()
        if encoding == "base64":
            return _from_base64(self.body)
        return binascii.a2b_qp(self.body) if encoding == "quoted-printable" else self.body


def take_apart(content: bytes) -> tuple[Headers, list[Part]]:
    """A message's own header fields and its parts, containers opened. Raises UnreadableMessage.

    A message inside the message is opened like any other container, but not where it is the letter that a report
    (RFC 6522) is about: that one stays whole.
    """
    root = _part(content)
    parts = list(islice(_leaves(root, 0, "message/rfc822"), MOST_PARTS + 1))
    if len(parts) > MOST_PARTS:
        raise UnreadableMessage(f"The message has more than {MOST_PARTS} parts.")
    return root.headers, parts


def read_headers(block: bytes) -> Headers:
    """The header fields in a block of them; what is no field is left out."""
    lines = _LINE_END.split(_FOLD.sub("", block.decode("utf-8", "replace")))
    fields = (line.partition(":") for line in lines)
    return Headers(
        tuple(
            (name.strip().lower(), value[:LONGEST_FIELD].strip())
            for name, colon, value in fields
            if colon and _NAME.fullmatch(name.strip())
        )
    )


def _leaves(part: Part, depth: int, within: str) -> Iterator[Part]:
    if depth > DEEPEST:
        raise UnreadableMessage("The message has parts within parts within parts, too deep to follow.")
    if part.media_type == "message/rfc822" and within != "multipart/report":
        yield from _leaves(_part(part.decoded()), depth + 1, part.media_type)
    elif pieces := _pieces(part):
        for piece in pieces:
            yield from _leaves(_part(piece), depth + 1, part.media_type)
    else:
        yield part


def _part(content: bytes) -> Part:
    if content[:2] == b"\r\n" or content[:1] == b"\n":
        # A part may do without a header: then it is text.
        return Part(Headers(()), "text/plain", content.lstrip(b"\r\n"))
    end = _HEADER_END.search(content, 0, LARGEST_HEADER)
    if end is None and len(content) > LARGEST_HEADER:
        raise UnreadableMessage("The header of the message is too long.")
    headers = read_headers(content[: end.start()] if end else content)
    return Part(headers, _with_fields(headers).get_content_type(), content[end.end() :] if end else b"")


def _pieces(part: Part) -> list[bytes]:
    """What a multipart holds; a missing last boundary is forgiven, since mail is cut off now and then."""
    boundary = _with_fields(part.headers).get_boundary() if part.media_type.startswith("multipart/") else None
    if not boundary:
        return []
    mark = re.compile(rb"\n--" + re.escape(boundary.encode("utf-8", "replace")) + rb"(--)?[ \t]*(?=\r?\n|\r?\Z)")
    body = b"\n" + part.body
    marks = list(islice(mark.finditer(body), _MARKS_IN_ALL))
    ends = [*(found.start() for found in marks[1:]), len(body)]
    pieces = []
    for found, end in zip(marks, ends, strict=False):
        if found[1]:
            break
        pieces.append(body[found.end() : end].removeprefix(b"\r").removeprefix(b"\n").removesuffix(b"\r"))
    return pieces


def _with_fields(headers: Headers) -> Message:
    message: Message = Message()
    for name in ("content-type", "content-disposition"):
        if value := headers.first(name):
            message[name] = value
    return message


def _from_base64(body: bytes) -> bytes:
    digits = _NOT_BASE64.sub(b"", body)
    # A lone digit at the end says less than an octet.
    whole = digits[: len(digits) - (len(digits) % 4 == 1)]
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))
