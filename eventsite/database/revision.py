"""Which revision of the public site the database holds: what finished pages are kept by.

The number rises whenever something that the public may see changes, in whatever process. SQLite: triggers raise a
row, and `PRAGMA data_version` says cheaply whether to look. PostgreSQL: triggers notify, and each process listens.
"""

import asyncio
import contextlib
import logging
import sqlite3
from typing import Any, Protocol

import asyncpg

from eventsite.database.engine import AnyEngine, current_engine
from eventsite.database.errors import DatabaseUnavailable
from eventsite.database.postgres import CockroachDatabase
from eventsite.database.sqlite import SqliteEngine

logger = logging.getLogger(__name__)

CHANNEL = "eventsite_public"

_SHORTEST_WAIT = 0.2  # seconds between attempts to listen again
_LONGEST_WAIT = 10.0
_HEARTBEAT = 15.0
_ANSWER_WITHIN = 5.0


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
    if isinstance(engine, CockroachDatabase) or engine.config.get("statement_cache_size") == 0:
        return _UnknownRevision()
    return _PostgresRevision(engine.config)


class _UnknownRevision:
    """CockroachDB cannot notify, a PgBouncer that pools transactions cannot listen: so nobody keeps pages."""

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
        self._config = config
        self._number = 0
        self._connection: Any = None
        self._task: asyncio.Task[None] | None = None
        self._lost = asyncio.Event()
        self._asking = asyncio.Lock()
        self._wanted = self._answered = 0

    async def open(self) -> None:
        if self._task is not None:
            return
        await self._try()
        self._task = asyncio.create_task(self._keep_listening())

    async def close(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self._hang_up()

    def current(self) -> int | None:
        return self._number if self._connection is not None else None

    async def settle(self) -> None:
        # The server sends notifications of earlier commits before it says that it is ready again.
        self._wanted += 1
        mine = self._wanted
        async with self._asking:
            if self._connection is None or self._answered >= mine:
                return
            # One question serves everybody who came before it was asked.
            asked = self._wanted
            try:
                await self._connection.execute("SELECT 1", timeout=_ANSWER_WITHIN)
                self._answered = asked
            except Exception as error:
                logger.warning("Lost the connection that listens for changes: %s", error)
                self._hang_up()

    async def _keep_listening(self) -> None:
        wait = _SHORTEST_WAIT
        while True:
            if self._connection is None:
                await asyncio.sleep(wait)
                wait = min(wait * 2, _LONGEST_WAIT)
                await self._try()
            else:
                wait = _SHORTEST_WAIT
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._lost.wait(), _HEARTBEAT)
                await self.settle()

    async def _try(self) -> None:
        try:
            await self._connect()
        except Exception as error:
            # Nobody waits for this: pages are made afresh until it works again.
            logger.warning("Cannot listen to the database for changes: %s", error)

    async def _connect(self) -> None:
        self._lost.clear()
        config = {**self._config, "server_settings": {"application_name": "eventsite revision"}}
        connection = await asyncpg.connect(timeout=_ANSWER_WITHIN, **config)
        connection.add_termination_listener(self._on_lost)
        try:
            await connection.add_listener(CHANNEL, self._on_change)
        except BaseException:
            connection.terminate()
            raise
        # Whatever changed while nobody listened counts as one change.
        self._number += 1
        self._connection = connection

    def _on_change(self, *notification: object) -> None:
        self._number += 1

    def _on_lost(self, connection: object) -> None:
        if connection is self._connection or self._connection is None:
            self._hang_up()

    def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        self._lost.set()
        if connection is not None and not connection.is_closed():
            connection.terminate()
