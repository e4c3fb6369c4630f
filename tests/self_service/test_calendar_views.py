"""Ann's own feed: what stands in it, what it costs, who gets nothing of it. Numbers are those of the requirements."""

import logging
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx2
import pytest
from icalendar import Calendar

from eventsite.database import execute, recorded_statements
from eventsite.events.tables import Event, EventState, ProgrammeSession, SessionState
from eventsite.interest.tables import Interest, InterestState, Seat, SeatState
from eventsite.people.tables import Person
from eventsite.self_service.pace import MOST
from eventsite.tokens import Purpose, make_token
from tests.conftest import SECRET, SITE_URL, StandingClock
from tests.factories import make_event, make_session
from tests.self_service.factories import make_interest, make_invite, make_person, make_seat
from tests.self_service.test_views import path_of


def feed_of(person: Person, version: int = 0) -> str:
    """The path of a person's own feed."""
    return f"/calendar/{make_token(SECRET, Purpose.CALENDAR, person.id, version)}.ics"


async def read(client: httpx2.AsyncClient, person: Person) -> dict[str, Any]:
    """The entries of a person's feed, by the id of their event or session."""
    answer = await client.get(feed_of(person))
    assert answer.status_code == 200
    calendar: Any = Calendar.from_ical(answer.content)
    return {str(entry["UID"]).partition("-")[2].partition("@")[0]: entry for entry in calendar.walk("VEVENT")}


@pytest.fixture
async def ann(event: Event, now: datetime) -> Person:
    """Ann, who has a place."""
    person = await make_person(now=now)
    await make_interest(person, event, now=now, state=InterestState.ACCEPTED)
    return person


@pytest.fixture
async def seat(ann: Person, session: ProgrammeSession, now: datetime) -> Seat:
    """A session that Ann added."""
    return await make_seat(ann, session, now=now)


async def test_r3_1_it_is_served_as_a_private_calendar(client: httpx2.AsyncClient, ann: Person, seat: Seat) -> None:
    answer, head = await client.get(feed_of(ann)), await client.head(feed_of(ann))
    assert {name: answer.headers[name] for name in EXPECTED} == EXPECTED
    assert "set-cookie" not in answer.headers
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", answer.headers["etag"])
    assert (await client.post(feed_of(ann))).status_code == 405


EXPECTED = {
    "content-type": "text/calendar; charset=utf-8",
    "cache-control": "private, no-cache",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex",
    "x-content-type-options": "nosniff",
}


async def test_r3_1_a_wrong_token_is_a_404_like_any_other(client: httpx2.AsyncClient, ann: Person) -> None:
    good = feed_of(ann).removeprefix("/calendar/").removesuffix(".ics")
    end = "A" if good[-1] != "A" else "B"
    others = (make_token(SECRET, Purpose.MY, ann.id, 0), make_token(SECRET, Purpose.CALENDAR, "0" * 16, 0))
    for token in (good[:-1] + end, good[:-1], good + "A", good.swapcase(), *others, ann.id, "x"):
        answer = await client.get(f"/calendar/{token}.ics")
        assert (answer.status_code, b"VCALENDAR" in answer.content) == (404, False), token
    assert (await client.get(f"/calendar/{good}")).status_code == 404


async def test_r3_1_a_new_address_ends_the_old_one(client: httpx2.AsyncClient, ann: Person) -> None:
    assert SITE_URL + feed_of(ann) in (await client.get(path_of(ann))).text

    answer = await client.post(path_of(ann) + "/calendar")

    assert answer.headers["location"] == path_of(ann) + "?done=calendar"
    assert [(await client.get(feed_of(ann, version))).status_code for version in (0, 1)] == [404, 200]
    assert SITE_URL + feed_of(ann, 1) in (await client.get(path_of(ann))).text
    assert await execute("SELECT deed FROM ledger_entry") == [{"deed": "person.calendar_renewed"}]


