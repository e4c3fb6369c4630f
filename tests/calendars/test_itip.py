"""Invitations and cancellations, line by line (RFC 5546, RFC 6047)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from eventsite.calendars.entries import Entry, Status, UnfitEntry
from eventsite.calendars.itip import cancel, digest, request
from eventsite.calendars.rendering import LONDON_ZONE, event_file, feed
from tests.calendars.factories import CHANGED, STAMP, event, parties, session, subscription
from tests.calendars.reading import INJECTION, lines, parsed, utc, values


def test_r4_4_r4_5_r4_11_an_invitation_is_written_so() -> None:
    assert lines(request(session(sequence=3), parties(), stamp=STAMP)) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//HPN//eventsite 1.0//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:REQUEST",
        *LONDON_ZONE.splitlines(),
        "BEGIN:VEVENT",
        "UID:session-0hq3x7k2m9v4w8z1@events.example.org",
        "DTSTAMP:20270201T091530Z",
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
        "CREATED:20270114T120000Z",
        "LAST-MODIFIED:20270114T120000Z",
        "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
        "X-MICROSOFT-DISALLOW-COUNTER:TRUE",
        'ORGANIZER;CN="HPN events":mailto:events@events.example.org',
        "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:Ann.Other@example.org",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_r4_8_a_cancellation_has_the_same_lines_but_for_its_method_its_state_and_what_it_asks() -> None:
    asked = lines(request(session(sequence=3), parties(), stamp=STAMP))

    taken_back = lines(cancel(session(sequence=4), parties(), stamp=STAMP))

    assert [line for line in asked if line not in taken_back] == [
        "METHOD:REQUEST",
        "SEQUENCE:3",
        "STATUS:CONFIRMED",
        "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
        "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:Ann.Other@example.org",
    ]
    assert [line for line in taken_back if line not in asked] == [
        "METHOD:CANCEL",
        "SEQUENCE:4",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:Ann.Other@example.org",
    ]


def test_r4_8_only_a_cancelled_entry_has_the_state_cancelled() -> None:
    off = cancel(session(status=Status.CANCELLED), parties(), stamp=STAMP)
    without_ann = cancel(session(), parties(), stamp=STAMP)

    assert (values(off, "STATUS"), values(without_ann, "STATUS")) == (["CANCELLED"], [])
    assert values(off, "SUMMARY") == ["Cancelled: How do we deploy AI safely?"]
    assert values(without_ann, "SUMMARY") == ["How do we deploy AI safely?"]


def test_r4_8_a_cancellation_keeps_the_times_and_the_zone() -> None:
    for entry in (session(), event(), session(status=Status.CANCELLED)):
        written = cancel(entry, parties(), stamp=STAMP)

        assert values(written, "DTSTART") == values(event_file([entry]), "DTSTART")
        assert values(written, "DTEND") == values(event_file([entry]), "DTEND")
        assert (b"BEGIN:VTIMEZONE" in written) == (not entry.is_all_day)


def test_r4_8_there_is_no_invitation_to_what_is_cancelled() -> None:
    with pytest.raises(UnfitEntry, match="send a cancellation"):
        request(session(status=Status.CANCELLED), parties(), stamp=STAMP)


def test_r4_2_r2_4_a_message_has_one_entry_and_one_attendee(invitation: bytes) -> None:
    assert invitation.count(b"BEGIN:VEVENT") == 1
    assert [len(values(invitation, name)) for name in ("UID", "ATTENDEE", "ORGANIZER")] == [1, 1, 1]


def test_r4_3_the_calendar_says_its_method_once(invitation: bytes) -> None:
    assert values(invitation, "METHOD") in (["REQUEST"], ["CANCEL"])


def test_r4_4_what_rfc_5546_asks_for_stands_there_once() -> None:
    invitation = request(event(status=Status.TENTATIVE), parties(), stamp=STAMP)

    for name in ("ORGANIZER", "ATTENDEE", "DTSTAMP", "UID", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE"):
        assert len(values(invitation, name)) == 1, name
    assert values(invitation, "STATUS") == ["TENTATIVE"]


def test_r4_5_the_attendee_is_the_address_of_the_envelope_letter_by_letter() -> None:
    [attendee] = (
        parsed(request(session(), parties(attendee="A.O'Neil+hpn@NHS.example"), stamp=STAMP))
        .walk("VEVENT")[0]
        .attendees
    )

    assert attendee == "mailto:A.O'Neil+hpn@NHS.example"


def test_r4_5_what_means_something_in_a_web_address_is_encoded() -> None:
    [attendee] = values(request(session(), parties(attendee="a?cc=b%40c&d@example.org"), stamp=STAMP), "ATTENDEE")

    assert attendee.endswith(":mailto:a%3Fcc%3Db%2540c%26d@example.org")


@pytest.mark.parametrize(("wants_reply", "rsvp"), [(True, "TRUE"), (False, "FALSE")])
def test_r4_5_an_answer_is_asked_for_only_where_it_is_read(wants_reply: bool, rsvp: str) -> None:
    [attendee] = values(request(session(), parties(wants_reply=wants_reply), stamp=STAMP), "ATTENDEE")

    assert f";RSVP={rsvp}:" in attendee


def test_r4_6_nobody_invites_themselves() -> None:
    with pytest.raises(UnfitEntry, match="Nobody invites themselves"):
        parties(attendee="Events@EVENTS.example.org")


def test_r4_6_the_organiser_is_the_same_in_an_invitation_and_its_cancellation() -> None:
    sub_address = parties(organizer="rsvp+0hq3x7k2m9v4w8z1@events.example.org")

    written = [write(session(), sub_address, stamp=STAMP) for write in (request, cancel)]

    assert [values(each, "ORGANIZER") for each in written] == [
        ['CN="HPN events":mailto:rsvp+0hq3x7k2m9v4w8z1@events.example.org']
    ] * 2


def test_r4_7_the_sequence_is_the_entrys_and_the_stamp_that_of_the_letter() -> None:
    later = request(session(sequence=7), parties(), stamp=STAMP + timedelta(minutes=5))

    assert values(later, "SEQUENCE") == ["7"]
    assert values(later, "DTSTAMP") == ["20270201T092030Z"]
    assert values(later, "LAST-MODIFIED") == ["20270114T120000Z"]


@pytest.mark.parametrize(
    "change",
    [
        {"starts": utc(2027, 6, 26, 8, 31)},
        {"ends": utc(2027, 6, 26, 9, 46)},
        {"location": "Small Hall"},
        {"status": Status.TENTATIVE},
        {"status": Status.CANCELLED},
        {"summary": "How do we deploy AI safely"},
        {"starts": date(2027, 6, 26), "ends": date(2027, 6, 26)},
    ],
    ids=lambda change: "-".join(change),
)
def test_r4_7_what_people_must_hear_of_changes_the_digest(change: dict[str, Any]) -> None:
    assert len(digest(session())) == 64
    assert digest(session(**change)) != digest(session())


@pytest.mark.parametrize(
    "change",
    [
        {"description": "A panel of five."},
        {"url": "https://events.example.org/elsewhere"},
        {"sequence": 9},
        {"modified": CHANGED + timedelta(days=1)},
        {"categories": ()},
        {"starts": datetime.fromisoformat("2027-06-26T08:30:00").replace(tzinfo=UTC)},
        {"summary": " How do we  deploy AI\nsafely? "},
    ],
    ids=lambda change: "-".join(change),
)
def test_r4_7_a_correction_elsewhere_leaves_the_digest_as_it_is(change: dict[str, Any]) -> None:
    assert digest(session(**change)) == digest(session())


def test_r4_7_words_do_not_move_from_one_field_to_the_next_unnoticed() -> None:
    here, there = session(location="x", summary="CONFIRMEDy"), session(location="xCONFIRMED", summary="y")

    assert digest(here) != digest(there)


def test_r1_4_the_same_invitation_twice_has_the_same_bytes() -> None:
    once = request(session(), parties(), stamp=STAMP)

    assert request(replace(session()), parties(), stamp=STAMP.replace(microsecond=9)) == once


def test_r1_4_the_letters_of_a_deed_differ_in_the_attendee_alone() -> None:
    ann, ben = (
        lines(request(session(), parties(attendee=f"{name}@example.org"), stamp=STAMP)) for name in ("ann", "ben")
    )

    assert [new.partition(":")[2] for old, new in zip(ann, ben, strict=True) if old != new] == [
        "mailto:ben@example.org"
    ]


def test_r1_6_a_stamp_without_a_zone_or_with_a_fixed_offset_is_refused() -> None:
    for stamp in (STAMP.replace(tzinfo=None), STAMP.replace(tzinfo=timezone(timedelta(hours=1)))):
        for write in (request, cancel):
            with pytest.raises(UnfitEntry):
                write(session(), parties(), stamp=stamp)


@pytest.mark.parametrize("field", ["summary", "location", "description"])
@pytest.mark.parametrize("write", [request, cancel])
def test_r1_9_a_line_end_in_a_text_begins_no_line(write: Callable[..., bytes], field: str) -> None:
    hostile = lines(write(session(**{field: INJECTION}), parties(), stamp=STAMP))

    assert len(hostile) == len(lines(write(session(), parties(), stamp=STAMP)))
    assert [line for line in hostile if "mallory" in line and line.startswith("ATTENDEE")] == []


@pytest.mark.parametrize(
    "name", ['Olive "O" Other', "HPN^'s", "HPN\\", "HPN\r\nATTENDEE:x", "HPN\x00", "HPN\u2028", "H" * 65]
)
def test_r1_10_a_name_is_plain_words_on_one_line(name: str) -> None:
    with pytest.raises(UnfitEntry, match="A name in a calendar"):
        parties(organizer_name=name)


def test_r1_10_no_parameter_needs_the_escapes_that_older_calendars_show(invitation: bytes) -> None:
    people = values(invitation, "ORGANIZER") + values(invitation, "ATTENDEE")

    assert len(people) == 2
    assert not [person for person in people if "^" in person]


def test_r1_10_a_name_with_a_comma_is_quoted_and_none_is_left_out() -> None:
    quoted = request(session(), parties(organizer_name="HPN: events, places"), stamp=STAMP)
    nameless = request(session(), parties(organizer_name=""), stamp=STAMP)

    assert values(quoted, "ORGANIZER") == ['CN="HPN: events, places":mailto:events@events.example.org']
    assert values(nameless, "ORGANIZER") == ["mailto:events@events.example.org"]


@pytest.mark.parametrize(
    "address",
    [
        *(
            "",
            "ann",
            "@example.org",
            "ann@",
            "a b@example.org",
            "ann@exa mple.org",
            "<ann@example.org>",
            "änn@example.org",
        ),
        *("ann@exämple.org", "ann@example.org\r\nX:y", "ann@example.org\n", "ann@b@c.org", '"a b"@example.org'),
        *("ann@example.org,ben@example.org", "ann;x@example.org", "mailto:ann@example.org", f"{'a' * 65}@example.org"),
        f"ann@{'a' * 250}.org",
    ],
)
@pytest.mark.parametrize("field", ["attendee", "organizer"])
def test_r1_11_an_address_is_plain_and_single(field: str, address: str) -> None:
    with pytest.raises(UnfitEntry, match="e-mail address"):
        parties(**{field: address})


@pytest.mark.parametrize(
    ("entry", "busy"),
    [
        (session(), "BUSY"),
        (session(status=Status.TENTATIVE), "TENTATIVE"),
        (session(transparent=True), "FREE"),
        (event(), "FREE"),
    ],
)
def test_r4_11_outlook_is_told_how_to_show_the_time(entry: Entry, busy: str) -> None:
    assert values(request(entry, parties(), stamp=STAMP), "X-MICROSOFT-CDO-BUSYSTATUS") == [busy]


def test_r4_10_what_is_published_has_no_method_and_asks_nobody(public: bytes) -> None:
    assert not {b"METHOD", b"ATTENDEE", b"RSVP"} & {
        name for name in (b"METHOD", b"ATTENDEE", b"RSVP") if name in public
    }


def test_r1_3_an_entry_has_one_uid_in_a_file_a_feed_an_invitation_and_its_cancellation() -> None:
    everywhere = [
        event_file([session()]),
        feed(subscription(session())),
        request(session(), parties(), stamp=STAMP),
        cancel(session(), parties(), stamp=STAMP),
    ]

    assert {values(written, "UID")[-1] for written in everywhere} == {session().uid}
