"""Bytes of a text file, as text."""

import codecs
import re

from eventsite.writeups.importing.draft import UnreadableFile

LONGEST_TEXT = 120_000
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*(windows-1252|iso-8859-1)", re.IGNORECASE)
# A form feed or a paragraph separator parts paragraphs; Word writes a line break inside one as a vertical tab.
_BREAKS = {"\r\n": "\n", "\r": "\n", "\v": "\n", "\u2028": "\n", "\x85": "\n", "\f": "\n\n", "\u2029": "\n\n"}
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")


def decode(content: bytes) -> str:
    """The text, with plain newlines and without control characters.

    A byte order mark names the encoding; otherwise it is UTF-8, or else Windows-1252, which Word and Notepad still
    save. Raises `UnreadableFile` where the bytes are no text.
    """
    text = _decoded(content)
    for written, meant in _BREAKS.items():
        text = text.replace(written, meant)
    return _CONTROLS.sub(" ", text)


def ensure_length(text: str) -> str:
    """The same text. Raises `UnreadableFile` where it is far longer than any write-up."""
    if len(text) > LONGEST_TEXT:
        raise UnreadableFile(f"This file holds more than {LONGEST_TEXT:,} characters of text, too many for a write-up.")
    return text


def _decoded(content: bytes) -> str:
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8")
    if encoding == "utf-8" and _CHARSET.search(content[:2048]):
        encoding = "windows-1252"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return _in_windows_1252(content)


def _in_windows_1252(content: bytes) -> str:
    try:
        if b"\0" not in content:
            return content.decode("windows-1252")
    except UnicodeDecodeError:
        pass
    raise UnreadableFile("This file is not text that can be read: save it again as UTF-8 text or as a Word document.")
