"""Settings: read once from the environment, checked at the start, refused with a sentence that names the setting."""

import re
import shlex
from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK_NAMES = {"localhost", "127.0.0.1", "::1"}
MAIL_RATES = ("exchange-online",)
SHORTEST_SECRET = 32

DOMAIN = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?", re.IGNORECASE)
SITE_URL = re.compile(r"(?P<scheme>https?)://(?P<host>[a-z0-9.-]+|\[[0-9a-f:]+\])(:[1-9][0-9]{0,4})?/?", re.IGNORECASE)
LMTP_SOCKET = re.compile(r"unix:(/[!-~]{1,100})")
LMTP_PORT = re.compile(r"(?P<host>[0-9.]+|localhost|\[[0-9a-f:]+\]):(?P<port>[1-9][0-9]{0,4})", re.IGNORECASE)
SQLITE_FILE = re.compile(r"sqlite:///(?!:memory:).+")


class BadSettings(Exception):
    """The environment holds a value that cannot be used. The text names each one, a sentence a line."""


def _site_url(value: str) -> str:
    match = SITE_URL.fullmatch(value)
    if not match:
        raise ValueError("must be an address such as https://events.example.org, without a path")
    if match["scheme"].lower() == "http" and match["host"].strip("[]") not in LOOPBACK_NAMES:
        raise ValueError("must start with https:// unless it is on this machine")
    return value.lower().rstrip("/")


def _database_url(value: str) -> str:
    if urlsplit(value).scheme not in {"sqlite", "postgres", "postgresql", "cockroachdb"}:
        raise ValueError("must start with sqlite:///, postgresql:// or cockroachdb://")
    if value.startswith("sqlite:") and not SQLITE_FILE.fullmatch(value):
        raise ValueError("must name a file, as in sqlite:///var/eventsite.sqlite")
    return value


