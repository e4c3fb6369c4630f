"""The mail server that SMTP_URL names."""

from dataclasses import dataclass
from enum import Enum
from urllib.parse import unquote, urlsplit

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class Encryption(Enum):
    """How the conversation is kept secret."""

    IMPLICIT = "TLS from the first byte"
    STARTTLS = "STARTTLS, or nothing is sent"
    PLAIN = "none: this machine only"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed over, as SMTP_URL says."""

    host: str
    port: int
    encryption: Encryption
    user: str | None = None
    password: str | None = None

    @property
    def is_here(self) -> bool:
        """Whether it is on this machine, with no limit of a provider's to keep to."""
        return self.host in _LOOPBACK

    def __repr__(self) -> str:
        return f"MailServer({self.host}:{self.port}, {self.encryption.name})"


def read_smtp_url(url: str) -> MailServer:
    """The server that an SMTP_URL names: `smtp://user:password@host:587` (STARTTLS required) or `smtps://host`.

    Without encryption only to this machine, and then without credentials. Raises ValueError with a sentence.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("SMTP_URL must look like smtp://user:password@host:587 or smtps://host.")
    encryption = _encryption(parts.scheme, parts.hostname, has_credentials=bool(parts.username))
    standard_port = {Encryption.IMPLICIT: 465, Encryption.STARTTLS: 587, Encryption.PLAIN: 25}[encryption]
    user, password = (unquote(part) if part else None for part in (parts.username, parts.password))
    return MailServer(parts.hostname, parts.port or standard_port, encryption, user, password)


def _encryption(scheme: str, host: str, *, has_credentials: bool) -> Encryption:
    if scheme == "smtps":
        return Encryption.IMPLICIT
    return Encryption.PLAIN if host in _LOOPBACK and not has_credentials else Encryption.STARTTLS
