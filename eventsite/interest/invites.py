"""What a person's calendar is told of an entry, by letters that carry an invitation (RFC 5546, RFC 6047).

Each `Invite` row is one entry in one person's calendar. Its row is locked first, so that two deeds at once are one
after the other; the newest letter supersedes what still waits, so that no calendar is told first what came last.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from eventsite.calendars import itip
from eventsite.calendars.entries import MAX_SEQUENCE, Entry
from eventsite.database import execute, for_update, new_id
from eventsite.mail.homecoming import home_address
from eventsite.mail.letters import Invitation, Letter
from eventsite.mail.outbox import enqueue, message_id_of, supersede
from eventsite.mail.tables import Cause
from eventsite.people.services import KnownPerson
from eventsite.settings import Settings
from eventsite.stationery import Stationery
from eventsite.tokens import Purpose

FIND = "SELECT * FROM invite WHERE person = {} AND uid = {}"
ADD = """
    INSERT INTO invite (id, person, event, session, uid, attendee, organizer, method, sequence, digest, stamped_at,
        message_id, partstat) VALUES ({}, {}, {}, {}, {}, {}, {}, 'REQUEST', {}, {}, {}, {}, 'NEEDS-ACTION')
"""
REQUESTED = """
    UPDATE invite SET method = 'REQUEST', sequence = {}, digest = {}, stamped_at = {}, attendee = {}, partstat = {}
    WHERE id = {}
"""
CANCELLED = "UPDATE invite SET method = 'CANCEL', sequence = {}, stamped_at = {} WHERE id = {}"


@dataclass(frozen=True)
class Occasion:
    """What an invitation is to: an event, or one of its sessions, as a calendar entry."""

    entry: Entry
    event_id: str
    session_id: str | None = None


async def send_request(
    person: KnownPerson, occasion: Occasion, letter: Letter, *, cause: Cause, stationery: Stationery, now: datetime
) -> None:
    """Sends a letter that puts the entry into the person's calendar, or brings the one that is there up to date.

    Part of the caller's transaction. The same entry again keeps its SEQUENCE; a change of time, place, name or status,
    and any entry after its CANCEL, has a higher one (RFC 5546 section 2.1.4).
    """
    digest = itip.digest(occasion.entry)
    known = await _locked(person.id, occasion.entry.uid)
    if known is None:
        await _send_first(person, occasion, letter, digest, cause, stationery, now)
        return
    sequence = known["sequence"]
    is_repeated = known["method"] == "REQUEST" and known["digest"] == digest
    if not is_repeated:
        sequence = _next(sequence, occasion.entry)
    answered = known["partstat"] if is_repeated else "NEEDS-ACTION"
    await supersede(known["id"])
    await execute(REQUESTED, sequence, digest, now, person.email, answered, known["id"])
    content = itip.request(_numbered(occasion, sequence), _parties(person.email, known, stationery.settings), stamp=now)
    await _enqueue(letter, "REQUEST", content, known, sequence, cause=cause, stationery=stationery, now=now)


async def send_cancel(
    person: KnownPerson, occasion: Occasion, letter: Letter, *, cause: Cause, stationery: Stationery, now: datetime
) -> bool:
    """Sends a letter that takes the entry out of the person's calendar; whether it carries a CANCEL.

    Part of the caller's transaction. A calendar that was told nothing is told nothing: then the letter goes without.
    """
    known = await _locked(person.id, occasion.entry.uid)
    has_it = known is not None and known["method"] == "REQUEST" and await supersede(known["id"])
    if known is None or known["method"] == "CANCEL":
        await enqueue(letter, key=f"invite:{new_id()}", cause=cause, now=now, settings=stationery.settings)
        return False
    sequence = _next(known["sequence"], occasion.entry)
    await execute(CANCELLED, sequence, now, known["id"])
    if not has_it:
        await _enqueue(letter, "", b"", known, sequence, cause=cause, stationery=stationery, now=now)
        return False
    # Sent to the address that was invited: a CANCEL to any other takes nothing out.
    parties = _parties(known["attendee"], known, stationery.settings)
    content = itip.cancel(_numbered(occasion, sequence), parties, stamp=now)
    addressed = replace(letter, to=known["attendee"])
    await _enqueue(addressed, "CANCEL", content, known, sequence, cause=cause, stationery=stationery, now=now)
    return True


async def _send_first(
    person: KnownPerson,
    occasion: Occasion,
    letter: Letter,
    digest: str,
    cause: Cause,
    stationery: Stationery,
    now: datetime,
) -> None:
    settings = stationery.settings
    invite_id, letter_id = new_id(), new_id()
    # The hold that came with the receipt has the event's own number: the invitation comes after it.
    sequence = occasion.entry.sequence + (0 if occasion.session_id else 1)
    known: dict[str, Any] = {
        "id": invite_id,
        "organizer": home_address(settings, Purpose.RSVP, invite_id),
        "message_id": message_id_of(letter_id, settings),
    }
    about = (person.id, occasion.event_id, occasion.session_id, occasion.entry.uid, person.email)
    await execute(ADD, invite_id, *about, known["organizer"], sequence, digest, now, known["message_id"])
    content = itip.request(_numbered(occasion, sequence), _parties(person.email, known, settings), stamp=now)
    invited = replace(letter, invitation=_invitation("REQUEST", content, settings), sender=known["organizer"])
    key = _key(invite_id, sequence, letter_id)
    await enqueue(invited, key=key, cause=cause, now=now, settings=settings, letter_id=letter_id, thread=invite_id)


async def _enqueue(
    letter: Letter,
    method: str,
    content: bytes,
    known: dict[str, Any],
    sequence: int,
    *,
    cause: Cause,
    stationery: Stationery,
    now: datetime,
) -> None:
    letter_id, first = new_id(), known["message_id"]
    threaded = replace(
        letter,
        invitation=_invitation(method, content, stationery.settings) if method else None,
        sender=known["organizer"] if method else "",
        in_reply_to=first,
        references=(first,),
    )
    await enqueue(
        threaded,
        key=_key(known["id"], sequence, letter_id),
        cause=cause,
        now=now,
        settings=stationery.settings,
        letter_id=letter_id,
        thread=known["id"],
    )


async def _locked(person_id: str, uid: str) -> dict[str, Any] | None:
    rows = await execute(FIND + for_update(keeps_key=True), person_id, uid)
    return rows[0] if rows else None


def _next(sequence: int, entry: Entry) -> int:
    return min(max(entry.sequence, sequence + 1), MAX_SEQUENCE)


def _numbered(occasion: Occasion, sequence: int) -> Entry:
    return replace(occasion.entry, sequence=sequence)


def _invitation(method: str, content: bytes, settings: Settings) -> Invitation:
    return Invitation(method, content, as_file=settings.invite_attachment == "on")


def _parties(attendee: str, known: dict[str, Any], settings: Settings) -> itip.Parties:
    return itip.Parties(
        organizer=known["organizer"],
        organizer_name=settings.controller_name,
        attendee=attendee,
        wants_reply=settings.mail_replies == "on",
    )


def _key(invite_id: str, sequence: int, letter_id: str) -> str:
    return f"invite:{invite_id}:{sequence}:{letter_id}"
