"""The command line. Every failure is one sentence on standard error: 0 done, 1 refused or found wrong, 2 bad usage."""

import logging
import os
import sys
from collections.abc import Coroutine
from typing import Any, NoReturn

from cyclopts import App, CycloptsError

from eventsite.logs import set_up_logs

app = App(
    name="eventsite",
    help="The site of a conference network: write-ups, interest, questions, letters and calendars.",
    version_flags=["--version"],
    result_action="return_value",
)
app.command("eventsite.cli.demo:demo", name="demo")
app.command("eventsite.cli.serve:serve", name="serve")
app.command("eventsite.cli.serve:worker", name="worker")
app.command("eventsite.cli.schema:migrate", name="migrate")
app.command("eventsite.cli.check:check", name="check")
app.command("eventsite.cli.organisers:app", name="organiser")
app.command("eventsite.cli.writeups:app", name="import")
app.command("eventsite.cli.exports:app", name="export")
app.command("eventsite.cli.person:app", name="person")
app.command("eventsite.cli.mail:app", name="mail")
app.command("eventsite.cli.retention:retention", name="retention")
app.command("eventsite.cli.backup:backup", name="backup")
app.command("eventsite.cli.backup:restore", name="restore")


def main(arguments: list[str] | None = None) -> NoReturn:
    """Runs one command and ends the process with its exit code."""
    set_up_logs(os.environ.get("LOG_FORMAT", "text"), level=logging.WARNING)
    try:
        sys.exit(_run(arguments) or 0)
    except KeyboardInterrupt:
        sys.exit(130)


def _run(arguments: list[str] | None) -> int:
    from eventsite.database import DatabaseUnavailable
    from eventsite.errors import Refusal
    from eventsite.settings import BadSettings

    try:
        result: Any = app(arguments, exit_on_error=False, print_error=False)
    except CycloptsError as error:
        return _say(str(error), 2)
    except (Refusal, BadSettings) as refusal:
        return _say(str(refusal), 1)
    except DatabaseUnavailable as error:
        return _say(f"The database that DATABASE_URL names cannot be reached: {error}.", 1)
    return result if isinstance(result, int) else 0


def _say(sentence: str, code: int) -> int:
    print(sentence.strip(), file=sys.stderr)
    return code


async def with_database(deed: Coroutine[Any, Any, Any]) -> Any:
    """Opens the database round a deed of the command line."""
    from eventsite.database import close_database, open_database

    try:
        await open_database()
    except BaseException:
        # Or Python would complain, on standard error, that it was never begun.
        deed.close()
        raise
    try:
        return await deed
    finally:
        await close_database()
