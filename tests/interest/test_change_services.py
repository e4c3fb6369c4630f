"""What organisers change or cancel reaches everybody whose calendar has it, and nobody else."""

from dataclasses import asdict, fields, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from eventsite.database import execute
from eventsite.errors import Refusal
from eventsite.events import queries
from eventsite.events.drafts import EventDraft, SessionDraft
from eventsite.events.services import ChangedMeanwhile
from eventsite.events.tables import Event, EventState, ProgrammeSession
from eventsite.interest.change_rules import Mailing
from eventsite.interest.change_services import (
    MoreThanShown,
    call_off_event,
    call_off_session,
    change_event,
    change_session,
)
from eventsite.interest.place_services import accept_place, decline_place
from eventsite.interest.seat_services import join_session_list
from eventsite.ledger import VISITOR
from eventsite.stationery import Stationery
from tests.conftest import StandingClock
from tests.factories import make_event, make_session
from tests.interest.people import OLIVE, Cast, all_delivered, calendar_of, letters_to, text_of

EVERYBODY = 10_000
WEEK = timedelta(days=7)


@pytest.fixture
def cast(database: None, stationery: Stationery, now: datetime) -> Cast:
    return Cast(stationery, now)


def said_of(row: Event | ProgrammeSession, draft: type[Any], **changed: Any) -> Any:
    """What a row says now as a draft, with some of it changed."""
    return draft(**{field.name: getattr(row, field.name) for field in fields(draft)} | changed)


async def change(event: Event, cast: Cast, *, shown: int = EVERYBODY, **changed: Any) -> Mailing:
    event = await queries.get_event_by_id(event.id)
    draft: EventDraft = said_of(event, EventDraft, **changed)
    return await change_event(
        event, draft, seen_at=event.updated_at, shown=shown, actor=OLIVE, stationery=cast.stationery, now=cast.now
    )


async def move(event: Event, cast: Cast, by: timedelta = WEEK, *, shown: int = EVERYBODY) -> Mailing:
    event = await queries.get_event_by_id(event.id)
    return await change(event, cast, shown=shown, starts_on=event.starts_on + by, ends_on=event.ends_on + by)


async def change_of(session: ProgrammeSession, cast: Cast, *, shown: int = EVERYBODY, **changed: Any) -> Mailing:
    session = await queries.get_session(session.id)
    draft: SessionDraft = said_of(session, SessionDraft, **changed)
    return await change_session(
        session, draft, seen_at=session.updated_at, shown=shown, actor=OLIVE, stationery=cast.stationery, now=cast.now
    )


async def call_off(event: Event, cast: Cast, *, shown: int = EVERYBODY) -> Mailing:
    return await call_off_event(event, shown=shown, actor=OLIVE, stationery=cast.stationery, now=cast.now)


async def state_of(table: str) -> list[str]:
    return [row["state"] for row in await execute(f"SELECT state FROM {table} ORDER BY id")]


async def test_who_has_a_place_gets_an_update_of_their_entry(cast: Cast) -> None:
    event = await make_event()
    ben = await cast.accepted(event)
    await all_delivered()

    mailing = await move(event, cast)

    [letter] = await letters_to(ben, "interest/event_moved")
    [entry] = calendar_of(letter).walk("VEVENT")
    assert calendar_of(letter)["METHOD"] == "REQUEST"
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (date(2027, 7, 3), date(2027, 7, 5))
    assert letter["Subject"] == "New dates for HPN Midlands"
    assert "When: Saturday 3 to Sunday 4 July 2027 Until now: Saturday 26 to Sunday 27 June 2027" in text_of(letter)
    assert (mailing.people, mailing.entries, mailing.holds, mailing.letters) == (1, 1, 0, 1)


async def test_who_is_interested_gets_the_new_dates_as_a_file_and_is_told_what_to_do(cast: Cast) -> None:
    event = await make_event()
    ann = await cast.interested(event)

    mailing = await move(event, cast)

    [letter] = await letters_to(ann, "interest/event_moved")
    [entry] = calendar_of(letter).walk("VEVENT")
    assert "METHOD" not in calendar_of(letter)
    assert (entry["DTSTART"].dt, entry["STATUS"], entry["SEQUENCE"]) == (date(2027, 7, 3), "TENTATIVE", 1)
    assert "If the old entry stays beside it, delete that one." in text_of(letter)
    assert (mailing.people, mailing.entries, mailing.holds) == (1, 0, 1)


