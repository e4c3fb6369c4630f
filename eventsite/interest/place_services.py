"""Verbs about places. Each is one transaction: rows, ledger entries and finished letters together or not at all.

An offer keeps its place: what is offered and what is accepted never exceed the capacity of the event. A place that
comes free goes to the next on the waiting list in the same transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from eventsite.database import execute, new_id, transaction
from eventsite.events.tables import Event
from eventsite.interest import place_letters
from eventsite.interest.invites import send_cancel, send_request
from eventsite.interest.place_moves import cause_of, move
from eventsite.interest.place_posting import occasion_of, post, take_back
from eventsite.interest.place_queries import (
    Standing,
    hold_event,
    hold_standing,
    hold_standings,
    places_left,
)
from eventsite.interest.place_rules import (
    NO_OFFER,
    BadDeadline,
    EventOver,
    NoOffer,
    OfferRanOut,
    PlacesLeft,
    ensure_deadline,
    ensure_gives_places,
    ran_out,
)
from eventsite.interest.seat_services import release_seats
from eventsite.interest.states import Deed, InterestState, can
from eventsite.interest.waiting_list import end_offer, offer, pass_on_places, pass_on_places_of, put_on_list
from eventsite.people.services import PersonDraft, find_or_add_person
from eventsite.stationery import Stationery

__all__ = [
    "BadDeadline",
    "EventOver",
    "NoOffer",
    "OfferRanOut",
    "Offers",
    "PlacesLeft",
    "accept_place",
    "cancel_places",
    "decline_place",
    "invite_person",
    "join_waiting_list",
    "offer_places",
    "pass_on_places",
    "pass_on_places_of",
]

NOTE = """
    INSERT INTO interest (id, person, event, state, registered_at, changed_at)
    VALUES ({}, {}, {}, 'interested', {}, {}) ON CONFLICT (person, event) DO NOTHING
