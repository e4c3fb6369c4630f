"""The engine for one file of SQLite: kept connections, statements on the event loop, one writer that shares commits.

A thread for each statement costs ten times the statement, so only COMMIT, which waits for the disk, gets one. Reads
outside a transaction have a connection of their own and see what has been committed. The journal is WAL and commits
are durable (synchronous=FULL).
"""

import asyncio
import re
import sqlite3
from pathlib import Path
from typing import Any

from piccolo.engine.sqlite import Savepoint, SQLiteEngine, SQLiteTransaction, TransactionType
from piccolo.query.base import Query
from piccolo.querystring import QueryString

from eventsite.database.constraints import table_of, translate
from eventsite.database.errors import DatabaseUnavailable, told_plainly
from eventsite.database.recording import record
from eventsite.database.statements import Row, SqliteBatch, run
from eventsite.database.transactions import Joinable
from eventsite.database.writer import PATIENCE, Writer, begin_immediate

_READS = re.compile(r"\s*(?:SELECT|PRAGMA|EXPLAIN|WITH(?!.*\b(?:INSERT|UPDATE|DELETE|REPLACE)\b))", re.I | re.S)


class SqliteSavepoint(Savepoint):
    """A point inside a transaction to which it can go back."""

    transaction: "SqliteTransaction"

    async def rollback_to(self) -> None:
        """Undo what was written since; the savepoint stays."""
        run(self.transaction.connection, f"ROLLBACK TO SAVEPOINT {self.name}")

    async def release(self) -> None:
        """Forget the savepoint and keep what was written since."""
        run(self.transaction.connection, f"RELEASE SAVEPOINT {self.name}")


class SqliteTransaction(Joinable, SQLiteTransaction):
    """A transaction on the one writer. Always immediate: a deferred one that reads, then writes, may fail."""

    engine: "SqliteEngine"

    def __init__(self, engine: "SqliteEngine", allow_nested: bool = True) -> None:
        super().__init__(engine, TransactionType.immediate, allow_nested)
        self.settle_parent()

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection it runs on."""
        return self.engine.writer.connection

    async def begin(self) -> None:
        """Wait for the turn to write."""
        with told_plainly():
            await self.engine.writer.begin()

    async def commit(self) -> None:
        """Return once everything is on the disk."""
        self.open = False
        with told_plainly():
            await self.engine.writer.commit(self.callbacks)

    async def rollback(self) -> None:
        """Keep nothing."""
        self.open = False
        self.engine.writer.rollback()

    async def savepoint(self, name: str | None = None) -> SqliteSavepoint:
        """Mark a point to which this transaction can go back."""
        name = name or f"savepoint_{self.get_savepoint_id()}"
        run(self.connection, f"SAVEPOINT {name}")
        return SqliteSavepoint(name, self)

    async def rollback_to(self, savepoint_name: str) -> None:
        """Go back to a savepoint known by its name."""
        await SqliteSavepoint(savepoint_name, self).rollback_to()


class SchemaTransaction(SqliteTransaction):
    """A transaction for migrations: its own connection with foreign keys off, checked before the commit.

    Rebuilding a table with foreign keys on would delete every row that refers to it.
    """

    _own: sqlite3.Connection

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection it runs on."""
        return self._own

    async def begin(self) -> None:
        """Take the file's lock, waiting for whoever else migrates."""
        self._own = self.engine.connect()
        self._own.execute("PRAGMA foreign_keys = OFF")
        self._own.execute("PRAGMA busy_timeout = 0")
        with told_plainly():
            await begin_immediate(self._own)

    async def commit(self) -> None:
        """Commit if no row is left without the row it refers to; else raise `sqlite3.IntegrityError`."""
        orphans = self._own.execute("PRAGMA foreign_key_check").fetchall()
        if orphans:
            await self.rollback()
            raise sqlite3.IntegrityError(f"The migration left rows that refer to nothing: {orphans[:5]}")
        self.open = False
        self._own.execute("COMMIT")
        self._own.close()

    async def rollback(self) -> None:
        """Leave the file as it was."""
        self.open = False
        self._own.close()


