"""A real SMTP conversation with the demonstration's own mail server."""

import asyncio
from urllib.parse import urlsplit

import pytest

from eventsite.demo.catcher import catch_letters
from eventsite.demo.mailbox import Mailbox
from eventsite.mail.smtp import SmtpTransport
from tests.conftest import StandingClock


async def test_a_letter_is_kept_byte_for_byte(mailbox: Mailbox, clock: StandingClock) -> None:
    letter = b"To: ann@trust.example\r\nSubject: dots\r\n\r\n.\r\n..two\r\nend\r\n"
    async with catch_letters(mailbox, now=clock) as url:
        transport = SmtpTransport(url, local_hostname="events.example.org")
        await transport.deliver("events@events.example.org", "ann@trust.example", letter)
        await transport.close()
    (line,) = mailbox.letters()
    assert (mailbox.content(line.id), line.received_at) == (letter, clock())


async def test_it_listens_on_this_machine_only_and_on_a_free_port(mailbox: Mailbox, clock: StandingClock) -> None:
    async with catch_letters(mailbox, now=clock) as first, catch_letters(mailbox, now=clock) as second:
        assert {urlsplit(url).hostname for url in (first, second)} == {"127.0.0.1"}
        assert urlsplit(first).port != urlsplit(second).port


async def test_it_stops_listening_at_the_end(mailbox: Mailbox, clock: StandingClock) -> None:
    async with catch_letters(mailbox, now=clock) as url:
        port = urlsplit(url).port
    with pytest.raises(OSError, match="Connect call failed"):
        await asyncio.open_connection("127.0.0.1", port)
