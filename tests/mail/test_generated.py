"""Whatever people type, a letter has just the headers that were meant and goes to one address. Long: `tests.soak`."""

from dataclasses import replace
from email import message_from_bytes

import pytest
from hypothesis import given, settings

from eventsite.mail.letters import finish
from eventsite.mail.smtp import SmtpTransport
from tests.mail.conftest import A_LETTER
from tests.mail.generating import MESSAGE_ID, Written, ensure_as_meant, letters
from tests.mail.test_letters import DATE, SENDER
from tests.mail.transcript import transcript


@given(letters())
@settings(max_examples=150)
def test_r5_2_every_letter_has_the_headers_that_were_meant_and_no_others(written: Written | None) -> None:
    if written is not None:
        ensure_as_meant(written)
        assert message_from_bytes(written.content).get_all("To") == [written.letter.to]


@given(letters())
@settings(max_examples=40)
async def test_r5_6_every_letter_goes_to_one_address(written: Written | None) -> None:
    if written is None:
        return
    async with transcript() as server:
        transport = SmtpTransport(server.url, local_hostname="events.example.org")
        await transport.deliver("bounce@events.example.org", written.letter.to, written.content)
        await transport.close()
    commands = server.heard[: server.heard.index("DATA") + 1]
    assert commands[1:] == ["MAIL FROM:<bounce@events.example.org>", f"RCPT TO:<{written.letter.to}>", "DATA"]
    assert server.heard[-1] == "QUIT"


@pytest.mark.parametrize("header", [b"Bcc: mallory@evil.example\r\n", b"X-Priority: 1\r\n", b"To: ann@x.example\r\n"])
def test_a_header_that_was_not_meant_would_be_found(header: bytes) -> None:
    written = Written(A_LETTER, SENDER, DATE, finish(A_LETTER, sender=SENDER, message_id=MESSAGE_ID, date=DATE))
    ensure_as_meant(written)
    with pytest.raises(AssertionError):
        ensure_as_meant(replace(written, content=header + written.content))
