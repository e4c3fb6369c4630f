"""Calendars of every kind with anything in them, and what each reader must find there. The soak uses them too."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from icalendar import Calendar

from eventsite.calendars.entries import Entry, Status, clean_line
from eventsite.calendars.itip import Parties, cancel, request
from eventsite.calendars.rendering import LONDON_ZONE, event_file, feed, hold
from tests.calendars.factories import STAMP, event, parties, session, subscription
from tests.calendars.reading import AWKWARD, INJECTION, lines

BAIT = (
    *(
        "\r\nATTENDEE:mailto:mallory@example.org",
        "\nEND:VEVENT\nBEGIN:VEVENT\n",
        "\r\n ",
        "\r",
        "\n\t",
        "\x85",
        "\u2029",
    ),
    *(
        "\x00",
        "\x0b",
        "\x1f",
        "\x7f",
        "\ufeff",
        "\ud83e",
        "\\",
        "\\n",
        "\\N",
        "\\,",
        ",",
        ";",
        ":",
        '"',
        "^n",
        "^'",
        "%0D%0A",
    ),
    *("🧑🏽‍⚕️", "é" * 40, "e\u0301", "\u202e", "ABCDEFGHI " * 9, "x" * 74, "=?utf-8?q?x?=", INJECTION, AWKWARD),
)
TEXTS = st.lists(st.sampled_from(BAIT) | st.text(st.characters(), max_size=30), max_size=6).map("".join)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 -- the bounds must be naive
URLS = st.just("") | st.text("abcXYZ019-._~:/?#[]@!$&'()*+,;=%", min_size=1, max_size=120).map("https://x/{}".format)
NAMES = TEXTS.map(lambda text: clean_line("".join(char for char in text if char not in '"^\\'), 64))
LOCAL_PARTS = st.text("abcXYZ019.!#$%&'*+/=?^_`{|}~-", min_size=1, max_size=64)

_WHOLE = ["VERSION", "PRODID", "CALSCALE"]
_FEED = [
    *("NAME", "X-WR-CALNAME", "DESCRIPTION", "X-WR-CALDESC", "X-WR-TIMEZONE", "UID", "LAST-MODIFIED"),
    *("REFRESH-INTERVAL", "X-PUBLISHED-TTL", "SOURCE", "COLOR"),
]
_INVITED = ["X-MICROSOFT-CDO-BUSYSTATUS", "X-MICROSOFT-DISALLOW-COUNTER", "ORGANIZER", "ATTENDEE"]


@dataclass(frozen=True)
class Written:
    """A calendar, and what was meant by it. `entries` stand in the order in which they are written."""

    method: str
    content: bytes
    entries: Sequence[Entry]
    people: Parties | None = None
    is_feed: bool = False

    @property
    def names(self) -> list[str]:
        """The name of every content line that was meant, in order."""
        timed = not self.entries or any(not entry.is_all_day for entry in self.entries)
        zone = [line.partition(":")[0] for line in LONDON_ZONE.splitlines()] if timed else []
        method = ["METHOD"] if self.method else []
        events = [name for entry in self.entries for name in ("BEGIN", *self.names_of(entry), "END")]
        return ["BEGIN", *_WHOLE, *method, *(_FEED if self.is_feed else []), *zone, *events, "END"]

    def names_of(self, entry: Entry) -> list[str]:
        """Those of one entry."""
        withdrawn = self.method == "CANCEL" and entry.status is not Status.CANCELLED
        there = {
            "LOCATION": entry.location,
            "DESCRIPTION": entry.details,
            "URL": entry.url,
            "STATUS": not withdrawn,
            "TRANSP": True,
            "CATEGORIES": entry.categories,
        }
        given = [name for name, is_there in there.items() if is_there]
        always = ["UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", *given, "CREATED", "LAST-MODIFIED"]
        return [*always, *(_INVITED if self.people else [])]


@st.composite
def entries(draw: st.DrawFn, number: int = 0) -> Entry:
    """A session or an event with anything in every field."""
    texts = {name: draw(TEXTS) for name in ("summary", "location", "description")}
    chosen: dict[str, Any] = {
        **texts,
        "uid": f"entry-{number}@events.example.org",
        "url": draw(URLS),
        "status": draw(st.sampled_from(Status)),
        "transparent": draw(st.booleans()),
        "sequence": draw(st.integers(0, 2**31 - 1)),
        "categories": tuple(draw(st.lists(TEXTS, max_size=3))),
        "modified": draw(MOMENTS),
    }
    starts = draw(MOMENTS)
    if draw(st.booleans()):
        return event(starts=starts.date(), ends=starts.date() + timedelta(days=draw(st.integers(0, 9))), **chosen)
    return session(starts=starts, ends=starts + timedelta(minutes=draw(st.integers(5, 2880))), **chosen)


@st.composite
def people(draw: st.DrawFn) -> Parties:
    """HPN and anybody."""
    names = {"organizer_name": draw(NAMES), "attendee": draw(LOCAL_PARTS) + "@example.org"}
    return parties(wants_reply=draw(st.booleans()), **names)


@st.composite
def calendars(draw: st.DrawFn) -> Written:
    """A file, a hold, a feed, an invitation or a cancellation."""
    kind = draw(st.sampled_from(["file", "hold", "feed", "REQUEST", "CANCEL"]))
    if kind in {"file", "feed"}:
        several = [draw(entries(number)) for number in range(draw(st.integers(0, 3)))]
        ordered = sorted(several, key=lambda entry: (entry.first_day, _second(entry), entry.uid))
        if kind == "file":
            return Written("", event_file(several), ordered)
        texts = {"name": draw(TEXTS), "description": draw(TEXTS)}
        return Written("", feed(subscription(*several, **texts)), ordered, is_feed=True)
    entry = draw(entries())
    if kind == "hold":
        return Written("", hold(entry), [entry.as_hold()])
    who = draw(people())
    if kind == "CANCEL" or entry.status is Status.CANCELLED:
        return Written("CANCEL", cancel(entry, who, stamp=STAMP), [entry], who)
    return Written("REQUEST", request(entry, who, stamp=STAMP), [entry], who)


def ensure_only_what_was_meant(written: Written) -> None:
    """The bytes themselves: whole lines of at most 75 octets, of the names that were meant and no others."""
    content = written.content
    assert content.count(b"\n") == content.count(b"\r") == content.count(b"\r\n")
    physical = content.split(b"\r\n")
    assert physical[-1] == b""
    assert max(map(len, physical)) <= 75
    assert all(line.decode().isprintable() or not any(map(_is_control, line.decode())) for line in physical)
    assert [line.replace(";", ":").partition(":")[0] for line in lines(content)] == written.names


def ensure_icalendar_agrees(written: Written) -> None:
    """icalendar reads what was meant."""
    calendar: Any = Calendar.from_ical(written.content)
    assert str(calendar.get("METHOD", "")) == written.method
    found = calendar.walk("VEVENT")
    assert len(found) == len(written.entries)
    for read, entry in zip(found, written.entries, strict=True):
        assert Counter(read.keys()) == Counter(written.names_of(entry))
        assert not read.subcomponents
        texts = (read["UID"], read["SUMMARY"], read.get("LOCATION", ""), read.get("DESCRIPTION", ""))
        assert texts == (entry.uid, *meant(entry))
        assert (in_utc(read["DTSTART"].dt), in_utc(read["DTEND"].dt)) == span(entry)
        assert (read["SEQUENCE"], read.get("URL", "")) == (entry.sequence, entry.url)
        categories = read["CATEGORIES"].cats if entry.categories else []
        assert list(map(str, categories)) == list(map(_as_written, entry.categories))
        if written.people:
            assert read["ORGANIZER"].params.get("CN", "") == written.people.organizer_name
            assert (len(read.attendees), read["ATTENDEE"].params["CUTYPE"]) == (1, "INDIVIDUAL")


def ensure_libical_agrees(written: Written, libical: Any) -> None:
    """libical reads what was meant, and finds nothing that RFC 5546 forbids."""
    assert libical.is_allowed(written.content)
    found = libical.events(written.content)
    assert len(found) == len(written.entries)
    for read, entry in zip(found, written.entries, strict=True):
        # Of several categories libical makes as many properties, and loses count where one ends in a backslash.
        extra = [] if not entry.categories else ["CATEGORIES"] * (read.names.count("CATEGORIES") - 1)
        assert Counter(read.names) == Counter([*written.names_of(entry), *extra])
        assert (read.uid, read.summary, read.location, read.description) == (entry.uid, *meant(entry))
        assert (read.starts, read.ends) == span(entry)


def meant(entry: Entry) -> tuple[str, str, str]:
    """Summary, location and description as every reader must find them."""
    return _as_written(entry.title), _as_written(entry.location), _as_written(entry.details)


def span(entry: Entry) -> tuple[datetime | date, datetime | date]:
    """Clock times in UTC, or the first day and the day after the last."""
    if isinstance(entry.starts, datetime):
        return in_utc(entry.starts), in_utc(entry.ends)
    return entry.starts, entry.ends + timedelta(days=1)


def in_utc(value: datetime | date) -> datetime | date:
    """A moment in UTC; a date as it is."""
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def _as_written(text: str) -> str:
    # icalendar writes a backslash with a capital N as the line feed for which RFC 5545 §3.3.11 lets it stand.
    return text.replace("\\N", "\n")


def _second(entry: Entry) -> float:
    return entry.starts.timestamp() if isinstance(entry.starts, datetime) else 0.0


def _is_control(char: str) -> bool:
    return (ord(char) < 32 and char != "\t") or 127 <= ord(char) < 160 or char in "\u2028\u2029"
