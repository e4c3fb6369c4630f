"""Word documents: looked over before they are opened, then read as HTML by mammoth."""

import io
import re
import zipfile
from typing import IO, Any

from eventsite.writeups.importing.blocks import Reading
from eventsite.writeups.importing.draft import UnreadableFile
from eventsite.writeups.importing.html_source import read_clean_html, sanitised

_MOST_BYTES, _MOST_XML, _MOST_PARTS = 50 * 1024 * 1024, 8 * 1024 * 1024, 2000
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
"""
_NOT_A_DOCUMENT = "This file is not a Word document that can be read: open it in Word and save it again as .docx."
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def read_word(content: bytes) -> Reading:
    """The blocks and pictures of a .docx file.

    Raises `UnreadableFile` where it is none, unpacks to more than 50 MB, or declares entities, as Word never does.
    """
    import mammoth  # costs 8 MB, and the site seldom reads a document

    ensure_harmless(content)
    pictures: list[tuple[bytes, str]] = []

    def keep(image: Any) -> dict[str, str]:
        with image.open() as source:
            pictures.append((source.read(), image.content_type or ""))
        return {"src": f"picture:{len(pictures) - 1}"}

    try:
        converted = mammoth.convert_to_html(
            io.BytesIO(content), style_map=_STYLES, convert_image=mammoth.images.img_element(keep)
        )
    except Exception as error:  # whatever it stumbles over, the document is not one it can read
        raise UnreadableFile(_NOT_A_DOCUMENT) from error
    blocks, missing = read_clean_html(sanitised(converted.value))
    notes = ("A picture was left out, since it is only linked to and not in the document.",) if missing else ()
    return Reading(blocks, tuple(pictures), notes)


def ensure_harmless(content: bytes) -> None:
    """Raises `UnreadableFile` unless the bytes are a zip archive that holds a document and unpacks to a modest size."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _ensure_modest(parts)
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    with archive.open(part) as source:
                        _ensure_plain_xml(source)
            archive.getinfo("word/document.xml")
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise UnreadableFile(_NOT_A_DOCUMENT) from error


def _ensure_modest(parts: list[zipfile.ZipInfo]) -> None:
    xml = sum(part.file_size for part in parts if not part.filename.startswith("word/media/"))
    if len(parts) > _MOST_PARTS or xml > _MOST_XML or sum(part.file_size for part in parts) > _MOST_BYTES:
        raise UnreadableFile("This Word document unpacks to more than a write-up can need, so it was not opened.")


def _ensure_plain_xml(source: IO[bytes]) -> None:
    """XML in UTF-8 without declarations: entities that multiply are declared, or hidden in another encoding."""
    text = source.read(_MOST_XML + 1)
    if b"\0" in text or _DECLARATION.search(text):
        raise UnreadableFile("This Word document holds declarations that Word never writes, so it was not opened.")
