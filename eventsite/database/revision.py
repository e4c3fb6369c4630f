"""Which revision of the public site the database holds: what finished pages are kept by.

The number rises whenever something that the public may see changes, in whatever process. SQLite: triggers raise a
row, and `PRAGMA data_version` says cheaply whether to look. PostgreSQL: triggers notify, and each process listens.
"""

import contextlib
import sqlite3
from typing import Any, Protocol

from eventsite.database.engine import AnyEngine, current_engine
from eventsite.database.errors import DatabaseUnavailable
from eventsite.database.listening import Listener, can_listen
from eventsite.database.sqlite import SqliteEngine

CHANNEL = "eventsite_public"


class _Source(Protocol):
    async def open(self) -> None: ...
    async def close(self) -> None: ...
    def current(self) -> int | None: ...
    async def settle(self) -> None: ...


class Revision:
    """The revision of the public site, as this process knows it. A number never comes back once it has passed."""

    def __init__(self, engine: AnyEngine | None = None) -> None:
        engine = engine or current_engine()
        self._source = _source_for(engine)
        self.current = self._source.current
        """The number now, in a few microseconds, or None while it is not known: then keep nothing."""

    async def open(self) -> None:
        """Start to follow the database. Never raises: while it is away, `current()` is None."""
        await self._source.open()

    async def close(self) -> None:
        """Stop following; `current()` is None from now on."""
        await self._source.close()

    async def settle(self) -> None:
        """Return once `current()` knows of every commit made before the call (or is None)."""
        await self._source.settle()


def _source_for(engine: AnyEngine) -> _Source:
    if isinstance(engine, SqliteEngine):
        return _SqliteRevision(engine)
    if not can_listen(engine):
        return _UnknownRevision()
    return _PostgresRevision(engine.config)


class _UnknownRevision:
    """Nobody tells of changes: so nobody keeps pages."""

    async def open(self) -> None: ...

    async def close(self) -> None: ...

    def current(self) -> int | None:
        return None

    async def settle(self) -> None: ...


class _SqliteRevision:
    def __init__(self, engine: SqliteEngine) -> None:
        self._engine = engine
        self._connection: sqlite3.Connection | None = None
        self._seen = -1
        self._number: int | None = None

    async def open(self) -> None:
        if self._connection is None:
            with contextlib.suppress(DatabaseUnavailable):
                self._connection = self._engine.connect()

    async def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def current(self) -> int | None:
        if self._connection is None:
            return None
        try:
            seen = self._connection.execute("PRAGMA data_version").fetchone()[0]
            if seen != self._seen or self._number is None:
                # Looked up after the version: should both move in between, the next look finds out.
                self._number = self._connection.execute("SELECT number FROM site_revision").fetchone()[0]
                self._seen = seen
        except sqlite3.OperationalError:
            return None
        return self._number

    async def settle(self) -> None:
        """Nothing to wait for: every look goes to the file."""


class _PostgresRevision:
    def __init__(self, config: dict[str, Any]) -> None:
        self._number = 0
        # Whatever changed while nobody listened counts as one change.
        self._listener = Listener(
            config, CHANNEL, name="eventsite revision", began=self._raise, told=lambda _: self._raise()
        )

    async def open(self) -> None:
        await self._listener.open()

    async def close(self) -> None:
        await self._listener.close()

    async def settle(self) -> None:
        await self._listener.settle()

    def current(self) -> int | None:
        return self._number if self._listener.is_listening else None

    def _raise(self) -> None:
        self._number += 1
