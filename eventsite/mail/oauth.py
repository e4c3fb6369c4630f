"""Access tokens for XOAUTH2: what a command of the deployment's prints, kept for five minutes or until refused."""

import asyncio
import contextlib
import shlex
import time
from collections.abc import Callable

from eventsite.mail.delivery import Misconfigured

_LONGEST_TOKEN = 16_384


class TokenCommand:
    """Runs a command, without a shell, whenever there is no token at hand. Its words never hold what it printed."""

    def __init__(
        self, command: str, *, timeout: float = 20, kept: float = 300, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`command` is split as a shell would; spans are in seconds."""
        self._arguments = shlex.split(command)
        self._timeout = timeout
        self._kept = kept
        self._clock = clock
        self._token = ""
        self._good_until = 0.0

    @property
    def token_at_hand(self) -> str:
        """The token that was used last; empty where there is none."""
        return self._token

    async def token(self) -> str:
        """The token to sign in with. Raises Misconfigured where the command does not give one."""
        if not self._token or self._clock() >= self._good_until:
            self._token = await self._fetch()
            self._good_until = self._clock() + self._kept
        return self._token

    def forget(self) -> None:
        """The server did not take it."""
        self._token = ""

    async def _fetch(self) -> str:
        pipe = asyncio.subprocess.PIPE
        try:
            started = await asyncio.create_subprocess_exec(
                *self._arguments, stdin=asyncio.subprocess.DEVNULL, stdout=pipe, stderr=asyncio.subprocess.DEVNULL
            )
        except OSError as error:
            raise Misconfigured(f"SMTP_OAUTH_TOKEN_COMMAND cannot be run: {error.strerror}.") from None
        printed = await self._output_of(started)
        if started.returncode:
            raise Misconfigured(f"SMTP_OAUTH_TOKEN_COMMAND ended with {started.returncode}.")
        if not printed.isascii() or not 0 < len(printed) <= _LONGEST_TOKEN or len(printed.split()) != 1:
            raise Misconfigured("SMTP_OAUTH_TOKEN_COMMAND did not print one token.")
        return printed.decode()

    async def _output_of(self, started: asyncio.subprocess.Process) -> bytes:
        try:
            async with asyncio.timeout(self._timeout):
                printed, _ = await started.communicate()
        except TimeoutError:
            raise Misconfigured(f"SMTP_OAUTH_TOKEN_COMMAND took longer than {self._timeout:g} seconds.") from None
        finally:
            if started.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    started.kill()
                await started.wait()
        return printed.strip()
