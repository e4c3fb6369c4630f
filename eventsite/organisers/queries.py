"""What is asked about organisers: who somebody is by a sign-in, an address or a link, and who there is."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from eventsite.database import execute
from eventsite.errors import NotFound
from eventsite.organisers.rules import IDLE_FOR_AT_MOST, LinkSpent, is_link_fresh
from eventsite.organisers.tables import Organiser, Role
from eventsite.tokens import Purpose, is_valid_token, read_row_id


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The organiser a request comes from."""

    id: str
    name: str
    email: str
    role: Role


@dataclass(frozen=True, slots=True)
class LiveSignIn:
    """A sign-in that still holds, and whose it is."""

    id: str
    last_seen_at: datetime
    organiser: SignedIn


LIVE = """
    SELECT sign_in.id AS sign_in_id, sign_in.last_seen_at, organiser.id, organiser.name, organiser.email, organiser.role
    FROM sign_in JOIN organiser ON organiser.id = sign_in.organiser
    WHERE sign_in.token_digest = {} AND sign_in.expires_at > {} AND sign_in.last_seen_at > {}
      AND organiser.disabled_at IS NULL
"""


def digest_of(token: str) -> str:
    """What the database keeps of a sign-in's token: 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


async def live_sign_in(token: str, *, now: datetime) -> LiveSignIn | None:
    """The sign-in of a token; None for one that is unknown, idle too long, too old, or of a disabled account."""
    rows = await execute(LIVE, digest_of(token), now, now - IDLE_FOR_AT_MOST)
    if not rows:
        return None
    row = rows[0]
    who = SignedIn(row["id"], row["name"], row["email"], Role(row["role"]))
    return LiveSignIn(row["sign_in_id"], row["last_seen_at"], who)


async def organiser_by_key(email_key: str) -> Organiser | None:
    """The account of an address (casefolded), if there is one."""
    return await Organiser.objects().get(Organiser.email_key == email_key)


async def get_organiser(organiser_id: str) -> Organiser:
    """The account of that id; raises NotFound."""
    organiser = await Organiser.objects().get(Organiser.id == organiser_id)
    if organiser is None:
        raise NotFound("There is no such organiser.")
    return organiser


async def get_organiser_by_key(email_key: str) -> Organiser:
    """The account of an address (casefolded); raises NotFound."""
    organiser = await organiser_by_key(email_key)
    if organiser is None:
        raise NotFound("There is no organiser with that address.")
    return organiser


async def organiser_by_link(token: str, *, secret: str, now: datetime) -> Organiser:
    """Whose password a one-time link sets; raises LinkSpent for one that is made up, used, replaced or too old."""
    organiser_id = read_row_id(token)
    organiser = await Organiser.objects().get(Organiser.id == organiser_id) if organiser_id else None
    if organiser is None or not is_valid_token(secret, Purpose.PASSWORD, token, organiser.link_version):
        raise LinkSpent
    if organiser.disabled_at or not is_link_fresh(organiser.link_made_at, now):
        raise LinkSpent
    return organiser


async def organisers() -> list[Organiser]:
    """Everybody who has or had an account, those who may sign in first, then by name."""
    everybody = await Organiser.objects().order_by(Organiser.name, Organiser.id)
    return sorted(everybody, key=lambda organiser: organiser.disabled_at is not None)