async def test_r3_1_an_erased_person_has_no_feed(client: httpx2.AsyncClient, ann: Person) -> None:
    await client.post(path_of(ann) + "/erasure")
    assert (await client.get(feed_of(ann))).status_code == 404


async def test_r3_1_its_address_is_not_logged(
    client: httpx2.AsyncClient, ann: Person, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("eventsite").debug("bait")
        await client.get(feed_of(ann))
        await client.get(feed_of(ann, 1))
    said = [record.getMessage() for record in caplog.records if not record.name.startswith("http")]
    assert "bait" in said
    assert [line for line in said if ann.id in line] == []


async def test_r3_2_r3_8_the_page_says_how_to_subscribe_and_how_late_calendars_are(
    client: httpx2.AsyncClient, ann: Person
) -> None:
    said = (await client.get(path_of(ann))).text
    for words in (
        f'href="webcal://events.example.org{feed_of(ann)}"',
        f">{SITE_URL}{feed_of(ann)}</a>",
        "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Fevents.example.org%2Fcalendar%2F",
        "Outlook on a computer looks every 1 to 3 hours",
        "Google in 8 to 24 hours",
        "Apple as often as you tell it to",
        "What cannot wait we send by email",
    ):
        assert words in said, words


async def test_r3_3_it_has_what_feeds_have_and_nobody_is_invited(
    client: httpx2.AsyncClient, ann: Person, seat: Seat
) -> None:
    body = (await client.get(feed_of(ann))).content
    unfolded = body.replace(b"\r\n ", b"").decode()
    for line in (
        "NAME:Your HPN events",
        "X-WR-CALNAME:Your HPN events",
        "X-WR-TIMEZONE:Europe/London",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
        f"SOURCE;VALUE=URI:{SITE_URL}{feed_of(ann)}",
        f"UID:person-{ann.id}@events.example.org",
    ):
        assert line in unfolded.split("\r\n"), line
    for word in ("METHOD", "ATTENDEE", "ORGANIZER", "VALARM", ann.email, ann.name):
        assert word not in unfolded


async def test_r3_4_r3_9_who_has_the_newest_is_told_so_by_one_query(
    client: httpx2.AsyncClient, ann: Person, seat: Seat, clock: StandingClock
) -> None:
    first = await client.get(feed_of(ann))
    tag, since = first.headers["etag"], first.headers["last-modified"]
    clock.move(hours=1)
    for headers, status in (
        ({"if-none-match": tag}, 304),
        ({"if-none-match": f'"other", W/{tag}'}, 304),
        ({"if-none-match": "*"}, 304),
        ({"if-modified-since": since}, 304),
        ({"if-none-match": '"other"', "if-modified-since": since}, 200),
    ):
        with recorded_statements() as statements:
            answer = await client.get(feed_of(ann), headers=headers)
        assert (answer.status_code, len(statements)) == (status, 1), headers
        assert answer.headers["cache-control"] == "private, no-cache"
        assert answer.headers["last-modified"] == since
        if status == 304:
            assert (answer.content, "content-type" in answer.headers) == (b"", False)
        else:
            assert answer.content == first.content, "an hour later the same bytes"


async def test_r3_4_each_encoding_has_a_tag_of_its_own(client: httpx2.AsyncClient, ann: Person) -> None:
    plain = await client.get(feed_of(ann), headers={"accept-encoding": "identity"})
    packed = await client.get(feed_of(ann), headers={"accept-encoding": "gzip"})
    assert plain.content == packed.content
    assert plain.headers["etag"] != packed.headers["etag"]
    for answer in (plain, packed):
        again = await client.get(feed_of(ann), headers={"if-none-match": answer.headers["etag"]})
        assert (again.status_code, again.headers["etag"]) == (304, answer.headers["etag"])


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE interest SET state = 'waitlisted', changed_at = {now}",
        "UPDATE seat SET state = 'given_up', changed_at = {now}",
        "UPDATE programme_session SET room = 'Hall 2', updated_at = {now}",
        "UPDATE event SET name = 'HPN Moved', updated_at = {now}",
        "UPDATE invite SET sequence = 7, stamped_at = {now}",
        "DELETE FROM seat WHERE changed_at < {now}",
    ],
)
async def test_r3_4_whatever_changes_it_has_a_new_tag(
    client: httpx2.AsyncClient, ann: Person, seat: Seat, clock: StandingClock, change: str
) -> None:
    session = await ProgrammeSession.objects().first()
    assert session is not None
    await make_invite(ann, await event_of(session), session, now=clock())
    first = await client.get(feed_of(ann))
    await execute(change.replace("{now}", "{}"), clock.move(minutes=1))

    second = await client.get(feed_of(ann), headers={"if-none-match": first.headers["etag"]})

    assert second.status_code == 200
    assert second.content != first.content
    assert second.headers["etag"] != first.headers["etag"]


