"""The engine for PostgreSQL: a pool that opens at first need and survives a restart of the server."""

import asyncio
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import asyncpg
from piccolo.engine.cockroach import CockroachEngine, CockroachTransaction
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction
from piccolo.querystring import QueryString

from eventsite.database.errors import is_connection_lost, lost_is_well, told_plainly
from eventsite.database.recording import record
from eventsite.database.transactions import Joinable, run_callbacks

_READS = re.compile(r"\s*(?:SELECT|SHOW)\b(?!.*\bFOR\s+UPDATE\b)", re.I | re.S)

STATEMENT_SECONDS = 10
_HOST = r"(?:\[[^\]]*\]|[^:,]*)(?::[0-9]{1,5})?"
_HOSTS = re.compile(f"{_HOST}(?:,{_HOST})*")  # several may be named, to be tried in turn
_SCHEMA_LOCK = 727_274  # any number, the same in every process


class PooledTransaction(Joinable, PostgresTransaction):
    """A transaction on a pooled connection, which goes back to the pool whatever happens."""

    engine: "PostgresDatabase"

    def __init__(self, engine: "PostgresDatabase", allow_nested: bool = True) -> None:
        super().__init__(engine, allow_nested)
        self.settle_parent()

    async def begin(self) -> None:
        """Take a connection and start. One that turns out to be dead is replaced, for nothing has been done on it."""
        with told_plainly():
            try:
                await self._begin_once()
            except Exception as error:
                if not is_connection_lost(error):
                    raise
                await self.engine.forget_connections()
                await self._begin_once()

    async def _begin_once(self) -> None:
        self._pool = await self.engine.opened_pool()
        self.connection = await self._pool.acquire(timeout=STATEMENT_SECONDS)
        await self._start()

    async def _start(self) -> None:
        try:
            self.transaction = self.connection.transaction()
            await self.transaction.start()
        except BaseException:
            await self._release()
            raise

    async def commit(self) -> None:
        """Return once everything is durable. If the connection dies here nobody knows, and that is raised."""
        self.open = False
        try:
            with told_plainly():
                await self.transaction.commit()
        finally:
            await self._release()
        run_callbacks(self.callbacks)

    async def rollback(self) -> None:
        """Keep nothing."""
        self.open = False
        try:
            with lost_is_well():
                await self.transaction.rollback()
        finally:
            await self._release()

    async def _release(self) -> None:
        with lost_is_well():
            await self._pool.release(self.connection)


class SchemaTransaction(PooledTransaction):
    """A transaction for migrations: its own connection, no time limit, one process at a time."""

    async def begin(self) -> None:
        """Connect, and wait for whoever else migrates."""
        with told_plainly():
            self.connection = await asyncpg.connect(timeout=10, dsn=self.engine.config["dsn"])
            await self._start()
            await self.connection.execute(f"SELECT pg_advisory_xact_lock({_SCHEMA_LOCK})")

    async def _release(self) -> None:
        await self.connection.close()


