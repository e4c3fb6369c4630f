"""Letters over real conversations with a real server, good and bad."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiosmtplib import SMTPResponseException

from eventsite.mail.delivery import DeliveryFailure, Misconfigured, Permanent, Transient, Unreachable
from eventsite.mail.failures import Step, sort_failure
from eventsite.mail.smtp import Patience, SmtpTransport, strict_tls
from tests.mail.transcript import transcript
from tests.smtp_server import DAWDLE, HANG_UP, SmtpServer, smtp_server, trusting_tls

LETTER = b"From: a@b.example\r\nSubject: dots\r\n\r\n.\r\n..two\r\nend\r\n"
IMPATIENT = Patience(connect=0.5, command=0.5, after_data=0.5, whole_letter=2)


@asynccontextmanager
async def transport_to(
    url: str, *, patience: Patience = IMPATIENT, tls: ssl.SSLContext | None = None
) -> AsyncIterator[SmtpTransport]:
    transport = SmtpTransport(url, local_hostname="events.example.org", patience=patience, tls=tls)
    yield transport
    await transport.close()


async def send(transport: SmtpTransport, recipient: str = "ann@trust.example") -> None:
    await transport.deliver("events@events.example.org", recipient, LETTER)


async def failure_of(transport: SmtpTransport, recipient: str = "ann@trust.example") -> DeliveryFailure:
    with pytest.raises(DeliveryFailure) as failed:
        await send(transport, recipient)
    return failed.value


async def test_r5_6_a_letter_arrives_byte_for_byte_with_its_own_envelope(server: SmtpServer) -> None:
    async with transport_to(server.url()) as transport:
        await send(transport)
    (arrived,) = server.letters
    assert (arrived.sender, arrived.recipients) == ("events@events.example.org", ("ann@trust.example",))
    assert arrived.content == LETTER


async def test_r5_16_fifty_letters_go_over_one_conversation(server: SmtpServer) -> None:
    async with transport_to(server.url()) as transport:
        for _ in range(50):
            await send(transport)
    assert (len(server.letters), len(server.conversations)) == (50, 1)


async def test_r5_16_a_conversation_ends_after_so_many_letters(server: SmtpServer) -> None:
    async with transport_to(server.url(), patience=Patience(most_letters=2)) as transport:
        for _ in range(5):
            await send(transport)
    assert (len(server.letters), len(server.conversations)) == (5, 3)


@pytest.mark.parametrize("patience", [Patience(longest_idle=0), Patience(longest_conversation=0)])
async def test_r5_16_a_conversation_ends_when_it_was_idle_or_has_gone_on_for_too_long(
    server: SmtpServer, patience: Patience
) -> None:
    async with transport_to(server.url(), patience=patience) as transport:
        for _ in range(3):
            await send(transport)
    assert (len(server.letters), len(server.conversations)) == (3, 3)


def test_r5_16_how_long_a_conversation_is_kept() -> None:
    patience = Patience()
    assert (patience.most_letters, patience.longest_idle, patience.longest_conversation) == (100, 60, 600)
    assert patience.check_after_idle == 10


async def test_r5_16_an_idle_conversation_is_tried_out_before_it_is_trusted(server: SmtpServer) -> None:
    async with transport_to(server.url(), patience=Patience(check_after_idle=0)) as transport:
        await send(transport)
        await send(transport)
        server.hang_up()
        await send(transport)
    assert (len(server.letters), len(server.conversations)) == (3, 2)


async def test_r5_16_a_server_that_drops_idle_conversations_loses_nothing(server: SmtpServer) -> None:
    async with transport_to(server.url()) as transport:
        for _ in range(3):
            await send(transport)
            server.hang_up()
            # The end of the line is noticed when the event loop next reads from it.
            await transport.close()
    assert len(server.letters) == 3


async def test_r5_13_451_is_for_later_and_the_conversation_goes_on(server: SmtpServer) -> None:
    server.at_rcpt.append("451 4.7.1 Greylisted, come back later")
    async with transport_to(server.url()) as transport:
        failure = await failure_of(transport)
        await send(transport)
    assert (type(failure), str(failure)) == (Transient, "451 4.7.1 Greylisted, come back later")
    assert (len(server.letters), len(server.conversations)) == (1, 1)


async def test_r5_13_550_is_for_ever(server: SmtpServer) -> None:
    server.at_rcpt.append("550 5.1.1 No such user here")
    async with transport_to(server.url()) as transport:
        failure = await failure_of(transport)
        await send(transport)
    assert (type(failure), str(failure)) == (Permanent, "550 5.1.1 No such user here")
    assert len(server.conversations) == 1


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        ("452 4.3.1 Insufficient storage", Transient),
        ("554 5.7.1 Refused by content", Permanent),
        ("554 5.2.252 SendAsDenied; you may not send as this user", Misconfigured),
        ("552 5.3.4 Too large", Permanent),
    ],
)
async def test_r5_13_what_is_said_to_the_letter_itself(
    server: SmtpServer, reply: str, kind: type[DeliveryFailure]
) -> None:
    server.at_data.append(reply)
    async with transport_to(server.url()) as transport:
        failure = await failure_of(transport)
    assert (type(failure), failure.uncertain) == (kind, False)


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        ("550 5.7.1 Sender not allowed", Misconfigured),
        ("530 5.7.0 Authentication required", Misconfigured),
        ("552 5.3.4 Too large", Permanent),
        ("451 4.3.0 Not now", Transient),
    ],
)
async def test_r5_13_what_is_said_to_our_own_address(
    server: SmtpServer, reply: str, kind: type[DeliveryFailure]
) -> None:
    server.at_mail.append(reply)
    async with transport_to(server.url()) as transport:
        assert type(await failure_of(transport)) is kind


async def test_r5_16_421_ends_the_conversation_and_the_next_letter_begins_another(server: SmtpServer) -> None:
    server.at_rcpt.append("421 4.3.2 Closing")
    async with transport_to(server.url()) as transport:
        failure = await failure_of(transport)
        await send(transport)
    assert type(failure) is Transient
    assert (len(server.letters), len(server.conversations)) == (1, 2)


@pytest.mark.parametrize("silence", [HANG_UP, DAWDLE])
async def test_r5_14_silence_after_the_letter_leaves_it_uncertain(server: SmtpServer, silence: str) -> None:
    server.at_data.append(silence)
    async with transport_to(server.url()) as transport:
        failure = await failure_of(transport)
        await send(transport)
    assert (type(failure), failure.uncertain) == (Transient, True)
    assert len(server.conversations) == 2


@pytest.mark.parametrize("silence", [HANG_UP, DAWDLE])
async def test_r5_14_silence_before_the_letter_leaves_no_doubt(server: SmtpServer, silence: str) -> None:
    server.at_rcpt.append(silence)
    async with transport_to(server.url()) as transport:
        failure = await failure_of(transport)
    assert (type(failure), failure.uncertain) == (Transient, False)
    assert server.letters == []


async def test_r5_11_one_letter_is_not_waited_for_without_end(server: SmtpServer) -> None:
    server.at_rcpt.append(DAWDLE)
    async with transport_to(server.url(), patience=Patience(command=30, whole_letter=0.2)) as transport:
        assert type(await failure_of(transport)) is Transient


async def test_r5_13_no_server_at_all_is_no_letters_fault() -> None:
    async with smtp_server() as gone:
        url = gone.url()
    async with transport_to(url) as transport:
        assert type(await failure_of(transport)) is Unreachable


async def test_r5_9_without_starttls_nothing_is_sent() -> None:
    async with (
        smtp_server() as server,
        transport_to(server.url(credentials="olive:secret@", host="localhost")) as transport,
    ):
        assert type(await failure_of(transport)) is Misconfigured
    assert server.letters == []


async def test_r5_9_starttls_with_credentials() -> None:
    async with smtp_server(starttls=True, password="secret") as server:
        url = server.url(credentials="olive:secret@", host="localhost")
        async with transport_to(url, tls=trusting_tls()) as transport:
            await send(transport)
    assert [letter.content for letter in server.letters] == [LETTER]


async def test_r5_9_implicit_tls() -> None:
    async with smtp_server(implicit_tls=True) as server:
        url = server.url(scheme="smtps", host="localhost")
        async with transport_to(url, tls=trusting_tls()) as transport:
            await send(transport)
    assert [letter.content for letter in server.letters] == [LETTER]


async def test_r5_9_a_certificate_nobody_vouches_for_is_not_believed() -> None:
    async with smtp_server(implicit_tls=True) as server:
        url = server.url(scheme="smtps", host="localhost")
        async with transport_to(url) as transport:
            assert type(await failure_of(transport)) is Unreachable
    assert server.letters == []


async def test_r5_9_a_certificate_for_another_name_is_not_believed() -> None:
    async with smtp_server(implicit_tls=True) as server:
        url = server.url(scheme="smtps", host="127.1")  # the same machine by a name that the certificate has not
        async with transport_to(url, tls=trusting_tls()) as transport:
            assert type(await failure_of(transport)) is Unreachable
    assert server.letters == []


def test_r5_9_tls_1_2_is_the_oldest_and_certificates_are_checked() -> None:
    tls = strict_tls()
    assert (tls.minimum_version, tls.check_hostname, tls.verify_mode) == (
        ssl.TLSVersion.TLSv1_2,
        True,
        ssl.CERT_REQUIRED,
    )


async def test_r5_9_no_password_is_said_in_clear() -> None:
    async with transcript(extensions=("AUTH PLAIN LOGIN",)) as server:
        url = f"smtp://olive:secret@127.0.0.1:{server.port}"
        async with transport_to(url) as transport:
            assert type(await failure_of(transport)) is Misconfigured
    assert server.commands("AUTH") == []
    assert not any("secret" in line for line in server.heard)


async def test_r5_9_what_is_slipped_in_before_encryption_begins_is_not_heard() -> None:
    """CVE-2021-38371 and its kin: an answer in clear that would count as the first one under TLS."""

    def slip_in(line: str) -> str | None:
        return "220 go ahead\r\n250 AUTH PLAIN" if line == "STARTTLS" else None

    async with transcript(extensions=("STARTTLS",), answer=slip_in) as server:
        url = f"smtp://olive:secret@127.0.0.1:{server.port}"
        async with transport_to(url, tls=trusting_tls()) as transport:
            await failure_of(transport)
    assert server.commands("AUTH") == []


def test_r5_10_a_server_that_repeats_a_secret_does_not_get_it_into_our_words() -> None:
    refused = SMTPResponseException(535, "AUTH PLAIN AG9saXZlAHNlY3JldA== is olive with secret")
    failure = sort_failure(refused, Step.CONNECT, secrets=("AG9saXZlAHNlY3JldA==", "secret", ""))
    assert str(failure) == "535 AUTH PLAIN … is olive with …"


async def test_r5_13_a_wrong_password_is_no_letters_fault() -> None:
    async with smtp_server(starttls=True, password="secret") as server:
        url = server.url(credentials="olive:wrong@", host="localhost")
        async with transport_to(url, tls=trusting_tls()) as transport:
            failure = await failure_of(transport)
    assert type(failure) is Misconfigured
    assert "wrong" not in str(failure)


async def test_r5_17_a_letter_larger_than_the_server_takes_is_not_even_offered() -> None:
    async with smtp_server(largest=20) as server, transport_to(server.url()) as transport:
        failure = await failure_of(transport)
    assert (type(failure), str(failure)) == (Permanent, f"The letter has {len(LETTER)} octets, the server takes 20.")


@pytest.mark.parametrize("recipient", ["a b@x.example", "a@x.example> RCPT TO:<e@x.example", "a@x.example\r\nDATA"])
async def test_r5_6_an_address_that_would_break_out_of_its_command_is_not_sent(
    server: SmtpServer, recipient: str
) -> None:
    async with transport_to(server.url()) as transport:
        assert type(await failure_of(transport, recipient)) is Permanent
    assert server.letters == []


async def test_the_servers_words_are_kept_short_and_in_one_line(server: SmtpServer) -> None:
    server.at_rcpt.append("550-5.1.1 " + "x" * 900 + "\r\n550 end")
    async with transport_to(server.url()) as transport:
        words = str(await failure_of(transport))
    assert (len(words), "\n" in words) == (500, False)
