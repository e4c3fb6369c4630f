"""`eventsite export`: lists to take along."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO

from cyclopts import App, Parameter

from eventsite import ledger
from eventsite.cli.progress import bar
from eventsite.cli.ready import with_ready_database
from eventsite.clock import utc_now
from eventsite.errors import NotFound, Refusal
from eventsite.exports.formats import Format

app = App(name="export", help="Interests, questions or a programme as CSV, Excel or JSON.")

HELD_GO_ALONG = "The words of held questions go along, which may identify somebody. Keep this file where few read it."

Output = Annotated[Path | None, Parameter(name=["--output", "-o"])]


@app.command
async def interests(*, event: str, format: Format = Format.CSV, output: Output = None) -> None:
    """Write out who is interested in an event, and where each of them stands.

    Parameters
    ----------
    event
        The slug of the event.
    format
        csv, xlsx or json.
    output
        The file to write, readable by its owner alone; standard output where none is given.
    """
    await _export("interests", event, format, output)


@app.command
async def questions(
    *, event: str, format: Format = Format.CSV, output: Output = None, include_held: bool = False
) -> None:
    """Write out what is asked of an event's panels.

    Parameters
    ----------
    event
        The slug of the event.
    format
        csv, xlsx or json.
    output
        The file to write, readable by its owner alone; standard output where none is given.
    include_held
        With the words of questions that are held since they may identify somebody, which are left out otherwise.
    """
    if include_held:
        print(HELD_GO_ALONG, file=sys.stderr)
    await _export("questions", event, format, output, with_held=include_held)


@app.command
async def programme(*, event: str, format: Format = Format.CSV, output: Output = None) -> None:
    """Write out an event's sessions, with who is on stage.

    Parameters
    ----------
    event
        The slug of the event.
    format
        csv, xlsx or json.
    output
        The file to write, readable by its owner alone; standard output where none is given.
    """
    await _export("programme", event, format, output)


async def _export(subject: str, slug: str, wanted: Format, output: Path | None, *, with_held: bool = False) -> None:
    with _opened(output) as out, bar(f"Exporting {subject}") as progress:
        await with_ready_database(_write(subject, slug, wanted, out, progress, with_held))


async def _write(
    subject: str, slug: str, wanted: Format, out: BinaryIO, progress: Callable[[int, int], None], with_held: bool
) -> None:
    from eventsite.events.queries import get_event
    from eventsite.exports.services import Wanted, export_rows

    try:
        event = await get_event(slug)
    except NotFound:
        raise NotFound(f"There is no event {slug}.") from None
    chosen = Wanted(subject, event, wanted, with_held)
    await export_rows(chosen, out, actor=ledger.OPERATOR, now=utc_now(), progress=progress)


@contextmanager
def _opened(output: Path | None) -> Iterator[BinaryIO]:
    if output is None:
        yield sys.stdout.buffer
        return
    try:
        file = os.fdopen(os.open(output, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb")
    except OSError as error:
        raise Refusal(f"The file {output} cannot be written: {error.strerror}.") from None
    with file:
        yield file