async def test_a_typing_mistake_in_the_summary_sends_nothing(cast: Cast) -> None:
    event = await make_event()
    session = await make_session(event)
    ben = await cast.accepted(event)
    await cast.seat(ben, session)
    before = len(await letters_to(ben))

    mailing = await change(event, cast, shown=0, summary="Two days for people.")
    of_session = await change_of(session, cast, shown=0, summary="What it takes.", capacity=12)

    assert (mailing.people, of_session.people) == (0, 0)
    assert len(await letters_to(ben)) == before
    assert (await queries.get_event_by_id(event.id)).summary == "Two days for people."


async def test_more_people_than_were_shown_and_nothing_happens(cast: Cast) -> None:
    event = await make_event()
    await cast.interested(event)
    ben = await cast.accepted(event)

    with pytest.raises(MoreThanShown) as refused:
        await move(event, cast, shown=1)

    assert refused.value.mailing.people == 2
    assert (await queries.get_event_by_id(event.id)).starts_on == event.starts_on
    assert await letters_to(ben, "interest/event_moved") == []
    assert (await move(event, cast, shown=2)).people == 2


async def test_a_draft_never_writes(cast: Cast) -> None:
    event = await make_event()
    await cast.accepted(event)
    await Event.update({Event.state: EventState.DRAFT}).where(Event.id == event.id)

    assert (await move(event, cast, shown=0)).people == 0


async def test_of_what_is_over_nothing_is_written(cast: Cast, clock: StandingClock) -> None:
    event = await make_event()
    session = await make_session(event)
    ben = await cast.accepted(event)
    await cast.seat(ben, session)
    later = replace(cast, now=datetime(2027, 6, 28, 9, tzinfo=clock.time.tzinfo))

    assert (await change(event, later, shown=0, venue="Elsewhere")).people == 0
    assert (await change_of(session, later, shown=0, room="Hall 2")).people == 0
    assert (await call_off(event, later, shown=0)).people == 0


async def test_sessions_move_along_each_with_a_short_letter_that_the_first_one_announces(cast: Cast) -> None:
    event = await make_event()
    sessions = [await make_session(event, title=f"Talk {number}") for number in range(3)]
    ben = await cast.accepted(event)
    for session in sessions[:2]:
        await cast.seat(ben, session)
    await cast.seat(ben, sessions[2], by_mail=False)
    await all_delivered()

    mailing = await move(event, cast)

    [letter] = await letters_to(ben, "interest/event_moved")
    moved = await letters_to(ben, "interest/session_moved")
    assert "2 short letters follow that change your sessions in the same way." in text_of(letter)
    assert [len(calendar_of(each).walk("VEVENT")) for each in [letter, *moved]] == [1, 1, 1]
    assert {str(calendar_of(each).walk("VEVENT")[0]["SUMMARY"]) for each in moved} == {"Talk 0", "Talk 1"}
    assert {calendar_of(each).walk("VEVENT")[0]["DTSTART"].dt.date() for each in moved} == {date(2027, 7, 3)}
    assert (mailing.people, mailing.letters, mailing.session_letters) == (1, 3, 2)


async def test_a_new_place_is_a_change_of_every_session(cast: Cast) -> None:
    event = await make_event()
    ben = await cast.accepted(event)
    await cast.seat(ben, await make_session(event))

    mailing = await change(event, cast, venue="The Custard Factory")

    assert (mailing.entries, mailing.session_letters) == (1, 1)
    [letter] = await letters_to(ben, "interest/session_moved")
    assert "Where: Hall 1, The Custard Factory, Birmingham B1 1AA" in text_of(letter)


