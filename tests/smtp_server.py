"""A real mail server for tests, which does as it is told: takes letters, refuses them, hangs up, dawdles."""

import asyncio
import ssl
from base64 import b64decode
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

CERTIFICATE = Path(__file__).with_name("localhost.pem")
OK = "250 OK"
NO_SUCH_USER = "550 5.1.1 No such user here"
HANG_UP = "(the server hangs up)"
DAWDLE = "(the server says nothing for a long time)"


@dataclass(frozen=True, slots=True)
class Arrived:
    """One letter as the server got it."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes


@dataclass
class SmtpServer:
    """What the server is to say at each step (the next in line, then `250 OK` for ever), and what it has got."""

    port: int = 0
    at_mail: deque[str] = field(default_factory=deque)
    at_rcpt: deque[str] = field(default_factory=deque)
    at_data: deque[str] = field(default_factory=deque)
    letters: list[Arrived] = field(default_factory=list)
    conversations: list[SMTP] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)
    """Addresses that there is no mailbox for."""
    arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    def url(self, *, scheme: str = "smtp", credentials: str = "", host: str = "127.0.0.1") -> str:
        return f"{scheme}://{credentials}{host}:{self.port}"

    def hang_up(self) -> None:
        """Closes every conversation from the server's side."""
        for conversation in self.conversations:
            _cut(conversation)

    async def wait_for(self, number: int, seconds: float = 5) -> list[Arrived]:
        """Returns once so many letters have arrived."""
        async with asyncio.timeout(seconds), self.arrived:
            await self.arrived.wait_for(lambda: len(self.letters) >= number)
        return self.letters

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: object
    ) -> str:
        reply = await self._reply(server, self.at_mail)
        envelope.mail_from = address if reply == OK else None
        return reply

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: object
    ) -> str:
        if address in self.unknown:
            return NO_SUCH_USER
        reply = await self._reply(server, self.at_rcpt)
        if reply == OK:
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        next_reply = self.at_data[0] if self.at_data else OK
        if next_reply in (OK, HANG_UP, DAWDLE):
            # A server that falls silent after the last dot may well have taken the letter.
            self.letters.append(
                Arrived(envelope.mail_from or "", tuple(envelope.rcpt_tos), envelope.original_content or b"")
            )
            async with self.arrived:
                self.arrived.notify_all()
        return await self._reply(server, self.at_data)

    async def _reply(self, server: SMTP, line: deque[str]) -> str:
        reply = line.popleft() if line else OK
        if reply == HANG_UP:
            _cut(server)
        if reply in (HANG_UP, DAWDLE):
            await asyncio.sleep(30)
        return reply


@dataclass
class SmtpServerWithTokens(SmtpServer):
    """One that offers XOAUTH2."""

    takes_token: Callable[[str], bool] = lambda token: False

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:
        """A wrong token is first answered by a challenge, which the client must answer to hear the refusal."""
        token = b64decode(args[1]).decode().partition("auth=Bearer ")[2].rstrip("\1")
        if self.takes_token(token):
            return AuthResult(success=True)
        await server.challenge_auth(b'{"status":"401"}')
        return AuthResult(success=False, handled=False)


@asynccontextmanager
async def smtp_server(
    *,
    implicit_tls: bool = False,
    starttls: bool = False,
    password: str | None = None,
    takes_token: Callable[[str], bool] | None = None,
    largest: int | None = None,
) -> AsyncIterator[SmtpServer]:
    """A server on a free loopback port. With a password it takes letters only from `olive` with that password.

    With `takes_token` it offers XOAUTH2 and lets in whoever shows a token that this says yes to.
    """
    state = SmtpServer() if takes_token is None else SmtpServerWithTokens(takes_token=takes_token)
    make = _conversation_maker(state, starttls=starttls, password=password, largest=largest)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(make, "127.0.0.1", 0, ssl=server_tls() if implicit_tls else None)
    state.port = server.sockets[0].getsockname()[1]
    try:
        yield state
    finally:
        server.close()
        state.hang_up()
        await asyncio.sleep(0)


def _cut(conversation: SMTP) -> None:
    transport = conversation.transport
    # Python 3.11.2 cannot abort a conversation over TLS that is over already.
    if isinstance(transport, asyncio.WriteTransport) and not transport.is_closing():
        transport.abort()


def _conversation_maker(
    state: SmtpServer, *, starttls: bool, password: str | None, largest: int | None
) -> Callable[[], SMTP]:
    def authenticate(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: LoginPassword
    ) -> AuthResult:
        right = password is not None and given == LoginPassword(b"olive", password.encode())
        return AuthResult(success=right, handled=False)

    def make() -> SMTP:
        conversation = SMTP(
            state,
            hostname="mail.localhost",
            loop=asyncio.get_running_loop(),
            tls_context=server_tls() if starttls else None,
            require_starttls=starttls,
            authenticator=authenticate if password else None,
            auth_required=bool(password) or isinstance(state, SmtpServerWithTokens),
            auth_require_tls=starttls,
            data_size_limit=largest,
        )
        state.conversations.append(conversation)
        return conversation

    return make


def server_tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def trusting_tls() -> ssl.SSLContext:
    """A client's idea of whom to trust: that one certificate."""
    return ssl.create_default_context(cafile=str(CERTIFICATE))
