"""The desk's list of who is interested: narrowed by event and state, found by words, fifty a page, for owners alone."""

from datetime import datetime, timedelta

import httpx2
import pytest

from eventsite.database import execute, new_id, recorded_statements
from eventsite.interest.queries import PAGE, InterestFilter, Places, interested_people, places_of
from eventsite.interest.tables import Interest, InterestState
from eventsite.mail.suppression import suppress
from eventsite.mail.tables import SuppressionReason
from eventsite.organisers.tables import Role
from tests.conftest import StandingClock
from tests.factories import MADE_AT, make_event, make_session
from tests.interest.crowd import make_interested
from tests.organisers.factories import signed_in

OFFERED, WAITLISTED, ACCEPTED = InterestState.OFFERED, InterestState.WAITLISTED, InterestState.ACCEPTED


async def make_invite(interest: Interest, partstat: str, *, method: str = "REQUEST") -> None:
    """An entry in somebody's calendar that has answered."""
    await execute(
        "INSERT INTO invite (id, person, event, uid, attendee, organizer, method, sequence, digest, stamped_at, "
        "message_id, partstat) VALUES ({}, {}, {}, {}, 'a@b.example', 'c@d.example', {}, 0, 'x', {}, '<m>', {})",
        *(new_id(), interest.person, interest.event, new_id(), method, MADE_AT, partstat),
    )


async def test_the_newest_stand_first_fifty_a_page(database: None) -> None:
    await make_interested(await make_event(), PAGE + 2)
    first, second = await interested_people(InterestFilter()), await interested_people(InterestFilter(), 2)
    assert (first.count, first.last, len(first.people)) == (52, 2, PAGE)
    assert [person.name for person in second.people] == ["Person 1", "Person 0"]


async def test_a_page_past_the_last_is_the_last(database: None) -> None:
    await make_interested(await make_event(), 3)
    found = await interested_people(InterestFilter(), 99)
    assert (found.number, len(found.people)) == (1, 3)


async def test_one_event_at_a_time(database: None) -> None:
    midlands, north = await make_event(), await make_event(name="HPN North")
    await make_interested(midlands, 2)
    await make_interested(north, 1)
    found = await interested_people(InterestFilter(event=north.id))
    assert [(person.name, person.event_name) for person in found.people] == [("Person 0", "HPN North")]


async def test_states_are_counted_as_the_words_find_them_and_places_as_they_are(database: None) -> None:
    event = await make_event(capacity=10)
    await make_interested(event, 3)
    await make_interested(event, 2, OFFERED)
    await make_interested(event, 1, ACCEPTED, name="Zora Neale")
    found = await interested_people(InterestFilter(event=event.id, state="offered", words="person"))
    assert found.counts == {"interested": 3, "offered": 2}
    assert found.everybody == {"interested": 3, "offered": 2, "accepted": 1}
    assert (found.count, {person.state for person in found.people}) == (2, {"offered"})
    assert await places_of(event.id, 10) == Places(10, accepted=1, offered=2, waiting=0)


@pytest.mark.parametrize(
    ("places", "free", "over"),
    [
        (Places(10, 4, 3, 9), 3, 0),
        (Places(7, 4, 3, 0), 0, 0),
        (Places(5, 4, 3, 0), 0, 2),
        (Places(None, 4, 3, 0), None, 0),
    ],
)
def test_an_offer_keeps_its_place(places: Places, free: int | None, over: int) -> None:
    assert (places.used, places.free, places.over) == (7, free, over)


async def test_the_waiting_list_stands_in_its_order_with_positions(database: None) -> None:
    event = await make_event()
    early = await make_interested(event, 1, WAITLISTED, name="Early", waitlisted_at=MADE_AT)
    late = await make_interested(event, 1, WAITLISTED, name="Late", waitlisted_at=MADE_AT + timedelta(days=2))
    await make_interested(await make_event(), 1, WAITLISTED, waitlisted_at=MADE_AT - timedelta(days=9))
    found = await interested_people(InterestFilter(event=event.id, state="waitlisted"))
    assert [(person.id, person.position) for person in found.people] == [(early[0].id, 1), (late[0].id, 2)]


async def test_offers_that_run_out_first_stand_first(database: None) -> None:
    event = await make_event()
    for day in (3, 1, 2):
        await make_interested(event, 1, OFFERED, name=f"Day {day}", offered_until=MADE_AT + timedelta(days=day))
    found = await interested_people(InterestFilter(event=event.id, state="offered"))
    assert [person.name for person in found.people] == ["Day 1", "Day 2", "Day 3"]