class PostgresDatabase(PostgresEngine):
    """PostgreSQL behind a pool of up to eight connections, which belongs to one event loop.

    Making it connects to nothing. Statements are ended after ten seconds. `?statement_cache_size=0` in the address
    suits a PgBouncer that pools transactions.
    """

    def __init__(self, dsn: str) -> None:
        dsn, options = _split_options(dsn)
        settings = {"application_name": "eventsite"}
        if "statement_cache_size" not in options:  # PgBouncer refuses what else a session may be started with
            settings |= {
                "statement_timeout": str(STATEMENT_SECONDS * 1000),
                "idle_in_transaction_session_timeout": "60000",
            }
        config = {"dsn": dsn, "server_settings": settings, "command_timeout": STATEMENT_SECONDS + 5, **options}
        super().__init__(config=config)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._opening: asyncio.Lock | None = None

    async def get_version(self) -> float:
        """Nought, for "not asked": Piccolo would connect at import to find out."""
        return 0.0

    async def open(self) -> None:
        """Open the pool. Raises `DatabaseUnavailable` where the server cannot be reached."""
        with told_plainly():
            await self.opened_pool()

    async def close(self) -> None:
        """Wait for what is under way, five seconds at most, and close the pool. It opens again at need."""
        pool, self.pool = self.pool, None
        if pool is None or self._loop is not asyncio.get_running_loop():
            return
        try:
            await asyncio.wait_for(pool.close(), 5)
        except TimeoutError:
            pool.terminate()

    async def opened_pool(self) -> "asyncpg.Pool[asyncpg.Record]":
        """The pool of this event loop."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop or self._opening is None:
            self._loop, self._opening, self.pool = loop, asyncio.Lock(), None
        if self.pool is None:
            async with self._opening:
                if self.pool is None:
                    self.pool = await asyncpg.create_pool(min_size=1, max_size=8, timeout=10, **self.config)
        return self.pool

    async def forget_connections(self) -> None:
        """Have every pooled connection replaced before its next use: the server has probably been restarted."""
        if self.pool is not None:
            await self.pool.expire_connections()

    async def run_sql(self, sql: str, args: Sequence[Any] = ()) -> Any:
        """Run one statement: in the current transaction, else by itself; a read is tried again on a new connection."""
        record(sql)
        current = self.current()
        with told_plainly():
            if current is not None:
                return await current.connection.fetch(sql, *args)
            try:
                return await self._fetch(sql, args)
            except Exception as error:
                if not is_connection_lost(error):
                    raise
                await self.forget_connections()
                if not _READS.match(sql):
                    raise
                return await self._fetch(sql, args)

    def current(self) -> PooledTransaction | None:
        """The transaction this task is in."""
        current: Any = self.current_transaction.get()
        return current if current is not None and current.open else None

    async def _fetch(self, sql: str, args: Sequence[Any]) -> Any:
        pool = await self.opened_pool()
        async with pool.acquire(timeout=STATEMENT_SECONDS) as connection:
            return await connection.fetch(sql, *args)

    async def run_querystring(self, querystring: QueryString, in_pool: bool = True) -> Any:
        """Run a Piccolo query."""
        return await self.run_sql(*querystring.compile_string(engine_type="postgres"))

    async def run_ddl(self, ddl: str, in_pool: bool = True) -> Any:
        """Run a statement about tables."""
        return await self.run_sql(ddl)

    def transaction(self, allow_nested: bool = True) -> PooledTransaction:
        """A transaction, or the part of the current one."""
        return PooledTransaction(self, allow_nested)

    def schema_transaction(self) -> SchemaTransaction:
        """The transaction that migrations run in."""
        return SchemaTransaction(self)

    def is_missing_table(self, error: Exception) -> bool:
        """Whether a statement failed because its table does not exist."""
        return isinstance(error, asyncpg.UndefinedTableError)


def _split_options(dsn: str) -> tuple[str, dict[str, int]]:
    """asyncpg takes the size of its statement cache as an argument, not in the address. Raises ValueError."""
    parts = urlsplit(dsn)
    if not _HOSTS.fullmatch(parts.netloc.rpartition("@")[2]):
        raise ValueError("its port must be a number")
    query = dict(parse_qsl(parts.query))
    options = {name: int(query.pop(name)) for name in ("statement_cache_size",) if name in query}
    return urlunsplit(parts._replace(query=urlencode(query))), options


class CockroachPooledTransaction(PooledTransaction, CockroachTransaction):
    """The same on CockroachDB, which Piccolo's migrations want to recognise."""


class CockroachDatabase(PostgresDatabase, CockroachEngine):
    """CockroachDB, on a best effort: it is not among the databases the tests run on."""

    def __init__(self, dsn: str) -> None:
        super().__init__(dsn)
        self.engine_type = "cockroach"
        self.min_version_number = 0

    def transaction(self, allow_nested: bool = True) -> CockroachPooledTransaction:
        """A transaction, or the part of the current one."""
        return CockroachPooledTransaction(self, allow_nested)
