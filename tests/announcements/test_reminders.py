"""A reminder goes by itself, once, so long before its event as was said: also when the event has moved."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from eventsite.announcements.rules import NotADraft, NotScheduled, TooLateToRemind
from eventsite.announcements.services import release_announcement, send_due_reminders, withdraw_reminder
from eventsite.announcements.tables import Announcement, Audience
from eventsite.database import execute
from eventsite.events.services import cancel_event
from eventsite.events.tables import Event
from eventsite.interest.tables import InterestState
from eventsite.jobs import jobs
from eventsite.people.services import unsubscribe
from eventsite.stationery import Stationery
from tests.announcements.factories import interested_in, make_announcement, outbox

OLIVE = "0" * 16
DAY = timedelta(days=1)
DUE = datetime(2027, 6, 25, 8, tzinfo=UTC)
"""9am in London on the day before HPN Midlands begins."""
MINUTE = timedelta(minutes=1)


async def scheduled(event: Event, stationery: Stationery, now: datetime, hours: int = 15) -> Announcement:
    """A reminder the day before at 9am, released."""
    body = "Dear {name}, {event} is on {dates}."
    reminder = await make_announcement(event, now=now, remind_before=hours, subject="Soon", body=body)
    assert await release(reminder, stationery, now) is None
    return reminder


async def release(reminder: Announcement, stationery: Stationery, now: datetime) -> int | None:
    seen_at = reminder.updated_at
    return await release_announcement(reminder.id, seen_at=seen_at, actor=OLIVE, stationery=stationery, now=now)


async def state_of(reminder: Announcement) -> tuple[str, int | None]:
    rows = await execute("SELECT state, letters FROM announcement WHERE id = {}", reminder.id)
    return rows[0]["state"], rows[0]["letters"]


async def move(event: Event, first: date) -> None:
    last = first + DAY
    await execute("UPDATE event SET starts_on = {}, ends_on = {} WHERE id = {}", first, last, event.id)


async def test_it_waits_for_its_moment_and_goes_then(event: Event, stationery: Stationery, now: datetime) -> None:
    ann = await interested_in(event)
    reminder = await scheduled(event, stationery, now)
    assert await state_of(reminder) == ("scheduled", None)

    assert await send_due_reminders(DUE - MINUTE, stationery=stationery) == 0
    assert await outbox() == {}
    assert await send_due_reminders(DUE, stationery=stationery) == 1

    assert (await outbox())[ann.email].text.startswith(
        "Dear Ann Archer, HPN Midlands is on Saturday 26 to Sunday 27 June 2027."
    )
    assert await state_of(reminder) == ("released", 1)


async def test_it_goes_once(event: Event, stationery: Stationery, now: datetime) -> None:
    await interested_in(event)
    await scheduled(event, stationery, now)

    assert [await send_due_reminders(DUE + minute * MINUTE, stationery=stationery) for minute in range(3)] == [1, 0, 0]


async def test_of_several_workers_one_sends_it(event: Event, stationery: Stationery, now: datetime) -> None:
    for _ in range(5):
        await interested_in(event)
    reminder = await scheduled(event, stationery, now)

    sent = await asyncio.gather(*(send_due_reminders(DUE, stationery=stationery) for _ in range(6)))

    assert sorted(sent) == [0, 0, 0, 0, 0, 5]
    assert len(await outbox()) == 5
    assert await state_of(reminder) == ("released", 5)


async def test_it_moves_with_the_event(event: Event, stationery: Stationery, now: datetime) -> None:
    ann = await interested_in(event)
    await scheduled(event, stationery, now)

    await move(event, date(2027, 9, 4))

    assert await send_due_reminders(DUE, stationery=stationery) == 0
    assert await send_due_reminders(datetime(2027, 9, 3, 8, tzinfo=UTC), stationery=stationery) == 1
    assert "Saturday 4 to Sunday 5 September 2027" in (await outbox())[ann.email].text


async def test_an_event_moved_nearer_is_reminded_of_at_once(
    event: Event, stationery: Stationery, now: datetime
) -> None:
    await interested_in(event)
    await scheduled(event, stationery, now, hours=663)

    await move(event, now.date() + 3 * DAY)

    assert await send_due_reminders(now + MINUTE, stationery=stationery) == 1


async def test_an_event_that_has_begun_is_not_reminded_of(event: Event, stationery: Stationery, now: datetime) -> None:
    """The worker was away for a day: "tomorrow" would be a lie."""
    await interested_in(event)
    reminder = await scheduled(event, stationery, now)

    assert await send_due_reminders(DUE + DAY, stationery=stationery) == 0
    assert (await state_of(reminder))[0] == "scheduled"


async def test_a_cancelled_event_is_never_reminded_of(event: Event, stationery: Stationery, now: datetime) -> None:
    await interested_in(event)
    await scheduled(event, stationery, now)
    await cancel_event(event, actor=OLIVE, now=now)

    assert [await send_due_reminders(DUE + hours * 60 * MINUTE, stationery=stationery) for hours in range(15)] == [
        0
    ] * 15
    assert await outbox() == {}


async def test_it_goes_to_the_audience_as_it_is_then(event: Event, stationery: Stationery, now: datetime) -> None:
    """Ann is there from the start, Bo comes later, Cy withdraws, Di unsubscribes, Mallory was never in it."""
    ann, cy, di = [await interested_in(event, name) for name in ("Ann", "Cy", "Di")]
    await interested_in(event, "Mallory", InterestState.DECLINED)
    await scheduled(event, stationery, now)
    bo = await interested_in(event, "Bo")
    await execute("UPDATE interest SET state = 'withdrawn' WHERE person = {}", cy.id)
    await unsubscribe(di.id, source="one click", now=now)

    await send_due_reminders(DUE, stationery=stationery)

    assert sorted(await outbox()) == sorted([ann.email, bo.email])


async def test_with_nobody_left_it_is_done(event: Event, stationery: Stationery, now: datetime) -> None:
    reminder = await scheduled(event, stationery, now)
    assert await send_due_reminders(DUE, stationery=stationery) == 0
    assert await state_of(reminder) == ("released", 0)


async def test_one_whose_time_has_passed_cannot_be_scheduled(
    event: Event, stationery: Stationery, now: datetime
) -> None:
    reminder = await make_announcement(event, now=now, remind_before=15)

    with pytest.raises(TooLateToRemind, match="Friday 25 June 2027 at 9am, which has passed"):
        await release(reminder, stationery, DUE)

    assert (await state_of(reminder))[0] == "draft"


async def test_one_of_a_cancelled_event_cannot_be_scheduled(
    event: Event, stationery: Stationery, now: datetime
) -> None:
    await cancel_event(event, actor=OLIVE, now=now)
    reminder = await make_announcement(event, now=now, remind_before=15)
    with pytest.raises(TooLateToRemind, match="is cancelled"):
        await release(reminder, stationery, now)


async def test_taken_back_it_is_not_sent(event: Event, stationery: Stationery, now: datetime) -> None:
    await interested_in(event)
    reminder = await scheduled(event, stationery, now)

    await withdraw_reminder(reminder.id, actor=OLIVE, now=now)

    assert await send_due_reminders(DUE, stationery=stationery) == 0
    assert (await state_of(reminder))[0] == "withdrawn"
    with pytest.raises(NotScheduled):
        await withdraw_reminder(reminder.id, actor=OLIVE, now=now)
    with pytest.raises(NotADraft):
        await release(reminder, stationery, now)


async def test_what_was_sent_cannot_be_taken_back(event: Event, stationery: Stationery, now: datetime) -> None:
    await interested_in(event)
    reminder = await scheduled(event, stationery, now)
    await send_due_reminders(DUE, stationery=stationery)
    with pytest.raises(NotScheduled):
        await withdraw_reminder(reminder.id, actor=OLIVE, now=now)


async def test_taking_back_and_sending_at_once_end_in_one_of_the_two(
    event: Event, stationery: Stationery, now: datetime
) -> None:
    await interested_in(event)
    for _ in range(5):
        reminder = await scheduled(event, stationery, now)
        back, sent = await asyncio.gather(
            withdraw_reminder(reminder.id, actor=OLIVE, now=now),
            send_due_reminders(DUE, stationery=stationery),
            return_exceptions=True,
        )
        state, _ = await state_of(reminder)
        assert (state, back) == ("withdrawn", None) or (state == "released" and isinstance(back, NotScheduled)), sent


async def test_seats_are_reminded_before_their_event(event: Event, stationery: Stationery, now: datetime) -> None:
    ann = await interested_in(event, state=InterestState.ACCEPTED)
    reminder = await make_announcement(event, now=now, remind_before=15, audience=Audience.ACCEPTED)
    await release(reminder, stationery, now)
    await send_due_reminders(DUE, stationery=stationery)
    assert list(await outbox()) == [ann.email]


async def test_the_worker_is_given_it(event: Event, stationery: Stationery, now: datetime) -> None:
    ann = await interested_in(event)
    await scheduled(event, stationery, now)

    for job in jobs(stationery):
        await job(DUE)

    assert list(await outbox()) == [ann.email]
