"""The mail worker as the site and the command line run it: the transport from the settings, the jobs from `jobs.py`."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime

from eventsite.jobs import jobs
from eventsite.mail.worker import run_worker
from eventsite.stationery import Stationery


class Worker:
    """Sends what lies in the outbox and does what is due by the clock."""

    def __init__(self, stationery: Stationery, *, now: Callable[[], datetime]) -> None:
        self._stationery = stationery
        self._now = now
        self._wake = asyncio.Event()
        self._stop = asyncio.Event()

    async def run(self) -> None:
        """Runs until `stop`; the letter in flight is finished first."""
        from eventsite.mail.smtp import SmtpTransport

        settings = self._stationery.settings
        transport = SmtpTransport(settings.smtp_url, local_hostname=settings.uid_domain)
        await run_worker(
            transport,
            now=self._now,
            stop=self._stop,
            wake=self._wake,
            jobs=jobs(self._stationery),
            letters_a_minute=settings.letters_a_minute,
        )

    def stop(self) -> None:
        """Asks the worker to end."""
        self._stop.set()
        self._wake.set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """The worker as a task beside the site, ended with it."""
        task = asyncio.create_task(self.run())
        try:
            yield
        finally:
            self.stop()
            with suppress(asyncio.CancelledError, TimeoutError):
                await asyncio.wait_for(task, timeout=10)
