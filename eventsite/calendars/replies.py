"""Answers to invitations, read from whatever somebody sent (RFC 5546 §3.2.3).

Only the few lines that say who answers what are looked at; the rest, such as the time zones that Exchange brings along
under names of its own, is passed over unread. So it takes a moment whatever the message is.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import unquote

from icalendar import Parameters
from icalendar.parser import Contentline

from eventsite.calendars.entries import MAX_SEQUENCE
from eventsite.calendars.itip import is_mail_address

SIZE_LIMIT = 256 * 1024
LINE_LIMIT = 4096
DEPTH_LIMIT = 16

ANSWERS = frozenset({"ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED"})

_FOLD = re.compile(r"(?:\r\n|\r|\n)[ \t]")
_LINE_END = re.compile(r"\r\n|\r|\n")
_READ = re.compile("(BEGIN|END|METHOD|UID|ATTENDEE|ORGANIZER|SEQUENCE|DTSTAMP)[:;]", re.IGNORECASE)
_UID = re.compile("[!-~]{1,255}")
_STAMP = re.compile("[0-9]{8}T[0-9]{6}Z?")
_NUMBER = re.compile("[0-9]{1,10}")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")

_BROKEN = "The calendar in the message is broken."
_FOR_A_PERSON = {
    "COUNTER": "The message proposes another time, and a person must answer it.",
    "REFRESH": "The message asks for the entry again, and a person must answer it.",
}
_OTHER_METHODS = {
    "": "a calendar without a METHOD",
    "REQUEST": "an invitation",
    "CANCEL": "a cancellation",
    "PUBLISH": "a published calendar",
    "ADD": "an addition to an entry",
    "DECLINECOUNTER": "an answer to a proposal",
}


class UnreadableReply(ValueError):
    """No answer that could be taken. The text is one sentence that says why and repeats nothing of the message."""


class NeedsAPerson(UnreadableReply):
    """No answer either, but somebody asks for something that a person must see to."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody answered by calendar, as they say.

    `attendee` and `organizer` are bare addresses in small letters; Outlook leaves the organiser out, which is then "".
    `partstat` is ACCEPTED, DECLINED, TENTATIVE or DELEGATED. `stamp` is when they answered, in UTC, where they say.
    """

    uid: str
    attendee: str
    partstat: str
    sequence: int
    stamp: datetime | None
    organizer: str


@dataclass(frozen=True, slots=True)
class _Line:
    """A content line, taken apart only where somebody asks."""

    name: str
    written: str

    @property
    def value(self) -> str:
        return self._parts[2]

    @property
    def parameters(self) -> Parameters:
        return self._parts[1]

    @property
    def component(self) -> str:
        """Of BEGIN and END: what begins or ends."""
        return self.written.partition(":")[2].strip().upper()

    @property
    def _parts(self) -> tuple[str, Parameters, str]:
        return Contentline(self.written).parts()  # type: ignore[no-untyped-call]  # -- icalendar leaves it untyped


def read_reply(content: bytes) -> Reply:
    """The answer in a calendar object of at most 256 kB. Raises UnreadableReply, and nothing else."""
    try:
        return _reply(content)
    except UnreadableReply:
        raise
    except Exception:  # whatever a parser may still stumble over
        # Without its cause: that quotes the message, and would stand in a log.
        raise UnreadableReply(_BROKEN) from None


def _reply(content: bytes) -> Reply:
    if len(content) > SIZE_LIMIT:
        raise UnreadableReply("The calendar in the message is larger than 256 kB.")
    event = _event(_lines(_text(content)))
    attendee = _one(event, "ATTENDEE")
    organizer = _at_most_one(event, "ORGANIZER")
    return Reply(
        uid=_uid(_one(event, "UID")),
        attendee=_address(attendee),
        partstat=_answer(attendee),
        sequence=_sequence(_at_most_one(event, "SEQUENCE")),
        stamp=_stamp(_at_most_one(event, "DTSTAMP")),
        organizer=_address(organizer) if organizer else "",
    )


def _text(content: bytes) -> str:
    """UTF-8 as the standard wants, UTF-16 where it says so, else the old encoding that knows every octet."""
    if content.startswith(_UTF_16):
        text = content.decode("utf-16")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("latin-1")
    if "\0" in text:
        raise UnreadableReply("The calendar in the message is not text.")
    return text


def _lines(text: str) -> Iterator[_Line]:
    """The content lines that matter, unfolded."""
    for line in _LINE_END.split(_FOLD.sub("", text)):
        if not (found := _READ.match(line)):
            continue
        if len(line) > LINE_LIMIT:
            raise UnreadableReply("A line of the calendar in the message is too long.")
        yield _Line(found[1].upper(), line)


def _event(lines: Iterable[_Line]) -> list[_Line]:
    """The lines of the one VEVENT, where its calendar is a reply."""
    calendar: list[_Line] = []
    event: list[_Line] = []
    found: Counter[str] = Counter()
    for depth, line in _placed(lines):
        found[line.component] += line.name == "BEGIN"
        if depth == ["VCALENDAR"]:
            calendar.append(line)
        elif depth == ["VCALENDAR", "VEVENT"]:
            event.append(line)
    if found["VCALENDAR"] != 1:
        raise UnreadableReply("The message does not hold exactly one calendar.")
    _ensure_reply(calendar)
    if found["VEVENT"] != 1:
        raise UnreadableReply("The calendar in the message does not hold exactly one entry.")
    return event


def _placed(lines: Iterable[_Line]) -> Iterator[tuple[list[str], _Line]]:
    """Each line with the components it stands in, from the outside inwards."""
    depth: list[str] = []
    for line in lines:
        if line.name == "BEGIN":
            depth.append(line.component)
        yield depth, line
        if line.name == "END" and (not depth or depth.pop() != line.component):
            raise UnreadableReply(_BROKEN)
        if len(depth) > DEPTH_LIMIT:
            raise UnreadableReply("The calendar in the message is nested too deeply.")
    if depth:
        raise UnreadableReply(_BROKEN)


def _ensure_reply(calendar: list[_Line]) -> None:
    line = _at_most_one(calendar, "METHOD")
    method = line.value.strip().upper() if line else ""
    if method in _FOR_A_PERSON:
        raise NeedsAPerson(_FOR_A_PERSON[method])
    if method != "REPLY":
        raise UnreadableReply(f"The message is not a reply but {_OTHER_METHODS.get(method, 'something else')}.")


def _at_most_one(lines: list[_Line], name: str) -> _Line | None:
    found = [line for line in lines if line.name == name]
    if len(found) > 1:
        raise UnreadableReply(f"The calendar in the message has more than one {name}.")
    return found[0] if found else None


def _one(lines: list[_Line], name: str) -> _Line:
    found = _at_most_one(lines, name)
    if found is None:
        raise UnreadableReply(f"The calendar in the message has no {name}.")
    return found


def _uid(line: _Line) -> str:
    if not _UID.fullmatch(uid := line.value.strip()):
        raise UnreadableReply("The UID in the message cannot be one of ours.")
    return uid


def _answer(attendee: _Line) -> str:
    answer = str(attendee.parameters.get("PARTSTAT", "")).upper()
    if answer not in ANSWERS:
        raise UnreadableReply("The reply says neither yes nor no nor perhaps.")
    return answer


def _address(line: _Line) -> str:
    """The bare address. Some of Apple's calendars have it in a parameter, and a reference of their own as the value."""
    value = line.value.strip()
    is_mail = value[:7].casefold() == "mailto:" or ":" not in value
    address = unquote(re.sub("^mailto:", "", value, flags=re.IGNORECASE)) if is_mail else line.parameters.get("EMAIL")
    if not isinstance(address, str) or not is_mail_address(address):
        raise UnreadableReply(f"The {line.name} in the message has no e-mail address.")
    return address.casefold()


def _sequence(line: _Line | None) -> int:
    """RFC 5545 §3.8.7.4: the first is 0, also where it is not said."""
    value = line.value.strip() if line else "0"
    if not _NUMBER.fullmatch(value) or int(value) > MAX_SEQUENCE:
        raise UnreadableReply("The SEQUENCE in the message is not a number that a calendar can have.")
    return int(value)


def _stamp(line: _Line | None) -> datetime | None:
    """RFC 5546 has it in UTC; one that leaves out the Z is believed to mean it."""
    if line is None:
        return None
    if not _STAMP.fullmatch(value := line.value.strip().upper()):
        raise UnreadableReply("The DTSTAMP in the message is not a moment.")
    return datetime.strptime(value.removesuffix("Z"), "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