async def test_a_session_that_moves_is_told_to_those_invited_to_it_alone(cast: Cast) -> None:
    event = await make_event()
    session = await make_session(event, capacity=2)
    ben, cay, dan = [await cast.accepted(event, name) for name in ("Ben Baker", "Cay Cole", "Dan Dale")]
    await cast.interested(event)
    await cast.seat(ben, session)
    await cast.seat(cay, session, by_mail=False)
    await join_session_list(dan.id, session, wants_mail=True, actor=VISITOR, stationery=cast.stationery, now=cast.now)
    await all_delivered()

    mailing = await change_of(session, cast, room="Hall 2", title="Is AI safe?")

    assert (mailing.people, mailing.letters) == (1, 1)
    [letter] = await letters_to(ben, "interest/session_moved")
    [entry] = calendar_of(letter).walk("VEVENT")
    assert letter["Subject"] == "Changes to “Is AI safe?”"
    assert (entry["SUMMARY"], entry["LOCATION"], entry["SEQUENCE"]) == (
        "Is AI safe?",
        "Hall 2, The Exchange, Birmingham B1 1AA",
        1,
    )
    assert [len(await letters_to(one, "interest/session_moved")) for one in (cay, dan)] == [0, 0]


async def test_a_cancelled_session_leaves_calendars_and_every_seat_on_it_ends(cast: Cast) -> None:
    event = await make_event()
    session = await make_session(event)
    ben, cay = [await cast.accepted(event, name) for name in ("Ben Baker", "Cay Cole")]
    await cast.seat(ben, session)
    await cast.seat(cay, session, by_mail=False)
    await all_delivered()

    mailing = await call_off_session(session, shown=EVERYBODY, actor=OLIVE, stationery=cast.stationery, now=cast.now)

    [to_ben], [to_cay] = [await letters_to(one, "interest/session_cancelled") for one in (ben, cay)]
    assert calendar_of(to_ben)["METHOD"] == "CANCEL"
    assert to_ben["Subject"] == "Cancelled: How do we deploy AI safely?"
    assert to_cay.get_content_type() == "multipart/alternative"
    assert (mailing.people, await state_of("seat")) == (2, ["cancelled", "cancelled"])
    assert await state_of("interest") == ["accepted", "accepted"]


async def test_a_cancelled_event_ends_every_place_and_seat_and_leaves_every_calendar(cast: Cast) -> None:
    event = await make_event()
    session = await make_session(event)
    ann, ben = await cast.interested(event), await cast.accepted(event)
    await cast.seat(ben, session)
    gone = await cast.accepted(event, "Gil Gone")
    await decline_place(gone.id, event.id, actor=VISITOR, stationery=cast.stationery, now=cast.now)
    await all_delivered()

    mailing = await call_off(event, cast)

    [to_ann], [to_ben] = [await letters_to(one, "interest/event_cancelled") for one in (ann, ben)]
    [of_session] = await letters_to(ben, "interest/session_cancelled")
    [held] = calendar_of(to_ann).walk("VEVENT")
    assert ("METHOD" in calendar_of(to_ann), held["STATUS"], held["SEQUENCE"]) == (False, "CANCELLED", 1)
    assert [calendar_of(each)["METHOD"] for each in (to_ben, of_session)] == ["CANCEL", "CANCEL"]
    assert "A short letter follows that takes your session out in the same way." in text_of(to_ben)
    assert await letters_to(gone, "interest/event_cancelled") == []
    assert (mailing.people, mailing.letters) == (2, 3)
    assert sorted(await state_of("interest")) == ["cancelled", "cancelled", "declined"]
    assert await state_of("seat") == ["cancelled"]


async def test_r4_7_sequence_rises_with_every_change_and_after_every_cancellation_and_stays_for_a_repeat(
    cast: Cast, clock: StandingClock
) -> None:
    event = await make_event()
    ben = await cast.accepted(event)
    seen = []
    for deed in ("move", "rename", "summary", "decline", "again", "place"):
        await all_delivered()
        cast = replace(cast, now=clock.move(minutes=1))
        if deed == "decline":
            await decline_place(ben.id, event.id, actor=VISITOR, stationery=cast.stationery, now=cast.now)
        elif deed == "again":
            await cast.offer(event, ben)
            await accept_place(ben.id, event.id, actor=VISITOR, stationery=cast.stationery, now=cast.now)
        else:
            changed: dict[str, dict[str, Any]] = {
                "move": {"ends_on": date(2027, 6, 28)},
                "rename": {"name": "HPN"},
                "place": {"town": "Derby"},
            }
            await change(event, cast, **changed.get(deed, {"summary": "Mended."}))
        [row] = await execute("SELECT method, sequence FROM invite")
        seen.append((deed, row["method"], row["sequence"]))

    assert seen == [
        ("move", "REQUEST", 2),
        ("rename", "REQUEST", 3),
        ("summary", "REQUEST", 3),
        ("decline", "CANCEL", 4),
        ("again", "REQUEST", 5),
        ("place", "REQUEST", 6),
    ]


