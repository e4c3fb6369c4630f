"""What readers that are not ours make of our files: icalendar, libical, and ical.js on a machine in New York."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from eventsite.calendars.entries import Entry, clean_text
from eventsite.calendars.rendering import event_file, feed
from tests.calendars.factories import event, session, subscription
from tests.calendars.icaljs import IcalJs
from tests.calendars.libical import Libical
from tests.calendars.reading import AWKWARD, INJECTION, hours, in_utc, parsed, utc

# icalendar writes a backslash with a capital N as a line feed, as RFC 5545 §3.3.11 lets a reader take it.
TEXTS = st.text(st.characters(), max_size=300).filter(lambda text: "\\N" not in clean_text(text))
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 -- the bounds must be naive


@st.composite
def timed_entries(draw: st.DrawFn) -> Entry:
    """Sessions with any text at any time, five minutes to two days long."""
    starts = draw(MOMENTS)
    ends = starts + timedelta(minutes=draw(st.integers(5, 2880)))
    texts = {name: draw(TEXTS) for name in ("summary", "location", "description")}
    return session(starts=starts, ends=ends, categories=(), **texts)


@given(timed_entries())
@settings(max_examples=60, deadline=None)
def test_r1_9_icalendar_reads_back_what_was_written(entry: Entry) -> None:
    [read] = parsed(event_file([entry])).walk("VEVENT")

    assert (read["SUMMARY"], read.get("LOCATION", ""), read["DESCRIPTION"]) == (
        entry.title,
        entry.location,
        entry.details,
    )
    assert (read["DTSTART"].dt.astimezone(UTC), read["DTEND"].dt.astimezone(UTC)) == in_utc(entry)


@given(entry=timed_entries())
@settings(max_examples=60, deadline=None)
def test_r1_9_libical_reads_back_what_was_written(libical: Libical, entry: Entry) -> None:
    [read] = libical.events(event_file([entry]))

    assert (read.summary, read.location, read.description) == (entry.title, entry.location, entry.details)
    assert (read.starts, read.ends) == in_utc(entry)


def test_r1_9_icaljs_reads_back_what_was_written(icaljs: IcalJs) -> None:
    awkward = session(summary=AWKWARD, location=AWKWARD * 4, description=f"{AWKWARD}\n\n{INJECTION}" * 20)

    [read] = icaljs.read(event_file([awkward]))["events"]

    assert (read["summary"], read["location"], read["description"]) == (
        awkward.title,
        awkward.location,
        awkward.details,
    )


def test_r2_2_r4_4_r4_8_libical_finds_nothing_wrong(libical: Libical, written: bytes) -> None:
    assert libical.is_allowed(written)


def test_r2_2_libical_would_find_something_wrong(libical: Libical) -> None:
    good = event_file([session()])

    assert not libical.is_allowed(good.replace(b"CALSCALE:GREGORIAN", b"METHOD:PUBLISH"))
    assert not libical.is_allowed(good.replace(b"STATUS:CONFIRMED", b"a bad line"))


def test_r1_5_icaljs_in_new_york_finds_the_moments_of_summer_and_winter(icaljs: IcalJs) -> None:
    winter = session(uid="session-w@x", starts=utc(2027, 1, 10, 9, 30), ends=utc(2027, 1, 10, 10, 30))

    reading = icaljs.read(feed(subscription(session(), winter, event())))

    assert [(read["starts"], read["ends"]) for read in reading["events"]] == [
        ("2027-01-10T09:30:00.000Z", "2027-01-10T10:30:00.000Z"),
        ("2027-06-26", "2027-06-28"),
        ("2027-06-26T08:30:00.000Z", "2027-06-26T09:45:00.000Z"),
    ]
    assert (reading["name"], reading["refresh"], reading["method"]) == ("HPN Midlands", "PT6H", None)


def test_r1_5_libical_finds_the_moments_of_summer_and_winter(libical: Libical) -> None:
    winter = session(uid="session-w@x", starts=utc(2027, 1, 10, 9, 30), ends=utc(2027, 1, 10, 10, 30))

    read = libical.events(event_file([session(), winter, event()]))

    assert [(each.starts, each.ends) for each in read] == [
        (utc(2027, 1, 10, 9, 30), utc(2027, 1, 10, 10, 30)),
        (date(2027, 6, 26), date(2027, 6, 28)),
        (utc(2027, 6, 26, 8, 30), utc(2027, 6, 26, 9, 45)),
    ]


def test_r1_5_icaljs_in_new_york_finds_every_session_through_both_changes_of_the_clocks(icaljs: IcalJs) -> None:
    starts = [*hours(utc(2027, 3, 27, 20), utc(2027, 3, 28, 6)), *hours(utc(2027, 10, 30, 20), utc(2027, 10, 31, 6))]
    nights = [
        session(uid=f"session-{n}@x", starts=start, ends=start + timedelta(hours=1)) for n, start in enumerate(starts)
    ]

    read = icaljs.read(event_file(nights))["events"]

    assert [datetime.fromisoformat(each["starts"]) for each in read] == starts
    assert [datetime.fromisoformat(each["ends"]) for each in read] == [start + timedelta(hours=1) for start in starts]
    assert all(before["starts"] < after["starts"] for before, after in pairwise(read))
