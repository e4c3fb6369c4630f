"""What a person's own page says and offers, without a database."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from eventsite.events.tables import Event, EventState
from eventsite.interest.states import InterestState
from eventsite.self_service.pace import Pace
from eventsite.self_service.rules import (
    answer_in_words,
    at_the_same_time,
    deeds_open_to,
    position_in_words,
    seats_in_words,
)

NOW = datetime(2027, 3, 10, 12, tzinfo=UTC)


def event(**given: Any) -> Event:
    days: dict[str, Any] = {"starts_on": date(2027, 6, 26), "ends_on": date(2027, 6, 27)}
    values: dict[str, Any] = {"state": EventState.PUBLISHED, "created_at": NOW, "updated_at": NOW}
    return Event(**days | values | given)


@pytest.mark.parametrize(
    ("state", "deeds"),
    [
        (InterestState.INTERESTED, {"withdraw", "pick"}),
        (InterestState.OFFERED, {"accept", "decline", "pick"}),
        (InterestState.ACCEPTED, {"decline", "pick"}),
        (InterestState.WAITLISTED, {"withdraw", "pick"}),
        (InterestState.DECLINED, {"wait", "register"}),
        (InterestState.EXPIRED, {"wait", "register"}),
        (InterestState.WITHDRAWN, {"register"}),
        (InterestState.CANCELLED, set()),
    ],
)
def test_every_state_offers_what_can_be_done_next(state: InterestState, deeds: set[str]) -> None:
    assert deeds_open_to(state, event(), NOW) == deeds


@pytest.mark.parametrize("state", list(InterestState))
def test_nothing_is_offered_at_an_event_that_is_over_but_a_way_out(state: InterestState) -> None:
    over = datetime(2027, 6, 28, 12, tzinfo=UTC)
    assert deeds_open_to(state, event(), over) <= {"withdraw", "decline"}


@pytest.mark.parametrize("state", list(InterestState))
def test_a_cancelled_event_asks_nothing_of_anybody(state: InterestState) -> None:
    assert deeds_open_to(state, event(state=EventState.CANCELLED), NOW) <= {"withdraw"}


def test_an_event_closed_to_interest_still_has_a_waiting_list() -> None:
    closed = event(interest_closes_at=NOW - timedelta(days=1))
    assert deeds_open_to(InterestState.EXPIRED, closed, NOW) == {"wait"}


@pytest.mark.parametrize(
    ("capacity", "taken", "waiting", "words"),
    [
        (None, 5, 0, ""),
        (40, 0, 0, "40 seats left"),
        (40, 39, 0, "1 seat left"),
        (40, 40, 0, "Full"),
        (40, 40, 1, "Full, and 1 person waits"),
        (40, 40, 3, "Full, and 3 people wait"),
        (40, 39, 1, "Full, and 1 person waits"),
        (0, 0, 0, "Full"),
        (10, 12, 0, "Full"),
    ],
)
def test_seats_left_are_said_in_words(capacity: int | None, taken: int, waiting: int, words: str) -> None:
    assert seats_in_words(capacity, taken, waiting) == words


def test_a_position_is_said_in_words() -> None:
    assert [position_in_words(ahead) for ahead in (0, 1, 11)] == [
        "You are next on the waiting list.",
        "You are number 2 on the waiting list.",
        "You are number 12 on the waiting list.",
    ]


@pytest.mark.parametrize(
    ("partstat", "words"),
    [
        ("ACCEPTED", "Your calendar answered yes."),
        ("TENTATIVE", "Your calendar answered maybe."),
        ("DECLINED", "Your calendar answered no."),
        ("NEEDS-ACTION", ""),
        (None, ""),
    ],
)
def test_what_a_calendar_answered_is_said_in_words(partstat: str | None, words: str) -> None:
    assert answer_in_words(partstat) == words


def test_what_ends_as_another_begins_is_no_clash() -> None:
    def lasting(first: int, last: int) -> Any:
        return SimpleNamespace(starts_at=NOW + timedelta(hours=first), ends_at=NOW + timedelta(hours=last))

    morning, noon, day, evening = lasting(0, 2), lasting(2, 4), lasting(1, 6), lasting(7, 8)
    all_of_them = [morning, noon, day, evening]
    assert at_the_same_time(day, all_of_them) == [morning, noon]
    assert at_the_same_time(morning, all_of_them) == [day]
    assert at_the_same_time(evening, all_of_them) == []


def test_a_calendar_has_so_many_uses_an_hour_and_others_have_their_own() -> None:
    pace = Pace(most=2, within=timedelta(hours=1))
    asked = [pace.wait_for("ann", NOW + timedelta(minutes=minutes)) for minutes in (0, 10, 20, 59)]
    assert asked == [0, 0, 2400, 60]
    assert pace.wait_for("mallory", NOW) == 0
    assert pace.wait_for("ann", NOW + timedelta(hours=1)) == 0


def test_a_clock_that_was_put_back_locks_nobody_out() -> None:
    pace = Pace(most=1, within=timedelta(hours=1))
    assert pace.wait_for("ann", NOW) == 0
    assert pace.wait_for("ann", NOW - timedelta(days=1)) == 0
