"""Who is in an audience, and who is not."""

from datetime import datetime, timedelta

import pytest

from eventsite.announcements.queries import announcements, get_announcement, known_keys, readers_of
from eventsite.announcements.rules import AnnouncementDraft
from eventsite.announcements.tables import AnnouncementState, Audience
from eventsite.database import recorded_statements
from eventsite.errors import NotFound
from eventsite.events.tables import Event, ProgrammeSession
from eventsite.interest.tables import InterestState, SeatState
from eventsite.mail.suppression import suppress
from eventsite.mail.tables import SuppressionReason
from eventsite.people.services import switch_announcements, switch_updates, unsubscribe
from eventsite.questions.tables import QuestionState
from tests.announcements.factories import ask, draft_for, interested_in, make_announcement, make_reader, sit, stand
from tests.factories import make_event, make_session
from tests.organisers.factories import make_organiser

DAY = timedelta(days=1)


async def names_in(draft: AnnouncementDraft) -> list[str]:
    return sorted(reader.name for reader in await readers_of(draft))


@pytest.mark.parametrize("audience", ["interested", "offered", "accepted", "waitlisted"])
async def test_an_events_people_stand_where_the_audience_says(audience: str, event: Event) -> None:
    other = await make_event()
    for state in InterestState:
        await interested_in(event, state.value, state)
        await interested_in(other, f"{state.value} elsewhere", state)

    assert await names_in(draft_for(event, Audience(audience))) == [audience]


async def test_a_sessions_people_have_their_seat(event: Event, session: ProgrammeSession) -> None:
    other = await make_session(event)
    for state in SeatState:
        person = await make_reader(state.value)
        await sit(person, session, state)
        await sit(person, other, SeatState.GIVEN_UP)
    await sit(await make_reader("elsewhere"), other)

    assert await names_in(draft_for(event, Audience.SEATS, session=session.id)) == ["taken"]


async def test_askers_are_known_and_still_ask(event: Event, session: ProgrammeSession) -> None:
    other = await make_session(await make_event())
    for state in QuestionState:
        await ask(await make_reader(state.value), session, state)
    twice = await make_reader("twice")
    for _ in range(2):
        await ask(twice, session)
    await ask(None, session)
    await ask(await make_reader("elsewhere"), other)

    still_asked = {state.value for state in QuestionState} - {"withdrawn"}
    assert await names_in(draft_for(event, Audience.ASKERS)) == sorted({*still_asked, "twice"})


async def test_news_goes_to_those_whose_newest_word_is_yes(event: Event, now: datetime) -> None:
    ann, bo, _ = [await make_reader(name) for name in ("Ann", "Bo", "Mallory, who said nothing")]
    for person in (ann, bo):
        await switch_updates(person.id, wanted=True, source="own page", now=now)
    await switch_updates(bo.id, wanted=False, source="own page", now=now + DAY)
    cy = await make_reader("Cy, who thought again")
    for day, wanted in enumerate((True, False, True)):
        await switch_updates(cy.id, wanted=wanted, source="own page", now=now + day * DAY)

    assert await names_in(draft_for(None, Audience.UPDATES)) == ["Ann", "Cy, who thought again"]


async def test_news_goes_by_its_own_word(now: datetime, database: None) -> None:
    """Who unsubscribed and then asked for news gets news; who only wants no announcements gets news, too."""
    ann, bo, cy = [await make_reader(name) for name in ("Ann", "Bo", "Cy")]
    for person in (ann, bo, cy):
        await switch_updates(person.id, wanted=True, source="own page", now=now)
    await unsubscribe(ann.id, source="one click", now=now + DAY)
    await unsubscribe(bo.id, source="one click", now=now + DAY)
    await switch_updates(bo.id, wanted=True, source="own page", now=now + 2 * DAY)
    await switch_announcements(cy.id, wanted=False, source="own page", now=now + DAY)

    readers = await readers_of(draft_for(None, Audience.UPDATES))

    assert sorted(reader.name for reader in readers if not reader.has_objected) == ["Bo", "Cy"]


async def test_each_reader_comes_with_what_keeps_letters_from_them(event: Event, now: datetime) -> None:
    ann, bo, cy, di = [await interested_in(event, name) for name in ("Ann", "Bo", "Cy", "Di")]
    await unsubscribe(bo.id, source="one click", now=now)
    await suppress(cy.email_key, reason=SuppressionReason.BOUNCED, words="550", now=now)
    await switch_announcements(di.id, wanted=False, source="own page", now=now)
    await switch_announcements(di.id, wanted=True, source="own page", now=now + DAY)

    found = {one.name: (one.has_objected, one.is_suppressed) for one in await readers_of(draft_for(event))}

    assert found == {"Ann": (False, False), "Bo": (True, False), "Cy": (False, True), "Di": (False, False)}
    assert ann.name in found


async def test_a_person_is_a_reader_once_and_in_one_order(event: Event) -> None:
    people = [await interested_in(event) for _ in range(5)]
    for person in people:
        await stand(person, await make_event())

    assert [reader.id for reader in await readers_of(draft_for(event))] == sorted(person.id for person in people)


async def test_keys_are_looked_up_however_many_there_are(database: None) -> None:
    assert await known_keys([f"announcement:{number}" for number in range(1200)]) == set()
    assert await known_keys([]) == set()


@pytest.mark.parametrize("rows", [1, 30])
async def test_the_list_takes_two_queries_however_long(rows: int, event: Event, now: datetime) -> None:
    for _ in range(rows):
        await make_announcement(event, now=now)
    with recorded_statements() as statements:
        found = await announcements()
    assert (len(statements), len(found)) == (2, rows)


async def test_the_list_says_what_each_is_about(event: Event, session: ProgrammeSession, now: datetime) -> None:
    olive = await make_organiser(password=None)
    await make_announcement(None, now=now, audience=Audience.UPDATES)
    await make_announcement(
        event,
        now=now + DAY,
        audience=Audience.SEATS,
        session=session.id,
        state=AnnouncementState.RELEASED,
        letters=3,
        released_by=olive.id,
        released_at=now + DAY,
    )

    newest, oldest = await announcements()

    assert newest.event is not None
    assert (newest.event.name, newest.session_title) == ("HPN Midlands", "How do we deploy AI safely?")
    assert (newest.letters, newest.released_by) == (3, "Olive Organiser")
    assert (oldest.event, oldest.letters) == (None, None)


async def test_an_announcement_that_is_not_there_is_not_found(database: None) -> None:
    with pytest.raises(NotFound):
        await get_announcement("0" * 16)
