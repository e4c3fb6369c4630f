"""Calendar files and feeds, rule by rule (RFC 5545, RFC 7986)."""

import random
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from eventsite.calendars.entries import Entry, Status, UnfitEntry
from eventsite.calendars.rendering import LONDON_ZONE, event_file, feed, hold
from tests.calendars.factories import CHANGED, event, session, subscription
from tests.calendars.reading import INJECTION, lines, parsed, utc, values, without_zone

LONDON = ZoneInfo("Europe/London")


def names_of(written: bytes) -> set[str]:
    """The names of all properties outside the zone."""
    return {re.split("[:;]", line)[0] for line in lines(without_zone(written))}


def test_r1_1_lines_end_in_crlf_and_have_at_most_75_octets_of_whole_characters(written: bytes) -> None:
    assert written.endswith(b"END:VCALENDAR\r\n")
    assert written.count(b"\n") == written.count(b"\r") == written.count(b"\r\n")
    assert not written.startswith(b"\xef\xbb\xbf")
    for line in written.split(b"\r\n"):
        assert len(line) <= 75
        assert line.decode().encode() == line


def test_r1_2_r1_13_a_session_is_written_so() -> None:
    zone = LONDON_ZONE.splitlines()

    assert lines(event_file([session(sequence=3, created=CHANGED - timedelta(days=1))])) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//HPN//eventsite 1.0//EN",
        "CALSCALE:GREGORIAN",
        *zone,
        "BEGIN:VEVENT",
        "UID:session-0hq3x7k2m9v4w8z1@events.example.org",
        "DTSTAMP:20270114T120000Z",
        "SEQUENCE:3",
        "DTSTART;TZID=Europe/London:20270626T093000",
        "DTEND;TZID=Europe/London:20270626T104500",
        "SUMMARY:How do we deploy AI safely?",
        "LOCATION:Great Hall\\, 1 High Street\\, Birmingham B15 2TT",
        "DESCRIPTION:A panel of four\\; questions are welcome\\, beforehand too.\\n\\nhttps"
        "://events.example.org/events/hpn-midlands/sessions/ai",
        "URL:https://events.example.org/events/hpn-midlands/sessions/ai",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "CATEGORIES:HPN Midlands",
        "CREATED:20270113T120000Z",
        "LAST-MODIFIED:20270114T120000Z",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_r1_2_version_prodid_and_calscale_come_first(written: bytes) -> None:
    assert lines(written)[:4] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//HPN//eventsite 1.0//EN",
        "CALSCALE:GREGORIAN",
    ]


def test_r1_3_each_entry_has_its_own_uid_and_the_hold_has_the_events() -> None:
    sessions = [session(uid=f"session-{number}@x") for number in range(3)]

    assert values(event_file(sessions), "UID") == ["session-0@x", "session-1@x", "session-2@x"]
    assert values(hold(event()), "UID") == values(event_file([event()]), "UID")


@pytest.mark.parametrize("write", [event_file, lambda entries: feed(subscription(*entries))])
def test_r1_3_one_uid_does_not_stand_twice_in_a_calendar(write: Callable[[list[Entry]], bytes]) -> None:
    with pytest.raises(UnfitEntry, match="same UID"):
        write([session(), session(summary="Another")])


def test_r1_4_stamps_come_from_the_entry_in_utc_and_rendering_looks_at_no_clock() -> None:
    changed = datetime(2027, 6, 1, 12, 0, 30, 999999, tzinfo=LONDON)
    stamped = event_file([session(modified=changed, created=datetime(2027, 1, 1, tzinfo=UTC))])

    assert values(stamped, "DTSTAMP") == values(stamped, "LAST-MODIFIED") == ["20270601T110030Z"]
    assert values(stamped, "CREATED") == ["20270101T000000Z"]


def test_r1_5_a_session_has_local_times_in_london_and_always_an_end() -> None:
    summer = event_file([session()])
    winter = event_file([session(starts=utc(2027, 1, 10, 9, 30), ends=utc(2027, 1, 10, 10, 30))])

    assert values(summer, "DTSTART") == ["TZID=Europe/London:20270626T093000"]
    assert values(summer, "DTEND") == ["TZID=Europe/London:20270626T104500"]
    assert values(winter, "DTSTART") == ["TZID=Europe/London:20270110T093000"]
    assert values(summer, "DURATION") == []


