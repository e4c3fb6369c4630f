"""What is done to organisers' accounts and sign-ins. Each deed is one transaction with its ledger entry."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from eventsite import ledger
from eventsite.database import execute, is_unique_violation, new_id, transaction
from eventsite.errors import Refusal
from eventsite.mail.addresses import Address
from eventsite.organisers import passwords
from eventsite.organisers.queries import digest_of, organiser_by_key
from eventsite.organisers.rules import LINK_IS_GOOD_FOR, SIGNED_IN_FOR_AT_MOST, LinkSpent
from eventsite.organisers.tables import Organiser, Role, SignIn


class WrongCredentials(Refusal):
    """The email address or the password is not right. Check both and try again"""


class AlreadyAnOrganiser(Refusal):
    """There is an organiser with that address already. Make a new link for them instead"""

    field = "email"


class LastOwner(Refusal):
    """This is the last owner who can sign in. Add another owner first."""


class AlreadyDisabled(Refusal):
    """This account is disabled already."""


@dataclass(frozen=True, slots=True)
class NewOrganiser:
    """Who is to be let in, and as what."""

    email: Address
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Credentials:
    """What somebody says at the door: an address (casefolded) and a password."""

    email_key: str
    password: str


async def add_organiser(draft: NewOrganiser, *, actor: str, now: datetime) -> Organiser:
    """An account without a password, and a link to set one that is good for three days. Raises AlreadyAnOrganiser."""
    organiser = Organiser(
        email=draft.email.spec,
        email_key=draft.email.key,
        name=draft.name,
        role=draft.role.value,
        link_made_at=now,
        created_at=now,
    )
    try:
        async with transaction():
            await organiser.save()
            await _enter("organiser.added", organiser.id, actor, now, role=draft.role.value)
    except Exception as error:
        if is_unique_violation(error):
            raise AlreadyAnOrganiser from error
        raise
    return organiser


RENEW = """
    UPDATE organiser SET link_version = link_version + 1, link_made_at = {}, password_hash = NULL, disabled_at = NULL
    WHERE id = {} RETURNING link_version
"""


async def reset_organiser(organiser: Organiser, *, actor: str, now: datetime) -> int:
    """Takes the password away, ends every sign-in, opens a disabled account again; returns the new link's version."""
    async with transaction():
        rows = await execute(RENEW, now, organiser.id)
        await _end_sign_ins(organiser.id)
        await _enter("organiser.reset", organiser.id, actor, now)
    version: int = rows[0]["link_version"]
    return version


# Writing the rows to themselves holds them until the end, on either engine: of two owners who disable each other at
# the same moment, the second waits and then sees that one is left.
HOLD_OWNERS = "UPDATE organiser SET role = role WHERE role = 'owner' AND disabled_at IS NULL RETURNING id"
DISABLE = """
    UPDATE organiser SET disabled_at = {}, link_version = link_version + 1, link_made_at = NULL
    WHERE id = {} AND disabled_at IS NULL RETURNING id
"""


async def disable_organiser(organiser: Organiser, *, actor: str, now: datetime) -> None:
    """Shuts an account: every sign-in ends and the link is spent. Raises LastOwner or AlreadyDisabled."""
    async with transaction():
        owners = {row["id"] for row in await execute(HOLD_OWNERS)}
        if owners == {organiser.id}:
            raise LastOwner
        if not await execute(DISABLE, now, organiser.id):
            raise AlreadyDisabled
        await _end_sign_ins(organiser.id)
        await _enter("organiser.disabled", organiser.id, actor, now)


SPEND_LINK = """
    UPDATE organiser SET password_hash = {}, link_version = link_version + 1, link_made_at = NULL
    WHERE id = {} AND link_version = {} AND link_made_at > {} AND disabled_at IS NULL RETURNING id
"""


async def set_password(organiser: Organiser, password: str, *, now: datetime) -> None:
    """Sets the password by the link that `organiser.link_version` stands for, spends it, and ends every sign-in.

    Raises UnfitPassword, or LinkSpent where the link was used or replaced meanwhile.
    """
    passwords.ensure_is_fit(password, about=f"{organiser.name} {organiser.email}")
    hashed = await passwords.hash_password(password)
    async with transaction():
        rows = await execute(SPEND_LINK, hashed, organiser.id, organiser.link_version, now - LINK_IS_GOOD_FOR)
        if not rows:
            raise LinkSpent
        await _end_sign_ins(organiser.id)
        await _enter("organiser.password_set", organiser.id, organiser.id, now)


LET_IN = """
    UPDATE organiser SET password_hash = {} WHERE id = {} AND password_hash = {} AND disabled_at IS NULL RETURNING id
"""


async def sign_in(credentials: Credentials, *, replacing: str | None = None, now: datetime) -> str:
    """Opens a sign-in and returns its token, which nobody can find out again; ends the one whose token is `replacing`.

    Raises WrongCredentials, in the same words and after the same time, for an unknown address, a disabled account and
    a wrong password.
    """
    organiser = await organiser_by_key(credentials.email_key)
    known = organiser.password_hash if organiser else None
    is_right = await passwords.is_right(known, credentials.password)
    if organiser is None or known is None or not is_right or organiser.disabled_at:
        raise WrongCredentials
    fresh = await passwords.hash_password(credentials.password) if passwords.is_outdated(known) else known
    token = secrets.token_urlsafe(32)
    async with transaction():
        if not await execute(LET_IN, fresh, organiser.id, known):
            raise WrongCredentials
        await _forget_ended(organiser.id, now)
        if replacing:
            await SignIn.delete().where(SignIn.token_digest == digest_of(replacing))
        await _open(organiser.id, token, now)
        await _enter("organiser.signed_in", organiser.id, organiser.id, now)
    return token


async def sign_out(token: str, *, now: datetime) -> None:
    """Ends the sign-in of a token; one that has ended already stays so."""
    async with transaction():
        rows = await execute("DELETE FROM sign_in WHERE token_digest = {} RETURNING organiser", digest_of(token))
        if rows:
            await _enter("organiser.signed_out", rows[0]["organiser"], rows[0]["organiser"], now)


async def note_seen(sign_in_id: str, *, now: datetime) -> None:
    """Writes down that a sign-in was used just now."""
    await execute("UPDATE sign_in SET last_seen_at = {} WHERE id = {}", now, sign_in_id)


async def _open(organiser_id: str, token: str, now: datetime) -> None:
    sign_in = SignIn(
        id=new_id(),
        organiser=organiser_id,
        token_digest=digest_of(token),
        created_at=now,
        last_seen_at=now,
        expires_at=now + SIGNED_IN_FOR_AT_MOST,
    )
    await sign_in.save()


async def _forget_ended(organiser_id: str, now: datetime) -> None:
    await execute("DELETE FROM sign_in WHERE organiser = {} AND expires_at <= {}", organiser_id, now)


async def _end_sign_ins(organiser_id: str) -> None:
    await execute("DELETE FROM sign_in WHERE organiser = {}", organiser_id)


async def _enter(deed: str, organiser_id: str, actor: str, now: datetime, **details: object) -> None:
    await ledger.record(deed, subject=("organiser", organiser_id), actor=actor, now=now, details=details)
