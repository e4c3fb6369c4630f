"""Letters to put into the outbox, and mail servers to hand them to."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from functools import partial

import pytest
import pytest_asyncio

from eventsite.database import transaction
from eventsite.mail.letters import Attachment, Letter
from eventsite.mail.outbox import enqueue
from eventsite.mail.tables import Cause
from eventsite.settings import Settings
from tests.mail.mailauth import Mailauth, find_mailauth
from tests.smtp_server import SmtpServer, smtp_server

CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nSUMMARY:Caf\xc3\xa9\r\nEND:VCALENDAR\r\n"
UTF_8 = (("charset", "utf-8"),)

A_LETTER = Letter(
    kind="interest/received",
    to="ann@trust.example",
    subject="We have noted your interest",
    text="Dear Ann,\n\nThank you – we have noted your interest.\nhttps://events.example.org/my/abc\n",
    html='<p>Dear Ann, <a href="https://events.example.org/my/abc">your page</a></p>',
    attachments=(
        Attachment("hpn-midlands.ics", "text/calendar", CALENDAR, UTF_8),
        Attachment("hpn-mental-health.ics", "text/calendar", CALENDAR + b"\r\n", UTF_8),
    ),
)


class PostBox:
    """Puts letters into the outbox, each in a transaction of its own."""

    def __init__(self, settings: Settings, now: datetime) -> None:
        self.settings = settings
        self.now = now

    async def post(
        self,
        key: str,
        *,
        to: str = "ann@trust.example",
        cause: Cause = Cause.SYSTEM,
        now: datetime | None = None,
        thread: str | None = None,
        letter_id: str | None = None,
        useful_until: datetime | None = None,
        not_before: datetime | None = None,
    ) -> bool:
        letter = replace(A_LETTER, to=to, useful_until=useful_until)
        put_in = partial(enqueue, letter, key=key, cause=cause, now=now or self.now, settings=self.settings)
        async with transaction():
            return await put_in(thread=thread, letter_id=letter_id, not_before=not_before)


@pytest.fixture
def postbox(settings: Settings, now: datetime, database: None) -> PostBox:
    return PostBox(settings, now)


@pytest.fixture(scope="session")
def mailauth() -> Mailauth:
    """A checker of signatures, from tests/package.json."""
    found = find_mailauth()
    assert found is not None
    return found


@pytest_asyncio.fixture(loop_scope="session")
async def server() -> AsyncIterator[SmtpServer]:
    """A mail server that takes everything, until a test tells it otherwise."""
    async with smtp_server() as running:
        yield running
