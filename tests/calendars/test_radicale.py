"""What a calendar server that is not ours makes of each thing we write: stored, changed, deleted (RFC 4791 §5.3.2)."""

from itertools import count

import pytest

from eventsite.calendars.entries import Entry, Status
from eventsite.calendars.itip import cancel, request
from eventsite.calendars.rendering import event_file, feed
from tests.calendars.factories import STAMP, event, parties, session, subscription
from tests.calendars.radicale import Radicale
from tests.calendars.reading import AWKWARD, invitations, parsed, published, utc, values

NUMBERS = count(1)
SINGLE = {**invitations(), **{name: published()[name] for name in ("session", "hold", "long texts")}}


@pytest.fixture
def shelf(radicale: Radicale) -> str:
    """A new, empty calendar."""
    name = f"calendar-{next(NUMBERS)}"
    radicale.make_calendar(name)
    return name


@pytest.mark.parametrize("written", SINGLE.values(), ids=SINGLE)
def test_r1_3_r4_4_each_kind_of_file_is_stored_changed_and_deleted(
    radicale: Radicale, shelf: str, written: bytes
) -> None:
    path = f"{shelf}/entry.ics"

    assert radicale.put(path, written).status == 201
    assert what_it_says(radicale.get(path).body) == what_it_says(written)
    assert radicale.put(path, written.replace(b"SUMMARY:", b"SUMMARY:Changed. ")).status == 204
    assert b"SUMMARY:Changed. " in radicale.get(path).body
    assert radicale.delete(path).status == 200
    assert radicale.get(path).status == 404


def test_r1_3_two_sessions_are_two_entries_and_one_uid_is_not_stored_twice(radicale: Radicale, shelf: str) -> None:
    other = event_file([session(uid="session-2@events.example.org")])

    assert radicale.put(f"{shelf}/a.ics", event_file([session()])).status == 201
    assert radicale.put(f"{shelf}/b.ics", other).status == 201
    assert radicale.put(f"{shelf}/c.ics", event_file([session(summary="Renamed")])).status == 409


def test_r1_9_r2_2_a_broken_file_would_be_refused(radicale: Radicale, shelf: str) -> None:
    good = event_file([session()])

    assert radicale.put(f"{shelf}/a.ics", good.replace(b"SUMMARY:", b"SUMMARY\r\n:")).status == 400
    assert radicale.put(f"{shelf}/a.ics", good.replace(b"END:VEVENT\r\n", b"")).status == 400


@pytest.mark.parametrize("name", ["several", "feed", "empty feed"])
def test_r3_3_r3_11_a_whole_feed_is_stored_as_a_calendar(radicale: Radicale, name: str) -> None:
    written = published()[name]
    path = f"feed-{next(NUMBERS)}/"

    assert radicale.put(path, written).status == 201

    assert uids(radicale.get(path).body) == uids(written)


def test_r3_3_each_entry_of_a_feed_is_stored_by_itself(radicale: Radicale, shelf: str) -> None:
    entries = [
        event(),
        session(),
        session(uid="session-off@x", status=Status.CANCELLED),
        session(uid="session-w@x", starts=utc(2027, 1, 10, 9, 30), ends=utc(2027, 1, 10, 10, 30)),
        session(uid="session-night@x", starts=utc(2027, 10, 31, 0, 30), ends=utc(2027, 10, 31, 1, 30)),
        session(uid="session-awkward@x", summary=AWKWARD, location=AWKWARD, categories=(AWKWARD, "a,b")),
    ]

    stored = [radicale.put(f"{shelf}/{number}.ics", alone(entry)).status for number, entry in enumerate(entries)]

    assert stored == [201] * len(entries)
    assert uids(radicale.get(f"{shelf}/").body) == {entry.uid for entry in entries}


def test_r4_8_an_invitation_moves_and_is_cancelled_under_one_name(radicale: Radicale, shelf: str) -> None:
    path = f"{shelf}/session.ics"
    moved = session(sequence=2, starts=utc(2027, 6, 26, 10, 0), ends=utc(2027, 6, 26, 11, 0))

    answers = [
        radicale.put(path, request(session(sequence=1), parties(), stamp=STAMP)),
        radicale.put(path, request(moved, parties(), stamp=STAMP)),
        radicale.put(path, cancel(session(sequence=3, status=Status.CANCELLED), parties(), stamp=STAMP)),
    ]

    assert [answer.status for answer in answers] == [201, 204, 204]
    assert values(radicale.get(path).body, "STATUS") == ["CANCELLED"]


def alone(entry: Entry) -> bytes:
    """A feed with this one entry: what a client that copies a feed to its server sends."""
    return feed(subscription(entry))


def uids(written: bytes) -> set[str]:
    """The UIDs of all entries."""
    return {str(entry["UID"]) for entry in parsed(written).walk("VEVENT")}


def what_it_says(written: bytes) -> dict[str, bytes]:
    """The properties of the one entry, in any order."""
    [entry] = parsed(written).walk("VEVENT")
    return {name: value.to_ical() for name, value in entry.items()}
