"""What a person's calendar is told of an entry, by letters that carry an invitation (RFC 5546, RFC 6047).

Each `Invite` row is one entry in one person's calendar. Its row is locked first, so that two deeds at once are one
after the other; the newest letter supersedes what still waits, so that no calendar is told first what came last.
"""

import re
from dataclasses import astuple, dataclass, replace
from datetime import datetime, time, timedelta

from eventsite.calendars import itip
from eventsite.calendars.entries import MAX_SEQUENCE, Entry, clean_line, in_utc
from eventsite.database import execute, for_update, new_id
from eventsite.errors import Refusal
from eventsite.events.moments import london_moment
from eventsite.mail.homecoming import home_address
from eventsite.mail.letters import Invitation, Letter
from eventsite.mail.outbox import enqueue, message_id_of, supersede
from eventsite.mail.tables import Cause
from eventsite.people.services import KnownPerson
from eventsite.settings import Settings
from eventsite.stationery import Stationery
from eventsite.tokens import Purpose

FIND = """
    SELECT id, attendee, organizer, method, sequence, digest, stamped_at, message_id, partstat
    FROM invite WHERE person = {} AND uid = {}
"""
PUT = """
    INSERT INTO invite (id, attendee, organizer, method, sequence, digest, stamped_at, message_id, partstat,
        person, uid, event, session) VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})
    ON CONFLICT (person, uid) DO UPDATE SET method = excluded.method, sequence = excluded.sequence,
        digest = excluded.digest, stamped_at = excluded.stamped_at, attendee = excluded.attendee,
        message_id = excluded.message_id, partstat = excluded.partstat
"""
FIRST = "SELECT id FROM outbox_letter WHERE thread = {} AND message_id = {}"
UNFIT_IN_NAMES = re.compile(r'["^\\]')
UNANSWERED = "NEEDS-ACTION"


class OwnAddress(Refusal):
    """This is an address of our own, which cannot be sent an invitation: we would be inviting ourselves."""


@dataclass(frozen=True)
class Occasion:
    """What an invitation is to: an event, or one of its sessions, as a calendar entry."""

    entry: Entry
    event_id: str
    session_id: str | None = None


@dataclass(frozen=True)
class _Told:
    """What a calendar was last told of an entry, and who by: the columns of `Invite` of these names."""

    id: str
    attendee: str
    organizer: str
    method: str
    sequence: int
    digest: str
    stamped_at: datetime
    message_id: str
    partstat: str


async def send_request(
    person: KnownPerson, occasion: Occasion, letter: Letter, *, cause: Cause, stationery: Stationery, now: datetime
) -> None:
    """Sends a letter that puts the entry into the person's calendar, or brings the one that is there up to date.

    Part of the caller's transaction. The same entry again keeps its SEQUENCE; a change of time, place, name or status,
    and any entry after its CANCEL, has a higher one (RFC 5546 section 2.1.4). Raises OwnAddress.
    """
    settings, letter_id = stationery.settings, new_id()
    told = await _last_told(person.id, occasion)
    may_know = told is not None and await _overtake(told)
    telling = _requesting(told or _told_nothing(settings, now), person, occasion, now)
    if not may_know:
        # No letter has gone out that this one could refer to.
        telling = replace(telling, message_id=message_id_of(letter_id, settings))
    await _put(person, occasion, telling)
    content = itip.request(_numbered(occasion, telling), _parties(telling, settings), stamp=telling.stamped_at)
    await _send(letter, content, occasion, telling, letter_id, cause=cause, settings=settings, now=now)


async def send_cancel(
    person: KnownPerson, occasion: Occasion, letter: Letter, *, cause: Cause, stationery: Stationery, now: datetime
) -> bool:
    """Sends a letter that takes the entry out of the person's calendar; whether it carries a CANCEL.

    Part of the caller's transaction. A calendar that was told nothing is told nothing: then the letter goes without.
    """
    settings = stationery.settings
    told = await _last_told(person.id, occasion)
    has_it = False
    if told is not None and told.method == "REQUEST":
        has_it = await _overtake(told)
        told = replace(told, method="CANCEL", sequence=_next(told, occasion), stamped_at=_later(told, now))
        told = told if has_it else replace(told, message_id="")
        await _put(person, occasion, told)
    if told is None or not has_it:
        # Not in the thread: there, it would look as if the calendar had been told something.
        await enqueue(letter, key=f"invite:{new_id()}", cause=cause, now=now, settings=settings)
        return False
    content = itip.cancel(_numbered(occasion, told), _parties(told, settings), stamp=told.stamped_at)
    await _send(letter, content, occasion, told, new_id(), cause=cause, settings=settings, now=now)
    return True


