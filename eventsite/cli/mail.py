"""`eventsite mail`: what a mail server hands over to a command."""

import asyncio
import os
import sys
from typing import TYPE_CHECKING

from cyclopts import App

if TYPE_CHECKING:
    from eventsite.mail.arrivals import ArrivalLine

app = App(name="mail", help="Mail that comes home: answers to invitations, and bounces.")

TRY_AGAIN = 75
"""EX_TEMPFAIL of sysexits: the mail server keeps the message and comes again."""

PATIENCE = 60
"""Seconds until we would rather be asked again."""

# How Postfix tells a command whom the envelope names (local(8)); other servers have theirs told by an option.
NAMED_IN = ("ORIGINAL_RECIPIENT", "RECIPIENT")


@app.command
async def receive(*, recipient: str | None = None) -> int:
    """Take in one answer to an invitation, or one bounce, from standard input.

    Exit 0 once it is written down, whatever became of it: the desk shows what was put aside. Exit 75 where the mail
    server should try again later.

    Parameters
    ----------
    recipient
        Whom the envelope names, where the mail server knows it; otherwise ORIGINAL_RECIPIENT, RECIPIENT or the
        message's own header is asked.
    """
    message = _read_all()
    named = recipient or next((value for name in NAMED_IN if (value := os.environ.get(name))), None)
    try:
        async with asyncio.timeout(PATIENCE):
            await _receive(message, named)
    except Exception as error:  # a message is never lost for a fault of ours
        print(f"The message cannot be taken in now: {_reason(error)}. Try again later.", file=sys.stderr)
        return TRY_AGAIN
    return 0


async def _receive(message: bytes, recipient: str | None) -> "ArrivalLine":
    from eventsite.cli.ready import with_ready_database
    from eventsite.clock import utc_now
    from eventsite.presentation import stationery_for
    from eventsite.replies import receive as take_in
    from eventsite.settings import load_settings

    stationery = stationery_for(load_settings())
    taken_in = take_in(message, recipient=recipient, stationery=stationery, now=utc_now())
    arrival: ArrivalLine = await with_ready_database(taken_in)
    return arrival


def _read_all() -> bytes:
    """Standard input up to what is too large anyway; the rest is read and dropped, as a pipe expects."""
    from eventsite.mail.inbound import LARGEST_MESSAGE

    message = sys.stdin.buffer.read(LARGEST_MESSAGE + 1)
    while sys.stdin.buffer.read(1_000_000):
        pass
    return message


def _reason(error: Exception) -> str:
    from eventsite.database import DatabaseUnavailable
    from eventsite.errors import Refusal
    from eventsite.settings import BadSettings

    if isinstance(error, (Refusal, BadSettings)):
        return str(error).rstrip(".").replace("\n", " ")
    if isinstance(error, DatabaseUnavailable):
        return f"the database that DATABASE_URL names cannot be reached: {error}"
    return "it took too long" if isinstance(error, TimeoutError) else f"something broke ({type(error).__name__})"
