"""One connection to PostgreSQL that listens on a channel, and is made again whenever it is lost."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from typing import Any

import asyncpg

from eventsite.database.postgres import CockroachDatabase, PostgresDatabase

logger = logging.getLogger(__name__)

_SHORTEST_WAIT = 0.2  # seconds between attempts to listen again
_LONGEST_WAIT = 10.0
_HEARTBEAT = 15.0
_ANSWER_WITHIN = 5.0


def can_listen(engine: PostgresDatabase) -> bool:
    """Whether it tells of changes: CockroachDB cannot notify, and through a PgBouncer that pools nobody can listen."""
    return not isinstance(engine, CockroachDatabase) and engine.config.get("statement_cache_size") != 0


class Listener:
    """Calls `began` whenever it starts to listen, at first and after every loss, then `told` with each payload."""

    def __init__(
        self,
        config: dict[str, Any],
        channel: str,
        *,
        name: str,
        began: Callable[[], object],
        told: Callable[[str], object],
    ) -> None:
        self._config = {**config, "server_settings": {"application_name": name}}
        self._channel = channel
        self._began = began
        self._told = told
        self._connection: Any = None
        self._task: asyncio.Task[None] | None = None
        self._lost = asyncio.Event()
        self._asking = asyncio.Lock()
        self._wanted = self._answered = 0

    @property
    def is_listening(self) -> bool:
        """Whether every notification from now on arrives."""
        return self._connection is not None

    async def open(self) -> None:
        """Start to listen. Never raises: while the database is away, it goes on trying."""
        if self._task is not None:
            return
        await self._try()
        self._task = asyncio.create_task(self._keep_listening())

    async def close(self) -> None:
        """Stop listening."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self._hang_up()

    async def settle(self) -> None:
        """Return once `told` was called for every commit made before the call, or nothing is being listened to."""
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
            # Nobody waits for this: it works without being told of changes until it can listen again.
            logger.warning("Cannot listen to the database for changes: %s", error)

    async def _connect(self) -> None:
        self._lost.clear()
        connection = await asyncpg.connect(timeout=_ANSWER_WITHIN, **self._config)
        connection.add_termination_listener(self._on_lost)
        try:
            await connection.add_listener(self._channel, self._on_change)
        except BaseException:
            connection.terminate()
            raise
        self._began()
        self._connection = connection

    def _on_change(self, _connection: object, _process: int, _channel: str, payload: str) -> None:
        self._told(payload)

    def _on_lost(self, connection: object) -> None:
        if connection is self._connection or self._connection is None:
            self._hang_up()

    def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        self._lost.set()
        if connection is not None and not connection.is_closed():
            connection.terminate()
