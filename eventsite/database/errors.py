"""What can go wrong with a database, said the same way for both engines."""

import logging
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg

logger = logging.getLogger(__name__)


class DatabaseUnavailable(Exception):
    """The database cannot be reached, or is too busy, just now: worth trying again later (the web answers 503)."""


class TransactionAbandoned(Exception):
    """A part of this transaction failed and the failure was swallowed: nothing of it was kept.

    Wrap the part that may fail in `savepoint()`, and the rest can go on.
    """


_PASSING_SQLITE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_READONLY,
}

_LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.InternalClientError,  # the server's goodbye has been read, the closed socket not yet noticed
    OSError,
)

_LOST_WORDS = re.compile(r"\bclos(?:ed|ing)\b|released back to the pool")

_PASSING_POSTGRES = (
    asyncpg.TooManyConnectionsError,
    asyncpg.QueryCanceledError,
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    asyncpg.OutOfMemoryError,
    asyncpg.DiskFullError,
    TimeoutError,
)


def is_passing(error: BaseException) -> bool:
    """Whether the same deed may well succeed later: the database was away, full, locked or too slow."""
    if isinstance(error, sqlite3.Error):
        return (getattr(error, "sqlite_errorcode", 0) & 0xFF) in _PASSING_SQLITE
    return is_connection_lost(error) or isinstance(error, _PASSING_POSTGRES)


def is_connection_lost(error: BaseException) -> bool:
    """Whether asyncpg says that the server, or the way to it, is gone. Slowness is no loss."""
    if isinstance(error, asyncpg.InterfaceError):
        # The same class stands for our own mistakes, such as two statements at once on one connection.
        return bool(_LOST_WORDS.search(str(error))) and not isinstance(error, asyncpg.DataError)
    return isinstance(error, _LOST) and not isinstance(error, TimeoutError)


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn what may pass into `DatabaseUnavailable`; leave everything else as it is."""
    try:
        yield
    except Exception as error:
        if is_passing(error):
            raise DatabaseUnavailable(str(error) or type(error).__name__) from error
        raise


@contextmanager
def lost_is_well() -> Iterator[None]:
    """Take it calmly where the connection has gone: whatever was to be undone or given back on it went with it."""
    try:
        yield
    except Exception as error:
        if not is_connection_lost(error):
            raise
        logger.warning("The connection to the database was lost")


def is_unique_violation(error: BaseException) -> bool:
    """Whether a row was refused because another one already has that key.

    On PostgreSQL the transaction is spoiled after it: expect it inside `savepoint()`, or let it end the transaction.
    """
    if isinstance(error, sqlite3.IntegrityError):
        return error.sqlite_errorcode in (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
    return isinstance(error, asyncpg.UniqueViolationError)