async def event_of(session: ProgrammeSession) -> Event:
    event = await Event.objects().get(Event.id == session.event)
    assert event is not None
    return event


async def test_r3_5_the_order_of_rows_does_not_change_the_bytes(
    client: httpx2.AsyncClient, ann: Person, event: Event, now: datetime
) -> None:
    seats = [await make_seat(ann, await make_session(event, title=f"Session {n}"), now=now) for n in range(4)]
    first = await client.get(feed_of(ann))
    for one in reversed(seats):
        await Seat.delete().where(Seat.id == one.id)
        await Seat(person=ann.id, session=one.session, state="taken", created_at=now, changed_at=now).save()
    await execute("UPDATE person SET calendar_version = 1")

    second = await client.get(feed_of(ann, 1))

    def without_address(answer: httpx2.Response) -> list[bytes]:
        return [line for line in answer.content.replace(b"\r\n ", b"").split(b"\r\n") if b"SOURCE" not in line]

    assert without_address(second) == without_address(first)


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        (InterestState.INTERESTED, ("TENTATIVE", "HPN Midlands")),
        (InterestState.OFFERED, ("TENTATIVE", "HPN Midlands")),
        (InterestState.WAITLISTED, ("TENTATIVE", "HPN Midlands")),
        (InterestState.ACCEPTED, ("CONFIRMED", "HPN Midlands")),
        (InterestState.CANCELLED, ("CANCELLED", "Cancelled: Your place: HPN Midlands")),
        (InterestState.EXPIRED, ("CANCELLED", "Cancelled: Your place: HPN Midlands")),
        (InterestState.DECLINED, None),
        (InterestState.WITHDRAWN, None),
    ],
)
async def test_an_event_stands_in_it_as_sure_as_its_reader_is_of_a_place(
    client: httpx2.AsyncClient, ann: Person, event: Event, state: InterestState, shown: tuple[str, str] | None
) -> None:
    await Interest.update({Interest.state: state}, force=True)
    entries = await read(client, ann)
    found = [(str(entry["STATUS"]), str(entry["SUMMARY"])) for entry in entries.values()]
    assert found == ([shown] if shown else [])
    assert all(entry["TRANSP"] == "TRANSPARENT" for entry in entries.values())
    assert all(entry["UID"] == f"event-{event.id}@events.example.org" for entry in entries.values())


@pytest.mark.parametrize(
    ("state", "shown"),
    [(SeatState.TAKEN, ["CONFIRMED"]), (SeatState.WAITLISTED, []), (SeatState.GIVEN_UP, [])],
)
async def test_a_session_stands_in_it_while_it_is_theirs(
    client: httpx2.AsyncClient,
    ann: Person,
    session: ProgrammeSession,
    now: datetime,
    state: SeatState,
    shown: list[str],
) -> None:
    await make_seat(ann, session, now=now, state=state)
    entries = await read(client, ann)
    assert [str(entry["STATUS"]) for key, entry in entries.items() if key == session.id] == shown


