"""The letters of the PDF: FiraGO (SIL Open Font License), with Latin, Greek, Cyrillic, Hebrew, Arabic, Thai and more.

What it does not have comes out as the nearest letter that it has, else as a box.
"""

import tempfile
import unicodedata
from functools import cache
from importlib import import_module
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont

FACES = {"": "FiraGO_Regular", "B": "FiraGO_Bold"}
BOX = "\u25af"
SILENT = {"Cf", "Cc", "Mn", "Me"}


@cache
def font_files() -> dict[str, Path]:
    """The font's faces as files, by fpdf's name of the style; unpacked once in a process, gone with it."""
    folder = Path(_folder().name)
    found = {}
    for style, name in FACES.items():
        found[style] = folder / f"{name}.ttf"
        found[style].write_bytes(_face(name))
    return found


def printable(text: str) -> str:
    """A text in letters that the font has. Line breaks stay."""
    letters = _letters()
    return "".join(
        character if character in letters or character == "\n" else _nearest(character) for character in text
    )


def is_printable(text: str) -> bool:
    """Whether every letter of a text can be printed, or one that reads the same."""
    return BOX not in printable(text.replace(BOX, ""))


def _nearest(character: str) -> str:
    letters = _letters()
    plain = "".join(part for part in unicodedata.normalize("NFKD", character) if part in letters)
    if plain or unicodedata.category(character) in SILENT:
        return plain
    return " " if character.isspace() else BOX


@cache
def _letters() -> frozenset[str]:
    """The letters that both faces have."""
    known = [set(TTFont(BytesIO(_face(name)), lazy=True).getBestCmap()) for name in FACES.values()]
    return frozenset(map(chr, set.intersection(*known)))


@cache
def _folder() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix="eventsite-fonts-", ignore_cleanup_errors=True)


def _face(name: str) -> bytes:
    content: bytes = import_module(f"pymupdf_fonts.{name}").fontbuffer
    return content
