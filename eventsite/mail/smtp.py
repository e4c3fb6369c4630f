"""SMTP (RFC 5321): the one place that knows aiosmtplib."""

import asyncio
import contextlib
import re
import ssl
from dataclasses import dataclass
from enum import Enum

import aiosmtplib

from eventsite.mail.delivery import DeliveryFailure, Misconfigured, Permanent, Transient, Unreachable
from eventsite.mail.server import Encryption, read_smtp_url

_LONGEST_WORDS = 500
# Whatever they answer to, these replies speak of us and not of the letter: "authenticate first", "wrong credentials",
# and Exchange's "you may not send as this address".
_CREDENTIAL_CODES = {530, 534, 535, 538}
_SENDER_DENIED = re.compile(r"5\.7\.60\b|5\.2\.252\b|SendAsDenied")
_TROUBLE = (aiosmtplib.SMTPException, OSError, TimeoutError, ValueError)


class Step(Enum):
    """How far a conversation has come: what a failure means depends on it."""

    CONNECT = "connecting, greeting, encrypting and signing in"
    SENDER = "naming the sender"
    RECIPIENT = "naming the recipient"
    CONTENT = "handing over the letter"


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
        self, smtp_url: str, *, local_hostname: str, patience: Patience | None = None, tls: ssl.SSLContext | None = None
    ) -> None:
        """`local_hostname` is what we call ourselves in EHLO. Raises ValueError for an SMTP_URL that cannot be used."""
        self.server = read_smtp_url(smtp_url)
        self._local_hostname = local_hostname
        self._patience = patience or Patience()
        self._tls = tls
        self._client: aiosmtplib.SMTP | None = None
        self._step = Step.CONNECT
        self._letters = 0
        self._begun = self._last_used = 0.0

    async def deliver(self, sender: str, recipient: str, content: bytes, *, letter_id: str = "") -> None:
        """Hand over one letter, byte for byte; raises Transient, Permanent or Misconfigured."""
        self._step = Step.CONNECT
        try:
            async with asyncio.timeout(self._patience.whole_letter):
                await self._hand_over(await self._conversation(), sender, recipient, content)
        except _TROUBLE as error:
            await self._recover(error)
            raise sort_failure(error, self._step) from error
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
            raise sort_failure(error, self._step) from error
        await self.close()

    async def close(self) -> None:
        """End the conversation politely, if there is one. Never raises."""
        client, self._client = self._client, None
        if client is not None and client.is_connected:
            # A letter is delivered once its 250 is in: what goes wrong at QUIT must not undo that.
            with contextlib.suppress(*_TROUBLE):
                await client.quit(timeout=2)
            client.close()

    async def _hand_over(self, client: aiosmtplib.SMTP, sender: str, recipient: str, content: bytes) -> None:
        wait = self._patience.command
        self._step = Step.SENDER
        await client.mail(_plain(sender), options=_size_option(client, content), timeout=wait)
        self._step = Step.RECIPIENT
        await client.rcpt(_plain(recipient), timeout=wait)
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
        client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
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


def sort_failure(error: Exception, step: Step) -> DeliveryFailure:
    """What an error at this step means for the letter and for those behind it. RFC 5321, section 4.2.1."""
    words = _words(error)
    code = getattr(error, "code", None)
    if code is None:
        return _sort_silence(error, step, words)
    if _speaks_of_us(code, words, step):
        return Misconfigured(words)
    if 500 <= code < 600:
        return Permanent(words, status=_status(words) if step is Step.RECIPIENT else "")
    return Unreachable(words) if step is Step.CONNECT else Transient(words)


def _sort_silence(error: Exception, step: Step, words: str) -> DeliveryFailure:
    if isinstance(error, (OSError, TimeoutError)):
        if step is Step.CONNECT:
            return Unreachable(words)
        return Transient(words, uncertain=step is Step.CONTENT)
    # No STARTTLS, no way to sign in; or a letter too large, or an address that cannot be written in a command.
    return Misconfigured(words) if step is Step.CONNECT else Permanent(words)


def _status(words: str) -> str:
    """The enhanced status code (RFC 3463) behind the reply code, as in `550 5.1.1 No such user`; empty without one."""
    match = re.match(r"[0-9]{3}[ -]([245]\.[0-9]{1,3}\.[0-9]{1,3})\b", words)
    return match[1] if match else ""


def _speaks_of_us(code: int, words: str, step: Step) -> bool:
    if not 500 <= code < 600:
        return False
    too_large = code == 552
    at_fault = step is Step.CONNECT or (step is Step.SENDER and not too_large)
    return at_fault or code in _CREDENTIAL_CODES or bool(_SENDER_DENIED.search(words))


def _size_option(client: aiosmtplib.SMTP, content: bytes) -> list[str]:
    """SIZE (RFC 1870), where the server knows it; raises ValueError for a letter it says it will not take."""
    if not client.supports_extension("size"):
        return []
    largest = client.esmtp_extensions["size"]
    if largest.isdigit() and 0 < int(largest) < len(content):
        raise ValueError(f"The letter has {len(content)} octets, the server takes {largest}.")
    return [f"SIZE={len(content)}"]


def _plain(address: str) -> str:
    # aiosmtplib reads the address out of whatever it is given: nothing but an address may get there.
    if not re.fullmatch(r"[!-;=?-~]+@[A-Za-z0-9.-]+", address):
        raise ValueError("The address cannot be written in an SMTP command.")
    return address


async def _answers(client: aiosmtplib.SMTP) -> bool:
    try:
        await client.noop(timeout=5)
    except _TROUBLE:
        return False
    return True


def _words(error: Exception) -> str:
    code = getattr(error, "code", None)
    said = str(getattr(error, "message", "") or error or type(error).__name__)
    said = " ".join(said.encode("utf-8", "replace").decode().split())
    return (f"{code} {said}" if code else said)[:_LONGEST_WORDS]
