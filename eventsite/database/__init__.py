"""The one place that knows which database there is.

Piccolo's queries run anywhere; `transaction()` holds several together, on either engine alike.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import lru_cache
from typing import Any

from piccolo.table import Table

from eventsite.database.engine import current_engine, engine_from_url, is_sqlite
from eventsite.database.errors import DatabaseUnavailable, TransactionAbandoned, is_unique_violation
from eventsite.database.ids import new_id
from eventsite.database.recording import recorded_statements

__all__ = [
    "DatabaseUnavailable",
    "TransactionAbandoned",
    "close_database",
    "current_engine",
    "engine_from_url",
    "execute",
    "for_share",
    "for_update",
    "hold_key",
    "is_sqlite",
    "is_unique_violation",
    "new_id",
    "on_commit",
    "open_database",
    "ping",
    "recorded_statements",
    "savepoint",
    "transaction",
]


def transaction() -> AbstractAsyncContextManager[object]:
    """One transaction: all of it is kept, durably, when the block ends, or nothing of it when an exception leaves.

    One inside another joins it. An exception that leaves an inner one dooms the outer one too, even if caught, unless
    the inner one stands in a `savepoint()`. Raises `DatabaseUnavailable` where the database is away or too busy.
    Keep it short, await nothing but queries inside, and one at a time.
    """
    return current_engine().transaction()


@asynccontextmanager
async def savepoint() -> AsyncIterator[None]:
    """A part of the current transaction that can fail alone: what it wrote is undone, the rest can go on.

    Needed on PostgreSQL round any statement whose failure is expected. Raises `RuntimeError` outside a transaction.
    """
    current: Any = current_engine().current()
    if current is None:
        raise RuntimeError("A savepoint needs a transaction round it.")
    doomed, kept, point = current.doomed, len(current.callbacks), await current.savepoint()
    try:
        yield
    except BaseException:
        await point.rollback_to()
        current.doomed = doomed
        del current.callbacks[kept:]
        raise
    await point.release()


def on_commit(callback: Callable[[], object]) -> None:
    """Have something done once the current transaction is on the disk, and never if it fails; outside one, at once."""
    current = current_engine().current()
    if current is None:
        callback()
    else:
        current.callbacks.append(callback)


async def execute(sql: str, *args: Any) -> list[dict[str, Any]]:
    """Run raw SQL on either engine, in the current transaction if there is one; `{}` stands for each argument."""
    engine = current_engine()
    rows: Any = await engine.run_sql(_with_marks(sql, numbered=not is_sqlite()), args)
    return [row if type(row) is dict else dict(row) for row in rows]


def for_update(*, skip_locked: bool = False, keeps_key: bool = False) -> str:
    """What to put after a raw SELECT to lock its rows: nothing on SQLite, whose transactions take turns anyway.

    With `keeps_key` others may still add rows that refer to them: nothing but their deletion waits for us there.
    """
    if is_sqlite():
        return ""
    if keeps_key:
        return " FOR NO KEY UPDATE"
    return " FOR UPDATE SKIP LOCKED" if skip_locked else " FOR UPDATE"


def hold_key(table: str) -> str:
    """What to put after a raw SELECT so that a table's rows in it (its name there) are not deleted until the end.

    Those rows may still be changed: it is the lock that adding a row which refers to them takes.
    """
    return "" if is_sqlite() else f" FOR KEY SHARE OF {table}"


def for_share() -> str:
    """What to put after a raw SELECT so that its rows stay as they are until the transaction ends."""
    return "" if is_sqlite() else " FOR SHARE"


# Piccolo's own way from a template to a statement takes 20 to 70 microseconds, each time.
@lru_cache(maxsize=1024)
def _with_marks(sql: str, *, numbered: bool) -> str:
    parts = sql.split("{}")
    marks = [f"${number}" if numbered else "?" for number in range(1, len(parts))]
    return "".join(part + mark for part, mark in zip(parts, [*marks, ""], strict=True))


async def ping() -> None:
    """Ask the database for a sign of life. Raises `DatabaseUnavailable`."""
    await execute("SELECT 1 AS alive")


async def open_database() -> None:
    """Connect, at the start of an application. Raises `DatabaseUnavailable`."""
    engine = current_engine()
    # Piccolo would look for the engine at the first query, and import a code formatter on the way.
    for table in Table.__subclasses__():
        table._meta.db = engine
    await engine.open()


async def close_database() -> None:
    """Let go of every connection, at the end of an application."""
    await current_engine().close()
