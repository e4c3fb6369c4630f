"""What a check page says before a deed is done, and what it carries along."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsite.clock import LONDON
from eventsite.events.tables import Event
from eventsite.interest.desk_rules import DEEDS, frozen, plan, thawed, usual_deadline
from eventsite.interest.place_rules import start_of
from eventsite.interest.queries import Candidate
from eventsite.interest.states import Deed, InterestState, can

STATES = st.sampled_from(list(InterestState))


def candidate(number: int, state: str) -> Candidate:
    return Candidate(f"{number:016}", f"person{number}", f"Person {number}", "", state, "")


def people(*states: str) -> list[Candidate]:
    return [candidate(number, state) for number, state in enumerate(states)]


def words(deed: Deed, free: int | None, *states: str) -> list[str]:
    return [share.words for share in plan(deed, people(*states), free)]


def test_who_registered_first_is_offered_a_place_and_the_rest_wait() -> None:
    shares = plan(Deed.OFFER, people("interested", "accepted", "expired", "interested", "waitlisted"), 2)
    assert [(share.words, [one.name for one in share.people]) for share in shares] == [
        ("2 people are offered a place", ["Person 0", "Person 2"]),
        ("1 person goes on the waiting list", ["Person 3"]),
        ("2 people are left alone", ["Person 1", "Person 4"]),
    ]


@pytest.mark.parametrize(
    ("free", "said"),
    [
        (None, ["3 people are offered a place"]),
        (0, ["2 people go on the waiting list", "1 person is left alone"]),
        (1, ["1 person is offered a place", "1 person goes on the waiting list", "1 person is left alone"]),
    ],
)
def test_places_are_not_promised_twice(free: int | None, said: list[str]) -> None:
    # Somebody who withdrew can be invited again, but is not put on a list.
    assert words(Deed.OFFER, free, "interested", "declined", "withdrawn") == said


def test_what_each_would_lose_is_said() -> None:
    assert words(Deed.CANCEL, 0, "accepted", "offered", "waitlisted", "interested", "declined") == [
        "1 person loses their place",
        "1 person loses their offer",
        "1 person is taken off the waiting list",
        "1 person is told that there is no place for them",
        "1 person is left alone",
    ]


@given(st.sampled_from(DEEDS), st.lists(STATES, max_size=40), st.none() | st.integers(0, 40))
def test_everybody_is_in_one_share_and_nothing_impossible_is_promised(
    deed: Deed, states: list[InterestState], free: int | None
) -> None:
    chosen = people(*states)
    shares = plan(deed, chosen, free)
    ids = [one.id for share in shares for one in share.people]
    assert sorted(ids) == sorted(one.id for one in chosen)
    for share in shares:
        possible = [any(can(each, one.state) for each in (deed, Deed.WAIT)) for one in share.people]
        assert share.is_left_alone or all(possible)
    offered = [len(share.people) for share in shares if "offered a place" in share.words]
    assert free is None or sum(offered) <= free


@given(st.lists(STATES, max_size=60))
def test_what_is_frozen_thaws_to_the_same(states: list[InterestState]) -> None:
    chosen = people(*states)
    assert thawed(frozen(chosen)) == {one.id: one.state for one in chosen}


def test_five_thousand_people_fit_into_less_than_ninety_kilobytes() -> None:
    assert len(frozen(people(*["interested"] * 5000))) < 90_000


@pytest.mark.parametrize(
    "made_up", ["", "0000000000000001", "nonsense 0000000000000001", "offered short", "offered " + "é" * 16, "\0"]
)
def test_what_nobody_froze_is_nobody(made_up: str) -> None:
    assert thawed(made_up) == {}


def event_on(starts_on: datetime, **values: Any) -> Event:
    known: dict[str, Any] = {"slug": "hpn", "name": "HPN", "created_at": starts_on, "updated_at": starts_on}
    values = {**known, **values}
    return Event(starts_on=starts_on.date(), ends_on=starts_on.date(), reply_days=5, **values)


@pytest.mark.parametrize(
    ("now", "deadline"),
    [
        ("2027-05-01T12:00Z", "2027-05-06T17:00+01:00"),
        ("2027-06-24T12:00Z", "2027-06-25T17:00+01:00"),
        # On the eve, after five: until the event begins.
        ("2027-06-25T18:00Z", "2027-06-26T00:00+01:00"),
        # Over the night when the clocks go back it is five in London all the same.
        ("2026-10-23T12:00Z", "2026-10-28T17:00+00:00"),
    ],
)
def test_an_offer_stands_until_five_in_london_and_ends_before_the_event(now: str, deadline: str) -> None:
    event = event_on(datetime(2027, 6, 26, tzinfo=LONDON))
    assert usual_deadline(event, datetime.fromisoformat(now)) == datetime.fromisoformat(deadline)


@given(st.integers(0, 800 * 24 * 60), st.integers(0, 400))
def test_the_usual_deadline_is_one_that_can_be_kept(minutes: int, days: int) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    event = event_on(moment.astimezone(LONDON) + timedelta(days=days))
    until = usual_deadline(event, moment)
    assert until <= start_of(event)
    assert until > moment or start_of(event) <= moment
