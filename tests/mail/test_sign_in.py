"""Who we are and what we ask of a mail server: XOAUTH2, notices of delivery, sizes, names; word by word."""

import sys
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from eventsite.mail.delivery import DeliveryFailure, Misconfigured, Transient
from eventsite.mail.oauth import TokenCommand
from eventsite.mail.smtp import Patience, SmtpTransport
from tests.mail.transcript import Transcript, transcript
from tests.smtp_server import smtp_server, trusting_tls

LETTER = b"From: a@b.example\r\nSubject: dots\r\n\r\nbody\r\n"
TOKEN = "ya29.a0Af_not-to-be-seen~anywhere"


def printing(folder: Path, *, code: str = f"print({TOKEN!r})") -> str:
    """A command that counts its runs in a file and then does as `code` says."""
    script = folder / "token.py"
    script.write_text(f"open({str(folder / 'runs')!r}, 'a').write('x')\n{code}\n")
    return f"'{sys.executable}' '{script}'"


def runs(folder: Path) -> int:
    return len((folder / "runs").read_text())


@asynccontextmanager
async def oauth_server(takes: Callable[[str], bool]) -> AsyncIterator[tuple[str, list[str]]]:
    """A server that asks for STARTTLS and XOAUTH2; the tokens it was shown."""
    shown: list[str] = []

    def is_good(token: str) -> bool:
        shown.append(token)
        return takes(token)

    async with smtp_server(starttls=True, takes_token=is_good) as server:
        yield server.url(credentials="olive@", host="localhost"), shown


def transport_to(url: str, tokens: TokenCommand) -> SmtpTransport:
    return SmtpTransport(url, local_hostname="events.example.org", tls=trusting_tls(), tokens=tokens)


async def send(transport: SmtpTransport, *, letter_id: str = "0123456789abcdef") -> None:
    await transport.deliver("events@events.example.org", "ann@trust.example", LETTER, letter_id=letter_id)


async def failure_of(transport: SmtpTransport) -> DeliveryFailure:
    with pytest.raises(DeliveryFailure) as failed:
        await send(transport)
    return failed.value


async def test_r5_10_a_token_signs_in_and_is_kept(tmp_path: Path) -> None:
    tokens = TokenCommand(printing(tmp_path))
    async with oauth_server(lambda token: True) as (url, shown):
        for _ in range(2):
            transport = transport_to(url, tokens)
            await send(transport)
            await transport.close()
    assert (shown, runs(tmp_path)) == ([TOKEN, TOKEN], 1)


async def test_r5_10_after_five_minutes_there_is_a_new_one(tmp_path: Path) -> None:
    seconds = [0.0]
    tokens = TokenCommand(printing(tmp_path), clock=lambda: seconds[0])
    for moment in (0, 299, 300):
        seconds[0] = moment
        assert await tokens.token() == TOKEN
    assert runs(tmp_path) == 2


