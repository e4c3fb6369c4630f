"""Invitations that follow their entry (RFC 5546), as they travel by mail (RFC 6047): one person, one entry, one file.

The same entry, people and stamp always give the same bytes.
"""

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from hashlib import sha256
from urllib.parse import quote

from icalendar import Parameters
from icalendar.parser import Contentline
from icalendar.prop import vCalAddress, vDDDTypes, vText

from eventsite.calendars.entries import Entry, Status, UnfitEntry, clean_line, in_utc
from eventsite.calendars.rendering import END, new_calendar, opening_of, properties_of, written_event, zone_for

NAME_LIMIT = 64
ADDRESS_LIMIT = 254

_MAIL_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_UNSURE = frozenset('"^\\')
_PLAIN = "@!$'*+"
_EVENT_END = b"END:VEVENT\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Who invites whom. Raises UnfitEntry for what cannot stand in a calendar.

    `organizer` is an address of ours and `organizer_name` words of ours, at most 64 characters. `attendee` is the
    address exactly as the envelope has it: with another, some calendars show no buttons. `wants_reply` asks for an
    answer by mail.
    """

    organizer: str
    organizer_name: str
    attendee: str
    wants_reply: bool

    def __post_init__(self) -> None:
        _check_address(self.organizer)
        _check_address(self.attendee)
        _check_name(self.organizer_name)
        # Outlook then takes the person for the organiser, and offers nothing to accept.
        if self.organizer.casefold() == self.attendee.casefold():
            raise UnfitEntry("Nobody invites themselves: the organiser and the attendee have the same address.")


def request(entry: Entry, parties: Parties, *, stamp: datetime) -> bytes:
    """An invitation, or the newer state of an entry that the person was invited to (RFC 5546 §3.2.2).

    `stamp` is the aware moment at which it is written, and orders it among those of the same sequence. Raises
    UnfitEntry for a cancelled entry and for a naive stamp.
    """
    if entry.status is Status.CANCELLED:
        raise UnfitEntry("Nobody is invited to what is cancelled: send a cancellation.")
    return _message("REQUEST", entry, parties, in_utc(stamp))


def cancel(entry: Entry, parties: Parties, *, stamp: datetime) -> bytes:
    """Takes the entry out of the person's calendar (RFC 5546 §3.2.5), with the times it had.

    Where the entry itself is cancelled it says so; where only this person does not come it has no STATUS, as the RFC
    wants. Raises UnfitEntry for a naive stamp.
    """
    return _message("CANCEL", entry, parties, in_utc(stamp))


def digest(entry: Entry) -> str:
    """Of what makes a change that people are told of: 64 hexadecimal digits over times, place, state and title.

    Not of the description, the address, the sequence and the stamps: correcting a word there raises no sequence.
    """
    parts = [_moment(entry.starts), _moment(entry.ends), entry.location, entry.status, entry.summary]
    return sha256(json.dumps(parts).encode()).hexdigest()


def is_mail_address(address: str) -> bool:
    """Whether an address can stand in a calendar: plain ASCII, at most 254 characters, such as a@example.org."""
    return len(address) <= ADDRESS_LIMIT and _MAIL_ADDRESS.fullmatch(address) is not None


def _message(method: str, entry: Entry, parties: Parties, stamp: datetime) -> bytes:
    rsvp = method == "REQUEST" and parties.wants_reply
    people = [_organizer(parties.organizer, parties.organizer_name), _attendee(parties.attendee, rsvp=rsvp)]
    return b"".join([_entry_part(method, entry, stamp), *people, _EVENT_END, END])


# Two thousand people hear of one entry in one deed: what is the same for all of them is written once.
@lru_cache(maxsize=256)
def _entry_part(method: str, entry: Entry, stamp: datetime) -> bytes:
    """Everything up to the people."""
    properties = {**dict(properties_of(entry)), "DTSTAMP": vDDDTypes(stamp)}
    if method == "CANCEL" and entry.status is not Status.CANCELLED:
        del properties["STATUS"]
    properties["X-MICROSOFT-CDO-BUSYSTATUS"] = vText("FREE" if method == "CANCEL" else _busy(entry))
    # Else Outlook offers "Propose new time", which nobody here could take up.
    properties["X-MICROSOFT-DISALLOW-COUNTER"] = vText("TRUE")
    event = written_event(properties.items()).removesuffix(_EVENT_END)
    return b"".join([_opening(method), zone_for([entry]), event])


@cache
def _opening(method: str) -> bytes:
    calendar = new_calendar()
    calendar["METHOD"] = vText(method)
    return opening_of(calendar)


@lru_cache(maxsize=256)
def _organizer(address: str, name: str) -> bytes:
    return _person("ORGANIZER", {"CN": name} if name else {}, address)


def _attendee(address: str, *, rsvp: bool) -> bytes:
    role = {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION"}
    return _person("ATTENDEE", {**role, "RSVP": "TRUE" if rsvp else "FALSE"}, address)


def _person(name: str, parameters: dict[str, str], address: str) -> bytes:
    # RFC 6068 §2: what has a meaning of its own in an address of the web is percent-encoded, the "?" of a?b@c first.
    value = vCalAddress(f"mailto:{quote(address, safe=_PLAIN)}")
    line: bytes = Contentline.from_parts(name, Parameters(parameters), value, sorted=False).to_ical()
    return line + b"\r\n"


def _busy(entry: Entry) -> str:
    """What Outlook shows the time as, and would otherwise guess."""
    if entry.is_free:
        return "FREE"
    return "TENTATIVE" if entry.status is Status.TENTATIVE else "BUSY"


def _moment(value: date) -> str:
    return (value.astimezone(UTC) if isinstance(value, datetime) else value).isoformat()


def _check_address(address: str) -> None:
    if not is_mail_address(address):
        raise UnfitEntry(f"An e-mail address in a calendar is plain ASCII such as a@example.org, unlike {address!r}.")


def _check_name(name: str) -> None:
    # RFC 6868 writes a quotation mark as ^', which older calendars show as it stands; others undo backslashes.
    if name != clean_line(name, NAME_LIMIT) or not _UNSURE.isdisjoint(name):
        raise UnfitEntry(f'A name in a calendar is one line of at most {NAME_LIMIT} characters without " ^ or \\.')
