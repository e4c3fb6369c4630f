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
    SUPERSEDED = "superseded"
    """Overtaken by a newer letter of its thread before it was delivered: never sent."""


class Cause(StrEnum):
    """Whose deed a letter follows from."""

    VISITOR = "visitor"
    """An anonymous form, whose address nobody has proved: at most three a day to one address."""
    ORGANISER = "organiser"
    SYSTEM = "system"


class SuppressionReason(StrEnum):
    """Why letters are kept from an address."""

    BOUNCED = "bounced"
    COMPLAINED = "complained"
    """Its reader pressed "junk" (RFC 5965)."""


class InboundKind(StrEnum):
    """What a message that came home is."""

    REPLY = "reply"
    """An answer to an invitation (RFC 5546 section 3.2.3)."""
    BOUNCE = "bounce"
    COMPLAINT = "complaint"
    OTHER = "other"


class InboundOutcome(StrEnum):
    """What became of it."""

    APPLIED = "applied"
    IGNORED = "ignored"
    """Understood, and nothing was to be done: a stale reply, a delay."""
    QUARANTINED = "quarantined"


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
    thread = Varchar(length=40, default=None, null=True, help_text="Letters of one thread go in order; see `outbox`.")
    useful_until = Timestamptz(default=None, null=True, help_text="Not tried again after this.")
    created_at = Timestamptz(default=None, null=False)
    sent_at = Timestamptz(default=None, null=True)


class Suppression(Table, tablename="suppression"):
    """An address that letters are kept from, until an organiser lifts it."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    address_key = Varchar(length=254, unique=True, help_text="The address casefolded.")
    reason = Varchar(length=12, help_text="A `SuppressionReason`.")
    words = Text(help_text="The mail server's own.")
    suppressed_at = Timestamptz(default=None, null=False)


class Bounce(Table, tablename="bounce"):
    """A mail server's notice that a letter did not arrive (RFC 3464), or its refusal while we spoke to it."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    address_key = Varchar(length=254, index=True)
    letter = Varchar(length=16, default=None, null=True, help_text="The outbox letter's id, where it is known.")
    action = Varchar(length=12, help_text="RFC 3464 section 2.3.3: failed, delayed and so on.")
    status = Varchar(length=16, help_text="RFC 3463, such as 5.1.1.")
    words = Text(help_text="The mail server's own.")
    is_hard = Boolean(default=False, help_text="The address will never work.")
    bounced_at = Timestamptz(default=None, null=False)


class InboundLetter(Table, tablename="inbound_letter"):
    """A message that came home: a reply to an invitation, a bounce, or something else, and what became of it."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    digest = Varchar(length=64, unique=True, help_text="SHA-256 of the message: the same one twice is one.")
    recipient = Varchar(length=254, help_text="The address of ours it came to.")
    sender_key = Varchar(length=254, index=True, help_text="Whom it is from, casefolded.")
    kind = Varchar(length=12, help_text="An `InboundKind`.")
    outcome = Varchar(length=12, help_text="An `InboundOutcome`.")
    reason = Text(help_text="Why it was not acted on, as a sentence.")
    content = Bytea(default=None, null=True, help_text="The message itself, while it is in quarantine.")
    received_at = Timestamptz(default=None, null=False)


class MailPace(Table, tablename="mail_pace"):
    """How fast letters may go, for all workers together: one row for each limit (a token bucket kept as a moment)."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    full_at = Timestamptz(default=None, null=False, help_text="When the bucket is full again.")
