"""The database of a long round: EVENTSITE_SOAK_DB is sqlite (unless said otherwise) or postgres."""

import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

DATABASE = "EVENTSITE_SOAK_DB"
MEMORY = "/dev/shm"


def chosen_database() -> str:
    """What the environment asks for."""
    return os.environ.get(DATABASE, "sqlite")


@contextmanager
def database_for(chosen: str) -> Iterator[str]:
    """An empty database of its own while the block lasts: its DATABASE_URL, which the environment names from now on."""
    with _database(chosen) as url:
        # The engine is made at import.
        os.environ["DATABASE_URL"] = url
        yield url


@asynccontextmanager
async def opened_database() -> AsyncIterator[None]:
    """The database that the environment names, migrated and open."""
    from eventsite.database import close_database, open_database
    from eventsite.database.migrate import migrate

    await open_database()
    try:
        await migrate()
        yield
    finally:
        await close_database()


@contextmanager
def _database(chosen: str) -> Iterator[str]:
    if chosen == "sqlite":
        # In memory where that can be: on a disk a long round is a long wait for the disk.
        memory = MEMORY if os.path.isdir(MEMORY) else None
        with tempfile.TemporaryDirectory(dir=memory, ignore_cleanup_errors=True) as folder:
            yield f"sqlite:///{folder}/soak.sqlite"
    elif chosen == "postgres":
        from tests.postgres import postgres_url

        with postgres_url() as url:
            yield url
    else:
        raise SystemExit(f"{DATABASE} is sqlite or postgres, not {chosen}.")
