"""What holds of events without asking the database."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from eventsite.events.rules import (
    InterestClosed,
    OutsideTheDates,
    QuestionsClosed,
    ensure_open_for_interest,
    ensure_takes_questions,
    ensure_within,
    is_open_for_interest,
    place_of,
    place_of_session,
    takes_questions,
)
from eventsite.events.tables import Event, ProgrammeSession

NOW = datetime(2027, 6, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(seconds=1)


def event(**given: Any) -> Event:
    values = {"name": "HPN North", "state": "published", "starts_on": date(2027, 6, 26), "ends_on": date(2027, 6, 27)}
    return Event(**{**values, "created_at": NOW, "updated_at": NOW, **given})


def session(**given: Any) -> ProgrammeSession:
    starts_at = datetime(2027, 6, 26, 8, 30, tzinfo=UTC)
    times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1), "created_at": NOW, "updated_at": NOW}
    return ProgrammeSession(**{"event": "e", "title": "AI safety", "takes_questions": True, **times, **given})


@pytest.mark.parametrize(
    ("given", "is_open"),
    [
        ({}, True),
        ({"state": "draft"}, False),
        ({"state": "cancelled"}, False),
        ({"interest_closes_at": LATER}, True),
        ({"interest_closes_at": NOW}, False),
        ({"starts_on": date(2027, 5, 31), "ends_on": date(2027, 6, 1)}, True),
        ({"starts_on": date(2027, 5, 30), "ends_on": date(2027, 5, 31)}, False),
    ],
)
def test_interest_is_open_while_the_event_is_published_to_come_and_not_closed(given: Any, is_open: bool) -> None:
    assert is_open_for_interest(event(**given), NOW) is is_open


def test_the_last_day_ends_at_midnight_in_london_and_not_in_greenwich() -> None:
    last = event(ends_on=date(2027, 6, 27))
    assert is_open_for_interest(last, datetime(2027, 6, 27, 22, 59, tzinfo=UTC))
    assert not is_open_for_interest(last, datetime(2027, 6, 27, 23, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("published", "HPN North has closed to expressions of interest"),
        ("cancelled", "HPN North has been cancelled"),
    ],
)
def test_the_refusal_of_an_interest_names_the_event(state: str, sentence: str) -> None:
    with pytest.raises(InterestClosed) as refusal:
        ensure_open_for_interest(event(state=state, interest_closes_at=NOW), NOW)
    assert (str(refusal.value), refusal.value.field) == (sentence, "events")


@pytest.mark.parametrize(
    ("of_event", "of_session", "takes"),
    [
        ({}, {}, True),
        ({"state": "draft"}, {}, False),
        ({"state": "cancelled"}, {}, False),
        ({}, {"state": "cancelled"}, False),
        ({}, {"takes_questions": False}, False),
        ({}, {"questions_close_at": LATER}, True),
        ({}, {"questions_close_at": NOW}, False),
        ({}, {"starts_at": NOW - timedelta(hours=1), "ends_at": LATER}, True),
        ({}, {"starts_at": NOW - timedelta(hours=1), "ends_at": NOW}, False),
    ],
)
def test_questions_are_taken_until_they_close_or_the_session_ends(of_event: Any, of_session: Any, takes: bool) -> None:
    assert takes_questions(session(**of_session), event(**of_event), NOW) is takes


def test_the_refusal_of_a_question_names_the_session() -> None:
    with pytest.raises(QuestionsClosed, match="“AI safety” does not take questions any more"):
        ensure_takes_questions(session(questions_close_at=NOW), event(), NOW)
    with pytest.raises(QuestionsClosed, match="“AI safety” has been cancelled"):
        ensure_takes_questions(session(state="cancelled"), event(), NOW)


def test_a_session_may_fill_the_event_from_its_first_midnight_to_its_last() -> None:
    days = date(2027, 6, 26), date(2027, 6, 27)
    ensure_within(
        session(starts_at=datetime(2027, 6, 25, 23, tzinfo=UTC), ends_at=datetime(2027, 6, 27, 23, tzinfo=UTC)), *days
    )
    with pytest.raises(OutsideTheDates, match="“AI safety” is on Friday 25 June 2027, outside the event's dates"):
        ensure_within(session(starts_at=datetime(2027, 6, 25, 22, 59, tzinfo=UTC)), *days)
    with pytest.raises(OutsideTheDates):
        ensure_within(session(ends_at=datetime(2027, 6, 27, 23, 1, tzinfo=UTC)), *days)


def test_a_place_is_one_line_of_what_is_known() -> None:
    known = event(venue="The Exchange", town="Birmingham", postcode="B1 1AA")
    assert place_of(known) == "The Exchange, Birmingham B1 1AA"
    assert place_of(event(town="Leeds")) == "Leeds"
    assert place_of(event()) == ""
    assert place_of_session(session(room="Hall 1"), known) == "Hall 1, The Exchange, Birmingham B1 1AA"
    assert place_of_session(session(room=""), event(town="Leeds")) == "Leeds"
