"""SQLite's one writer: transactions take turns on a kept connection and share commits.

SQLite has one writer at a time in any case. Transactions queue for it in order of arrival. One that has finished
while others wait does not commit on its own: the next one runs in the same SQLite transaction behind a savepoint, and
the last of them commits for all. Each caller hears of success only after that commit has reached the disk; if it
fails, all of them fail. Statements run on the event loop (microseconds); only COMMIT, which waits for the disk, runs in
a thread.
"""

import asyncio
import random
import sqlite3
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from eventsite.database.errors import DatabaseUnavailable
from eventsite.database.transactions import Callback, run_callbacks

PATIENCE = 15.0
"""Seconds to wait for another process's lock."""

LARGEST_GROUP = 32
LONGEST_GROUP = 0.010  # seconds: another process waits as long for the lock

_JOINED = "eventsite_joined"


async def begin_immediate(connection: sqlite3.Connection, patience: float = PATIENCE) -> None:
    """Take the file's write lock, waiting for other processes without blocking the event loop.

    The connection's own busy timeout must be nought. Raises SQLite's own error after `patience` seconds.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + patience
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")
            return
        except sqlite3.OperationalError as error:
            if not _is_busy(error) or loop.time() > deadline:
                raise
        # Chance keeps two processes from knocking in step.
        await asyncio.sleep(random.uniform(0.0003, 0.003))  # noqa: S311 -- no secret


def _is_busy(error: sqlite3.Error) -> bool:
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY


class Writer:
    """The kept writing connection of one event loop, and the queue for it."""

    def __init__(self, connect: Callable[[], sqlite3.Connection], patience: float = PATIENCE) -> None:
        self._connect = connect
        self._patience = patience
        self._kept: sqlite3.Connection | None = None
        self._queue: deque[asyncio.Future[None]] = deque()
        self._taken = False
        self._group: list[asyncio.Future[None]] = []
        self._group_until = 0.0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite-commit")

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection, opened at first use."""
        if self._kept is None:
            self._kept = self._connect()
        return self._kept

    async def begin(self) -> None:
        """Wait for a turn, then start a transaction, or a part of the one that waits to be committed."""
        await self._take_turn()
        try:
            if self._group:
                self.connection.execute(f"SAVEPOINT {_JOINED}")
            else:
                await begin_immediate(self.connection, self._patience)
                self._group_until = asyncio.get_running_loop().time() + LONGEST_GROUP
        except BaseException:
            self._pass_on()
            raise

    async def commit(self, callbacks: list[Callback]) -> None:
        """End the turn and return once everything is on the disk, then or soon after run the callbacks.

        Being cancelled while waiting does not undo it.
        """
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        mine.add_done_callback(lambda done: None if done.exception() else run_callbacks(callbacks))
        try:
            if self._group:
                self.connection.execute(f"RELEASE {_JOINED}")
            self._ensure_alive()
        except BaseException:
            self.rollback()
            raise
        self._group.append(mine)
        self._pass_on()
        await asyncio.shield(mine)

    def rollback(self) -> None:
        """End the turn and keep nothing of it; what others had finished before stays."""
        try:
            self._undo_own_part()
        except (sqlite3.Error, DatabaseUnavailable) as error:
            self._drop(error)
        finally:
            self._pass_on()

    def _undo_own_part(self) -> None:
        if self._group:
            self._ensure_alive()
            self.connection.execute(f"ROLLBACK TO {_JOINED}")
            self.connection.execute(f"RELEASE {_JOINED}")
        elif self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    def _ensure_alive(self) -> None:
        # A full disk or a failed read makes SQLite roll back by itself.
        if not self.connection.in_transaction:
            raise DatabaseUnavailable("The database has rolled the transaction back.")

    def _drop(self, error: Exception) -> None:
        """Give up the connection with all that was not committed."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None
        self._settle_group(error)

    async def _take_turn(self) -> None:
        if not self._taken:
            self._taken = True
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        """The turn is over: the next in the queue has it, or the commit that several wait for, or nobody."""
        if not self._group_is_full():
            while self._queue:
                turn = self._queue.popleft()
                if not turn.done():
                    turn.set_result(None)
                    return
        if self._group:
            self._start_commit()
        else:
            self._taken = False

    def _group_is_full(self) -> bool:
        if not self._group:
            return False
        return len(self._group) >= LARGEST_GROUP or asyncio.get_running_loop().time() > self._group_until

    def _start_commit(self) -> None:
        loop = asyncio.get_running_loop()
        loop.run_in_executor(self._thread, self.connection.execute, "COMMIT").add_done_callback(self._after_commit)

    def _after_commit(self, done: "asyncio.Future[sqlite3.Cursor]") -> None:
        error = done.exception()
        if isinstance(error, Exception):
            self._drop(error)
        else:
            self._settle_group(None)
        self._pass_on()

    def _settle_group(self, error: Exception | None) -> None:
        group, self._group = self._group, []
        for one in group:
            if one.done():
                continue
            if error is None:
                one.set_result(None)
            else:
                one.set_exception(self._told(error))

    @staticmethod
    def _told(error: Exception) -> Exception:
        if isinstance(error, sqlite3.IntegrityError):
            return error
        told = DatabaseUnavailable(f"The commit failed: {error}")
        told.__cause__ = error
        return told

    async def close(self) -> None:
        """Let whoever is writing finish, then close the connection. It opens again at need."""
        await self._take_turn()
        while self._group:
            self._start_commit()
            await self._take_turn()
        self._close_connection()
        self._pass_on()

    def leave_loop(self) -> None:
        """The event loop has gone, and with it whoever waited: forget them, undo what they had not committed."""
        self._thread.submit(int).result()
        self._queue.clear()
        self._group.clear()
        self._taken = False
        self._close_connection()

    def _close_connection(self) -> None:
        if self._kept is not None:
            self._kept.close()
            self._kept = None