def test_r1_5_the_hour_that_comes_twice_is_written_in_utc() -> None:
    into_it = event_file([session(starts=utc(2027, 10, 30, 22, 30), ends=utc(2027, 10, 31, 0, 30))])
    out_of_it = event_file([session(starts=utc(2027, 10, 31, 1, 30), ends=utc(2027, 10, 31, 2, 30))])
    over_it = event_file([session(starts=utc(2027, 10, 30, 22, 30), ends=utc(2027, 10, 31, 2, 0))])

    assert (values(into_it, "DTSTART"), values(into_it, "DTEND")) == (["20271030T223000Z"], ["20271031T003000Z"])
    assert (values(out_of_it, "DTSTART"), values(out_of_it, "DTEND")) == (["20271031T013000Z"], ["20271031T023000Z"])
    assert values(over_it, "DTSTART") == ["TZID=Europe/London:20271030T233000"]


def test_r1_6_every_zone_that_is_named_is_there_once(written: bytes) -> None:
    calendar = parsed(written)

    assert calendar.get_missing_tzids() == set()
    assert written.count(b"BEGIN:VTIMEZONE") <= 1
    assert set(re.findall(r"TZID=([^:]+):", "\n".join(lines(written)))) <= {"Europe/London"}


def test_r1_6_the_zone_is_there_only_for_clock_times_and_before_the_entries() -> None:
    timed = event_file([event(), session()])

    assert b"VTIMEZONE" not in event_file([event()])
    assert timed.index(b"END:VTIMEZONE") < timed.index(b"BEGIN:VEVENT")


def test_r1_8_whole_days_end_on_the_day_after_and_leave_the_time_free() -> None:
    two_days = event_file([event()])

    assert values(two_days, "DTSTART") == ["VALUE=DATE:20270626"]
    assert values(two_days, "DTEND") == ["VALUE=DATE:20270628"]
    assert values(two_days, "TRANSP") == ["TRANSPARENT"]
    assert b"TZID" not in two_days


@pytest.mark.parametrize("field", ["summary", "location", "description"])
def test_r1_9_a_line_end_in_a_text_begins_no_line(field: str) -> None:
    hostile = event_file([session(**{field: INJECTION})])

    assert [line for line in lines(hostile) if line.startswith("ATTENDEE")] == []
    assert len(lines(hostile)) == len(lines(event_file([session()])))


def test_r1_9_a_line_end_in_a_category_or_a_feeds_name_begins_no_line() -> None:
    hostile = feed(subscription(session(categories=(INJECTION, "a,b")), name=INJECTION, description=INJECTION))

    assert [line for line in lines(hostile) if line.startswith("ATTENDEE")] == []
    [categories] = parsed(hostile).walk("VEVENT")[0]["CATEGORIES"].cats[1:]
    assert categories == "a,b"


def test_r1_12_the_description_ends_in_the_address_and_url_has_it_too() -> None:
    [description] = values(event_file([session(description="All welcome.")]), "DESCRIPTION")

    assert description == "All welcome.\\n\\nhttps://events.example.org/events/hpn-midlands/sessions/ai"


def test_r1_12_what_is_not_known_is_left_out() -> None:
    bare = event_file([session(location="", description="", url="", categories=())])

    assert [values(bare, name) for name in ("LOCATION", "DESCRIPTION", "URL", "CATEGORIES")] == [[], [], [], []]


def test_r1_15_nothing_recurs(written: bytes) -> None:
    names = names_of(written)

    assert "VERSION" in names
    assert not names & {"RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"}


def test_r1_14_the_category_is_the_events_name_and_nothing_rings(written: bytes) -> None:
    assert set(values(written, "CATEGORIES")) <= {"HPN Midlands"}
    assert b"VALARM" not in written


