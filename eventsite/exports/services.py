"""An export is an organiser's deed: the ledger says who took what along, and none of its words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from eventsite import ledger
from eventsite.events.tables import Event
from eventsite.exports.formats import Format, writer_of
from eventsite.exports.rows import SUBJECTS, row_count, rows_of


@dataclass(frozen=True)
class Wanted:
    """What somebody takes along: a subject of an event in a format, with the words of held questions or without."""

    subject: str
    event: Event
    format: Format
    with_held: bool = False


def _nobody_looks(done: int, total: int) -> None:
    """For whoever wants no progress."""


async def export_rows(
    wanted: Wanted, out: BinaryIO, *, actor: str, now: datetime, progress: Callable[[int, int], None] = _nobody_looks
) -> int:
    """Writes an export and enters it in the ledger; how many rows it has. Tells `progress` how far it is."""
    total, done = await row_count(wanted.subject, wanted.event), 0
    writer = writer_of(wanted.format, SUBJECTS[wanted.subject].fields, out, title=wanted.subject)
    async for page in rows_of(wanted.subject, wanted.event, with_held=wanted.with_held):
        writer.add(page)
        done += len(page)
        progress(done, total)
    writer.end()
    details: dict[str, object] = {"format": wanted.format.value, "rows": done, "with_held": wanted.with_held}
    subject = ("event", str(wanted.event.id))
    await ledger.record(f"{wanted.subject}.exported", subject=subject, actor=actor, now=now, details=details)
    return done