async def _last_told(person_id: str, occasion: Occasion) -> _Told | None:
    rows = await execute(FIND + for_update(keeps_key=True), person_id, occasion.entry.uid)
    return _Told(**rows[0]) if rows else None


async def _overtake(told: _Told) -> bool:
    """Takes back what still waits; whether the calendar may know of the entry."""
    if not told.message_id:
        return False
    # A first letter that is not there was settled long ago: unless it had gone out, another would be the first.
    return await supersede(told.id) or not await execute(FIRST, told.id, told.message_id)


async def _put(person: KnownPerson, occasion: Occasion, told: _Told) -> None:
    await execute(PUT, *astuple(told), person.id, occasion.entry.uid, occasion.event_id, occasion.session_id)


def _told_nothing(settings: Settings, now: datetime) -> _Told:
    invite_id = new_id()
    organizer = home_address(settings, Purpose.RSVP, invite_id)
    return _Told(invite_id, "", organizer, "", -1, "", in_utc(now) - timedelta(seconds=1), "", UNANSWERED)


def _requesting(told: _Told, person: KnownPerson, occasion: Occasion, now: datetime) -> _Told:
    """What is told next: the same entry again, or a newer one."""
    if person.email.casefold() == told.organizer.casefold():
        raise OwnAddress
    digest = itip.digest(occasion.entry)
    telling = replace(told, attendee=person.email, stamped_at=_later(told, now))
    if told.method == "REQUEST" and told.digest == digest:
        return telling
    sequence = _next(told, occasion)
    return replace(telling, method="REQUEST", sequence=sequence, digest=digest, partstat=UNANSWERED)


def _next(told: _Told, occasion: Occasion) -> int:
    # The hold that came with the receipt has the event's own number: the invitation comes after it.
    least = occasion.entry.sequence + (1 if occasion.session_id is None else 0)
    return min(max(least, told.sequence + 1), MAX_SEQUENCE)


def _later(told: _Told, now: datetime) -> datetime:
    """The DTSTAMP, which breaks ties of SEQUENCE (RFC 5546 2.1.5): it rises though clocks differ."""
    return max(in_utc(now), told.stamped_at + timedelta(seconds=1))


async def _send(
    letter: Letter,
    content: bytes,
    occasion: Occasion,
    told: _Told,
    letter_id: str,
    *,
    cause: Cause,
    settings: Settings,
    now: datetime,
) -> None:
    first = told.message_id if told.message_id != message_id_of(letter_id, settings) else ""
    telling = replace(
        letter,
        # A CANCEL goes to the address that was invited: to any other it takes nothing out.
        to=told.attendee,
        sender=told.organizer,
        invitation=Invitation(told.method, content, as_file=settings.invite_attachment == "on"),
        in_reply_to=first,
        references=(first,) if first else (),
        useful_until=_start_of(occasion.entry),
    )
    key = f"invite:{told.id}:{told.sequence}:{letter_id}"
    await enqueue(telling, key=key, cause=cause, now=now, settings=settings, letter_id=letter_id, thread=told.id)


def _start_of(entry: Entry) -> datetime:
    return entry.starts if isinstance(entry.starts, datetime) else london_moment(entry.starts, time(0))


def _numbered(occasion: Occasion, told: _Told) -> Entry:
    return replace(occasion.entry, sequence=told.sequence)


def _parties(told: _Told, settings: Settings) -> itip.Parties:
    return itip.Parties(
        organizer=told.organizer,
        organizer_name=clean_line(UNFIT_IN_NAMES.sub("", settings.controller_name), itip.NAME_LIMIT),
        attendee=told.attendee,
        wants_reply=settings.mail_replies == "on",
    )
