"""What goes into a calendar, checked and cleaned at the door, so that rendering never has to doubt it."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Self
from zoneinfo import ZoneInfo

from eventsite.clock import LONDON, london_date

LINE_LIMIT = 255
TEXT_LIMIT = 4000
MAX_SEQUENCE = 2**31 - 1

_LINE_END = re.compile("\r\n|[\r\u2028\u2029]")
# The byte order mark too: to some readers it is a space, to others nothing.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ud800-\udfff]")
_UID = re.compile(r"[A-Za-z0-9@:._+-]{1,255}")
# RFC 3986's characters: an address is written as it is, and a backslash in it would be undone by whoever reads it.
_ADDRESS = re.compile(r"https?://[]!#-;=?-[_a-z~]+")
_COLOUR = re.compile(r"[a-z]+")


class UnfitEntry(ValueError):
    """Something that cannot stand in a calendar. The text is a sentence that says what and why."""


class Status(StrEnum):
    """How sure an entry is (RFC 5545 §3.8.1.11)."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing in a calendar: a session with its times, or an event that takes whole days (RFC 5545 §3.6.1).

    `starts` and `ends` are aware datetimes in UTC or a named zone, kept as Europe/London; or two dates, the last one
    **included**. `modified` and `created` are aware and become UTC; `created` is `modified` unless given. Seconds are
    whole. Texts are cleaned and shortened. Raises UnfitEntry.
    """

    uid: str
    summary: str
    starts: datetime | date
    ends: datetime | date
    modified: datetime
    created: datetime | None = None
    location: str = ""
    description: str = ""
    url: str = ""
    status: Status = Status.CONFIRMED
    transparent: bool = False
    sequence: int = 0
    categories: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_uid(self.uid)
        _check_sequence(self.sequence)
        if self.url:
            _check_address(self.url)
        starts, ends = _span(self.starts, self.ends)
        _settle(
            self,
            summary=clean_line(self.summary) or "Untitled",
            location=clean_line(self.location),
            description=clean_text(self.description),
            categories=tuple(filter(None, map(clean_line, self.categories))),
            status=Status(self.status),
            starts=starts,
            ends=ends,
            modified=in_utc(self.modified),
            created=in_utc(self.created or self.modified),
        )

    @property
    def is_all_day(self) -> bool:
        """Whether it takes whole days and has no clock times."""
        return not isinstance(self.starts, datetime)

    @property
    def first_day(self) -> date:
        """The day in London it starts on."""
        return london_date(self.starts) if isinstance(self.starts, datetime) else self.starts

    @property
    def last_day(self) -> date:
        """The last day in London it touches: what ends at midnight does not touch the day that begins then."""
        return london_date(self.ends - timedelta(seconds=1)) if isinstance(self.ends, datetime) else self.ends

    @property
    def is_free(self) -> bool:
        """Whether the time still counts as free: whole days, cancelled entries, and where asked (RFC 5545 §3.8.2.7)."""
        return self.transparent or self.is_all_day or self.status is Status.CANCELLED

    @property
    def title(self) -> str:
        """The summary, with "Cancelled: " before it where need be: some calendars show nothing of STATUS."""
        return clean_line(f"Cancelled: {self.summary}") if self.status is Status.CANCELLED else self.summary

    @property
    def details(self) -> str:
        """The description with the address on a line of its own, at most 4,000 characters in all."""
        return self.details_within(TEXT_LIMIT)

    def details_within(self, limit: int) -> str:
        """The details in at most `limit` characters; the description is shortened, the address never."""
        if not self.url or self.url in self.description.splitlines():
            return shortened(self.description, limit)
        return "\n\n".join(filter(None, [shortened(self.description, limit - len(self.url) - 2), self.url]))

    def as_hold(self) -> Self:
        """The same entry as a tentative, free note of the whole days. A cancelled one stays cancelled."""
        status = self.status if self.status is Status.CANCELLED else Status.TENTATIVE
        return replace(self, starts=self.first_day, ends=self.last_day, status=status, transparent=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A calendar that people subscribe to (RFC 7986 §5). Raises UnfitEntry.

    `uid` never changes; `url` is the https address it is fetched from; `modified` is the newest change of anything in
    it; `colour` is a CSS colour name.
    """

    uid: str
    name: str
    url: str
    modified: datetime
    entries: tuple[Entry, ...] = ()
    description: str = ""
    colour: str = "darkblue"

    def __post_init__(self) -> None:
        _check_uid(self.uid)
        _check_address(self.url)
        if not _COLOUR.fullmatch(self.colour):
            raise UnfitEntry(f"A calendar's colour is a CSS colour name, not {self.colour!r}.")
        _settle(
            self,
            name=clean_line(self.name) or "Untitled",
            description=clean_text(self.description),
            modified=in_utc(self.modified),
            entries=tuple(self.entries),
        )


