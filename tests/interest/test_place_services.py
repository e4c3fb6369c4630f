"""Places are offered, accepted, declined, given up and taken back; each deed with its line in the ledger."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from eventsite import ledger
from eventsite.errors import NotFound, Refusal
from eventsite.events.tables import EventState
from eventsite.interest.place_services import BadDeadline, EventOver, NoOffer, OfferRanOut, Offers, PlacesLeft
from eventsite.interest.seat_services import add_session
from eventsite.interest.states import InterestState
from eventsite.interest.tables import Interest, Seat
from eventsite.people.services import PersonDraft
from eventsite.people.tables import Person
from tests.factories import make_session
from tests.interest.box_office import OLIVE, BoxOffice

BEFORE_THE_EVENT = datetime(2027, 6, 25, 22, 59, tzinfo=UTC)
AS_IT_BEGINS = datetime(2027, 6, 25, 23, 0, tzinfo=UTC)


async def test_an_offer_keeps_a_place_until_its_deadline(office: BoxOffice) -> None:
    await office.people("ann")
    until = office.now + timedelta(days=3)
    assert await office.offer("ann", until=until) == Offers(offered=1)
    [row] = await Interest.select()
    assert (row["state"], row["offered_at"], row["offered_until"]) == ("offered", office.now, until)
    assert await office.deeds("ann") == [("place.offered", OLIVE)]


async def test_who_registered_first_comes_first_and_the_rest_wait_in_that_order(office: BoxOffice) -> None:
    await office.people("ann", "bea", "cem", "dot", "eve")
    assert await office.offer("eve", "cem", "ann", "dot", "bea") == Offers(offered=2, waitlisted=3)
    assert await office.states() == {
        "ann": "offered",
        "bea": "offered",
        "cem": "waitlisted",
        "dot": "waitlisted",
        "eve": "waitlisted",
    }
    rows = await Interest.select(Interest.id).where(Interest.state == "waitlisted").order_by(Interest.waitlisted_at)
    assert [row["id"] for row in rows] == [office.interests[name] for name in ("cem", "dot", "eve")]


async def test_without_a_capacity_everybody_is_offered_a_place(office: BoxOffice) -> None:
    await office.change_event(capacity=None)
    await office.people("ann", "bea", "cem")
    assert await office.offer("ann", "bea", "cem") == Offers(offered=3)


async def test_nobody_is_offered_what_they_have_or_loses_it(office: BoxOffice) -> None:
    await office.people("ann", "bea")
    await office.offer("ann", "bea")
    await office.accept("ann")
    assert await office.offer("ann", "bea") == Offers(left_alone=2)
    assert await office.states() == {"ann": "accepted", "bea": "offered"}


async def test_somebody_on_the_list_stays_where_they_are_while_there_is_no_room(office: BoxOffice) -> None:
    await office.people("ann", "bea", "cem")
    await office.offer("ann", "bea", "cem")
    letters = await office.kinds("cem")
    assert await office.offer("cem") == Offers(left_alone=1)
    assert await office.kinds("cem") == letters


async def test_an_event_with_fewer_places_than_are_used_has_none_to_give(office: BoxOffice) -> None:
    await office.people("ann", "bea", "cem", "dot")
    await office.offer("ann", "bea")
    await office.change_event(capacity=1)
    assert await office.offer("cem", "dot") == Offers(waitlisted=2)
    await office.decline("ann")
    assert await office.state("cem") == "waitlisted"


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        (datetime(2027, 3, 10, 12, 1, tzinfo=UTC), "The time to answer by has passed already"),
        (AS_IT_BEGINS + timedelta(seconds=1), "The time to answer by must be before HPN Midlands begins"),
    ],
)
async def test_a_deadline_lies_between_now_and_the_start(office: BoxOffice, until: datetime, sentence: str) -> None:
    await office.people("ann")
    with pytest.raises(BadDeadline, match=sentence) as refused:
        await office.offer("ann", until=until)
    assert refused.value.field == "until"
    assert await office.state("ann") == "interested"
    await office.offer("ann", until=AS_IT_BEGINS)


async def test_a_place_is_accepted_and_twice_is_no_fault(office: BoxOffice) -> None:
    await office.people("ann")
    await office.offer("ann")
    await office.accept("ann")
    await office.accept("ann")
    assert await office.state("ann") == "accepted"
    assert await office.deeds("ann") == [("place.offered", OLIVE), ("place.accepted", ledger.VISITOR)]
    assert await office.kinds("ann") == ["place_offered", "place_confirmed"]


@pytest.mark.parametrize("has_run", [False, True], ids=["before the job", "after it"])
async def test_after_the_deadline_the_waiting_list_is_offered_instead(office: BoxOffice, has_run: bool) -> None:
    await office.people("ann")
    await office.offer("ann", until=office.now + timedelta(days=1))
    office.now += timedelta(days=1, minutes=5)
    if has_run:
        await office.pass_on()
    said = "This offer ran out at midday on Thursday 11 March 2027 \\(UK time\\). You can join the waiting list."
    with pytest.raises(OfferRanOut, match=said):
        await office.accept("ann")
    await office.wait("ann")
    assert await office.state("ann") == "offered"  # nobody else waits, so a new offer comes at once


async def test_a_late_answer_jumps_no_queue(office: BoxOffice) -> None:
    await office.change_event(capacity=1)
    await office.people("ann", "bea")
    await office.offer("ann", "bea", until=office.now + timedelta(days=1))
    office.now += timedelta(days=1, minutes=5)
    with pytest.raises(OfferRanOut):
        await office.accept("ann")
    await office.wait("ann")
    assert await office.states() == {"ann": "waitlisted", "bea": "offered"}


async def test_the_last_moment_is_in_time(office: BoxOffice) -> None:
    await office.people("ann")
    until = office.now + timedelta(days=1)
    await office.offer("ann", until=until)
    office.now = until - timedelta(minutes=1, microseconds=1)
    await office.accept("ann")
    assert await office.state("ann") == "accepted"


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("interested", "We have not offered you a place yet"),
        ("waitlisted", "You are on the waiting list"),
        ("declined", "You declined your place. You can join the waiting list."),
        ("withdrawn", "You withdrew your interest"),
        ("cancelled", "Your place was cancelled by the organisers"),
    ],
)
async def test_accepting_what_was_not_offered_is_refused_with_a_sentence(
    office: BoxOffice, state: str, sentence: str
) -> None:
    await office.person("ann", state, waitlisted_at=office.now)
    with pytest.raises(NoOffer, match=sentence):
        await office.accept("ann")
    assert await office.state("ann") == state


async def test_mallory_has_no_place_to_accept(office: BoxOffice) -> None:
    office.ids["mallory"] = "0000000000000000"
    for deed in (office.accept, office.decline, office.wait, office.withdraw):
        with pytest.raises(NotFound):
            await deed("mallory")


@pytest.mark.parametrize("leaving", [BoxOffice.decline, BoxOffice.withdraw], ids=["declined", "withdrawn"])
@pytest.mark.parametrize("accepted", [False, True], ids=["an offer", "a place"])
async def test_what_is_given_up_goes_to_the_next(
    office: BoxOffice, leaving: Callable[[BoxOffice, str], Awaitable[object]], accepted: bool
) -> None:
    await office.change_event(capacity=1)
    await office.people("ann", "bea")
    await office.offer("ann", "bea")
    if accepted:
        await office.accept("ann")
    await leaving(office, "ann")
    assert await office.state("bea") == "offered"
    assert (await office.deeds("bea"))[-1] == ("place.offered", ledger.SYSTEM)


async def test_declining_and_withdrawing_twice_is_no_fault(office: BoxOffice) -> None:
    await office.people("ann", "bea")
    await office.offer("ann")
    await office.decline("ann")
    await office.decline("ann")
    assert await office.withdraw("bea")
    assert not await office.withdraw("bea")
    assert await office.states() == {"ann": "declined", "bea": "withdrawn"}
    assert len(await office.deeds("ann")) == 2


async def test_withdrawing_after_declining_changes_nothing(office: BoxOffice) -> None:
    await office.people("ann")
    await office.offer("ann")
    await office.decline("ann")
    assert not await office.withdraw("ann")


async def test_who_leaves_loses_their_sessions_too(office: BoxOffice) -> None:
    panel = await make_session(office.event, capacity=5)
    await office.people("ann")
    await office.offer("ann")
    await office.accept("ann")
    await add_session(office.ids["ann"], panel, wants_mail=False, **office.deed())
    await office.decline("ann")
    [seat] = await Seat.select(Seat.state)
    assert seat["state"] == "cancelled"


async def test_the_list_is_open_to_who_declined(office: BoxOffice) -> None:
    await office.change_event(capacity=1)
    await office.people("ann", "bea")
    await office.offer("ann", "bea")
    await office.decline("ann")
    await office.wait("ann")
    await office.wait("ann")
    assert await office.states() == {"ann": "waitlisted", "bea": "offered"}
    assert [deed for deed, _ in await office.deeds("ann")] == ["place.offered", "place.declined", "place.waitlisted"]


async def test_the_list_is_open_to_the_interested_once_the_event_is_full(office: BoxOffice) -> None:
    await office.people("ann", "bea", "cem")
    await office.offer("ann")
    with pytest.raises(PlacesLeft, match="not all places have been given away"):
        await office.wait("cem")
    await office.offer("bea")
    await office.wait("cem")
    assert await office.state("cem") == "waitlisted"


@pytest.mark.parametrize("state", ["withdrawn", "cancelled"])
async def test_the_list_is_not_open_to_who_left(office: BoxOffice, state: str) -> None:
    await office.person("ann", state)
    with pytest.raises(NoOffer):
        await office.wait("ann")


async def test_organisers_take_back_places_offers_and_hopes(office: BoxOffice) -> None:
    await office.people("ann", "bea", "cem", "dot", "eve")
    await office.offer("ann", "bea", "cem", "dot")
    await office.accept("ann")
    await office.withdraw("eve")
    assert await office.cancel("ann", "bea", "cem", "eve") == 3
    assert await office.states() == {
        "ann": "cancelled",
        "bea": "cancelled",
        "cem": "cancelled",
        "dot": "offered",
        "eve": "withdrawn",
    }
    assert (await office.deeds("ann"))[-1] == ("place.cancelled", OLIVE)


async def test_a_named_person_is_invited_who_never_registered(office: BoxOffice) -> None:
    draft = PersonDraft("Nia@trust.example", "nia@trust.example", "Nia New", "Matron", "Example Trust")
    assert await office.invite(draft) == Offers(offered=1)
    [person] = await Person.select(Person.email, Person.name)
    assert person == {"email": "Nia@trust.example", "name": "Nia New"}
    assert [row["state"] for row in await Interest.select(Interest.state)] == ["offered"]


async def test_a_named_person_whom_we_know_stays_as_they_are(office: BoxOffice) -> None:
    await office.person("ann", "withdrawn")
    address = office.address("ann")
    assert await office.invite(PersonDraft(address, address, "Somebody Else")) == Offers(offered=1)
    assert await office.state("ann") == "offered"
    assert [row["name"] for row in await Person.select(Person.name)] == ["Ann"]
    assert await office.invite(PersonDraft(address, address, "Ann")) == Offers(left_alone=1)


async def test_a_named_person_waits_where_the_event_is_full(office: BoxOffice) -> None:
    await office.change_event(capacity=0)
    assert await office.invite(PersonDraft("nia@trust.example", "nia@trust.example", "Nia")) == Offers(waitlisted=1)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"state": EventState.CANCELLED}, "HPN Midlands has been cancelled"),
        ({"state": EventState.DRAFT}, "HPN Midlands is not on the site yet"),
        ({"starts_on": date(2027, 3, 1), "ends_on": date(2027, 3, 9)}, "HPN Midlands is over"),
    ],
)
async def test_there_are_no_places_at_what_does_not_take_place(
    office: BoxOffice, change: dict[str, object], sentence: str
) -> None:
    await office.people("ann", "bea")
    await office.offer("ann")
    await office.change_event(**change)
    refused: list[Callable[[str], Awaitable[object]]] = [office.accept, office.wait, office.offer]
    for deed in refused:
        with pytest.raises(EventOver, match=sentence):
            await deed("ann")
    # Out one always can.
    await office.decline("ann")
    assert await office.withdraw("bea")


async def test_a_refused_deed_leaves_nothing_behind(office: BoxOffice) -> None:
    await office.people("ann")
    draft = PersonDraft("nia@trust.example", "nia@trust.example", "Nia")
    with pytest.raises(Refusal):
        await office.invite(draft, until=office.now)
    assert await Person.count() == 1
    assert await office.letters("ann") == []


@pytest.mark.parametrize("state", [InterestState.DECLINED, InterestState.EXPIRED, InterestState.CANCELLED])
async def test_somebody_may_be_offered_a_place_again(office: BoxOffice, state: InterestState) -> None:
    await office.person("ann", state)
    assert await office.offer("ann") == Offers(offered=1)
