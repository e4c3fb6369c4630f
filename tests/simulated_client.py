"""A calendar of somebody who gets our letters. It follows RFC 5546 and imports nothing of the package.

It is as strict as the strictest mail program we know of: what one of those refuses raises `Nonsense`, what all of them
pass over in silence is passed over.
"""

from datetime import UTC, date, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any, NamedTuple
from urllib.parse import unquote

from icalendar import Calendar

FILES = {"text/calendar", "application/ics"}
Version = tuple[int, datetime]


class Nonsense(Exception):
    """A letter that a mail program refuses to show as an invitation."""


class ClientEntry(NamedTuple):
    """What the calendar shows. Clock times are in UTC; whole days are dates, the last one excluded."""

    summary: str
    start: datetime | date
    end: datetime | date
    location: str
    status: str
    sequence: int


class SimulatedClient:
    """The calendar of one address. `entries` is what it shows, by UID.

    With `open_files=False` its owner opens no attachment: only invitations and cancellations count.
    """

    def __init__(self, address: str, *, open_files: bool = True) -> None:
        self.address = address
        self.open_files = open_files
        self.entries: dict[str, ClientEntry] = {}
        self._newest: dict[str, Version] = {}  # of what was removed as well: an older letter does not bring it back
        self._organizers: dict[str, str] = {}

    def take_letter(self, message: bytes) -> None:
        """Applies an email as it came: its invitation or cancellation, else the files that hang on it."""
        letter = message_from_bytes(message, _class=EmailMessage, policy=SMTP)
        for part in letter.walk():
            if part.get_content_type() not in FILES:
                continue
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            self._take_part(content, part.get_param("method"))

    def take_calendar(self, content: bytes) -> None:
        """Applies a calendar: by its METHOD, or as a file that the owner opened."""
        calendar: Any = Calendar.from_ical(content)
        method = str(calendar.get("METHOD", "")).upper()
        events = calendar.walk("VEVENT")
        if method in {"REQUEST", "CANCEL"}:
            if len(events) != 1:
                raise Nonsense(f"A {method} has {len(events)} entries and not one.")
            self._take_itip(method, events[0])
        elif not method:
            for event in events:
                self._open(event)

    def _take_part(self, content: bytes, method: object) -> None:
        """RFC 6047 §2.4: the part says the METHOD too, and Exchange refuses one that says another."""
        calendar: Any = Calendar.from_ical(content)
        said = str(calendar.get("METHOD", "")).upper()
        if method is not None and str(method).upper() != said:
            raise Nonsense(f"The part says METHOD {method}, the calendar in it {said or 'nothing'}.")
        if said or self.open_files:
            self.take_calendar(content)

    def _take_itip(self, method: str, event: Any) -> None:
        uid, version = str(event["UID"]), _version(event)
        if self.address.casefold() not in _addresses(event, "ATTENDEE"):
            return
        [organizer] = _addresses(event, "ORGANIZER") or [""]
        if not organizer or organizer == self.address.casefold():
            raise Nonsense("An invitation comes from somebody else.")
        # RFC 5546 §6.1: only the organiser of an entry may change it.
        if self._organizers.setdefault(uid, organizer) != organizer or not self._is_newer(uid, version):
            return
        self._newest[uid] = version
        if method == "CANCEL":
            self.entries.pop(uid, None)
        else:
            self.entries[uid] = _shown(event)

    def _open(self, event: Any) -> None:
        """Puts an entry from a file where none is, or in the place of an older one."""
        uid, version = str(event["UID"]), _version(event)
        if self._is_newer(uid, version):
            self._newest[uid] = version
            self.entries[uid] = _shown(event)

    def _is_newer(self, uid: str, version: Version) -> bool:
        """RFC 5546 §2.1.5: the higher SEQUENCE is newer, and of the same one the later DTSTAMP."""
        return uid not in self._newest or version > self._newest[uid]


def _version(event: Any) -> Version:
    return int(event.get("SEQUENCE", 0)), event["DTSTAMP"].dt


def _addresses(event: Any, name: str) -> list[str]:
    values = event.get(name, [])
    found = values if isinstance(values, list) else [values]
    return [unquote(str(value)).casefold().removeprefix("mailto:") for value in found]


def _shown(event: Any) -> ClientEntry:
    return ClientEntry(
        summary=str(event["SUMMARY"]),
        start=_moment(event["DTSTART"].dt),
        end=_moment(event["DTEND"].dt),
        location=str(event.get("LOCATION", "")),
        status=str(event.get("STATUS", "CONFIRMED")),
        sequence=int(event.get("SEQUENCE", 0)),
    )


def _moment(value: datetime | date) -> datetime | date:
    return value.astimezone(UTC) if isinstance(value, datetime) else value