async def test_what_a_calendar_answered_and_an_address_that_bounces_stand_beside_the_person(database: None) -> None:
    event = await make_event()
    ann, ben, cy = await make_interested(event, 3, ACCEPTED)
    await make_invite(ann, "TENTATIVE")
    await make_invite(ben, "ACCEPTED", method="CANCEL")
    [row] = await execute("SELECT email_key FROM person WHERE id = {}", cy.person)
    await suppress(row["email_key"], reason=SuppressionReason.BOUNCED, words="no such user", now=MADE_AT)
    by_id = {person.id: person for person in (await interested_people(InterestFilter(event=event.id))).people}
    assert [by_id[one.id].partstat for one in (ann, ben, cy)] == ["TENTATIVE", "", ""]
    assert [by_id[one.id].suppressed for one in (ann, ben, cy)] == ["", "", "bounced"]


@pytest.mark.parametrize("words", ["zoë", "ZOË", "Humber", "person-z@"])
async def test_found_by_name_address_or_organisation(database: None, words: str) -> None:
    event = await make_event()
    await make_interested(event, name="zoë Rivers", organisation="Humber Hospitals", email="person-z@humber.example")
    await make_interested(await make_event(), name="Ann Asker")
    found = await interested_people(InterestFilter(event=event.id, words=words))
    assert [person.name for person in found.people] == ["zoë Rivers"]


@pytest.mark.parametrize("words", ["%", "_", "\\", "!", "'; DROP TABLE person; --"])
async def test_signs_of_the_database_are_words_like_others(database: None, words: str) -> None:
    await make_interested(await make_event(), 2)
    assert (await interested_people(InterestFilter(words=words))).people == []


@pytest.mark.parametrize("number", [1, 30, 2000])
async def test_the_page_takes_as_many_queries_for_one_as_for_two_thousand(
    client: httpx2.AsyncClient, now: datetime, number: int
) -> None:
    event = await make_event(slug="hpn-midlands", capacity=100)
    await make_session(event, capacity=4)
    await make_interested(event, number, WAITLISTED)
    await signed_in(client, now=now, role=Role.OWNER)
    with recorded_statements() as statements:
        page = await client.get("/organise/interest?event=hpn-midlands&q=person&state=waitlisted")
    assert f"Waiting list {number}" in page.text
    # Who is signed in, the events, how many are in each state, the people, the seats.
    assert len(statements) == 5


async def test_olive_sees_who_where_they_stand_and_how_many_places_there_are(
    client: httpx2.AsyncClient, clock: StandingClock
) -> None:
    event = await make_event(capacity=3, name="HPN Midlands")
    await make_session(event, title="Scribes", capacity=12)
    await make_interested(event, 1, name="<b>Ann</b>")
    await make_interested(event, 1, OFFERED, offered_until=datetime.fromisoformat("2027-05-14T16:00:00Z"))
    [taken] = await make_interested(event, 1, ACCEPTED)
    await make_invite(taken, "TENTATIVE")
    await signed_in(client, now=clock(), role=Role.OWNER)
    page = (await client.get(f"/organise/interest?event={event.slug}")).text
    for shown in (
        "&lt;b&gt;Ann&lt;/b&gt;",
        "1 of 3 places free",
        "14 May 2027, 5pm",
        "Tentative in their calendar",
        "0 of 12 taken",
        "All 3",
    ):
        assert shown in page
    assert "style=" not in page
    assert "Nobody fits" in (await client.get(f"/organise/interest?event={event.slug}&q=nobody")).text


async def test_with_all_events_shown_there_is_nothing_to_tick(client: httpx2.AsyncClient, now: datetime) -> None:
    event = await make_event()
    await make_interested(event, 1)
    await signed_in(client, now=now, role=Role.OWNER)
    everything, narrowed = [
        (await client.get(f"/organise/interest?event={slug}")).text for slug in ("no-such-event", event.slug)
    ]
    assert "Person 0" in everything
    assert ("checkbox" in everything, "checkbox" in narrowed) == (False, True)


@pytest.mark.parametrize("query", ["state=nonsense", "page=-1", "page=%C3%A9", "q=%00", "event=%00", "q=" + "x" * 500])
async def test_an_address_made_up_is_answered_with_a_list(
    client: httpx2.AsyncClient, now: datetime, query: str
) -> None:
    await make_interested(await make_event(), 1)
    await signed_in(client, now=now, role=Role.OWNER)
    assert (await client.get(f"/organise/interest?{query}")).status_code == 200


async def test_a_moderator_and_mallory_see_nobody(client: httpx2.AsyncClient, clock: StandingClock) -> None:
    event = await make_event()
    [ann] = await make_interested(event, 1)
    addresses = ("/organise/interest", f"/organise/interest/{ann.id}", "/organise/interest/invitations")
    assert [(await client.get(address)).status_code for address in addresses] == [303] * 3
    await signed_in(client, now=clock(), role=Role.MODERATOR)
    for address in addresses:
        refused = await client.get(address)
        assert (refused.status_code, "Person 0" in refused.text) == (403, False)
