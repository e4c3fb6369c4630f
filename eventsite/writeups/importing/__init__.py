"""A write-up read from a file an organiser has: text, Markdown, HTML or a Word document, into a draft.

Pure: bytes in, a frozen draft out. Every word of the file is kept in its order; what the reader of the file cannot be
sure of is left as it is and put down as a note for the organiser.
"""

from pathlib import PurePath

from eventsite.writeups.importing.assembly import assemble
from eventsite.writeups.importing.blocks import Reading
from eventsite.writeups.importing.decoding import decode, ensure_length
from eventsite.writeups.importing.draft import DraftPanellist, DraftPicture, DraftWriteup, UnreadableFile
from eventsite.writeups.importing.html_source import read_html
from eventsite.writeups.importing.markdown_source import read_markdown
from eventsite.writeups.importing.plain_text import read_text
from eventsite.writeups.importing.word import read_word

__all__ = ["DraftPanellist", "DraftPicture", "DraftWriteup", "UnreadableFile", "import_file"]

LARGEST_FILE = 10 * 1024 * 1024
_KINDS = {".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".htm": "html", ".html": "html"}


def import_file(name: str, content: bytes) -> DraftWriteup:
    """The draft in a .txt, .md, .html or .docx file; `name` says which it is and serves as title if the text has none.

    Raises `UnreadableFile`, with a sentence for whoever sent the file, where it is of another kind, larger than 10 MB,
    damaged, or made to do harm.
    """
    if len(content) > LARGEST_FILE:
        raise UnreadableFile("This file is larger than 10 MB: make its pictures smaller and try again.")
    draft = assemble(_read(PurePath(name).suffix.lower(), content), title=_title_from(name))
    if not (draft.body or draft.standfirst):
        raise UnreadableFile("There is no text in this file beyond a title.")
    return draft


def _read(suffix: str, content: bytes) -> Reading:
    if suffix == ".docx":
        return read_word(content)
    match _KINDS.get(suffix):
        case "text":
            return Reading(read_text(ensure_length(decode(content))))
        case "html":
            return read_html(decode(content))
        case "markdown":
            return read_markdown(ensure_length(decode(content)))
    raise UnreadableFile("A write-up can be read from a .docx, .md, .html or .txt file, and this is none of them.")


def _title_from(name: str) -> str:
    words = PurePath(name).stem.replace("-", " ").replace("_", " ").split()
    return " ".join(words)[:120].capitalize() or "Untitled"
