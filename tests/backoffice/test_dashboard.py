"""The desk's first page: what waits, and on an empty site what to do first."""

import re
from datetime import date, datetime, timedelta

import httpx2
import pytest

from eventsite.backoffice.dashboard import first_steps
from eventsite.backoffice.dashboard_queries import Counts, counts, interest_in_coming_events
from eventsite.database import recorded_statements
from eventsite.events.tables import Event, EventState
from eventsite.interest.tables import Interest, InterestState
from eventsite.organisers.tables import Role
from eventsite.people.tables import Person
from eventsite.questions.tables import Question, QuestionState
from tests.conftest import StandingClock
from tests.factories import MADE_AT, make_event, make_session
from tests.interest.crowd import make_interested
from tests.organisers.factories import signed_in

NOTHING = Counts(*[0] * 12)


async def test_an_empty_desk_says_what_to_do_first(client: httpx2.AsyncClient, clock: StandingClock) -> None:
    await signed_in(client, now=clock())

    page = (await client.get("/organise/")).text

    assert "What to do first" in page
    assert re.findall(r'<li><div><a href="([^"]+)">', page) == [step[2] for step in first_steps(NOTHING)]
    assert 'href="/organise/events/new"' in page


async def test_steps_that_are_done_are_marked_and_the_list_goes_once_the_site_has_something_to_show(
    client: httpx2.AsyncClient, clock: StandingClock
) -> None:
    await signed_in(client, now=clock())
    event = await make_event(state=EventState.DRAFT)
    await make_session(event)
    assert (await client.get("/organise/")).text.count("step-done") == 2

    await Event.update({Event.state: EventState.PUBLISHED}, force=True)

    assert "What to do first" not in (await client.get("/organise/")).text


async def test_what_waits_is_counted(client: httpx2.AsyncClient, clock: StandingClock) -> None:
    await signed_in(client, now=clock())
    session = await make_session(await make_event())
    for number, state in enumerate([*QuestionState, QuestionState.PENDING]):
        await Question(
            session=session.id,
            name="Ann",
            text="Who signs it off?",
            state=state,
            dedupe_key=str(number),
            submitted_at=clock(),
        ).save()

    page = (await client.get("/organise/")).text

    assert (await counts()).questions_pending == 2
    assert re.search(r"<b>2</b>\s*<span>questions to read</span>", page)


@pytest.mark.usefixtures("database")
async def test_interest_is_counted_by_coming_event_with_what_is_new_this_week(now: datetime) -> None:
    await make_event(name="HPN North", starts_on=date(2025, 3, 6), ends_on=date(2025, 3, 7))
    later = await make_event(name="HPN Later", starts_on=date(2027, 9, 1), ends_on=date(2027, 9, 1))
    soon = await make_event(name="HPN Soon")
    await make_interest(soon, at=now - timedelta(days=30))
    await make_interest(soon, at=now - timedelta(days=1))
    await make_interest(soon, at=now, state=InterestState.WITHDRAWN)

    counted = [(row.name, row.people, row.new) for row in await interest_in_coming_events(now)]

    assert counted == [("HPN Soon", 2, 1), (later.name, 0, 0)]


@pytest.mark.usefixtures("database")
async def test_places_that_are_gone_offers_that_end_this_week_and_who_waits_are_counted(now: datetime) -> None:
    event = await make_event(capacity=5)
    await make_interested(event, 2, InterestState.ACCEPTED)
    await make_interested(event, 1, InterestState.OFFERED, offered_until=now + timedelta(days=6))
    await make_interested(event, 1, InterestState.OFFERED, offered_until=now + timedelta(days=8))
    await make_interested(event, 3, InterestState.WAITLISTED)
    await make_interested(event, 9, InterestState.DECLINED)

    [row] = await interest_in_coming_events(now)

    assert (row.people, row.capacity, row.used, row.ending, row.waiting) == (7, 5, 4, 1, 3)


async def test_a_moderator_sees_questions_and_nothing_of_owners(
    client: httpx2.AsyncClient, clock: StandingClock
) -> None:
    await signed_in(client, now=clock(), role=Role.MODERATOR)
    await make_event(name="HPN Secret Draft", state=EventState.DRAFT)

    page = (await client.get("/organise/")).text

    assert "questions to read" in page
    for words in ("HPN Secret Draft", "letters", "What to do first", "Done lately"):
        assert words not in page.partition("<main")[2]


@pytest.mark.parametrize("rows", [1, 30])
async def test_the_page_takes_the_same_queries_for_one_row_and_for_thirty(
    rows: int, client: httpx2.AsyncClient, clock: StandingClock
) -> None:
    await signed_in(client, now=clock())
    for _ in range(rows):
        await make_interest(await make_event(), at=clock())

    with recorded_statements() as statements:
        assert (await client.get("/organise/")).status_code == 200

    assert len(statements) == 5  # who is signed in, counts, interest, drafts, deeds


async def make_interest(event: Event, *, at: datetime, state: InterestState = InterestState.INTERESTED) -> None:
    email = f"ann-{event.id}-{at.timestamp()}@example.org"
    person = Person(email=email, email_key=email, name="Ann", created_at=MADE_AT, updated_at=MADE_AT)
    await person.save()
    await Interest(person=person.id, event=event.id, state=state, registered_at=at, changed_at=at).save()