"""
THEIRS = "SELECT id FROM interest WHERE person = {} AND event = {}"


@dataclass(frozen=True)
class Offers:
    """What came of offering places: how many people have one, went on the waiting list, or stayed where they were."""

    offered: int = 0
    waitlisted: int = 0
    left_alone: int = 0


async def offer_places(
    event: Event, interest_ids: Sequence[str], *, until: datetime, actor: str, stationery: Stationery, now: datetime
) -> Offers:
    """Offers a place to each of these, until an aware moment; who registered first comes first.

    Those for whom there is no room go on the waiting list. Whoever has a place or an offer is left alone, and so is
    somebody on the list for whom there is still no room. Raises BadDeadline, and EventOver.
    """
    async with transaction():
        event = await hold_event(event.id)
        ensure_gives_places(event, now)
        ensure_deadline(event, until, now)
        standings = await hold_standings(event.id, interest_ids)
        return await _offer_in_turn(event, standings, until=until, actor=actor, stationery=stationery, now=now)


async def invite_person(
    event: Event, draft: PersonDraft, *, until: datetime, actor: str, stationery: Stationery, now: datetime
) -> Offers:
    """Offers a place to somebody by name, who need not have registered. What is stored of one we know stays.

    Raises BadDeadline, and EventOver.
    """
    async with transaction():
        event = await hold_event(event.id)
        person = await find_or_add_person(draft, now=now)
        await execute(NOTE, new_id(), person.id, event.id, now, now)
        ids = [row["id"] for row in await execute(THEIRS, person.id, event.id)]
        return await offer_places(event, ids, until=until, actor=actor, stationery=stationery, now=now)


async def accept_place(person_id: str, event_id: str, *, actor: str, stationery: Stationery, now: datetime) -> None:
    """Takes up an offer: the place is theirs, and an invitation puts it into their calendar. Twice is no fault.

    After the deadline it raises OfferRanOut, whether or not the job has ended the offer yet, and though there be room:
    somebody may have waited longer, and where nobody has, joining the list brings a new offer at once. Raises NoOffer,
    EventOver, and NotFound.
    """
    async with transaction():
        event = await hold_event(event_id)
        ensure_gives_places(event, now)
        standing = await hold_standing(event_id, person_id)
        if standing.state is InterestState.ACCEPTED:
            return
        _ensure_offer(standing, now)
        await move(standing, Deed.ACCEPT, actor=actor, now=now)
        await take_back(standing)
        letter = place_letters.place_confirmed(standing.person, event, stationery)
        occasion = occasion_of(event, stationery)
        await send_request(standing.person, occasion, letter, cause=cause_of(actor), stationery=stationery, now=now)


async def decline_place(person_id: str, event_id: str, *, actor: str, stationery: Stationery, now: datetime) -> None:
    """Turns an offer down, or gives a place up: then the entry leaves their calendar. Twice is no fault.

    Raises NoOffer, OfferRanOut for an offer that has ended, and NotFound.
    """
    async with transaction():
        event = await hold_event(event_id)
        standing = await hold_standing(event_id, person_id)
        if standing.state is InterestState.DECLINED:
            return
        if not can(Deed.DECLINE, standing.state):
            raise _no_offer(standing)
        await leave(event, standing, Deed.DECLINE, actor=actor, stationery=stationery, now=now)
        await pass_on_places_of(event_id, stationery=stationery, now=now)


async def join_waiting_list(
    person_id: str, event_id: str, *, actor: str, stationery: Stationery, now: datetime
) -> None:
    """Puts somebody at the end of the waiting list; where there is room they are offered a place at once.

    Twice is no fault. Raises PlacesLeft for somebody who was never offered a place while there are some, NoOffer,
    EventOver, and NotFound.
    """
    async with transaction():
        event = await hold_event(event_id)
        ensure_gives_places(event, now)
        standing = await hold_standing(event_id, person_id)
        if standing.state is InterestState.WAITLISTED:
            return
        if standing.state is InterestState.OFFERED and _is_over(standing, now):
            await end_offer(event, standing, stationery=stationery, now=now)
            standing = await hold_standing(event_id, person_id)
        if not can(Deed.WAIT, standing.state):
            raise _no_offer(standing)
        if standing.state is InterestState.INTERESTED and await places_left(event) != 0:
            raise PlacesLeft
        await put_on_list(event, standing, actor=actor, stationery=stationery, now=now)
        await pass_on_places_of(event_id, stationery=stationery, now=now)


async def cancel_places(
    event: Event, interest_ids: Sequence[str], *, actor: str, stationery: Stationery, now: datetime
) -> int:
    """Takes back places, offers and the hope of one, and writes to each; how many. The places pass on."""
    async with transaction():
        event = await hold_event(event.id)
        standings = await hold_standings(event.id, interest_ids)
        losing = [standing for standing in standings if can(Deed.CANCEL, standing.state)]
        for standing in losing:
            await leave(event, standing, Deed.CANCEL, actor=actor, stationery=stationery, now=now)
        await pass_on_places_of(event.id, stationery=stationery, now=now)
    return len(losing)


async def leave(
    event: Event, standing: Standing, deed: Deed, *, actor: str, stationery: Stationery, now: datetime
) -> None:
    """Out of an event by declining, withdrawing or being cancelled. Part of the caller's transaction."""
    person, was = standing.person, standing.state
    await move(standing, deed, actor=actor, now=now)
    await take_back(standing)
    if deed is Deed.CANCEL:
        letter = place_letters.place_cancelled(person, event, stationery, was=was)
    else:
        letter = place_letters.place_given_up(person, event, stationery)
    if was is InterestState.ACCEPTED:
        occasion = occasion_of(event, stationery)
        await send_cancel(person, occasion, letter, cause=cause_of(actor), stationery=stationery, now=now)
    elif deed is Deed.CANCEL:
        await post(letter, standing, cause=cause_of(actor), stationery=stationery, now=now)
    await release_seats(person, event.id, actor=actor, stationery=stationery, now=now)


async def _offer_in_turn(
    event: Event, standings: Sequence[Standing], *, until: datetime, actor: str, stationery: Stationery, now: datetime
) -> Offers:
    left = await places_left(event)
    able = [standing for standing in standings if can(Deed.OFFER, standing.state)]
    first, rest = able[:left], able[len(able[:left]) :]
    for standing in first:
        await offer(event, standing, until=until, actor=actor, stationery=stationery, now=now)
    waiting = [standing for standing in rest if can(Deed.WAIT, standing.state)]
    for standing in waiting:
        await put_on_list(event, standing, actor=actor, stationery=stationery, now=now)
    return Offers(len(first), len(waiting), len(standings) - len(first) - len(waiting))


def _ensure_offer(standing: Standing, now: datetime) -> None:
    if not can(Deed.ACCEPT, standing.state):
        raise _no_offer(standing)
    if standing.offered_until is not None and _is_over(standing, now):
        raise ran_out(standing.offered_until)


def _is_over(standing: Standing, now: datetime) -> bool:
    return standing.offered_until is not None and standing.offered_until <= now


def _no_offer(standing: Standing) -> NoOffer | OfferRanOut:
    if standing.state is InterestState.EXPIRED and standing.offered_until is not None:
        return ran_out(standing.offered_until)
    return NoOffer(NO_OFFER.get(standing.state, ""))
