"""Bytes of deleted rows: gone from the pages of the database file too, and not only from its tables."""

import asyncio
import logging
from contextlib import closing

from eventsite.database.engine import current_engine
from eventsite.database.errors import DatabaseUnavailable, told_plainly
from eventsite.database.sqlite import SqliteEngine

logger = logging.getLogger(__name__)


async def overwrite_deleted() -> bool:
    """Write the embedded database's file anew and empty its journal, so that no byte of a deleted row is in either.

    Call it outside a transaction. False where it could not be done now, because somebody held the file for long; the
    rows are gone in any case. PostgreSQL overwrites its pages by itself in time (VACUUM): True, and nothing is done.
    """
    engine = current_engine()
    if not isinstance(engine, SqliteEngine):
        return True
    try:
        return await asyncio.to_thread(_rewrite, engine)
    except DatabaseUnavailable as error:
        logger.warning("The pages of deleted rows were not overwritten: %s", error)
        return False


def _rewrite(engine: SqliteEngine) -> bool:
    with closing(engine.connect()) as connection, told_plainly():
        connection.execute("VACUUM")
        is_held, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not is_held