def _smtp_url(value: str) -> str:
    try:
        parts = urlsplit(value)
        is_good = parts.scheme in {"smtp", "smtps"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_good = False
    if not is_good:
        raise ValueError("must look like smtp://user:password@host:587 or smtps://host")
    return value


def _secret(value: str) -> str:
    if len(value) < SHORTEST_SECRET:
        raise ValueError(f"must have at least {SHORTEST_SECRET} characters")
    return value


def _domain_if_any(value: str) -> str:
    if value and not DOMAIN.fullmatch(value):
        raise ValueError("must be a domain such as events.example.org")
    return value


def _address(value: str) -> str:
    if not re.fullmatch(r"[!-?A-~]+@[a-z0-9.-]+", value, re.IGNORECASE):
        raise ValueError("must be one email address such as events@example.org")
    return value


def _address_if_any(value: str) -> str:
    return _address(value) if value else value


def _networks(value: str) -> str:
    for part in filter(None, map(str.strip, value.split(","))):
        ip_network(part, strict=False)
    return value


def _lmtp_listen(value: str) -> str:
    if not value or LMTP_SOCKET.fullmatch(value):
        return value
    match = LMTP_PORT.fullmatch(value)
    if not match or int(match["port"]) > 65535:
        raise ValueError("must look like unix:/run/eventsite.sock or 127.0.0.1:2424")
    try:
        address = ip_address("127.0.0.1" if match["host"].lower() == "localhost" else match["host"].strip("[]"))
    except ValueError:
        raise ValueError("must have an address in numbers, such as 127.0.0.1, or localhost") from None
    # Nobody signs in over LMTP (RFC 2033 section 5): whoever reaches it may hand mail over.
    if not address.is_private or address.is_unspecified:
        raise ValueError("must be on this machine or in a private network: anybody who reaches it may hand mail over")
    return value.lower()


def _mail_rate(value: str) -> str:
    if value and value not in MAIL_RATES and not re.fullmatch(r"[1-9][0-9]{0,5}", value):
        raise ValueError(f"must be a number of letters a minute or one of: {', '.join(MAIL_RATES)}")
    return value


def _command(value: str) -> str:
    try:
        shlex.split(value)
    except ValueError:
        raise ValueError("must be a command with its arguments, as a shell would read them") from None
    return value


class Settings(BaseSettings):
    """What a deployment decides. Every field is the environment variable of the same name in capitals."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", str_strip_whitespace=True)

    database_url: Annotated[str, AfterValidator(_database_url)] = "sqlite:///var/eventsite.sqlite"
    secret_key: Annotated[str, AfterValidator(_secret)]
    site_url: Annotated[str, AfterValidator(_site_url)]
    smtp_url: Annotated[str, AfterValidator(_smtp_url)] = "smtp://127.0.0.1:25"
    mail_from: Annotated[str, AfterValidator(_address)]
    mail_reply_to: Annotated[str, AfterValidator(_address_if_any)] = ""
    mail_rate: Annotated[str, AfterValidator(_mail_rate)] = ""
    smtp_oauth_token_command: Annotated[str, AfterValidator(_command)] = ""
    dkim_domain: Annotated[str, AfterValidator(_domain_if_any), AfterValidator(str.lower)] = ""
    dkim_selector: Annotated[str, AfterValidator(_domain_if_any)] = ""
    dkim_key_file: str = ""
    mail_replies: Literal["on", "off"] = "on"
    mail_hold_uid: Literal["event", "own"] = "event"
    invite_attachment: Literal["on", "off"] = "on"
    mail_uid_domain: Annotated[str, AfterValidator(_domain_if_any)] = ""
    mail_authserv_id: Annotated[str, AfterValidator(_domain_if_any), AfterValidator(str.lower)] = ""
    lmtp_listen: Annotated[str, AfterValidator(_lmtp_listen)] = ""
    controller_name: str = "Healthcare Partnership Network"
    controller_contact: Annotated[str, AfterValidator(_address_if_any)] = ""
    forwarded_allow_ips: Annotated[str, AfterValidator(_networks)] = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8000
    log_format: Literal["json", "text"] = "text"

    @model_validator(mode="after")
    def _belong_together(self) -> Self:
        dkim = (self.dkim_domain, self.dkim_selector, self.dkim_key_file)
        if any(dkim) and not all(dkim):
            raise ValueError("DKIM_DOMAIN, DKIM_SELECTOR and DKIM_KEY_FILE belong together: set all three or none")
        if self.dkim_domain and not f".{self.mail_domain}".endswith(f".{self.dkim_domain}"):
            raise ValueError("DKIM_DOMAIN must be the domain of MAIL_FROM or one that it belongs to")
        server = urlsplit(self.smtp_url)
        if self.smtp_oauth_token_command and (not server.username or server.password):
            raise ValueError("SMTP_OAUTH_TOKEN_COMMAND needs a user and no password in SMTP_URL: smtp://user@host:587")
        return self

    @property
    def is_https(self) -> bool:
        """Whether readers reach the site over TLS: cookies keep to it and HSTS is sent."""
        return self.site_url.startswith("https://")

    @property
    def uid_domain(self) -> str:
        """The right half of every UID and Message-ID: MAIL_UID_DOMAIN, else the host of SITE_URL."""
        return self.mail_uid_domain or urlsplit(self.site_url).hostname or "localhost"

    @property
    def mail_domain(self) -> str:
        """The domain of MAIL_FROM, where replies and bounces come home to."""
        return self.mail_from.rpartition("@")[2].lower()

    @property
    def lmtp_address(self) -> str | tuple[str, int]:
        """Where LMTP_LISTEN says: the path of a socket, or host and port; empty where nowhere."""
        match = LMTP_PORT.fullmatch(self.lmtp_listen)
        return (match["host"].strip("[]"), int(match["port"])) if match else self.lmtp_listen.removeprefix("unix:")

    @property
    def contact(self) -> str:
        """The address people write to about their data and about the site."""
        return self.controller_contact or self.mail_reply_to or self.mail_from


def load_settings(given: Mapping[str, object] | None = None) -> Settings:
    """Settings from the environment, overruled by `given` (field names); raises BadSettings."""
    try:
        return Settings(**dict(given or {}))  # type: ignore[arg-type]  # -- the values are checked by pydantic itself
    except ValidationError as error:
        raise BadSettings("\n".join(_sentence(item["loc"], item["msg"]) for item in error.errors())) from None


def _sentence(where: tuple[int | str, ...], message: str) -> str:
    said = message.removeprefix("Value error, ")
    if not where:
        return f"{said}."
    name = str(where[0]).upper()
    return f"{name} is missing." if said == "Field required" else f"{name} {said[0].lower()}{said[1:]}."
