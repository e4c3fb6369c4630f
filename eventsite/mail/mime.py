"""The bytes of a letter: our own writing of one fixed MIME layout, since Python's email package takes milliseconds.

Every function is pure. What comes from people is refused if it could break out of its header, encoded otherwise.
RFC 5322 (headers), RFC 2045 to 2047 (bodies, parts, words that are not ASCII).
"""

import base64
import binascii
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from eventsite.errors import Refusal

CRLF = "\r\n"
GOAL_WIDTH = 76
_LONGEST_LINE = 998
_LONGEST_FILENAME_UNFOLDED = 32
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]|=\?.*?\?=")
_QUOTABLE = re.compile(r"[A-Za-z0-9 ,.'()&/-]{1,60}")
_PLAIN = re.compile(r"[\x20-\x7e]*")
# 39 octets are 52 characters of base64; with `=?utf-8?b?…?=` and the longest header name a line stays under 76.
_WORD_OCTETS = 39

Headers = Sequence[tuple[str, str]]


class UnfitForHeader(Refusal):
    """Leave out line breaks, control characters and text such as =?utf-8?q?…?=."""


class BrokenLetter(Exception):
    """A letter came out otherwise than it was meant: a fault of ours, caught before it is stored."""


def ensure_fit_for_header(text: str) -> None:
    """Refuse what could end a header, begin another, or pass for an encoded word; raises UnfitForHeader."""
    if _UNFIT.search(text):
        raise UnfitForHeader


def encode_words(text: str, *, taken: int) -> str:
    """An unstructured header's value, folded; `taken` is how many columns its name has used. Raises UnfitForHeader.

    ASCII stays readable; all else becomes encoded words (RFC 2047).
    """
    ensure_fit_for_header(text)
    words = text.split()
    if _PLAIN.fullmatch(text) and "=?" not in text and all(len(word) < GOAL_WIDTH - taken for word in words):
        return _fold(words, taken)
    return f"{CRLF} ".join(_encoded_words(" ".join(words)))


def encode_phrase(text: str) -> str:
    """A display name: quoted where that is plain, encoded words otherwise; raises UnfitForHeader."""
    ensure_fit_for_header(text)
    if _QUOTABLE.fullmatch(text):
        return f'"{text}"'
    return f"{CRLF} ".join(_encoded_words(text))


def text_part(subtype: str, text: str) -> bytes:
    """A whole `text/plain` or `text/html` part in quoted-printable, its lines ended by CRLF and by no blanks."""
    # A blank at the end of a line would have to be encoded, and binascii then makes the line longer than 76.
    lines = [line.rstrip(" \t") for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return part(
        (("Content-Type", f"text/{subtype}; charset=utf-8"), ("Content-Transfer-Encoding", "quoted-printable")),
        binascii.b2a_qp((CRLF.join(lines).rstrip(CRLF) + CRLF).encode("utf-8", "replace")),
    )


# The calendar entry of an event is the same for everyone who asks for it.
@lru_cache(maxsize=64)
def base64_part(content_type: str, filename: str, content: bytes) -> bytes:
    """A whole part in base64: a download where it has a file name, an alternative where that is empty."""
    headers = [("Content-Type", content_type), ("Content-Transfer-Encoding", "base64")]
    if filename:
        fold = CRLF if len(filename) > _LONGEST_FILENAME_UNFOLDED else ""
        headers.append(("Content-Disposition", f'attachment;{fold} filename="{filename}"'))
    return part(headers, base64.encodebytes(content).replace(b"\n", b"\r\n"))


def multipart(subtype: str, boundary: str, parts: Iterable[bytes]) -> tuple[str, bytes]:
    """The Content-Type and the body of a `multipart/…` with these parts.

    A boundary that begins with `=_` occurs in no part: neither quoted-printable nor base64 can write those two signs.
    """
    opening = f"--{boundary}{CRLF}".encode()
    body = b"".join(opening + each + b"\r\n" for each in parts) + f"--{boundary}--{CRLF}".encode()
    return f'multipart/{subtype};{CRLF} boundary="{boundary}"', body


def part(headers: Headers, body: bytes) -> bytes:
    """Headers as they stand, an empty line, the body. A value that is folded at once begins with its CRLF."""
    lines = [f"{name}:{value}" if value.startswith(CRLF) else f"{name}: {value}" for name, value in headers]
    return CRLF.join([*lines, "", ""]).encode("ascii") + body


def ensure_intact(message: bytes, names: Sequence[str]) -> None:
    """Read the finished bytes as a mail server would: just these headers in this order, seven bits, lines whole.

    Raises BrokenLetter. Guards against what CVE-2024-6923 and CVE-2026-1299 did to Python's own writer.
    """
    head, _, _ = message.partition(b"\r\n\r\n")
    seen = [line.partition(b":")[0].decode("latin-1") for line in head.split(b"\r\n") if line[:1] not in b" \t"]
    if seen != list(names):
        raise BrokenLetter(f"headers {seen} instead of {list(names)}")
    lines = message.split(b"\r\n")
    if not message.isascii() or b"\0" in message or max(map(len, lines)) > _LONGEST_LINE:
        raise BrokenLetter("not seven bits in short lines")
    if message.count(b"\n") != len(lines) - 1 or message.count(b"\r") != len(lines) - 1:
        raise BrokenLetter("a line ends otherwise than in CRLF")


def _fold(words: Iterable[str], taken: int) -> str:
    lines: list[str] = []
    line, room = "", GOAL_WIDTH - taken
    for word in words:
        if line and len(line) + 1 + len(word) > room:
            lines.append(line)
            line, room = word, GOAL_WIDTH - 1
        else:
            line = f"{line} {word}" if line else word
    return f"{CRLF} ".join([*lines, line])


def _encoded_words(text: str) -> Iterable[str]:
    chunk = b""
    for letter in text:
        octets = letter.encode()
        if len(chunk) + len(octets) > _WORD_OCTETS:
            yield _encoded_word(chunk)
            chunk = b""
        chunk += octets
    yield _encoded_word(chunk)


def _encoded_word(octets: bytes) -> str:
    return f"=?utf-8?b?{binascii.b2a_base64(octets, newline=False).decode()}?="
