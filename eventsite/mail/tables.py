"""The outbox: finished letters, each waiting for, on its way to, or done with a mail server."""

from enum import StrEnum

from piccolo.columns import Boolean, Bytea, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from eventsite.database.ids import new_id


class LetterState(StrEnum):
    """Where a letter stands."""

    WAITING = "waiting"
    """Due at `due_at`, for the first time or again."""
    SENDING = "sending"
    """Claimed by one worker until `lease_until`."""
    SENT = "sent"
    """A mail server said yes to it."""
    DEAD = "dead"
    """Given up; an organiser may queue it again."""


class Cause(StrEnum):
    """Whose deed a letter follows from."""

    VISITOR = "visitor"
    """An anonymous form, whose address nobody has proved: at most three a day to one address."""
    ORGANISER = "organiser"
    SYSTEM = "system"


class OutboxLetter(Table, tablename="outbox_letter"):
    """One finished letter and how far it has come. All times are UTC."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    key = Varchar(length=120, unique=True, help_text="What makes the letter one.")
    kind = Varchar(length=60, help_text="The name of its template.")
    message_id = Varchar(length=255, help_text="With its angle brackets; the same at every attempt.")
    sender = Varchar(length=254, help_text="The envelope's sender.")
    recipient = Varchar(length=254)
    recipient_key = Varchar(length=254, help_text="The address casefolded, to compare by.")
    subject = Varchar(length=255)
    content = Bytea(help_text="The letter itself: RFC 5322, CRLF, 7-bit.")
    cause = Varchar(length=10, help_text="A `Cause`.")
    state = Varchar(length=10, default=LetterState.WAITING.value, help_text="A `LetterState`.")
    due_at = Timestamptz(default=None, null=False, help_text="Not before; once claimed: when it was tried.")
    attempts = Integer(default=0, help_text="Deliveries begun; also the number that fences a stale worker off.")
    lease_until = Timestamptz(default=None, null=True)
    lease_owner = Varchar(length=60, default=None, null=True)
    last_error = Text(default=None, null=True, help_text="The mail server's own words.")
    uncertain = Boolean(default=False, help_text="The line broke after the letter was handed over.")
    created_at = Timestamptz(default=None, null=False)
    sent_at = Timestamptz(default=None, null=True)