async def test_r5_10_a_token_that_is_refused_is_asked_for_again(tmp_path: Path) -> None:
    tokens = TokenCommand(printing(tmp_path))
    answers = iter([False, True])
    async with oauth_server(lambda token: next(answers)) as (url, shown):
        transport = transport_to(url, tokens)
        failure = await failure_of(transport)
        await send(transport)
        await transport.close()
    assert type(failure) is Misconfigured
    assert (len(shown), runs(tmp_path)) == (2, 2)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (f"print({TOKEN!r}); raise SystemExit(3)", "SMTP_OAUTH_TOKEN_COMMAND ended with 3."),
        ("pass", "SMTP_OAUTH_TOKEN_COMMAND did not print one token."),
        (f"print({TOKEN!r}, {TOKEN!r})", "SMTP_OAUTH_TOKEN_COMMAND did not print one token."),
        ("print('é')", "SMTP_OAUTH_TOKEN_COMMAND did not print one token."),
        ("import time; time.sleep(30)", "SMTP_OAUTH_TOKEN_COMMAND took longer than 0.5 seconds."),
    ],
)
async def test_r5_10_a_command_that_gives_no_token_is_ours_to_mend(tmp_path: Path, code: str, words: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        await TokenCommand(printing(tmp_path, code=code), timeout=0.5).token()
    assert str(refused.value) == words


async def test_r5_10_so_is_a_command_that_is_not_there() -> None:
    with pytest.raises(Misconfigured, match="SMTP_OAUTH_TOKEN_COMMAND cannot be run: No such file or directory"):
        await TokenCommand("/nowhere/to/be/found --token").token()


async def test_r5_10_no_shell_reads_the_command(tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    with pytest.raises(Misconfigured):
        await TokenCommand(f"'{sys.executable}' -c pass ; touch '{marker}'").token()
    assert not marker.exists()


async def test_r5_10_a_server_without_xoauth2_is_ours_to_mend(tmp_path: Path) -> None:
    async with smtp_server(starttls=True, password="secret") as server:
        url = server.url(credentials="olive@", host="localhost")
        failure = await failure_of(transport_to(url, TokenCommand(printing(tmp_path))))
    assert (type(failure), server.letters) == (Misconfigured, [])


def echo(line: str) -> str | None:
    return f"535 5.7.8 I did not like {line} nor {b64decode(line.split()[-1])!r}" if line.startswith("AUTH") else None


async def test_r5_10_a_server_that_repeats_our_secret_does_not_get_it_into_our_words(tmp_path: Path) -> None:
    async with transcript(extensions=("AUTH XOAUTH2",), answer=echo) as server:
        transport = SmtpTransport(server.url, local_hostname="x.example", tokens=TokenCommand(printing(tmp_path)))
        transport.server = type(transport.server)("127.0.0.1", server.port, transport.server.encryption, "olive")
        failure = await failure_of(transport)
    assert (type(failure), str(failure)[:25]) == (Misconfigured, "535 5.7.8 I did not like ")
    assert TOKEN not in str(failure)
    assert b64encode(f"user=olive\1auth=Bearer {TOKEN}\1\1".encode()).decode() not in str(failure)
    assert failure.__cause__ is None


NOTICES = ("DSN", "SIZE 100000")


async def deliver_to(server: Transcript) -> None:
    transport = SmtpTransport(server.url, local_hostname="events.example.org")
    await send(transport)
    await transport.close()


async def test_r5_18_notices_are_asked_for_where_the_server_can_give_them() -> None:
    async with transcript(extensions=NOTICES) as server:
        await deliver_to(server)
    assert server.commands("MAIL") == [
        f"MAIL FROM:<events@events.example.org> SIZE={len(LETTER)} RET=HDRS ENVID=0123456789abcdef"
    ]
    assert server.commands("RCPT") == ["RCPT TO:<ann@trust.example> NOTIFY=FAILURE,DELAY"]


async def test_r5_18_and_nowhere_else() -> None:
    async with transcript() as server:
        await deliver_to(server)
    assert server.commands("MAIL") == ["MAIL FROM:<events@events.example.org>"]
    assert server.commands("RCPT") == ["RCPT TO:<ann@trust.example>"]


async def test_r5_17_the_size_is_said_where_the_server_can_hear_it() -> None:
    async with transcript(extensions=("SIZE",)) as server:
        await deliver_to(server)
    assert server.commands("MAIL") == [f"MAIL FROM:<events@events.example.org> SIZE={len(LETTER)}"]


async def test_r5_11_we_say_who_we_are_without_asking_the_resolver() -> None:
    async with transcript() as server:
        await deliver_to(server)
    assert server.commands("EHLO") == ["EHLO events.example.org"]


async def test_r5_11_a_server_that_trickles_is_not_listened_to_without_end() -> None:
    patience = Patience(command=30, whole_letter=0.5)
    async with transcript(drip=0.2) as server:
        transport = SmtpTransport(server.url, local_hostname="events.example.org", patience=patience)
        failure = await failure_of(transport)
    assert (type(failure), failure.uncertain, server.commands("DATA")) == (Transient, False, [])


def test_r5_11_how_long_we_wait() -> None:
    patience = Patience()
    assert (patience.connect, patience.command, patience.after_data, patience.whole_letter) == (10, 30, 120, 180)
