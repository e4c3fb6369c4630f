"""What is done to events: the row, the programme that follows it, the ledger, and what is refused."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from eventsite.events import queries
from eventsite.events.drafts import EventDraft
from eventsite.events.rules import OutsideTheDates
from eventsite.events.services import (
    AlreadyPublished,
    ChangedMeanwhile,
    EventExists,
    NotPublished,
    cancel_event,
    create_event,
    edit_event,
    publish_event,
)
from eventsite.events.tables import Event, EventState
from eventsite.ledger.tables import LedgerEntry
from tests.factories import make_event, make_session

pytestmark = pytest.mark.usefixtures("database")

OLIVE = "olive00000000000"
DRAFT = EventDraft(
    name="HPN Midlands",
    summary="Two days.",
    starts_on=date(2027, 6, 26),
    ends_on=date(2027, 6, 27),
    venue="The Exchange",
    town="Birmingham",
    postcode="B1 1AA",
    motif="midlands",
)


def draft_of(event: Event, **given: Any) -> EventDraft:
    names = EventDraft.__dataclass_fields__
    return EventDraft(**{**{name: getattr(event, name) for name in names}, **given})


async def edit(event: Event, now: datetime, **given: Any) -> Event:
    await edit_event(event, draft_of(event, **given), seen_at=event.updated_at, actor=OLIVE, now=now)
    return await queries.get_event(event.slug)


async def deeds() -> list[tuple[str, str, str]]:
    rows = await LedgerEntry.select().order_by(LedgerEntry.id)
    return [(row["deed"], row["actor"], row["details"]) for row in rows]


async def test_a_new_event_is_a_draft_with_an_address_made_from_its_name(now: datetime) -> None:
    made = await create_event(DRAFT, actor=OLIVE, now=now)

    event = await queries.get_event("hpn-midlands")
    assert (event.id, event.state, event.sequence) == (made.id, EventState.DRAFT, 0)
    assert (event.created_at, event.updated_at) == (now, now)
    assert draft_of(event) == DRAFT
    assert await deeds() == [("event.created", OLIVE, "")]


async def test_next_years_event_of_the_same_name_gets_its_year(now: datetime) -> None:
    await create_event(DRAFT, actor=OLIVE, now=now)
    by = timedelta(days=366)
    again = replace(DRAFT, starts_on=DRAFT.starts_on + by, ends_on=DRAFT.ends_on + by)

    assert (await create_event(again, actor=OLIVE, now=now)).slug == "hpn-midlands-2028"


async def test_the_same_form_sent_twice_makes_one_event(now: datetime) -> None:
    await create_event(DRAFT, actor=OLIVE, now=now)
    with pytest.raises(EventExists):
        await create_event(replace(DRAFT, name="hpn midlands"), actor=OLIVE, now=now)
    assert len(await queries.all_events()) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"name": "HPN West Midlands"},
        {"starts_on": date(2027, 6, 25)},
        {"ends_on": date(2027, 6, 28)},
        {"venue": "The Hall"},
        {"town": "Solihull"},
        {"postcode": "B2 2BB"},
    ],
)
async def test_a_change_of_name_dates_or_place_raises_the_sequence(change: dict[str, Any], now: datetime) -> None:
    event = await edit(await make_event(), now, **change)
    assert (event.sequence, event.updated_at) == (1, now)


@pytest.mark.parametrize("change", [{"summary": "Two good days."}, {"motif": "north"}, {"interest_closes_at": None}])
async def test_a_mended_summary_moves_the_time_and_not_the_sequence(change: dict[str, Any], now: datetime) -> None:
    event = await edit(await make_event(interest_closes_at=now), now, **change)
    assert (event.sequence, event.updated_at) == (0, now)
    assert await deeds() == [("event.edited", OLIVE, f'{{"changed": ["{next(iter(change))}"]}}')]


async def test_an_address_never_changes(now: datetime) -> None:
    event = await make_event(slug="hpn-midlands")
    assert (await edit(event, now, name="Something else")).slug == "hpn-midlands"


async def test_of_two_who_edit_the_same_event_the_second_is_told(now: datetime) -> None:
    event = await make_event()
    await edit(event, now, summary="The first")

    with pytest.raises(ChangedMeanwhile):
        await edit(event, now + timedelta(minutes=1), summary="The second")

    assert (await queries.get_event(event.slug)).summary == "The first"
    assert len(await deeds()) == 1


async def test_an_event_that_moves_takes_its_programme_along_by_the_clock(now: datetime) -> None:
    event = await make_event(starts_on=date(2027, 3, 27), ends_on=date(2027, 3, 27))
    session = await make_session(
        event,
        starts_at=datetime(2027, 3, 27, 9, 30, tzinfo=UTC),
        ends_at=datetime(2027, 3, 27, 10, 45, tzinfo=UTC),
        questions_close_at=datetime(2027, 3, 26, 17, tzinfo=UTC),
    )

    await edit(event, now, starts_on=date(2027, 3, 28), ends_on=date(2027, 3, 28))

    moved = await queries.get_session(session.id)
    assert moved.starts_at == datetime(2027, 3, 28, 8, 30, tzinfo=UTC), "9:30am, now in summer time"
    assert moved.ends_at == datetime(2027, 3, 28, 9, 45, tzinfo=UTC)
    assert moved.questions_close_at == datetime(2027, 3, 27, 17, tzinfo=UTC)
    assert (moved.sequence, moved.updated_at) == (1, now)


async def test_an_event_cannot_leave_a_session_behind(now: datetime) -> None:
    event = await make_event()
    await make_session(event, title="Opening")

    with pytest.raises(OutsideTheDates, match="“Opening” is on Saturday 26 June 2027"):
        await edit(event, now, starts_on=date(2027, 6, 27))

    assert (await queries.get_event(event.slug)).starts_on == date(2027, 6, 26)
    assert await deeds() == []


async def test_a_new_place_is_news_to_the_calendar_of_every_session(now: datetime) -> None:
    event = await make_event()
    session, cancelled = await make_session(event), await make_session(event, state="cancelled")

    await edit(event, now, venue="The Hall")

    assert (await queries.get_session(session.id)).sequence == 1
    assert (await queries.get_session(session.id)).updated_at == now
    assert (await queries.get_session(cancelled.id)).sequence == 0


async def test_a_new_name_stands_in_every_session_without_moving_it(now: datetime) -> None:
    event = await make_event()
    session = await make_session(event)

    await edit(event, now, name="HPN West Midlands")

    changed = await queries.get_session(session.id)
    assert (changed.sequence, changed.updated_at) == (0, now)


async def test_a_draft_is_published_once(now: datetime) -> None:
    event = await make_event(state=EventState.DRAFT)

    await publish_event(event, actor=OLIVE, now=now)
    with pytest.raises(AlreadyPublished):
        await publish_event(event, actor=OLIVE, now=now)

    published = await queries.get_public_event(event.slug)
    assert (published.state, published.updated_at) == (EventState.PUBLISHED, now)
    assert await deeds() == [("event.published", OLIVE, "")]


async def test_a_cancelled_event_takes_its_sessions_with_it(now: datetime) -> None:
    event = await make_event()
    session, off_before = await make_session(event), await make_session(event, state="cancelled", sequence=4)

    await cancel_event(event, actor=OLIVE, now=now)

    cancelled = await queries.get_event(event.slug)
    assert (cancelled.state, cancelled.sequence, cancelled.cancelled_at) == (EventState.CANCELLED, 1, now)
    with_it = await queries.get_session(session.id)
    assert (with_it.state, with_it.sequence, with_it.cancelled_at, with_it.updated_at) == ("cancelled", 1, now, now)
    assert (await queries.get_session(off_before.id)).sequence == 4
    assert await deeds() == [("event.cancelled", OLIVE, '{"sessions": 1}')]


@pytest.mark.parametrize("state", [EventState.DRAFT, EventState.CANCELLED])
async def test_only_a_published_event_can_be_cancelled(state: EventState, now: datetime) -> None:
    event = await make_event(state=state)
    session = await make_session(event)

    with pytest.raises(NotPublished):
        await cancel_event(event, actor=OLIVE, now=now)

    assert (await queries.get_session(session.id)).state == "scheduled"
    assert await deeds() == []
