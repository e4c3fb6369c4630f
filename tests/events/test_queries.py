"""Reads about events: what is public, in which order, in how many queries."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta

import pytest

from eventsite.database import recorded_statements
from eventsite.errors import NotFound
from eventsite.events import queries
from eventsite.events.tables import Event, EventState, Part
from tests.factories import make_event, make_session, make_speaker

pytestmark = pytest.mark.usefixtures("database")

TODAY = date(2027, 3, 10)


def names(events: list[Event]) -> list[str]:
    return [event.name for event in events]


async def make_year() -> None:
    await make_event(name="Midlands")
    await make_event(name="Mental Health")
    await make_event(name="Off", state=EventState.CANCELLED)
    await make_event(name="Now", starts_on=date(2027, 3, 9), ends_on=TODAY)
    await make_event(name="North", starts_on=date(2025, 3, 6), ends_on=date(2025, 3, 7))
    await make_event(name="South", starts_on=date(2026, 3, 6), ends_on=date(2026, 3, 7))
    await make_event(name="Secret", state=EventState.DRAFT)
    await make_event(name="Old secret", state=EventState.DRAFT, starts_on=date(2024, 3, 6), ends_on=date(2024, 3, 7))


async def test_coming_events_stand_by_date_and_then_by_name_without_drafts() -> None:
    await make_year()
    assert names(await queries.coming_events(TODAY)) == ["Now", "Mental Health", "Midlands", "Off"]


async def test_past_events_stand_latest_first_without_drafts() -> None:
    await make_year()
    assert names(await queries.past_events(TODAY)) == ["South", "North"]


async def test_events_open_for_interest_are_those_the_rule_says(now: datetime) -> None:
    await make_year()
    await make_event(name="Closed", interest_closes_at=now)
    await make_event(name="Closing", interest_closes_at=now + timedelta(seconds=1))
    assert names(await queries.events_open_for_interest(now)) == ["Now", "Closing", "Mental Health", "Midlands"]


async def test_the_desk_sees_every_event() -> None:
    await make_year()
    assert len(await queries.all_events()) == 8


async def test_a_draft_is_found_by_the_desk_and_by_nobody_else() -> None:
    draft = await make_event(state=EventState.DRAFT)
    assert (await queries.get_event(draft.slug)).id == draft.id
    with pytest.raises(NotFound):
        await queries.get_public_event(draft.slug)


@pytest.mark.parametrize("state", [EventState.PUBLISHED, EventState.CANCELLED])
async def test_a_published_event_is_public_and_stays_so_when_cancelled(state: EventState) -> None:
    event = await make_event(state=state)
    assert (await queries.get_public_event(event.slug)).id == event.id


async def test_a_session_is_found_in_its_own_event_alone() -> None:
    event, other = await make_event(), await make_event()
    session = await make_session(event)
    assert (await queries.get_public_session(event, session.slug)).id == session.id
    with pytest.raises(NotFound):
        await queries.get_public_session(other, session.slug)


@pytest.mark.parametrize(
    "find",
    [
        queries.get_event,
        queries.get_public_event,
        queries.get_event_by_id,
        queries.get_session,
        queries.get_speaker,
    ],
)
async def test_what_is_not_there_is_not_found(find: Callable[[str], Awaitable[object]]) -> None:
    with pytest.raises(NotFound):
        await find("nothing")


@pytest.mark.parametrize("sessions", [1, 30])
async def test_people_on_stage_come_in_order_and_in_one_query(sessions: int) -> None:
    event = await make_event()
    ids = [(await make_session(event)).id for _ in range(sessions)]
    first = await queries.get_session(ids[0])
    await make_speaker(first, Part.CHAIR, name="Zoe")
    await make_speaker(first, name="Ada", job_title="Nurse", organisation="Example Trust")

    with recorded_statements() as statements:
        people = await queries.people_on_stage(ids)

    assert len(statements) == 1
    assert [(person.name, person.part) for person in people[ids[0]]] == [("Zoe", "chair"), ("Ada", "panellist")]
    assert (people[ids[0]][1].job_title, people[ids[0]][1].organisation) == ("Nurse", "Example Trust")
    assert list(people) == ids


async def test_nobody_is_on_stage_of_no_sessions() -> None:
    assert await queries.people_on_stage([]) == {}


@pytest.mark.parametrize("panels", [1, 30])
async def test_panels_taking_questions_are_those_the_rule_says_in_two_queries(panels: int, now: datetime) -> None:
    event, draft = await make_event(), await make_event(state=EventState.DRAFT)
    open_ones = {(await make_session(event)).id for _ in range(panels)}
    await make_session(event, takes_questions=False)
    await make_session(event, state="cancelled")
    await make_session(event, questions_close_at=now)
    await make_session(event, starts_at=now - timedelta(hours=1), ends_at=now)
    await make_session(draft)
    await make_session(await make_event(state=EventState.CANCELLED))

    with recorded_statements() as statements:
        found = await queries.panels_taking_questions(now)

    assert {panel.session.id for panel in found} == open_ones
    assert {panel.event.id for panel in found} == {event.id}
    assert len(statements) == 2