async def test_r3_6_a_cancelled_session_stays_for_thirty_days_after_its_end(
    client: httpx2.AsyncClient, ann: Person, session: ProgrammeSession, seat: Seat, clock: StandingClock
) -> None:
    before = (await read(client, ann))[session.id]
    cancelled: dict[Any, Any] = {ProgrammeSession.state: SessionState.CANCELLED, ProgrammeSession.sequence: 1}
    stamps: dict[Any, Any] = {ProgrammeSession.updated_at: clock(), ProgrammeSession.cancelled_at: clock()}
    await ProgrammeSession.update({**cancelled, **stamps}, force=True)
    await Seat.update({Seat.state: SeatState.CANCELLED, Seat.changed_at: clock()}, force=True)

    after = (await read(client, ann))[session.id]

    assert (before["SEQUENCE"], after["SEQUENCE"], before["UID"]) == (0, 1, after["UID"])
    assert (after["STATUS"], after["TRANSP"]) == ("CANCELLED", "TRANSPARENT")
    assert after["SUMMARY"] == "Cancelled: How do we deploy AI safely?"
    clock.time = session.ends_at + timedelta(days=30, seconds=-1)
    last = await client.get(feed_of(ann))
    assert session.id.encode() in last.content
    clock.move(seconds=1)
    gone = await client.get(feed_of(ann), headers={"if-none-match": last.headers["etag"]})
    assert (gone.status_code, session.id.encode() in gone.content) == (200, False)
    assert gone.headers["last-modified"] == format_datetime(clock(), usegmt=True)


async def test_r3_6_a_cancelled_event_is_cancelled_with_all_its_sessions(
    client: httpx2.AsyncClient, ann: Person, event: Event, seat: Seat, clock: StandingClock
) -> None:
    cancelled: dict[Any, Any] = {
        Event.state: EventState.CANCELLED,
        Event.updated_at: clock(),
        Event.cancelled_at: clock(),
    }
    await Event.update(cancelled, force=True)
    await Interest.update({Interest.state: InterestState.CANCELLED, Interest.changed_at: clock()}, force=True)
    await Seat.update({Seat.state: SeatState.CANCELLED, Seat.changed_at: clock()}, force=True)

    entries = await read(client, ann)

    assert {str(entry["STATUS"]) for entry in entries.values()} == {"CANCELLED"}
    assert [str(entry["SUMMARY"]) for entry in entries.values()] == [
        "Cancelled: HPN Midlands",
        "Cancelled: How do we deploy AI safely?",
    ]
    clock.time = datetime(2027, 7, 27, 22, 59, tzinfo=UTC)
    assert len(await read(client, ann)) == 1
    clock.move(minutes=1)
    assert await read(client, ann) == {}


async def test_a_lost_place_and_its_seats_are_shown_as_cancelled_for_thirty_days(
    client: httpx2.AsyncClient, ann: Person, event: Event, session: ProgrammeSession, seat: Seat, clock: StandingClock
) -> None:
    await Interest.update({Interest.state: InterestState.CANCELLED, Interest.changed_at: clock()}, force=True)
    await Seat.update({Seat.state: SeatState.CANCELLED, Seat.changed_at: clock()}, force=True)

    entries = await read(client, ann)

    assert str(entries[event.id]["SUMMARY"]) == "Cancelled: Your place: HPN Midlands"
    assert str(entries[session.id]["SUMMARY"]) == "Cancelled: Your seat: How do we deploy AI safely?"
    clock.move(days=30, seconds=-1)
    assert len(await read(client, ann)) == 2
    clock.move(seconds=1)
    assert await read(client, ann) == {}


async def test_a_seat_lost_long_before_its_session_was_cancelled_does_not_come_back(
    client: httpx2.AsyncClient, ann: Person, event: Event, session: ProgrammeSession, clock: StandingClock
) -> None:
    await make_seat(ann, session, now=clock(), state=SeatState.CANCELLED)
    later = clock.move(days=40)
    cancelled: dict[Any, Any] = {ProgrammeSession.state: SessionState.CANCELLED, ProgrammeSession.cancelled_at: later}
    await ProgrammeSession.update(cancelled, force=True)
    assert set(await read(client, ann)) == {event.id}


