"""Two thousand people more, for those who want to see long lists: rows alone, nobody has written to them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from eventsite.database import execute, new_id
from eventsite.demo.people import somebody
from eventsite.demo.places import five_o_clock
from eventsite.events.tables import Event, ProgrammeSession
from eventsite.interest.queries import places_of
from eventsite.interest.states import InterestState
from eventsite.interest.tables import Interest, Seat, SeatState
from eventsite.people.tables import Person

CROWD = 2000
FIRST_NUMBER = 100
"""The numbers before it belong to the people of `places`."""
BATCH = 200
OFFERS_OPEN = 20
WAITING = 180
# Of each ten who have neither a place nor the hope of one soon.
OTHERS = (
    *(InterestState.INTERESTED,) * 6,
    *(InterestState.DECLINED, InterestState.EXPIRED, InterestState.WITHDRAWN, InterestState.CANCELLED),
)


async def add_crowd(now: datetime, progress: Callable[[int, int], None]) -> None:
    """Fills the Midlands to the last place, with a waiting list; the rest are spread over both coming events."""
    events = {event.slug: event for event in await Event.objects()}
    midlands, mental_health = events["hpn-midlands"], events["hpn-mental-health"]
    free = (await places_of(midlands.id, midlands.capacity)).free or 0
    taking: list[str] = []
    for start in range(0, CROWD, BATCH):
        people = [_person(number, now) for number in range(start, start + BATCH)]
        interests = [
            _interest(number, person, midlands, mental_health, free, now) for number, person in enumerate(people, start)
        ]
        await Person.insert(*people)
        await Interest.insert(*interests)
        taking += [each.person for each in interests if each.state == InterestState.ACCEPTED]
        progress(start + BATCH, CROWD)
    await _take_seats(midlands, taking, now)


def _person(number: int, now: datetime) -> Person:
    draft = somebody(FIRST_NUMBER + number)
    at = now - timedelta(days=30) + timedelta(minutes=10 * number)
    return Person(id=new_id(), created_at=at, updated_at=at, **vars(draft))


def _interest(number: int, person: Person, midlands: Event, mental_health: Event, free: int, now: datetime) -> Interest:
    in_midlands = number < free + WAITING or number % 4 != 0
    state = _state(number, free)
    values: dict[str, Any] = {"registered_at": person.created_at, "changed_at": person.created_at}
    if state is InterestState.OFFERED:
        values |= {
            "offered_at": now - timedelta(days=2),
            "offered_until": five_o_clock(now, number % 6 + 1),
        }
    elif state is InterestState.WAITLISTED:
        values |= {"waitlisted_at": person.created_at + timedelta(days=1)}
    event = midlands if in_midlands else mental_health
    return Interest(person=person.id, event=event.id, state=state, **values)


def _state(number: int, free: int) -> InterestState:
    if number < free:
        return InterestState.OFFERED if number % (free // OFFERS_OPEN or 1) == 0 else InterestState.ACCEPTED
    return InterestState.WAITLISTED if number < free + WAITING else OTHERS[number % len(OTHERS)]


async def _take_seats(event: Event, people: list[str], now: datetime) -> None:
    """Fills the panel, and leaves the workshops as they are."""
    session = await ProgrammeSession.objects().get(
        (ProgrammeSession.event == event.id) & (ProgrammeSession.slug == "ai-safety")
    )
    assert session is not None
    [row] = await execute("SELECT COUNT(*) AS taken FROM seat WHERE session = {} AND state = 'taken'", session.id)
    room = (session.capacity or 0) - row["taken"]
    seats = [
        Seat(person=person, session=session.id, state=SeatState.TAKEN, created_at=now, changed_at=now)
        for person in people[:room]
    ]
    await Seat.insert(*seats)
