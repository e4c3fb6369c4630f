"""The last seat: 64 people at once over HTTP, at two server processes; EVENTSITE_SOAK_DB is sqlite or postgres."""

import asyncio
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from eventsite.cli.progress import bar

DATABASE = "EVENTSITE_SOAK_DB"


def run(count: int) -> str:
    """Runs so many rounds. The first without exactly one winner is raised."""
    chosen = os.environ.get(DATABASE, "sqlite")
    with _database(chosen) as url:
        # The engine is made at import.
        os.environ["DATABASE_URL"] = url
        people = asyncio.run(_race(count, url))
    return f"{count:,} rounds of {people} people at once for the last seat, on {chosen}: one winner in each."


async def _race(count: int, url: str) -> int:
    from eventsite.database import close_database, open_database
    from eventsite.database.migrate import migrate
    from tests.http.last_seat import race_at
    from tests.servers import servers

    await open_database()
    try:
        await migrate()
        async with servers(2, url) as two, race_at(two) as race:
            with bar("Rounds") as progress:
                for number in range(count):
                    await race.ensure_one_winner(await race.run())
                    await race.again()
                    progress(number + 1, count)
            return len(race.racers)
    finally:
        await close_database()


@contextmanager
def _database(chosen: str) -> Iterator[str]:
    if chosen == "sqlite":
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            yield f"sqlite:///{folder}/soak.sqlite"
    elif chosen == "postgres":
        from tests.postgres import postgres_url

        with postgres_url() as url:
            yield url
    else:
        raise SystemExit(f"{DATABASE} is sqlite or postgres, not {chosen}.")
