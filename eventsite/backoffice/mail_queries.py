"""What the desk asks about mail, in as many queries for one row as for a thousand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from eventsite.database import execute
from eventsite.errors import NotFound
from eventsite.mail.addresses import address_pattern
from eventsite.mail.tables import SuppressionReason

PAGE_LENGTH = 50

COUNTS = """
    SELECT
      (SELECT COUNT(*) FROM outbox_letter WHERE state = 'dead') AS given_up,
      (SELECT COUNT(*) FROM suppression) AS stopped,
      (SELECT COUNT(*) FROM inbound_letter WHERE outcome = 'quarantined') AS inbox
"""
STOPPED = """
    SELECT stopped.id, stopped.address_key, stopped.reason, stopped.words, stopped.suppressed_at,
      COALESCE(person.name, organiser.name, '') AS name,
      (SELECT COUNT(*) FROM outbox_letter AS letter
        WHERE letter.recipient_key = stopped.address_key AND letter.state = 'dead') AS given_up
    FROM suppression AS stopped
    LEFT JOIN person ON person.email_key = stopped.address_key
    LEFT JOIN organiser ON organiser.email_key = stopped.address_key
"""
OF_ADDRESS = f"{STOPPED} WHERE stopped.address_key = {{}}"
ONE_STOPPED = f"{STOPPED} WHERE stopped.id = {{}}"
PAGE_OF_STOPPED = f"{STOPPED} ORDER BY stopped.suppressed_at DESC, stopped.id DESC LIMIT {{}} OFFSET {{}}"

IS_STOPPED = "EXISTS (SELECT 1 FROM suppression WHERE suppression.address_key = letter.recipient_key)"
GIVEN_UP = "FROM outbox_letter AS letter WHERE letter.state = 'dead' AND letter.recipient_key LIKE {} ESCAPE '!'"
TOTALS = f"""
    SELECT COUNT(CASE WHEN NOT {IS_STOPPED} THEN 1 END) AS letters,
      COUNT(DISTINCT CASE WHEN NOT {IS_STOPPED} THEN letter.recipient_key END) AS addresses,
      COUNT(CASE WHEN {IS_STOPPED} THEN 1 END) AS kept_back
    {GIVEN_UP}
"""
LINES = f"""
    SELECT letter.id, letter.recipient, letter.subject, letter.created_at, COALESCE(letter.last_error, '') AS words
    {GIVEN_UP} AND NOT {IS_STOPPED} ORDER BY letter.id DESC LIMIT {{}} OFFSET {{}}
"""


@dataclass(frozen=True, slots=True)
class MailCounts:
    """How many letters were given up, addresses letters are kept from, and messages that wait to be looked at."""

    given_up: int
    stopped: int
    inbox: int


@dataclass(frozen=True, slots=True)
class StoppedAddress:
    """An address that letters are kept from, why, since when (UTC), and whose it is; `name` is empty for a stranger's.

    `words` are the mail server's own, `given_up` counts the letters to it that were given up.
    """

    id: str
    address_key: str
    reason: SuppressionReason
    words: str
    suppressed_at: datetime
    name: str
    given_up: int


@dataclass(frozen=True, slots=True)
class GivenUp:
    """What sending all again would do: to how many letters and addresses, and how many stay since theirs is stopped."""

    letters: int
    addresses: int
    kept_back: int


@dataclass(frozen=True, slots=True)
class GivenUpLine:
    """A letter that was given up, with the mail server's own words. The time is UTC."""

    id: str
    recipient: str
    subject: str
    created_at: datetime
    words: str


async def mail_counts() -> MailCounts:
    """What the pages about mail count, at one moment."""
    return MailCounts(**(await execute(COUNTS))[0])


async def stopped_addresses(page: int = 1) -> Sequence[StoppedAddress]:
    """A page of the addresses that letters are kept from, the newest first; pages count from 1."""
    return [_stopped(row) for row in await execute(PAGE_OF_STOPPED, PAGE_LENGTH, (page - 1) * PAGE_LENGTH)]


async def get_stopped(stopped_id: str) -> StoppedAddress:
    """One of them; raises NotFound."""
    rows = await execute(ONE_STOPPED, stopped_id)
    if not rows:
        raise NotFound
    return _stopped(rows[0])


async def stopped_address(address_key: str) -> StoppedAddress | None:
    """Why letters are kept from an address (casefolded), if they are."""
    rows = await execute(OF_ADDRESS, address_key)
    return _stopped(rows[0]) if rows else None


async def given_up(to: str = "") -> GivenUp:
    """What sending all again would do, of the letters to addresses with these characters in them."""
    return GivenUp(**(await execute(TOTALS, address_pattern(to)))[0])


async def given_up_lines(to: str = "", page: int = 1) -> Sequence[GivenUpLine]:
    """A page of the letters that would be sent again, the newest first; pages count from 1."""
    rows = await execute(LINES, address_pattern(to), PAGE_LENGTH, (page - 1) * PAGE_LENGTH)
    return [GivenUpLine(**row) for row in rows]


def _stopped(row: dict[str, object]) -> StoppedAddress:
    return StoppedAddress(**{**row, "reason": SuppressionReason(str(row["reason"]))})  # type: ignore[arg-type]  # -- a row has these columns
