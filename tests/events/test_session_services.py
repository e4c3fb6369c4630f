"""What is done to sessions: the row, the ledger, and what is refused."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from eventsite.errors import NotFound, Refusal
from eventsite.events import queries
from eventsite.events.drafts import SessionDraft
from eventsite.events.rules import OutsideTheDates
from eventsite.events.services import ChangedMeanwhile
from eventsite.events.session_services import (
    EventCancelled,
    OnTheSite,
    SessionCancelled,
    SessionExists,
    add_session,
    cancel_session,
    edit_session,
    remove_session,
)
from eventsite.events.tables import EventState, ProgrammeSession, SessionKind
from eventsite.ledger.tables import LedgerEntry
from tests.factories import make_event, make_session, make_speaker

pytestmark = pytest.mark.usefixtures("database")

OLIVE = "olive00000000000"
DRAFT = SessionDraft(
    title="How do we deploy AI safely?",
    kind=SessionKind.PANEL,
    summary="What it takes.",
    starts_at=datetime(2027, 6, 26, 8, 30, tzinfo=UTC),
    ends_at=datetime(2027, 6, 26, 9, 45, tzinfo=UTC),
    room="Hall 1",
    capacity=40,
    takes_questions=True,
    questions_close_at=datetime(2027, 6, 24, 16, tzinfo=UTC),
)


def draft_of(session: ProgrammeSession, **given: Any) -> SessionDraft:
    names = SessionDraft.__dataclass_fields__
    return SessionDraft(**{**{name: getattr(session, name) for name in names}, **given})


async def edit(session: ProgrammeSession, now: datetime, **given: Any) -> ProgrammeSession:
    await edit_session(session, draft_of(session, **given), seen_at=session.updated_at, actor=OLIVE, now=now)
    return await queries.get_session(session.id)


async def deeds() -> list[str]:
    return [row["deed"] for row in await LedgerEntry.select().order_by(LedgerEntry.id)]


async def test_a_session_is_added_with_an_address_of_its_own_in_the_event(now: datetime) -> None:
    event, other = await make_event(), await make_event()

    made = await add_session(event, DRAFT, actor=OLIVE, now=now)

    session = await queries.get_session(made.id)
    assert (session.event, session.slug, session.sequence) == (event.id, "how-do-we-deploy-ai-safely", 0)
    assert draft_of(session) == DRAFT
    assert (await add_session(other, DRAFT, actor=OLIVE, now=now)).slug == session.slug
    assert await deeds() == ["session.added", "session.added"]


async def test_two_sessions_of_one_title_at_different_times_get_two_addresses(now: datetime) -> None:
    event = await make_event()
    coffee = replace(DRAFT, title="Coffee")
    later = replace(coffee, starts_at=DRAFT.starts_at + timedelta(hours=1))

    slugs = [(await add_session(event, draft, actor=OLIVE, now=now)).slug for draft in (coffee, later)]

    assert slugs == ["coffee", "coffee-2"]


async def test_the_same_form_sent_twice_makes_one_session(now: datetime) -> None:
    event = await make_event()
    await add_session(event, DRAFT, actor=OLIVE, now=now)
    with pytest.raises(SessionExists):
        await add_session(event, DRAFT, actor=OLIVE, now=now)
    assert len(await queries.sessions_of(event.id)) == 1


@pytest.mark.parametrize(
    ("of_event", "refusal"),
    [
        ({"state": EventState.CANCELLED}, EventCancelled),
        ({"starts_on": date(2027, 6, 27)}, OutsideTheDates),
        ({"starts_on": date(2027, 6, 20), "ends_on": date(2027, 6, 25)}, OutsideTheDates),
    ],
)
async def test_no_session_is_added_where_it_has_no_place(
    of_event: dict[str, Any], refusal: type[Refusal], now: datetime
) -> None:
    event = await make_event(**of_event)
    with pytest.raises(refusal):
        await add_session(event, DRAFT, actor=OLIVE, now=now)
    assert await queries.sessions_of(event.id) == []
    assert await deeds() == []


@pytest.mark.parametrize(
    "change",
    [
        {"title": "How do we buy AI safely?"},
        {"starts_at": datetime(2027, 6, 26, 8, tzinfo=UTC)},
        {"ends_at": datetime(2027, 6, 26, 10, tzinfo=UTC)},
        {"room": "Hall 2"},
    ],
)
async def test_a_change_of_title_time_or_room_raises_the_sequence(change: dict[str, Any], now: datetime) -> None:
    session = await edit(await make_session(await make_event()), now, **change)
    assert (session.sequence, session.updated_at) == (1, now)


@pytest.mark.parametrize("change", [{"summary": "Better."}, {"capacity": 20}, {"takes_questions": False}])
async def test_any_other_change_moves_the_time_alone(change: dict[str, Any], now: datetime) -> None:
    session = await edit(await make_session(await make_event()), now, **change)
    assert (session.sequence, session.updated_at) == (0, now)
    assert await deeds() == ["session.edited"]


async def test_of_two_who_edit_the_same_session_the_second_is_told(now: datetime) -> None:
    session = await make_session(await make_event())
    await edit(session, now, room="The first")
    with pytest.raises(ChangedMeanwhile):
        await edit(session, now + timedelta(minutes=1), room="The second")
    assert (await queries.get_session(session.id)).room == "The first"


async def test_a_session_stays_within_the_dates_of_its_event(now: datetime) -> None:
    session = await make_session(await make_event())
    with pytest.raises(OutsideTheDates):
        await edit(session, now, ends_at=datetime(2027, 6, 27, 23, 30, tzinfo=UTC))
    assert await deeds() == []


async def test_a_cancelled_session_is_cancelled_once_and_for_ever(now: datetime) -> None:
    session = await make_session(await make_event())

    await cancel_session(session, actor=OLIVE, now=now)
    with pytest.raises(SessionCancelled):
        await cancel_session(session, actor=OLIVE, now=now)
    with pytest.raises(SessionCancelled):
        await edit(session, now, title="On after all")

    cancelled = await queries.get_session(session.id)
    assert (cancelled.state, cancelled.sequence, cancelled.cancelled_at) == ("cancelled", 1, now)
    assert (cancelled.updated_at, cancelled.title) == (now, session.title)
    assert await deeds() == ["session.cancelled"]


async def test_a_session_of_a_draft_can_be_taken_out_with_its_people(now: datetime) -> None:
    session = await make_session(await make_event(state=EventState.DRAFT))
    speaker = await make_speaker(session)

    await remove_session(session, actor=OLIVE, now=now)

    with pytest.raises(NotFound):
        await queries.get_session(session.id)
    assert (await queries.get_speaker(speaker.id)).name == speaker.name
    assert await deeds() == ["session.removed"]


@pytest.mark.parametrize("state", [EventState.PUBLISHED, EventState.CANCELLED])
async def test_a_session_the_public_knows_cannot_be_taken_out(state: EventState, now: datetime) -> None:
    session = await make_session(await make_event(state=state))
    with pytest.raises(OnTheSite):
        await remove_session(session, actor=OLIVE, now=now)
    assert (await queries.get_session(session.id)).id == session.id
