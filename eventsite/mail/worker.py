"""The worker: takes letters that are due out of the outbox and hands them to a mail server, for ever."""

import asyncio
import os
import random
import socket
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextvars import Context
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from eventsite.database import new_id
from eventsite.mail import claims, settlements
from eventsite.mail.book import Book
from eventsite.mail.claims import ClaimedLetter
from eventsite.mail.deliveries import Deliveries, log_failure
from eventsite.mail.delivery import Transport
from eventsite.mail.outbox import announced_to
from eventsite.mail.pace import Limit
from eventsite.mail.rhythm import USUAL, Rhythm
from eventsite.mail.turns import take_turn

Job = Callable[[datetime], Awaitable[object]]
"""Something done by the clock: called a few times a minute with the moment, it decides itself whether it is due."""

T = TypeVar("T")


async def run_worker(
    transport: Transport,
    *,
    now: Callable[[], datetime],
    stop: asyncio.Event,
    wake: asyncio.Event,
    jobs: Sequence[Job] = (),
    limits: Sequence[Limit] = (),
    owner: str | None = None,
    chance: Callable[[], float] = random.random,
    rhythm: Rhythm = USUAL,
) -> None:
    """Deliver what is due until `stop` is set or the task is cancelled; a letter in flight is finished first.

    `wake` is set, by this or by others, when there may be something to do; otherwise the outbox is looked at every
    second. `limits` are kept by all workers together; without any it goes as fast as it goes. `owner` names this worker
    in the outbox.
    """
    deliveries = Deliveries(transport, now, chance, rhythm)
    worker = _Worker(deliveries, now, stop, wake, jobs, limits, owner or _own_name(), rhythm)
    with announced_to(wake):
        try:
            await worker.run()
        finally:
            await transport.close()


def _own_name() -> str:
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{new_id()[8:]}"


@dataclass(slots=True)
class _Worker:
    deliveries: Deliveries
    now: Callable[[], datetime]
    stop: asyncio.Event
    wake: asyncio.Event
    jobs: Sequence[Job]
    limits: Sequence[Limit]
    owner: str
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
            return await self._apart(self._deliver_due())
        except Exception as error:
            log_failure("The outbox could not be worked on", error)
            self._take_a_pause()
            return False

    async def _rest(self) -> None:
        """Until somebody wakes us, or it is time to look again. What is paused is not woken."""
        left = self.paused_until - self._clock()
        if left > 0:
            await _first_of([self.stop], seconds=min(left, self.rhythm.poll))
        else:
            await _first_of([self.stop, self.wake], seconds=self.rhythm.poll)

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
        if not self._is_time_for_jobs():
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
            log_failure("A job failed", error)

    async def _deliver_due(self) -> bool:
        """Everything that is due; whether there may be more. The next letters are claimed while these are delivered."""
        await settlements.release_stale(now=self.now())
        letters = claimed = await self._claim()
        while letters:
            ahead = asyncio.get_running_loop().create_task(self._claim_ahead())
            try:
                left = await self._deliver(letters)
            finally:
                letters = await ahead
            if left is not None:
                await self._give_back([*left, *letters])
                return False
        return bool(claimed)

    async def _deliver(self, letters: Sequence[ClaimedLetter]) -> Sequence[ClaimedLetter] | None:
        """Hands them over, one after the other; None, or those that are left when it has to stop."""
        async with Book(self.rhythm, now=self.now) as book:
            for place, letter in enumerate(letters):
                if self.stop.is_set():
                    return letters[place:]
                if not await self.deliveries.deliver(letter, book):
                    self._take_a_pause()
                    return letters[place + 1 :]
                self.pause = 0
        return None

    async def _claim(self) -> list[ClaimedLetter]:
        """As many as there are; where there is a limit, one, if it is our turn. It then goes at once.

        Whether a server that was away has come back is found out with one letter.
        """
        if not self.limits:
            return await claims.claim(self.owner, now=self.now(), limit=1 if self.pause else self.rhythm.batch)
        if not await claims.is_anything_due(self.now()):
            return []
        opens = await take_turn(self.limits, now=self.now())
        if opens is not None:
            self.paused_until = self._clock() + (opens - self.now()).total_seconds()
            return []
        return await claims.claim(self.owner, now=self.now(), limit=1)

    async def _claim_ahead(self) -> list[ClaimedLetter]:
        """The next ones, unless the clock asks for something else first; what goes by turns is not claimed early."""
        return [] if self.limits or self.pause or self._is_time_for_jobs() else await self._claim()

    def _is_time_for_jobs(self) -> bool:
        return self._clock() >= self.next_jobs

    async def _give_back(self, letters: Sequence[ClaimedLetter]) -> None:
        for letter in letters:
            await self.deliveries.give_back(letter)

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
