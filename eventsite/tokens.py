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


class Purpose(StrEnum):
    """What a link is for. A token made for one purpose is worth nothing for another."""

    MY = "my"
    QUESTION = "question"
    PASSWORD = "password"  # noqa: S105  -- the name of a purpose


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


def keyed_digest(secret: str, purpose: str, text: str) -> str:
    """A digest of a text that cannot be looked up without the secret (64 hexadecimal characters)."""
    return hmac.digest(secret.encode(), f"{purpose}\n{text}".encode(), "sha256").hex()


def _mac(secret: str, purpose: Purpose, row_id: str, version: int) -> str:
    digest = hmac.digest(secret.encode(), f"{purpose}:{row_id}:{version}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest[:16]).rstrip(b"=").decode()
