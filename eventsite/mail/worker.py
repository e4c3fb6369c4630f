"""The worker: takes letters that are due out of the outbox and hands them to a mail server, for ever."""

import asyncio
import logging
import os
import random
import socket
import traceback
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextvars import Context
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from eventsite.database import DatabaseUnavailable, new_id
from eventsite.mail import claims
from eventsite.mail.claims import ClaimedLetter
from eventsite.mail.delivery import DeliveryFailure, Misconfigured, Permanent, Transient, Transport, Unreachable
from eventsite.mail.outbox import announced_to

logger = logging.getLogger(__name__)

Job = Callable[[datetime], Awaitable[object]]
"""Something done by the clock: called a few times a minute with the moment, it decides itself whether it is due."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often the worker looks, in seconds, and how many letters it takes at once."""

    poll: float = 1
    jobs: float = 15
    first_pause: float = 1
    longest_pause: float = 60
    batch: int = 20
    farewell: float = 15
    # Less left of a lease than a delivery may take, and it is renewed first.
    least_lease: float = 190
    waits_for_database: tuple[float, ...] = (0.1, 0.3, 1, 3, 10)


async def run_worker(
    transport: Transport,
    *,
    now: Callable[[], datetime],
    stop: asyncio.Event,
    wake: asyncio.Event,
    jobs: Sequence[Job] = (),
    letters_a_minute: int = 0,
    owner: str | None = None,
    chance: Callable[[], float] = random.random,
    rhythm: Rhythm = Rhythm(),
) -> None:
    """Deliver what is due until `stop` is set or the task is cancelled; a letter in flight is finished first.

    `wake` is set, by this or by others, when there may be something to do; otherwise the outbox is looked at every
    second. `letters_a_minute` of nought means as fast as it goes. `owner` names this worker in the outbox.
    """
    worker = _Worker(transport, now, stop, wake, jobs, letters_a_minute, owner or _own_name(), chance, rhythm)
    with announced_to(wake):
        try:
            await worker.run()
        finally:
            await transport.close()


def _own_name() -> str:
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{new_id()[8:]}"


@dataclass(slots=True)
class _Worker:
    transport: Transport
    now: Callable[[], datetime]
    stop: asyncio.Event
    wake: asyncio.Event
    jobs: Sequence[Job]
    letters_a_minute: int
    owner: str
    chance: Callable[[], float]
    rhythm: Rhythm
    paused_until: float = 0.0
    pause: float = 0.0
    next_jobs: float = 0.0

    async def run(self) -> None:
        while not self.stop.is_set():
            self.wake.clear()
            if not await self._one_round():
                await self._rest()

    async def _one_round(self) -> bool:
        """Everything that is due now, once; whether there may be more."""
        await self._run_jobs()
        if self._clock() < self.paused_until:
            return False
        try:
            return await self._apart(self._deliver_batch())
        except Exception as error:
            _log_failure("The outbox could not be worked on", error)
            self._take_a_pause()
            return False

    async def _rest(self) -> None:
        """Until somebody wakes us, or it is time to look again. What is paused is not woken."""
        is_paused = self._clock() < self.paused_until
        await _first_of([self.stop] if is_paused else [self.stop, self.wake], seconds=self.rhythm.poll)

    async def _apart(self, work: Coroutine[None, None, T]) -> T:
        """Run in a task with an empty context: a transaction that broke in it cannot reach the next one.

        If we are cancelled meanwhile, the work is asked to stop and given time to finish its letter.
        """
        task = asyncio.get_running_loop().create_task(work, context=Context())
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            self.stop.set()
            await asyncio.wait([task], timeout=self.rhythm.farewell)
            task.cancel()
            await asyncio.wait([task], timeout=1)
            raise

    async def _run_jobs(self) -> None:
        if self._clock() < self.next_jobs:
            return
        self.next_jobs = self._clock() + self.rhythm.jobs
        for job in self.jobs:
            if not self.stop.is_set():
                await self._run_job(job)

    async def _run_job(self, job: Job) -> None:
        async def run() -> None:
            await job(self.now())

        try:
            await self._apart(run())
        except Exception as error:
            _log_failure("A job failed", error)

    async def _deliver_batch(self) -> bool:
        await claims.release_stale(now=self.now())
        letters = await claims.claim(self.owner, now=self.now(), limit=self.rhythm.batch)
        for place, letter in enumerate(letters):
            if self.stop.is_set() or self._clock() < self.paused_until:
                await self._give_back(letters[place:])
                return False
            await self._deliver(letter)
        return bool(letters)

    async def _give_back(self, letters: Sequence[ClaimedLetter]) -> None:
        for letter in letters:
            await self._write_down(partial(claims.give_back, letter))

    async def _deliver(self, letter: ClaimedLetter) -> None:
        if not await self._still_ours(letter):
            return
        try:
            await self.transport.deliver(letter.sender, letter.recipient, letter.content)
        except DeliveryFailure as failure:
            await self._settle_failure(letter, failure)
        except Exception as error:
            _log_failure(f"Letter {letter.id} could not be handed over", error)
            await self._settle_failure(letter, Transient(type(error).__name__))
        else:
            self.pause = 0
            await self._write_down(partial(claims.mark_sent, letter, now=self.now()))
        if self.letters_a_minute:
            await _first_of([self.stop], seconds=60 / self.letters_a_minute)

    async def _still_ours(self, letter: ClaimedLetter) -> bool:
        if letter.lease_until - self.now() > timedelta(seconds=self.rhythm.least_lease):
            return True
        return await claims.renew(letter, now=self.now())

    async def _settle_failure(self, letter: ClaimedLetter, failure: DeliveryFailure) -> None:
        logger.warning("Letter %s was not delivered: %s", letter.id, type(failure).__name__)
        words = str(failure)
        if isinstance(failure, (Misconfigured, Unreachable)):
            self._take_a_pause()
            change = partial(claims.give_back, letter, words=words)
        elif isinstance(failure, Permanent):
            change = partial(claims.mark_dead, letter, words=words)
        else:
            again = partial(claims.release, letter, now=self.now(), words=words, chance=self.chance())
            change = partial(again, uncertain=failure.uncertain)
        await self._write_down(change)

    async def _write_down(self, change: Callable[[], Awaitable[bool]]) -> None:
        """Note what has happened, though the database be restarted meanwhile: it has happened."""
        for wait in self.rhythm.waits_for_database:
            try:
                if not await change():
                    logger.warning("A letter was settled too late: its lease had run out")
                return
            except DatabaseUnavailable:
                await asyncio.sleep(wait)
        await change()

    def _take_a_pause(self) -> None:
        """Twice as long each time until a letter gets through."""
        self.pause = min(max(self.rhythm.first_pause, self.pause * 2), self.rhythm.longest_pause)
        self.paused_until = self._clock() + self.pause

    @staticmethod
    def _clock() -> float:
        return asyncio.get_running_loop().time()


async def _first_of(events: Sequence[asyncio.Event], *, seconds: float) -> None:
    """Until one of the events is set, or so many seconds have passed."""
    tasks = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()


def _log_failure(what: str, error: Exception) -> None:
    # The text of an exception may hold what somebody typed; where it was raised does not.
    where = "".join(traceback.format_tb(error.__traceback__))
    logger.error("%s: %s\n%s", what, type(error).__name__, where)