def clean_text(text: str, limit: int = TEXT_LIMIT) -> str:
    """Text of several lines without control characters and lone surrogates, in NFC, at most `limit` characters.

    Every kind of line end becomes a line feed; tabs stay (RFC 5545 §3.3.11 allows no other control).
    """
    return shortened(_plain(text).strip(), limit)


def clean_line(text: str, limit: int = LINE_LIMIT) -> str:
    """Clean text on one line: every run of white space becomes one space."""
    return shortened(" ".join(_plain(text).split()), limit)


def shortened(text: str, limit: int) -> str:
    """The text in at most `limit` characters, an ellipsis at the end where something was cut."""
    return text if len(text) <= limit else text[: max(limit - 1, 0)].rstrip() + "…"


def in_utc(moment: datetime) -> datetime:
    """An aware moment in UTC, whole seconds. A naive one raises UnfitEntry: nobody knows when it is."""
    _check_zone(moment)
    return moment.astimezone(UTC).replace(microsecond=0)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", _UNWANTED.sub("", _LINE_END.sub("\n", text)))


def _span(starts: datetime | date, ends: datetime | date) -> tuple[datetime | date, datetime | date]:
    if isinstance(starts, datetime) and isinstance(ends, datetime):
        # Compared in UTC: two moments of one zone compare by the clock on the wall, wrong in the hour that comes twice.
        if in_utc(starts) >= in_utc(ends):
            raise UnfitEntry("An entry ends after it starts.")
        return in_utc(starts).astimezone(LONDON), in_utc(ends).astimezone(LONDON)
    if isinstance(starts, datetime) or isinstance(ends, datetime):
        raise UnfitEntry("An entry has two clock times or two dates, not one of each.")
    if starts > ends:
        raise UnfitEntry("An entry's last day is not before its first.")
    return starts, ends


def _check_zone(moment: datetime) -> None:
    zone = moment.tzinfo
    if zone is None:
        raise UnfitEntry(f"The time {moment} has no time zone.")
    # RFC 5545 §3.2.19: a zone is written by its name, and an offset such as +01:00 has none.
    if zone != UTC and not isinstance(zone, ZoneInfo):
        raise UnfitEntry(f"The time {moment} has a fixed offset; a named time zone or UTC is needed.")


def _check_uid(uid: str) -> None:
    if not _UID.fullmatch(uid):
        raise UnfitEntry(f"A UID has letters, digits and @ : . _ + - only, not {uid!r}.")


def _check_address(url: str) -> None:
    if not _ADDRESS.fullmatch(url):
        raise UnfitEntry(f"An address starts with https:// and has no spaces or accents, unlike {url!r}.")


def _check_sequence(sequence: int) -> None:
    if not 0 <= sequence <= MAX_SEQUENCE:
        raise UnfitEntry(f"A sequence number is between 0 and {MAX_SEQUENCE}, not {sequence}.")


def _settle(target: object, **values: object) -> None:
    for name, value in values.items():
        object.__setattr__(target, name, value)
