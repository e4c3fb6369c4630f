"""What a bounce or a complaint does: to the letter it is about, and to the address that the letter went to.

A letter is known by the token in the address that the report came to (VERP), or that the letter was sent from; failing
that by its Message-ID, if the report names its receiver too. An address alone proves nothing: anybody could
stop our letters to anybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from eventsite.database import execute
from eventsite.errors import Refusal
from eventsite.mail.homecoming import read_home_address
from eventsite.mail.outbox import message_id_of
from eventsite.mail.reports import DeliveryStatus, Report
from eventsite.mail.suppression import note_bounce, suppress
from eventsite.mail.tables import SuppressionReason
from eventsite.settings import Settings
from eventsite.tokens import Purpose

_FIND = "SELECT id, recipient_key FROM outbox_letter WHERE id = {}"
_RETURNED = "UPDATE outbox_letter SET state = 'dead', last_error = {} WHERE id = {} AND state = 'sent'"


class NothingToDo(Refusal):
    """It was understood, and there was nothing to do."""


class UnknownLetter(Refusal):
    """It is about no letter of ours, or does not prove that it is."""


@dataclass(frozen=True, slots=True)
class ReportedLetter:
    """A letter of ours that somebody's server reports on. `recipient_key` is the address it went to, casefolded."""

    id: str
    recipient_key: str


async def reported_letter(report: Report, *, came_for: str | None, settings: Settings) -> ReportedLetter:
    """The letter that a report is about. `came_for` is the letter whose token the report's own recipient has.

    Raises UnknownLetter, or NothingToDo where the letter was ours and has been deleted.
    """
    by_token = [came_for] if came_for else list(_by_return_path(report, settings))
    for letter_id in by_token:
        if found := await _find(letter_id):
            return found
    if by_token:
        raise NothingToDo("The letter it is about has been deleted since.")
    for letter_id in _by_message_id(report, settings):
        found = await _find(letter_id)
        if found and found.recipient_key in {status.recipient for status in report.statuses}:
            return found
    raise UnknownLetter


async def take_bounce(report: Report, letter: ReportedLetter, *, now: datetime) -> bool:
    """Notes a bounce as part of the caller's transaction; whether letters to the address are stopped because of it.

    A letter that did not arrive is given up with the server's words, so that an organiser sees it and may send it
    again. Raises NothingToDo where it did arrive.
    """
    status = _about(letter, report.statuses)
    if status.action not in {"failed", "delayed"}:
        raise NothingToDo("It says that the letter arrived.")
    if status.action == "failed":
        await execute(_RETURNED, status.words, letter.id)
    said = {"action": status.action, "status": status.status, "words": status.words}
    return await note_bounce(letter.recipient_key, letter_id=letter.id, now=now, **said)


async def take_complaint(report: Report, letter: ReportedLetter, *, now: datetime) -> None:
    """Keeps letters from an address whose reader pressed "junk", as part of the caller's transaction."""
    words = report.statuses[0].words
    await suppress(letter.recipient_key, reason=SuppressionReason.COMPLAINED, words=words, now=now)


def _about(letter: ReportedLetter, statuses: tuple[DeliveryStatus, ...]) -> DeliveryStatus:
    """What is said of the address we wrote to; where it was forwarded, of the one it was forwarded to."""
    ours = [status for status in statuses if status.recipient == letter.recipient_key]
    failed = [status for status in statuses if status.action == "failed"]
    return (ours or failed or list(statuses))[0]


def _by_return_path(report: Report, settings: Settings) -> Iterator[str]:
    for address in report.return_paths:
        home = read_home_address(settings, address)
        if home and home.purpose is Purpose.BOUNCE:
            yield home.row_id


def _by_message_id(report: Report, settings: Settings) -> Iterator[str]:
    for message_id in report.message_ids:
        letter_id = message_id.strip("<>").partition("@")[0]
        if message_id == message_id_of(letter_id, settings):
            yield letter_id


async def _find(letter_id: str) -> ReportedLetter | None:
    rows = await execute(_FIND, letter_id)
    return ReportedLetter(**rows[0]) if rows else None
