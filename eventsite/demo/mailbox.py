"""The local mailbox: caught letters as files, and the pages that show them. Only ever part of the demonstration."""

import os
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from eventsite.database import new_id
from eventsite.errors import NotFound
from eventsite.mail.reading import ReadLetter, read_letter

_ID = re.compile(r"[0-9a-z]{16}")


@dataclass(frozen=True, slots=True)
class CaughtLetter:
    """One letter as the list shows it. `received_at` is aware, in UTC."""

    id: str
    to: str
    subject: str
    received_at: datetime


@dataclass(slots=True)
class Mailbox:
    """A folder of `.eml` files, each the exact bytes of one letter. It outlives the process."""

    folder: Path
    _known: dict[str, CaughtLetter] = field(default_factory=dict)

    def keep(self, content: bytes, *, received_at: datetime) -> str:
        """Store a letter; returns its id. Whoever reads meanwhile sees the whole file or none."""
        self.folder.mkdir(parents=True, exist_ok=True)
        letter_id = new_id()
        unfinished = self.folder / f"{letter_id}.tmp"
        unfinished.write_bytes(content)
        os.utime(unfinished, (received_at.timestamp(), received_at.timestamp()))
        unfinished.rename(self._path(letter_id))
        return letter_id

    def letters(self) -> list[CaughtLetter]:
        """All letters, the newest first."""
        ids = sorted((path.stem for path in self.folder.glob("*.eml") if _ID.fullmatch(path.stem)), reverse=True)
        return [self._line(letter_id) for letter_id in ids]

    def content(self, letter_id: str) -> bytes:
        """A letter's exact bytes; raises NotFound."""
        if not _ID.fullmatch(letter_id):
            raise NotFound
        try:
            return self._path(letter_id).read_bytes()
        except FileNotFoundError:
            raise NotFound from None

    def letter(self, letter_id: str) -> tuple[CaughtLetter, ReadLetter]:
        """A letter taken apart; raises NotFound."""
        read = read_letter(self.content(letter_id))
        return self._line(letter_id), read

    def _line(self, letter_id: str) -> CaughtLetter:
        if letter_id not in self._known:
            path = self._path(letter_id)
            read = read_letter(path.read_bytes())
            received_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            self._known[letter_id] = CaughtLetter(letter_id, read.header("to"), read.header("subject"), received_at)
        return self._known[letter_id]

    def _path(self, letter_id: str) -> Path:
        return self.folder / f"{letter_id}.eml"
