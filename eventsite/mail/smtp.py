"""SMTP (RFC 5321): the one place that knows aiosmtplib."""

import asyncio
import contextlib
import re
import ssl
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass

import aiosmtplib

from eventsite.mail.delivery import DeliveryFailure
from eventsite.mail.failures import Step, sort_failure
from eventsite.mail.oauth import TokenCommand
from eventsite.mail.server import Encryption, read_smtp_url

_TROUBLE = (aiosmtplib.SMTPException, OSError, TimeoutError, ValueError)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds, and how long a conversation is kept."""

    connect: float = 10
    command: float = 30
    after_data: float = 120
    # The waits above are for one answer each: a server that trickles would outlast them all.
    whole_letter: float = 180
    check_after_idle: float = 10
    longest_idle: float = 60
    longest_conversation: float = 600
    most_letters: int = 100


class SmtpTransport:
    """Delivers letters, one at a time, over a conversation that is kept, and begun anew after any trouble."""

    def __init__(
        self,
        smtp_url: str,
        *,
        local_hostname: str,
        patience: Patience | None = None,
        tls: ssl.SSLContext | None = None,
        sign: Callable[[bytes], bytes] | None = None,
        tokens: TokenCommand | None = None,
    ) -> None:
        """`local_hostname` is what we call ourselves in EHLO; `sign` puts a signature before a letter.

        With `tokens` the server is signed in to by XOAUTH2. Raises ValueError for an SMTP_URL that cannot be used.
        """
        self.server = read_smtp_url(smtp_url)
        self._local_hostname = local_hostname
        self._patience = patience or Patience()
        self._tls = tls
        self._sign = sign
        self._tokens = tokens
        self._client: aiosmtplib.SMTP | None = None
        self._step = Step.CONNECT
        self._letters = 0
        self._begun = self._last_used = 0.0

    async def deliver(self, sender: str, recipient: str, content: bytes, *, letter_id: str = "") -> None:
        """Hand over one letter, byte for byte; raises Transient, Permanent or Misconfigured."""
        self._step = Step.CONNECT
        signed = self._sign(content) if self._sign else content
        try:
            async with asyncio.timeout(self._patience.whole_letter):
                await self._hand_over(await self._conversation(), sender, recipient, signed, letter_id)
        except _TROUBLE as error:
            await self._recover(error)
            raise self._sorted(error) from None
        except BaseException:
            self._drop()
            raise

    async def check(self) -> None:
        """Greet the server, encrypt and sign in, and say goodbye; raises what `deliver` would."""
        self._step = Step.CONNECT
        try:
            await self._conversation()
        except _TROUBLE as error:
            self._drop()
            raise self._sorted(error) from None
        await self.close()

    async def close(self) -> None:
        """End the conversation politely, if there is one. Never raises."""
        client, self._client = self._client, None
        if client is not None and client.is_connected:
            # A letter is delivered once its 250 is in: what goes wrong at QUIT must not undo that.
            with contextlib.suppress(*_TROUBLE):
                await client.quit(timeout=2)
            client.close()

    async def _hand_over(
        self, client: aiosmtplib.SMTP, sender: str, recipient: str, content: bytes, letter_id: str
    ) -> None:
        wait, notices = self._patience.command, client.supports_extension("dsn")
        self._step = Step.SENDER
        options = [*_size_option(client, content), *(_named(letter_id) if notices else ())]
        await _command(client, f"MAIL FROM:<{_plain(sender)}>", *options, wait=wait)
        self._step = Step.RECIPIENT
        options = ["NOTIFY=FAILURE,DELAY"] if notices else []
        await _command(client, f"RCPT TO:<{_plain(recipient)}>", *options, wait=wait)
        self._step = Step.CONTENT
        await client.data(content, timeout=self._patience.after_data)
        self._letters += 1
        self._last_used = asyncio.get_running_loop().time()

    async def _conversation(self) -> aiosmtplib.SMTP:
        if self._client is not None and not await self._is_fresh(self._client):
            await self.close()
        if self._client is None:
            self._client = await self._connect()
        return self._client

    async def _is_fresh(self, client: aiosmtplib.SMTP) -> bool:
        patience, now = self._patience, asyncio.get_running_loop().time()
        idle = now - self._last_used
        if not client.is_connected or self._letters >= patience.most_letters or idle > patience.longest_idle:
            return False
        if now - self._begun > patience.longest_conversation:
            return False
        return idle <= patience.check_after_idle or await _answers(client)

    async def _connect(self) -> aiosmtplib.SMTP:
        server = self.server
        if self._tls is None and server.encryption is not Encryption.PLAIN:
            self._tls = await asyncio.to_thread(strict_tls)
        client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            oauth_token_generator=self._tokens.token if self._tokens else None,
            local_hostname=self._local_hostname,
            timeout=self._patience.connect,
            use_tls=server.encryption is Encryption.IMPLICIT,
            # None would mean "in clear where the server offers nothing better", credentials included.
            start_tls=server.encryption is Encryption.STARTTLS,
            tls_context=self._tls,
        )
        await client.connect()
        if client.is_ehlo_or_helo_needed:
            await client.ehlo()
        self._letters = 0
        self._begun = self._last_used = asyncio.get_running_loop().time()
        return client

    def _sorted(self, error: Exception) -> DeliveryFailure:
        """The failure without our secrets: a server may repeat the command it did not like."""
        token = self._tokens.token_at_hand if self._tokens else ""
        user, password = self.server.user or "", self.server.password or ""
        codes = (f"\0{user}\0{password}", f"user={user}\1auth=Bearer {token}\1\1", password)
        encoded = tuple(b64encode(each.encode()).decode() for each in codes if password or token)
        if self._tokens and self._step is Step.CONNECT and getattr(error, "code", None) is not None:
            self._tokens.forget()
        return sort_failure(error, self._step, secrets=(*encoded, token, password))

    async def _recover(self, error: Exception) -> None:
        """After a refusal the conversation goes on; after anything else a new one is begun (old ones hang)."""
        code = getattr(error, "code", None)
        if self._client is None or self._step is Step.CONNECT or code is None or code == 421:
            return self._drop()
        try:
            await self._client.rset(timeout=self._patience.connect)
        except _TROUBLE:
            self._drop()

    def _drop(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.close()


async def _command(client: aiosmtplib.SMTP, *words: str, wait: float) -> None:
    # aiosmtplib's own would read the address out of what it is given, as a header is read, in a tenth of a millisecond.
    response = await client.execute_command(*(word.encode("ascii") for word in words), timeout=wait)
    if response.code not in (250, 251):
        raise aiosmtplib.SMTPResponseException(response.code, response.message)


def _size_option(client: aiosmtplib.SMTP, content: bytes) -> list[str]:
    """SIZE (RFC 1870), where the server knows it; raises ValueError for a letter it says it will not take."""
    if not client.supports_extension("size"):
        return []
    largest = client.esmtp_extensions["size"]
    if largest.isdigit() and 0 < int(largest) < len(content):
        raise ValueError(f"The letter has {len(content)} octets, the server takes {largest}.")
    return [f"SIZE={len(content)}"]


def _named(letter_id: str) -> list[str]:
    """DSN (RFC 3461): send back the head alone, and tell which letter it was."""
    return ["RET=HDRS", *([f"ENVID={letter_id}"] if letter_id else [])]


def strict_tls() -> ssl.SSLContext:
    """TLS 1.2 or newer, with a certificate that this machine trusts and that names the host. Reads files."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _plain(address: str) -> str:
    if not re.fullmatch(r"[!-;=?-~]+@[A-Za-z0-9.-]+", address):
        raise ValueError("The address cannot be written in an SMTP command.")
    return address


async def _answers(client: aiosmtplib.SMTP) -> bool:
    try:
        await client.noop(timeout=5)
    except _TROUBLE:
        return False
    return True
