"""The client that judges our letters: that it would find something wrong. Written by hand, with nothing of ours."""

from datetime import UTC, date, datetime
from email.message import EmailMessage

import pytest

from tests.simulated_client import ClientEntry, Nonsense, SimulatedClient

UID = "session-1@events.example.org"
SHOWN = ClientEntry(
    summary="AI",
    start=datetime(2027, 6, 26, 8, 30, tzinfo=UTC),
    end=datetime(2027, 6, 26, 9, 45, tzinfo=UTC),
    location="Hall",
    status="CONFIRMED",
    sequence=1,
)


def calendar(method: str, *, sequence: int = 1, hour: int = 12, **changes: str) -> bytes:
    """A calendar with one entry for Ann, stamped at this hour."""
    values = {
        "UID": UID,
        "DTSTAMP": f"20270301T{hour:02}0000Z",
        "SEQUENCE": str(sequence),
        "DTSTART": "20270626T083000Z",
        "DTEND": "20270626T094500Z",
        "SUMMARY": "AI",
        "LOCATION": "Hall",
        "ORGANIZER": "mailto:events@events.example.org",
        "ATTENDEE": "mailto:ann@example.org",
        **changes,
    }
    inside = [f"{name}:{value}" for name, value in values.items() if value]
    opening = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *([f"METHOD:{method}"] if method else [])]
    return "\r\n".join([*opening, "BEGIN:VEVENT", *inside, "END:VEVENT", "END:VCALENDAR", ""]).encode()


def letter(content: bytes, method: str = "") -> bytes:
    """A letter with the calendar as its last alternative, or as an attachment where it has no method."""
    message = EmailMessage()
    message["To"] = "ann@example.org"
    message.set_content("Please come.")
    if method:
        parameters = {"method": method}
        message.add_alternative(content.decode(), subtype="calendar", params=parameters, cte="base64")
    message.add_attachment(content, "application" if method else "text", "ics" if method else "calendar")
    return message.as_bytes()


def client(*letters: bytes, open_files: bool = True) -> SimulatedClient:
    """Ann's calendar after these calendars came."""
    ann = SimulatedClient("Ann@example.org", open_files=open_files)
    for content in letters:
        ann.take_calendar(content)
    return ann


def test_an_invitation_is_shown() -> None:
    assert client(calendar("REQUEST")).entries == {UID: SHOWN}


def test_a_newer_invitation_is_shown_instead_and_an_older_one_is_not() -> None:
    newer = calendar("REQUEST", sequence=2, hour=11, SUMMARY="Later")

    assert client(calendar("REQUEST"), newer).entries == {UID: SHOWN._replace(summary="Later", sequence=2)}
    assert client(newer, calendar("REQUEST")).entries[UID].summary == "Later"


def test_of_one_sequence_the_later_stamp_counts() -> None:
    later = calendar("REQUEST", hour=13, LOCATION="Foyer")

    assert client(calendar("REQUEST"), later).entries[UID].location == "Foyer"
    assert client(later, calendar("REQUEST")).entries[UID].location == "Foyer"


def test_a_cancellation_removes_and_an_older_invitation_does_not_bring_it_back() -> None:
    cancelled = calendar("CANCEL", sequence=2)

    assert client(calendar("REQUEST"), cancelled).entries == {}
    assert client(calendar("REQUEST"), cancelled, calendar("REQUEST", hour=20)).entries == {}
    assert client(calendar("REQUEST"), cancelled, calendar("REQUEST", sequence=3)).entries[UID].sequence == 3


def test_a_cancellation_older_than_the_invitation_removes_nothing() -> None:
    assert client(calendar("REQUEST"), calendar("CANCEL", sequence=0)).entries == {UID: SHOWN}


def test_what_is_for_somebody_else_or_from_somebody_else_is_passed_over() -> None:
    for_mallory = calendar("REQUEST", ATTENDEE="mailto:mallory@example.org")
    from_mallory = calendar("CANCEL", sequence=2, ORGANIZER="mailto:mallory@example.org")

    assert client(for_mallory).entries == {}
    assert client(calendar("REQUEST"), from_mallory).entries == {UID: SHOWN}


def test_a_file_is_opened_unless_its_owner_opens_none() -> None:
    hold = calendar("", sequence=0, ORGANIZER="", ATTENDEE="", STATUS="TENTATIVE")
    kept = {UID: SHOWN._replace(status="TENTATIVE", sequence=0)}

    assert client(hold).entries == kept
    assert client(calendar("REQUEST"), hold).entries == {UID: SHOWN}
    for open_files, entries in [(True, kept), (False, {})]:
        ann = client(open_files=open_files)
        ann.take_letter(letter(hold))
        assert ann.entries == entries


def test_a_letter_is_read_with_both_its_copies() -> None:
    ann = client()

    ann.take_letter(letter(calendar("REQUEST"), "REQUEST"))
    assert ann.entries == {UID: SHOWN}
    ann.take_letter(letter(calendar("CANCEL", sequence=2), "CANCEL"))
    assert ann.entries == {}


def test_whole_days_are_dates() -> None:
    days = calendar("REQUEST").replace(b"DTSTART:20270626T083000Z", b"DTSTART;VALUE=DATE:20270626")
    days = days.replace(b"DTEND:20270626T094500Z", b"DTEND;VALUE=DATE:20270628")

    shown = client(days).entries[UID]

    assert (shown.start, shown.end) == (date(2027, 6, 26), date(2027, 6, 28))


@pytest.mark.parametrize(
    "message",
    [
        letter(calendar("CANCEL"), "REQUEST"),
        letter(calendar(""), "REQUEST"),
        letter(calendar("REQUEST", ORGANIZER=""), "REQUEST"),
        letter(calendar("REQUEST", ORGANIZER="mailto:ann@example.org"), "REQUEST"),
        letter(calendar("REQUEST").replace(b"END:VEVENT", b"END:VEVENT\r\nBEGIN:VEVENT\r\nUID:2\r\nEND:VEVENT")),
    ],
    ids=["two methods", "no method", "no organiser", "from oneself", "two entries"],
)
def test_r4_3_what_mail_programs_refuse_is_nonsense(message: bytes) -> None:
    with pytest.raises(Nonsense):
        client().take_letter(message)