async def test_r3_6_a_draft_never_appears(client: httpx2.AsyncClient, ann: Person, seat: Seat) -> None:
    assert len(await read(client, ann)) == 2
    await Event.update({Event.state: EventState.DRAFT}, force=True)
    assert await read(client, ann) == {}


async def test_r3_7_a_session_that_moves_keeps_its_uid_and_is_newer(
    client: httpx2.AsyncClient, ann: Person, session: ProgrammeSession, seat: Seat, clock: StandingClock
) -> None:
    before = (await read(client, ann))[session.id]
    clock.move(minutes=1)
    session.starts_at, session.sequence, session.updated_at = session.starts_at - timedelta(hours=1), 1, clock()
    await session.save()

    after = (await read(client, ann))[session.id]

    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["LAST-MODIFIED"].dt == after["DTSTAMP"].dt == clock() > before["DTSTAMP"].dt


async def test_the_sequence_is_the_one_their_calendar_was_last_told_by_letter(
    client: httpx2.AsyncClient, ann: Person, event: Event, session: ProgrammeSession, seat: Seat, now: datetime
) -> None:
    await make_invite(ann, event, now=now, sequence=3)
    await make_invite(ann, event, session, now=now, sequence=5)
    entries = await read(client, ann)
    assert (entries[event.id]["SEQUENCE"], entries[session.id]["SEQUENCE"]) == (3, 5)


async def test_r3_9_a_calendar_that_asks_without_end_is_told_when_to_ask_again(
    client: httpx2.AsyncClient, ann: Person, clock: StandingClock, now: datetime
) -> None:
    mallory = await make_person("mallory", now=now)
    answers = [await client.get(feed_of(ann)) for _ in range(MOST + 1)]
    assert {answer.status_code for answer in answers[:-1]} == {200}
    assert (answers[-1].status_code, answers[-1].headers["retry-after"]) == (429, "3600")
    assert (await client.get(feed_of(mallory))).status_code == 200, "somebody else behind the same address"
    clock.move(hours=1)
    assert (await client.get(feed_of(ann))).status_code == 200


@pytest.mark.parametrize(
    "agent",
    ["Google-Calendar-Importer", "Microsoft Exchange", "iOS/17.5 (21F79) dataaccessd/1.0", "Microsoft Office/16.0"],
)
async def test_r3_10_no_calendar_is_kept_out(client: httpx2.AsyncClient, ann: Person, agent: str) -> None:
    elsewhere = {"user-agent": agent, "sec-fetch-site": "cross-site", "origin": "https://calendar.example"}
    answer = await client.get(feed_of(ann), headers=elsewhere)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert "/calendar" not in (await client.get("/robots.txt")).text


async def test_r3_11_an_empty_feed_is_a_calendar_too(client: httpx2.AsyncClient, database: None, now: datetime) -> None:
    answer = await client.get(feed_of(await make_person(now=now)))
    assert answer.status_code == 200
    assert (answer.content.count(b"BEGIN:VTIMEZONE"), answer.content.count(b"BEGIN:VEVENT")) == (1, 0)


async def test_mallory_finds_nothing_of_anns_in_hers(
    client: httpx2.AsyncClient, ann: Person, session: ProgrammeSession, seat: Seat, now: datetime
) -> None:
    mallory = await make_person("mallory", now=now)
    other = await make_event(name="HPN North", slug="hpn-north")
    await make_interest(mallory, other, now=now)
    assert set(await read(client, mallory)) == {other.id}


@pytest.mark.parametrize("sessions", [1, 50])
async def test_r3_9_writing_it_takes_two_queries_however_long_it_is(
    client: httpx2.AsyncClient, ann: Person, event: Event, now: datetime, sessions: int
) -> None:
    for number in range(sessions):
        await make_seat(ann, await make_session(event, title=f"Session {number}"), now=now)
    with recorded_statements() as statements:
        answer = await client.get(feed_of(ann))
    assert len(statements) == 2
    assert answer.content.count(b"BEGIN:VEVENT") == sessions + 1
