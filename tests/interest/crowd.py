"""Interested people for tests: rows, saved, one after the other in the order of registering."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from eventsite.events.tables import Event
from eventsite.interest.tables import Interest, InterestState
from eventsite.people.tables import Person
from tests.factories import MADE_AT

_numbers = count(1)


async def make_interested(
    event: Event, number: int = 1, state: InterestState = InterestState.INTERESTED, **given: Any
) -> list[Interest]:
    """So many people in a state, each a minute after the one before. `given` are values of the people or interests."""
    about = {name: given.pop(name) for name in ("offered_until", "waitlisted_at", "registered_at") if name in given}
    people, interests = [], []
    for place in range(number):
        person = _person(place, given)
        at = MADE_AT + timedelta(minutes=place)
        values: dict[str, Any] = {"registered_at": at, "changed_at": at, **_times(state, at)}
        people.append(person)
        interests.append(Interest(person=person.id, event=event.id, state=state, **values | about))
    for start in range(0, number, 200):
        await Person.insert(*people[start : start + 200])
        await Interest.insert(*interests[start : start + 200])
    return interests


def _person(place: int, given: dict[str, Any]) -> Person:
    email = f"someone{next(_numbers)}@canal-street.example"
    said = {"name": f"Person {place}", "job_title": "Matron", "organisation": "Example Trust", "email": email, **given}
    return Person(email_key=said["email"].casefold(), created_at=MADE_AT, updated_at=MADE_AT, **said)


def _times(state: InterestState, at: datetime) -> dict[str, datetime]:
    if state is InterestState.OFFERED:
        return {"offered_at": at, "offered_until": at + timedelta(days=100)}
    return {"waitlisted_at": at} if state is InterestState.WAITLISTED else {}
