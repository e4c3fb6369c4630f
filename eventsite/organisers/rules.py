"""How long an organiser stays signed in, how long a link is good, and where a sign-in may lead."""

import re
from datetime import datetime, timedelta

from eventsite.errors import Refusal
from eventsite.organisers.tables import Role

LINK_IS_GOOD_FOR = timedelta(days=3)
IDLE_FOR_AT_MOST = timedelta(hours=2)
SIGNED_IN_FOR_AT_MOST = timedelta(hours=12)
SEEN_IS_NOTED_EVERY = timedelta(minutes=1)

OWNERS = frozenset({Role.OWNER})
EDITORS = frozenset({Role.OWNER, Role.EDITOR})
MODERATORS = frozenset({Role.OWNER, Role.MODERATOR})
EVERYBODY = frozenset(Role)

DESK = "/organise"
# Nothing that a browser could read as another site: no second slash, no backslash, no encoded path, no scheme.
_DESK_ADDRESS = re.compile(r"/organise(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*/?(?:\?[A-Za-z0-9._~&=%+-]*)?")


class LinkSpent(Refusal):
    """This link has been used, replaced by a newer one, or is more than three days old. Ask an owner for a new one."""


def desk_address(wanted: str) -> str:
    """The address on the desk to go to after signing in: the one wanted, or the desk's first page for any other."""
    is_door = wanted.startswith(("/organise/sign-", "/organise/password"))
    return wanted if _DESK_ADDRESS.fullmatch(wanted) and not is_door else f"{DESK}/"


def is_link_fresh(made_at: datetime | None, now: datetime) -> bool:
    """Whether a one-time link made then may still be used; None means that there is none."""
    return made_at is not None and now - made_at < LINK_IS_GOOD_FOR


def is_worth_noting(last_seen_at: datetime, now: datetime) -> bool:
    """Whether the moment an organiser was last seen is old enough to write a newer one."""
    return now - last_seen_at >= SEEN_IS_NOTED_EVERY
