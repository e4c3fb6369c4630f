"""`eventsite person`: what somebody may ask of us, from the command line."""

import os
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from eventsite import ledger
from eventsite.cli.ready import with_ready_database
from eventsite.clock import utc_now
from eventsite.errors import NotFound, Refusal
from eventsite.mail.addresses import normalise_address
from eventsite.settings import load_settings

app = App(name="person", help="A person's rights: everything held on them, and erasing it.")


@app.command
async def export(email: str, *, output: Annotated[Path | None, Parameter(name=["--output", "-o"])] = None) -> None:
    """Write out everything held on somebody, as JSON.

    Parameters
    ----------
    email
        Their email address.
    output
        The file to write, readable by its owner alone; standard output where none is given.
    """
    from eventsite.self_service.export import as_json, export_person

    address = normalise_address(email)
    exported = await with_ready_database(export_person(address.key, now=utc_now()))
    if not exported["held"]:
        raise NotFound(f"Nothing is held on {address}.")
    if output is None:
        sys.stdout.buffer.write(as_json(exported))
    else:
        _write(output, as_json(exported))


@app.command
async def erase(email: str) -> None:
    """Erase everything held on somebody, everywhere and for good. Says what went, by table.

    Parameters
    ----------
    email
        Their email address.
    """
    from eventsite.self_service.erasure import erase as erase_address

    address, secret = normalise_address(email), load_settings().secret_key
    counts = await with_ready_database(erase_address(address.key, secret=secret, actor=ledger.OPERATOR, now=utc_now()))
    for table, count in counts.items():
        print(table, count, sep="\t")
    if not counts:
        print(f"Nothing is held on {address}.")


def _write(path: Path, content: bytes) -> None:
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
            file.write(content)
    except OSError as error:
        raise Refusal(f"The file {path} cannot be written: {error.strerror}.") from None
