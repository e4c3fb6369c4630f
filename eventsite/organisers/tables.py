"""The people who run the site, and their sign-ins."""

from enum import StrEnum

from piccolo.columns import ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from eventsite.database.ids import new_id


class Role(StrEnum):
    """What an organiser may do: an owner everything, the others a part of it.

    An editor: what is published, and who comes. A moderator: the questions, those that are held too. A viewer reads.
    """

    OWNER = "owner"
    EDITOR = "editor"
    MODERATOR = "moderator"
    VIEWER = "viewer"


class Organiser(Table, tablename="organiser"):
    """An account at `/organise`. Raising `link_version` spends the one-time link to set a password."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    email = Varchar(length=254)
    email_key = Varchar(length=254, unique=True)
    name = Varchar(length=120)
    role = Varchar(length=12, choices=Role)
    password_hash = Text(null=True, default=None)
    link_version = Integer(default=0)
    link_made_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz(default=None)
    disabled_at = Timestamptz(null=True, default=None)


class SignIn(Table, tablename="sign_in"):
    """A browser an organiser is signed in with. The cookie's token lies here as a SHA-256 digest only."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    organiser = ForeignKey(references=Organiser, null=False, index=True)
    token_digest = Varchar(length=64, unique=True)
    created_at = Timestamptz(default=None)
    last_seen_at = Timestamptz(default=None)
    expires_at = Timestamptz(default=None)
