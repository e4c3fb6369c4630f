"""A mail server for one machine: takes every letter, delivers none, and keeps it in the mailbox."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from aiosmtpd.smtp import SMTP, Envelope, Session

from eventsite.demo.mailbox import Mailbox

LOOPBACK = "127.0.0.1"
_LARGEST_LETTER = 10_000_000


class _Keeper:
    """What aiosmtpd asks about each letter."""

    def __init__(self, mailbox: Mailbox, now: Callable[[], datetime]) -> None:
        self._mailbox = mailbox
        self._now = now

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.original_content or b""
        letter_id = self._mailbox.keep(content, received_at=self._now())
        return f"250 Kept as {letter_id}"


@asynccontextmanager
async def catch_letters(mailbox: Mailbox, *, now: Callable[[], datetime], port: int = 0) -> AsyncIterator[str]:
    """Listen on loopback in this event loop while the block lasts; yields the SMTP_URL. Port nought: any free one."""
    keeper = _Keeper(mailbox, now)

    def conversation() -> SMTP:
        return SMTP(
            keeper,
            hostname="mailbox.localhost",
            ident="eventsite demonstration mailbox",
            data_size_limit=_LARGEST_LETTER,
            loop=asyncio.get_running_loop(),
        )

    server = await asyncio.get_running_loop().create_server(conversation, LOOPBACK, port)
    try:
        yield f"smtp://{LOOPBACK}:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