class SqliteEngine(SQLiteEngine):
    """One file of SQLite, used by one event loop at a time in this process and by any number of processes."""

    writer: Writer

    def __init__(self, path: str, patience: float = PATIENCE) -> None:
        if path in ("", ":memory:"):
            raise ValueError("SQLite needs a file: the reading and the writing connection must see the same rows.")
        super().__init__(path, check_same_thread=False, cached_statements=512)
        self.writer = Writer(self._connect_writer, patience)
        self._reader: sqlite3.Connection | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def open(self) -> None:
        """Open the kept connections now, so that a bad path is found at the start."""
        await self.run_sql("SELECT 1")

    async def close(self) -> None:
        """Let whoever writes finish, five seconds at most, and close everything. A later statement opens it again."""
        self._enter_loop()
        try:
            await asyncio.wait_for(self.writer.close(), 5)
        except TimeoutError:
            self.writer.leave_loop()
        self._close_reader()
        self._loop = None

    def connect(self) -> sqlite3.Connection:
        """A new connection, set up as every one of ours. The caller closes it. Raises `DatabaseUnavailable`."""
        try:
            Path(self.path).parent.mkdir(parents=True, exist_ok=True)
            connection: sqlite3.Connection = sqlite3.connect(timeout=PATIENCE, **self.connection_kwargs)
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "temp_store = MEMORY"):
                connection.execute(f"PRAGMA {pragma}")
        except (sqlite3.Error, OSError) as error:
            raise DatabaseUnavailable(f"{self.path}: {error}") from error
        return connection

    async def run_sql(self, sql: str, args: Any = ()) -> list[Row]:
        """Run one statement: in the current transaction; else a read by itself, a write in a transaction of its own."""
        record(sql)
        current = self.current()
        if current is not None:
            return run(current.connection, sql, args)
        if _READS.match(sql):
            return run(self._reading(), sql, args)
        async with self.transaction() as alone:
            return run(alone.connection, sql, args)

    def current(self) -> SqliteTransaction | None:
        """The transaction this task is in."""
        current: Any = self.current_transaction.get()
        return current if current is not None and current.open else None

    async def run_querystring(self, querystring: QueryString, in_pool: bool = False) -> list[Row]:
        """Run a Piccolo query."""
        return await self.run_sql(*querystring.compile_string(engine_type="sqlite"))

    async def run_ddl(self, ddl: str, in_pool: bool = False) -> list[Row]:
        """Run a statement about tables; constraints in the form SQLite can keep."""
        table = table_of(ddl)
        columns = {table: await self._columns(table)} if table else {}
        rows: list[Row] = []
        async with self.transaction():
            for statement in translate(ddl, columns):
                rows = await self.run_sql(statement)
        return rows

    def transaction(
        self, transaction_type: TransactionType = TransactionType.immediate, allow_nested: bool = True
    ) -> SqliteTransaction:
        """A transaction, or the part of the current one. Whatever type is asked for, it is immediate."""
        self._enter_loop()
        return SqliteTransaction(self, allow_nested)

    def schema_transaction(self) -> SchemaTransaction:
        """The transaction that migrations run in."""
        self._enter_loop()
        return SchemaTransaction(self)

    def is_missing_table(self, error: Exception) -> bool:
        """Whether a statement failed because its table does not exist."""
        return isinstance(error, sqlite3.OperationalError) and "no such table" in str(error)

    async def batch(  # type: ignore[override]  # -- Piccolo promises its own class, yet uses only what BaseBatch has
        self, query: Query[Any, Any], batch_size: int = 100, node: str | None = None
    ) -> SqliteBatch:
        """Read a long result some rows at a time."""
        return SqliteBatch(connection=self.connect(), query=query, batch_size=batch_size)

    async def _columns(self, table: str) -> list[str]:
        return [row["name"] for row in await self.run_sql(f'PRAGMA table_info("{table}")')]

    def _reading(self) -> sqlite3.Connection:
        self._enter_loop()
        if self._reader is None:
            self._reader = self.connect()
            self._reader.execute("PRAGMA query_only = ON")
        return self._reader

    def _connect_writer(self) -> sqlite3.Connection:
        connection = self.connect()
        # The wait for other processes is ours (`begin_immediate`): SQLite's own would block the event loop.
        connection.execute("PRAGMA busy_timeout = 0")
        return connection

    def _enter_loop(self) -> None:
        loop = asyncio.get_running_loop()
        if loop is self._loop:
            return
        if self._loop is not None and self._loop.is_running():
            raise RuntimeError("This engine is in use by another event loop.")
        if self._loop is not None:
            self.writer.leave_loop()
        self._loop = loop

    def _close_reader(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader = None
