"""One statement on one SQLite connection, run here and now."""

import sqlite3
from typing import Any, Self

from piccolo.engine.base import BaseBatch
from piccolo.query.base import Query

from eventsite.database.errors import DatabaseUnavailable, is_passing

Row = dict[str, Any]


def run(connection: sqlite3.Connection, sql: str, args: Any = ()) -> list[Row]:
    """Run a statement here and now; its rows as dictionaries, values converted as Piccolo's columns expect."""
    try:
        cursor = connection.execute(sql, args)
        rows = cursor.fetchall()
    except sqlite3.Error as error:
        if is_passing(error):
            raise DatabaseUnavailable(str(error)) from error
        raise
    return as_dicts(cursor, rows) if rows else []


def as_dicts(cursor: sqlite3.Cursor, rows: list[Any]) -> list[Row]:
    """Rows of a cursor by the names of its columns."""
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in rows]


class SqliteBatch(BaseBatch):
    """Rows of a long query, some at a time, on a connection of its own."""

    def __init__(self, connection: sqlite3.Connection, query: Query[Any, Any], batch_size: int) -> None:
        self._connection = connection
        self._query = query
        self._batch_size = batch_size

    async def __aenter__(self) -> Self:
        sql, args = self._query.querystrings[0].compile_string(engine_type="sqlite")
        self._cursor = self._connection.execute(sql, args)
        return self

    async def __aexit__(self, *error: object) -> None:
        self._connection.close()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> list[Row]:
        rows = as_dicts(self._cursor, self._cursor.fetchmany(self._batch_size))
        if not rows:
            raise StopAsyncIteration
        results: list[Row] = await self._query._process_results(rows)
        return results
