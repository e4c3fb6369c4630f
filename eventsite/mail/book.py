"""Where a worker writes down what has been delivered, while the next letters are on their way."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from types import TracebackType
from typing import Self

from eventsite.database import DatabaseUnavailable
from eventsite.mail import settlements
from eventsite.mail.claims import ClaimedLetter
from eventsite.mail.rhythm import Rhythm

logger = logging.getLogger(__name__)


class Book:
    """Letters that were delivered, on their way to the disk: as many in one commit as come within a moment.

    No more than `rhythm.most_unwritten` are ever delivered and not yet written down. Leaving the block waits for all.
    """

    def __init__(self, rhythm: Rhythm, *, now: Callable[[], datetime]) -> None:
        self._rhythm = rhythm
        self._now = now
        self._delivered: list[ClaimedLetter] = []
        self._in_hand = 0
        self._is_pressing = asyncio.Event()
        self._has_room = asyncio.Event()
        self._writing: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._is_pressing.set()
        if self._writing is not None:
            await asyncio.shield(self._writing)

    async def add(self, letter: ClaimedLetter) -> None:
        """Note that a letter was delivered; returns when the next may go. Raises DatabaseUnavailable, maybe later."""
        self._delivered.append(letter)
        if self._writing is None or self._writing.done():
            self._begin()
        if len(self._delivered) >= self._rhythm.most_unwritten // 2:
            self._is_pressing.set()
        if len(self._delivered) + self._in_hand >= self._rhythm.most_unwritten:
            self._has_room.clear()
            await self._has_room.wait()

    def _begin(self) -> None:
        if self._writing is not None:
            self._writing.result()
        self._is_pressing.clear()
        self._writing = asyncio.get_running_loop().create_task(self._write())

    async def _write(self) -> None:
        try:
            while self._delivered:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._is_pressing.wait(), self._rhythm.gathering)
                letters, self._delivered = self._delivered, []
                self._in_hand = len(letters)
                self._is_pressing.clear()
                kept = await write_down(partial(settlements.mark_sent, letters, now=self._now()), self._rhythm)
                warn_of_lost(len(letters) - kept)
                self._in_hand = 0
                self._has_room.set()
        finally:  # whoever waits must not wait for ever
            self._has_room.set()


async def write_down(change: Callable[[], Awaitable[int]], rhythm: Rhythm) -> int:
    """Note what has happened, though the database be restarted meanwhile: it has happened."""
    for wait in rhythm.waits_for_database:
        try:
            return await change()
        except DatabaseUnavailable:
            await asyncio.sleep(wait)
    return await change()


def warn_of_lost(letters: int) -> None:
    """Say that letters were no longer this worker's when it had something to write down about them."""
    if letters:
        logger.warning("%s letter(s) settled too late: the lease had run out", letters)
