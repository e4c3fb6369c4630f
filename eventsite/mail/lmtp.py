"""A door for mail servers that hand mail over by LMTP (RFC 2033), built on aiosmtpd."""

import asyncio
import logging
import os
import socket
import stat
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import Envelope, Session, syntax

from eventsite.mail.inbound import LARGEST_MESSAGE

logger = logging.getLogger(__name__)

Address = str | tuple[str, int]
"""The path of a socket, or host and port."""

NO_SUCH_ADDRESS = "550 5.1.1 There is no such address here"
TAKEN_IN = "250 2.0.0 Taken in"
TRY_AGAIN = "451 4.3.0 Try again later"
TOO_MANY = "452 4.5.3 Too many recipients"
MOST_RECIPIENTS = 20
SILENCE = 60.0
"""Seconds after which somebody who says nothing is hung up on."""


@dataclass(frozen=True)
class _Reception:
    """What aiosmtpd asks about each message."""

    accepts: Callable[[str], bool]
    deliver: Callable[[bytes, str], Awaitable[object]]
    conversations: set[LMTP] = field(default_factory=set)
    # Each message in hand may take 5 MB and a thread.
    at_once: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(4))

    async def handle_RCPT(
        self, server: LMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not self.accepts(address):
            return NO_SUCH_ADDRESS
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return TOO_MANY
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server: LMTP, session: Session, envelope: Envelope) -> str:
        """One answer for each recipient, in their order (RFC 2033 section 4.2)."""
        content = envelope.original_content or b""
        return "\r\n".join([await self._answer(content, address) for address in envelope.rcpt_tos])

    async def _answer(self, content: bytes, address: str) -> str:
        try:
            async with self.at_once:
                await self.deliver(content, address)
        except Exception as error:
            logger.warning("A message was turned away for now: %s", type(error).__name__)
            return TRY_AGAIN
        return TAKEN_IN


class _Conversation(LMTP):
    # Some servers pass lines on that are longer than SMTP allows.
    line_length_limit = 100_000
    _owed = 1

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.event_handler.conversations.add(self)

    def connection_lost(self, error: Exception | None) -> None:
        self.event_handler.conversations.discard(self)
        super().connection_lost(error)

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:
        self._owed = len(self.envelope.rcpt_tos) if self.envelope else 1
        try:
            await super().smtp_DATA(arg)
        finally:
            self._owed = 1

    async def push(self, status: Any) -> None:
        # aiosmtpd refuses what is too long in one line, and LMTP owes each recipient one.
        is_refused = status.startswith(("552 ", "500 ")) and self._owed > 1
        await super().push("\r\n".join([status] * self._owed) if is_refused else status)


@asynccontextmanager
async def lmtp_listener(
    address: Address, *, accepts: Callable[[str], bool], deliver: Callable[[bytes, str], Awaitable[object]]
) -> AsyncIterator[asyncio.Server]:
    """Takes in mail while the block lasts. Raises OSError where the address cannot be listened on.

    `accepts` says whether an address is one of ours; `deliver` takes a message and the recipient, and what it raises
    makes the mail server try again later.
    """
    reception = _Reception(accepts, deliver)
    server = await _listen(lambda: _conversation(reception), address)
    mark = _socket_mark(address)
    try:
        yield server
    finally:
        server.close()
        for conversation in list(reception.conversations):
            if isinstance(conversation.transport, asyncio.WriteTransport):
                conversation.transport.abort()
        # Another worker may have put its own there meanwhile.
        if isinstance(address, str) and mark is not None and _socket_mark(address) == mark:
            with suppress(OSError):
                os.unlink(address)


def ensure_can_listen(address: Address) -> None:
    """Raises OSError where an address cannot be listened on. Another worker that listens there too is no fault."""
    if isinstance(address, str):
        folder = Path(address).parent
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(f"the folder {folder} is not there or not ours to write to")
        return
    with _bound(address):
        pass


def _conversation(reception: _Reception) -> LMTP:
    return _Conversation(
        reception,
        hostname="eventsite.localhost",
        ident="eventsite",
        data_size_limit=LARGEST_MESSAGE,
        timeout=SILENCE,
        loop=asyncio.get_running_loop(),
    )


async def _listen(make: Callable[[], LMTP], address: Address) -> asyncio.Server:
    loop = asyncio.get_running_loop()
    if not isinstance(address, str):
        return await loop.create_server(make, sock=_bound(address))
    server = await loop.create_unix_server(make, address)
    # A mail server runs as another user; whoever may enter the folder may hand mail over.
    await asyncio.to_thread(os.chmod, address, 0o666)
    return server


def _bound(address: tuple[str, int]) -> socket.socket:
    family, kind, _, _, where = socket.getaddrinfo(*address, type=socket.SOCK_STREAM)[0]
    bound = socket.socket(family, kind)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "SO_REUSEPORT"):
            # Several workers on one machine share the port.
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        bound.bind(where)
    except OSError:
        bound.close()
        raise
    return bound


def _socket_mark(address: Address) -> tuple[int, int] | None:
    if not isinstance(address, str):
        return None
    try:
        found = os.stat(address)
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISSOCK(found.st_mode) else None
