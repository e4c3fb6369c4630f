"""Word documents made for tests, by another library than the one that reads them."""

import io
from collections.abc import Iterable, Sequence

import docx
from PIL import Image


def picture(colour: str = "teal") -> bytes:
    """A small PNG file."""
    result = io.BytesIO()
    Image.new("RGB", (40, 20), colour).save(result, "PNG")
    return result.getvalue()


def document(parts: Iterable[tuple[str, str]], *, pictures: Sequence[bytes] = (), alt: str = "") -> bytes:
    """A .docx file of parts, each a kind and a text.

    The kind is a style's name, or "bold" for a paragraph in bold letters, or "picture" for the next of the pictures,
    or "table" with lines of cells that strokes part.
    """
    made = docx.Document()
    waiting = list(pictures)
    for kind, text in parts:
        if kind == "bold":
            made.add_paragraph().add_run(text).bold = True
        elif kind == "picture":
            shape = made.add_picture(io.BytesIO(waiting.pop(0)))
            shape._inline.docPr.set("descr", alt)
        elif kind == "table":
            rows = [line.split("|") for line in text.split("\n")]
            table = made.add_table(len(rows), len(rows[0]))
            for row, cells in zip(table.rows, rows, strict=True):
                for cell, words in zip(row.cells, cells, strict=True):
                    cell.text = words
        else:
            made.add_paragraph(text, style=kind or None)
    result = io.BytesIO()
    made.save(result)
    return result.getvalue()
