"""Organisers for tests: accounts as rows, and browsers that are signed in without the cost of a password."""

import secrets
from datetime import UTC, datetime
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import httpx2

from eventsite.organisers.guard import COOKIE
from eventsite.organisers.passwords import hash_password
from eventsite.organisers.queries import digest_of
from eventsite.organisers.rules import SIGNED_IN_FOR_AT_MOST
from eventsite.organisers.tables import Organiser, Role, SignIn
from tests.conftest import SITE_URL

MADE_AT = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
PASSWORD = "brass lantern over quiet fields"

_numbers = count(1)
_hashes: dict[str, str] = {}


async def make_organiser(*, password: str | None = PASSWORD, **given: Any) -> Organiser:
    """An owner called Olive who has set PASSWORD; None for one who has not set any."""
    email = given.pop("email", f"olive-{next(_numbers)}@example.org")
    values: dict[str, Any] = {
        "email": email,
        "email_key": email.casefold(),
        "name": "Olive Organiser",
        "role": Role.OWNER.value,
        "password_hash": await _hash_of(password) if password else None,
        "created_at": MADE_AT,
    }
    organiser = Organiser(**values | given)
    await organiser.save()
    return organiser


async def make_sign_in(organiser: Organiser, *, now: datetime) -> str:
    """A sign-in of an organiser, made just now; returns its token."""
    token = secrets.token_urlsafe(32)
    await SignIn(
        organiser=organiser.id,
        token_digest=digest_of(token),
        created_at=now,
        last_seen_at=now,
        expires_at=now + SIGNED_IN_FOR_AT_MOST,
    ).save()
    return token


async def signed_in(browser: httpx2.AsyncClient, *, now: datetime, role: Role = Role.OWNER, **given: Any) -> Organiser:
    """Signs a browser in as a new organiser, whom it returns."""
    organiser = await make_organiser(role=role.value, password=None, **given)
    bring(browser, await make_sign_in(organiser, now=now))
    return organiser


def bring(browser: httpx2.AsyncClient, token: str) -> None:
    """Puts a sign-in's cookie into a browser."""
    browser.cookies.set(COOKIE, token, domain=urlsplit(SITE_URL).hostname or "", path="/")


async def _hash_of(password: str) -> str:
    if password not in _hashes:
        _hashes[password] = await hash_password(password)
    return _hashes[password]
