"""What can go wrong with a database, said the same way for both engines."""

import asyncio
import sqlite3

import asyncpg


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

CONNECTION_LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # the server's goodbye has been read, the closed socket not yet noticed
    OSError,
)
"""What asyncpg raises where the server, or the way to it, is gone."""

_PASSING_POSTGRES = (
    *CONNECTION_LOST,
    asyncpg.TooManyConnectionsError,
    asyncpg.QueryCanceledError,
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    asyncpg.OutOfMemoryError,
    asyncpg.DiskFullError,
    asyncio.TimeoutError,
)


def is_passing(error: BaseException) -> bool:
    """Whether the same deed may well succeed later: the database was away, full, locked or too slow."""
    if isinstance(error, sqlite3.Error):
        return (getattr(error, "sqlite_errorcode", 0) & 0xFF) in _PASSING_SQLITE
    return isinstance(error, _PASSING_POSTGRES)


def is_unique_violation(error: BaseException) -> bool:
    """Whether a row was refused because another one already has that key.

    On PostgreSQL the transaction is spoiled after it: expect it inside `savepoint()`, or let it end the transaction.
    """
    if isinstance(error, sqlite3.IntegrityError):
        return error.sqlite_errorcode in (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
    return isinstance(error, asyncpg.UniqueViolationError)
