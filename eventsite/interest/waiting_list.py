"""The waiting list of an event: offers that ran out end, and every place that is free goes to whoever waits longest."""

from datetime import datetime

from eventsite import ledger
from eventsite.database import transaction
from eventsite.events.tables import Event
from eventsite.interest import place_letters
from eventsite.interest.place_moves import cause_of, move, move_to_offer
from eventsite.interest.place_posting import post
from eventsite.interest.place_queries import (
    Standing,
    events_in_motion,
    hold_event,
    hold_overdue,
    hold_waiting,
    places_left,
)
from eventsite.interest.place_rules import next_deadline, passes_on
from eventsite.interest.seat_services import release_seats
from eventsite.interest.states import Deed
from eventsite.mail.tables import Cause
from eventsite.stationery import Stationery

EVERYBODY = 10_000


async def pass_on_places(now: datetime, *, stationery: Stationery) -> int:
    """The job: for every event ends the offers that ran out and gives free places to those who wait; how many places.

    Also where the capacity was raised or somebody with a place was erased. Each event is one transaction.
    """
    return sum(
        [await pass_on_places_of(event_id, stationery=stationery, now=now) for event_id in await events_in_motion(now)]
    )


async def pass_on_places_of(event_id: str, *, stationery: Stationery, now: datetime) -> int:
    """The same for one event, as part of the caller's transaction if there is one."""
    async with transaction():
        event = await hold_event(event_id)
        for standing in await hold_overdue(event.id, now):
            await end_offer(event, standing, stationery=stationery, now=now)
        if not passes_on(event, now):
            return 0
        left = await places_left(event)
        waiting = await hold_waiting(event.id, EVERYBODY if left is None else left) if left != 0 else []
        for standing in waiting:
            await offer(
                event, standing, until=next_deadline(event, now), actor=ledger.SYSTEM, stationery=stationery, now=now
            )
    return len(waiting)


async def offer(
    event: Event, standing: Standing, *, until: datetime, actor: str, stationery: Stationery, now: datetime
) -> None:
    """Keeps a place for somebody and writes to them. Part of the caller's transaction."""
    await move_to_offer(standing, until, actor=actor, now=now)
    letter = place_letters.place_offered(standing.person, event, until, stationery)
    await post(letter, standing, cause=cause_of(actor), stationery=stationery, now=now)


async def put_on_list(event: Event, standing: Standing, *, actor: str, stationery: Stationery, now: datetime) -> None:
    """Puts somebody at the end of the waiting list and writes to them. Part of the caller's transaction."""
    await move(standing, Deed.WAIT, actor=actor, now=now)
    letter = place_letters.waiting_list_joined(standing.person, event, stationery)
    await post(letter, standing, cause=cause_of(actor), stationery=stationery, now=now)


async def end_offer(event: Event, standing: Standing, *, stationery: Stationery, now: datetime) -> None:
    """Ends an offer that ran out. Part of the caller's transaction."""
    await move(standing, Deed.EXPIRE, actor=ledger.SYSTEM, now=now)
    until, is_on = standing.offered_until or now, passes_on(event, now)
    letter = place_letters.offer_expired(standing.person, event, until, stationery, is_on=is_on)
    await post(letter, standing, cause=Cause.SYSTEM, stationery=stationery, now=now)
    await release_seats(standing.person, event.id, actor=ledger.SYSTEM, stationery=stationery, now=now)
