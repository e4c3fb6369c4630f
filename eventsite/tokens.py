"""Tokens in links: an HMAC over purpose, row and version.

Nothing usable lies in the database, a link can be shown again whenever it is needed, and raising the version in the
row revokes every link made before. A token is the row's id (16 characters) and 128 bits of HMAC-SHA256 (22 characters
of URL-safe base64), 38 characters in all.
"""

import base64
import hashlib
import hmac
import re
from enum import StrEnum

_SHAPE = re.compile(r"([0-9a-z]{16})([0-9A-Za-z_-]{22})")
_MAIL_SHAPE = re.compile(r"([0-9a-z]{16})([a-z2-7]{26})")


class Purpose(StrEnum):
    """What a link is for. A token made for one purpose is worth nothing for another."""

    MY = "my"
    QUESTION = "question"
    PASSWORD = "password"  # noqa: S105  -- the name of a purpose
    CALENDAR = "calendar"
    UNSUBSCRIBE = "unsubscribe"
    CHAIR = "chair"
    """Runs a panel from the chair's own phone or tablet."""
    SCREEN = "screen"
    """Shows the room what is being asked, and does nothing else."""
    RSVP = "rsvp"
    """In the address that answers to one invitation come home to."""
    BOUNCE = "bounce"
    """In the address that one letter comes back to when it cannot be delivered (VERP)."""


def make_token(secret: str, purpose: Purpose, row_id: str, version: int) -> str:
    """The token for a row: the same for the same four values, for ever."""
    return row_id + _mac(secret, purpose, row_id, version)


def read_row_id(token: str) -> str | None:
    """The id of the row a token claims to be for, or None where it has not a token's shape. Proves nothing yet."""
    match = _SHAPE.fullmatch(token)
    return match[1] if match else None


def is_valid_token(secret: str, purpose: Purpose, token: str, version: int) -> bool:
    """Whether this very token was made with this secret for this purpose and the row's present version."""
    match = _SHAPE.fullmatch(token)
    return match is not None and hmac.compare_digest(match[2], _mac(secret, purpose, match[1], version))


def make_mail_token(secret: str, purpose: Purpose, row_id: str) -> str:
    """The token for a row in a mail address of ours: the same 128 bits in 42 characters, of one case.

    Mail servers may change the case of an address on its way (RFC 5321 section 2.4 says they should not).
    """
    return row_id + base64.b32encode(_digest(secret, purpose, row_id, 0)).rstrip(b"=").decode().lower()


def read_mail_token(secret: str, purpose: Purpose, token: str) -> str | None:
    """The row's id, or None where this token was not made with this secret for this purpose. The case is ignored."""
    match = _MAIL_SHAPE.fullmatch(token.lower())
    is_ours = match is not None and hmac.compare_digest(token.lower(), make_mail_token(secret, purpose, match[1]))
    return match[1] if match and is_ours else None


def keyed_digest(secret: str, purpose: str, text: str) -> str:
    """A digest of a text that cannot be looked up without the secret (64 hexadecimal characters)."""
    return hmac.digest(secret.encode(), f"{purpose}\n{text}".encode(), "sha256").hex()


def _mac(secret: str, purpose: Purpose, row_id: str, version: int) -> str:
    return base64.urlsafe_b64encode(_digest(secret, purpose, row_id, version)).rstrip(b"=").decode()


def _digest(secret: str, purpose: Purpose, row_id: str, version: int) -> bytes:
    return hmac.digest(secret.encode(), f"{purpose}:{row_id}:{version}".encode(), hashlib.sha256)[:16]
