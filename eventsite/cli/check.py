"""`eventsite check`: what is wrong with a deployment, as a list of sentences."""

import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime

from eventsite.clock import utc_now
from eventsite.settings import BadSettings, Settings, load_settings

OLDEST_CLOCK = datetime(2026, 1, 1, tzinfo=UTC)


async def check() -> int:
    """Refuse a bad deployment: settings, database, schema, mail server, clock. Exit 1 with what is wrong."""
    try:
        settings = load_settings()
    except BadSettings as error:
        print(error, file=sys.stderr)
        return 1
    wrong = [sentence async for sentence in _faults(settings)]
    print("\n".join(wrong) or "Nothing is wrong.", file=sys.stderr if wrong else sys.stdout)
    return 1 if wrong else 0


async def _faults(settings: Settings) -> AsyncIterator[str]:
    if len(set(settings.secret_key)) < 10:
        yield "SECRET_KEY is too simple to be a secret."
    if not settings.controller_contact:
        yield "CONTROLLER_CONTACT is missing: the privacy notice must say whom to write to."
    if utc_now() < OLDEST_CLOCK:
        yield "The clock of this machine is years behind."
    async for sentence in _database_faults():
        yield sentence
    async for sentence in _mail_faults(settings):
        yield sentence


async def _database_faults() -> AsyncIterator[str]:
    from eventsite.cli import with_database
    from eventsite.database import DatabaseUnavailable
    from eventsite.database.migrate import pending

    try:
        if await with_database(pending()):
            yield "The database is behind this version. Run: eventsite migrate"
    except DatabaseUnavailable as error:
        yield f"The database cannot be reached: {error}."


async def _mail_faults(settings: Settings) -> AsyncIterator[str]:
    from eventsite.mail.transport import transport_from

    try:
        transport = transport_from(settings)
        if settings.mail_rate and transport.server.is_here:
            yield "MAIL_RATE has no effect: SMTP_URL names this machine, whose own mail server keeps to limits."
        await transport.check()
    except BadSettings as error:
        yield str(error)
    except Exception as error:  # whatever the mail server does, it is told as a sentence
        yield f"The mail server cannot be used: {error}."
