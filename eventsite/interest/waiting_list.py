"""The waiting list of an event: offers that ran out end, and every place that is free goes to whoever waits longest."""

from datetime import datetime

from eventsite import ledger
from eventsite.clock import london_date
from eventsite.database import transaction
from eventsite.events.tables import Event, EventState
from eventsite.interest import place_letters
from eventsite.interest.place_moves import cause_of, move
from eventsite.interest.place_posting import post
from eventsite.interest.place_queries import (
    Standing,
    end_of_list,
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


async def pass_on_places(now: datetime, *, stationery: Stationery) -> int:
    """The job: for every event ends the offers that ran out and gives free places to those who wait; how many places.

    Also where the capacity was raised or somebody with a place was erased. Each event is one transaction.
    """
    event_ids = await events_in_motion(now)
    return sum([await pass_on_places_of(event_id, stationery=stationery, now=now) for event_id in event_ids])


async def pass_on_places_of(event_id: str, *, stationery: Stationery, now: datetime) -> int:
    """The same for one event, as part of the caller's transaction if there is one.

    Nothing passes on once an event has begun or is cancelled.
    """
    async with transaction():
        event = await hold_event(event_id)
        if event.state != EventState.PUBLISHED:
            return 0
        for standing in await hold_overdue(event.id, now):
            await end_offer(event, standing, stationery=stationery, now=now)
        return await _offer_what_is_left(event, stationery, now) if passes_on(event, now) else 0


async def offer(
    event: Event, standing: Standing, *, until: datetime, actor: str, stationery: Stationery, now: datetime
) -> None:
    """Keeps a place for somebody and writes to them. Part of the caller's transaction."""
    await move(standing, Deed.OFFER, now, until, actor=actor, now=now)
    letter = place_letters.place_offered(standing.person, event, until, stationery)
    await post(letter, standing, cause=cause_of(actor), stationery=stationery, now=now)


async def put_on_list(event: Event, standing: Standing, *, actor: str, stationery: Stationery, now: datetime) -> None:
    """Puts somebody at the end of the waiting list and writes to them. Part of the caller's transaction."""
    await move(standing, Deed.WAIT, await end_of_list(event.id, now), actor=actor, now=now)
    letter = place_letters.waiting_list_joined(standing.person, event, stationery)
    await post(letter, standing, cause=cause_of(actor), stationery=stationery, now=now)


async def end_offer(event: Event, standing: Standing, *, stationery: Stationery, now: datetime) -> None:
    """Ends an offer that ran out. Part of the caller's transaction."""
    await move(standing, Deed.EXPIRE, actor=ledger.SYSTEM, now=now)
    await release_seats(standing.person, event.id, actor=ledger.SYSTEM, stationery=stationery, now=now)
    if event.ends_on >= london_date(now):
        until, is_on = standing.offered_until or now, passes_on(event, now)
        letter = place_letters.offer_expired(standing.person, event, until, stationery, is_on=is_on)
        await post(letter, standing, cause=Cause.SYSTEM, stationery=stationery, now=now)


async def _offer_what_is_left(event: Event, stationery: Stationery, now: datetime) -> int:
    left, until = await places_left(event), next_deadline(event, now)
    waiting = await hold_waiting(event.id, left) if left != 0 else []
    for standing in waiting:
        await offer(event, standing, until=until, actor=ledger.SYSTEM, stationery=stationery, now=now)
    return len(waiting)