@pytest.mark.parametrize("whole_event", [True, False])
async def test_r4_8_a_cancellation_keeps_the_entry_and_its_organizer_and_says_so_where_the_event_is_off(
    cast: Cast, whole_event: bool
) -> None:
    event = await make_event()
    ben = await cast.accepted(event)
    [invited] = [calendar_of(each).walk("VEVENT")[0] for each in await letters_to(ben, "interest/place_confirmed")]
    await all_delivered()

    if whole_event:
        await call_off(event, cast)
    else:
        await decline_place(ben.id, event.id, actor=VISITOR, stationery=cast.stationery, now=cast.now)

    letter = (await letters_to(ben))[-1]
    [entry] = calendar_of(letter).walk("VEVENT")
    kept = ("UID", "ORGANIZER", "DTSTART", "DTEND")
    assert [entry[name] for name in kept] == [invited[name] for name in kept]
    assert str(entry["ATTENDEE"]) == f"mailto:{ben.email}"
    assert entry["SEQUENCE"] > invited["SEQUENCE"]
    assert entry.get("STATUS") == ("CANCELLED" if whole_event else None)


async def test_r4_8_nobody_gets_a_cancellation_of_what_their_calendar_was_never_told(cast: Cast) -> None:
    event = await make_event()
    ben = await cast.accepted(event)

    await call_off(event, cast)

    [letter] = await letters_to(ben, "interest/event_cancelled")
    assert letter.get_content_type() == "multipart/alternative"
    assert await letters_to(ben, "interest/place_confirmed") == []


async def test_what_was_tentative_after_a_cancellation_is_numbered_above_it(cast: Cast) -> None:
    event = await make_event()
    ben = await cast.accepted(event)
    await all_delivered()
    await decline_place(ben.id, event.id, actor=VISITOR, stationery=cast.stationery, now=cast.now)
    await cast.offer(event, ben)
    [told] = await execute("SELECT sequence FROM invite")

    await move(event, cast)

    [letter] = await letters_to(ben, "interest/event_moved")
    [entry] = calendar_of(letter).walk("VEVENT")
    assert entry["SEQUENCE"] == told["sequence"] + 1


async def test_the_ledger_says_how_many_were_written_to(cast: Cast) -> None:
    event = await make_event()
    await cast.interested(event)
    await move(event, cast)

    rows = await execute("SELECT actor, subject_id, details FROM ledger_entry WHERE deed = 'event.told'")
    assert rows == [{"actor": OLIVE, "subject_id": event.id, "details": '{"letters": 1, "people": 1}'}]


async def test_a_newer_letter_about_a_hold_takes_back_the_one_that_waits_and_no_other(cast: Cast) -> None:
    event = await make_event()
    ann = await cast.interested(event)
    await cast.offer(event, ann)

    await move(event, cast)
    await move(event, cast)

    assert len(await letters_to(ann, "interest/event_moved")) == 1
    assert len(await letters_to(ann, "interest/place_offered")) == 1


async def test_what_was_changed_meanwhile_is_refused(cast: Cast) -> None:
    event = await make_event()
    await change(event, cast, summary="Olive was here.")
    draft = said_of(event, EventDraft, venue="Elsewhere")
    with pytest.raises(ChangedMeanwhile) as refused:
        await change_event(
            event, draft, seen_at=event.updated_at, shown=0, actor=OLIVE, stationery=cast.stationery, now=cast.now
        )
    assert isinstance(refused.value, Refusal)
    assert asdict(draft)["venue"] != (await queries.get_event_by_id(event.id)).venue