def test_r2_2_r3_3_in_a_file_or_feed_nobody_is_invited_or_reminded(public: bytes) -> None:
    names = names_of(public)

    assert "VERSION" in names
    assert not names & {"METHOD", "ORGANIZER", "ATTENDEE", "TRIGGER"}
    assert b"VALARM" not in public
    assert b"VAVAILABILITY" not in public


def test_r1_16_a_file_or_feed_has_no_address_of_anybody(public: bytes) -> None:
    mail_addresses = {line for line in lines(public) if "mailto:" in line.lower() or re.search("[a-z]@", line)}

    assert all(line.startswith("UID:") for line in mail_addresses)


def test_r2_4_several_sessions_stand_in_one_file_by_start_then_uid() -> None:
    later, first, second = (
        session(uid="session-a@x", starts=utc(2027, 6, 26, 9, 0)),
        session(uid="session-b@x"),
        session(uid="session-c@x"),
    )

    assert values(event_file([later, second, event(uid="event-z@x"), first]), "UID") == [
        *("event-z@x", "session-b@x", "session-c@x", "session-a@x"),
    ]


def test_r2_5_the_sequence_is_there_from_zero() -> None:
    assert values(event_file([session()]), "SEQUENCE") == ["0"]


def test_r4_1_a_hold_is_tentative_and_free_takes_whole_days_and_invites_nobody() -> None:
    note = hold(replace(event(), status=Status.CONFIRMED))

    assert values(note, "STATUS") == ["TENTATIVE"]
    assert values(note, "TRANSP") == ["TRANSPARENT"]
    assert values(note, "DTSTART") == ["VALUE=DATE:20270626"]
    assert (values(note, "METHOD"), values(note, "ATTENDEE"), values(note, "ORGANIZER")) == ([], [], [])


def test_r3_3_a_feed_says_what_it_is_and_how_often_to_look() -> None:
    opening = lines(feed(subscription(event())))

    assert opening[: opening.index("BEGIN:VEVENT")] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//HPN//eventsite 1.0//EN",
        "CALSCALE:GREGORIAN",
        "NAME:HPN Midlands",
        "X-WR-CALNAME:HPN Midlands",
        "DESCRIPTION:The programme of HPN Midlands",
        "X-WR-CALDESC:The programme of HPN Midlands",
        "X-WR-TIMEZONE:Europe/London",
        "UID:feed-0hq3x7k2m9v4w8z0@events.example.org",
        "LAST-MODIFIED:20270114T120000Z",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
        "SOURCE;VALUE=URI:https://events.example.org/events/hpn-midlands.ics",
        "COLOR:darkblue",
    ]


def test_r3_5_the_order_the_entries_came_in_changes_nothing() -> None:
    entries = [event(), *(session(uid=f"session-{n}@x", sequence=n) for n in range(9))]
    expected = feed(subscription(*entries))

    for seed in range(5):
        shuffled = random.Random(seed).sample(entries, len(entries))
        assert feed(subscription(*shuffled)) == expected


def test_r3_6_a_cancelled_session_stays_and_says_so_three_times() -> None:
    before = session()
    cancelled = feed(subscription(replace(before, status=Status.CANCELLED, sequence=1)))

    assert values(cancelled, "SUMMARY") == ["Cancelled: How do we deploy AI safely?"]
    assert values(cancelled, "STATUS") == ["CANCELLED"]
    assert values(cancelled, "TRANSP") == ["TRANSPARENT"]
    assert before.uid in values(cancelled, "UID")


def test_r3_7_a_move_changes_the_times_and_the_stamps_and_nothing_else() -> None:
    before = session()
    moved = replace(
        before,
        starts=utc(2027, 6, 26, 10, 0),
        ends=utc(2027, 6, 26, 11, 0),
        sequence=1,
        modified=CHANGED + timedelta(days=1),
    )

    changed = {
        re.split("[:;]", new)[0]
        for old, new in zip(lines(event_file([before])), lines(event_file([moved])), strict=True)
        if old != new
    }

    assert changed == {"DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "LAST-MODIFIED"}


def test_r3_11_an_empty_feed_holds_the_zone_and_no_entry() -> None:
    empty = feed(subscription())

    assert empty.count(b"BEGIN:VTIMEZONE") == 1
    assert b"BEGIN:VEVENT" not in empty
