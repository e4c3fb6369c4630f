"""A finished letter taken apart for the desk: what its receiver sees, and what their calendar is told."""

from collections.abc import Sequence
from dataclasses import dataclass

from eventsite.calendars.reading import ShownEntry, read_entries
from eventsite.mail.reading import File, ReadLetter, read_letter

CALENDARS = {"text/calendar", "application/ics"}


@dataclass(frozen=True)
class ShownLetter:
    """A letter, its `size` in octets, and the calendars in it: as text, each once, and as the entries they hold."""

    letter: ReadLetter
    size: int
    calendars: Sequence[str]
    entries: Sequence[ShownEntry]


def shown_letter(content: bytes) -> ShownLetter:
    """Any finished letter, taken apart to be shown."""
    letter = read_letter(content)
    # An invitation is in a letter twice: as a part of its body and as a file.
    calendars = dict.fromkeys(file.content for file in letter.files if _is_calendar(file))
    entries = [entry for calendar in calendars for entry in _entries(calendar)]
    return ShownLetter(letter, len(content), [_text(calendar) for calendar in calendars], entries)


def _is_calendar(file: File) -> bool:
    return file.media_type in CALENDARS


def _entries(calendar: bytes) -> Sequence[ShownEntry]:
    try:
        return read_entries(calendar)
    except ValueError:
        # A broken one is still there to be seen as text.
        return []


def _text(calendar: bytes) -> str:
    return calendar.decode("utf-8", "replace").replace("\r\n ", "").replace("\r\n", "\n")
