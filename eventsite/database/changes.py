"""What changes on the desk, told to every page that is open, in whichever process it was changed.

SQLite: triggers keep the last two thousand changes in a table, and `PRAGMA data_version` says cheaply whether to look.
PostgreSQL: triggers notify, and each process listens. On other engines nothing is told: pages are then loaded again.
"""

import asyncio
import contextlib
import secrets
import sqlite3
from collections import deque
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from typing import Any, Protocol

from eventsite.database.engine import AnyEngine, current_engine
from eventsite.database.errors import DatabaseUnavailable
from eventsite.database.listening import Listener, can_listen
from eventsite.database.sqlite import SqliteEngine

CHANNEL = "eventsite_desk"
REMEMBERED = 500
MOST_WAITING = 100
LOOK_EVERY = 0.1

_NEWEST = "SELECT COALESCE(MAX(number), 0) FROM desk_change"
_SINCE = "SELECT number, kind, session, row, state FROM desk_change WHERE number > ? ORDER BY number"


@dataclass(frozen=True, slots=True)
class Change:
    """That a row changed; never what it says. `state` is a question's new one, and empty where it stays.

    Kinds: question, vote, stage, message, presence; and `resync`, which means: something may have been missed, so look
    at everything again. `id` is where somebody who lost the connection goes on.
    """

    id: str
    kind: str
    session: str = ""
    row: str = ""
    state: str = ""


class _Source(Protocol):
    async def open(self) -> None: ...
    async def close(self) -> None: ...


class Changes:
    """The changes of the desk as this process is told of them, for as many followers as there are."""

    def __init__(self, engine: AnyEngine | None = None) -> None:
        self._source = _source_for(engine or current_engine(), self._publish, self._lost_count)
        self._run = secrets.token_hex(4)
        self._number = 0
        self._recent: deque[Change] = deque(maxlen=REMEMBERED)
        self._followers: set[_Follower] = set()

    @property
    def followers(self) -> int:
        """How many are following just now."""
        return len(self._followers)

    @property
    def newest(self) -> str:
        """The id of the newest change: who has it has missed nothing so far."""
        return self._id()

    async def open(self) -> None:
        """Start to follow the database. Never raises: while it is away, nothing is told."""
        await self._source.open()

    async def close(self) -> None:
        """Stop, and let every follower end."""
        await self._source.close()
        for follower in self._followers:
            follower.end()

    async def follow(
        self, *, after: str = "", wants: Callable[[Change], bool], pause: float | None = None
    ) -> AsyncGenerator[Change | None, None]:
        """The changes somebody wants, from now on or from the one with the id `after` on, until the site closes.

        Whoever reads too slowly, or comes back after too long, gets a `resync` in the place of what was missed. None
        comes after each `pause` (seconds) in which nothing happened.
        """
        follower = _Follower(wants)
        for change in self._missed(after):
            follower.offer(change)
        self._followers.add(follower)
        try:
            while not follower.ended:
                yield await follower.next(pause)
        finally:
            self._followers.discard(follower)

    def _missed(self, after: str) -> list[Change]:
        if not after:
            return []
        ids = [change.id for change in self._recent]
        if after in ids:
            return list(self._recent)[ids.index(after) + 1 :]
        return [] if after == self._id() else [Change(self._id(), "resync")]

    def _publish(self, kind: str, session: str, row: str, state: str) -> None:
        self._number += 1
        self._tell(Change(self._id(), kind, session, row, state))

    def _lost_count(self) -> None:
        """What changed while nobody listened is not known."""
        self._number += 1
        self._tell(Change(self._id(), "resync"))

    def _tell(self, change: Change) -> None:
        self._recent.append(change)
        for follower in self._followers:
            follower.offer(change)

    def _id(self) -> str:
        return f"{self._run}-{self._number}"


class _Follower:
    def __init__(self, wants: Callable[[Change], bool]) -> None:
        self._wants = wants
        self._waiting: deque[Change] = deque()
        self._ready = asyncio.Event()
        self.ended = False

    def offer(self, change: Change) -> None:
        if change.kind != "resync" and not self._wants(change):
            return
        if len(self._waiting) >= MOST_WAITING:
            self._waiting.clear()
            change = Change(change.id, "resync")
        self._waiting.append(change)
        self._ready.set()

    def end(self) -> None:
        self.ended = True
        self._ready.set()

    async def next(self, pause: float | None) -> Change | None:
        if not self._waiting and not self.ended:
            self._ready.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._ready.wait(), pause)
        return self._waiting.popleft() if self._waiting else None


def _source_for(
    engine: AnyEngine, tell: Callable[[str, str, str, str], None], lost_count: Callable[[], None]
) -> _Source:
    if isinstance(engine, SqliteEngine):
        return _SqliteChanges(engine, tell, lost_count)
    if not can_listen(engine):
        return _NoChanges()

    def told(payload: str) -> None:
        kind, session, row, state, *_ = [*payload.split(" "), "", "", ""]
        tell(kind, session, row, state)

    return Listener(engine.config, CHANNEL, name="eventsite desk", began=lost_count, told=told)


class _NoChanges:
    async def open(self) -> None: ...

    async def close(self) -> None: ...


class _SqliteChanges:
    def __init__(
        self, engine: SqliteEngine, tell: Callable[[str, str, str, str], None], lost_count: Callable[[], None]
    ) -> None:
        self._engine = engine
        self._tell = tell
        self._lost_count = lost_count
        self._connection: sqlite3.Connection | None = None
        self._task: asyncio.Task[None] | None = None
        self._seen = -1
        self._number: int | None = None

    async def open(self) -> None:
        if self._task is None:
            self._try()
            self._task = asyncio.create_task(self._keep_looking())

    async def close(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self._hang_up()

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            self._try()

    def _try(self) -> None:
        try:
            if self._connection is None:
                self._connection = self._engine.connect()
            self._look(self._connection)
        except (DatabaseUnavailable, sqlite3.Error):
            self._hang_up()

    def _hang_up(self) -> None:
        connection, self._connection, self._seen = self._connection, None, -1
        if connection is not None:
            connection.close()

    def _look(self, connection: sqlite3.Connection) -> None:
        seen = _one(connection, "PRAGMA data_version")
        if seen == self._seen:
            return
        self._seen = seen
        newest = _one(connection, _NEWEST)
        if self._number is None:
            self._number = newest
        rows = connection.execute(_SINCE, (self._number,)).fetchall()
        # The table keeps the newest alone, and a database that was restored may have begun again.
        if newest < self._number or (rows and rows[0][0] != self._number + 1):
            self._number = newest
            self._lost_count()
            return
        for self._number, *told in rows:
            self._tell(*told)


def _one(connection: sqlite3.Connection, question: str) -> Any:
    return connection.execute(question).fetchone()[0]
