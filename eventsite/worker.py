"""The mail worker as the site and the command line run it: the transport from the settings, the jobs from `jobs.py`."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import datetime

from eventsite.jobs import jobs
from eventsite.mail.worker import run_worker
from eventsite.stationery import Stationery

logger = logging.getLogger(__name__)


class Worker:
    """Sends what lies in the outbox and does what is due by the clock."""

    def __init__(self, stationery: Stationery, *, now: Callable[[], datetime]) -> None:
        self._stationery = stationery
        self._now = now
        self._wake = asyncio.Event()
        self._stop = asyncio.Event()

    async def run(self) -> None:
        """Runs until `stop`; the letter in flight is finished first."""
        from eventsite.mail.pace import limits_of
        from eventsite.mail.transport import transport_from

        settings = self._stationery.settings
        transport = transport_from(settings)
        async with self._listening():
            await run_worker(
                transport,
                now=self._now,
                stop=self._stop,
                wake=self._wake,
                jobs=jobs(self._stationery),
                limits=() if transport.server.is_here else limits_of(settings.mail_rate),
            )

    def stop(self) -> None:
        """Asks the worker to end."""
        self._stop.set()
        self._wake.set()

    @asynccontextmanager
    async def _listening(self) -> AsyncIterator[None]:
        """Takes in what a mail server hands over where LMTP_LISTEN says, while the block lasts."""
        settings = self._stationery.settings
        if not settings.lmtp_listen:
            yield
            return
        from eventsite.mail.homecoming import read_home_address
        from eventsite.mail.lmtp import lmtp_listener

        async with AsyncExitStack() as stack:
            try:
                await stack.enter_async_context(
                    lmtp_listener(
                        settings.lmtp_address,
                        accepts=lambda address: read_home_address(settings, address) is not None,
                        deliver=self._receive,
                    )
                )
            except OSError as error:
                # Letters go out all the same; what comes home waits with the mail server meanwhile.
                logger.error("LMTP_LISTEN: %s cannot be listened on: %s", settings.lmtp_listen, error)
            yield

    async def _receive(self, message: bytes, recipient: str) -> None:
        from eventsite.replies import receive

        await receive(message, recipient=recipient, stationery=self._stationery, now=self._now())

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
