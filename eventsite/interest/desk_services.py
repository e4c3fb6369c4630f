"""What organisers do to several people at once, exactly as a check page showed it.

Each deed takes the people with the state in which each was seen. Whoever has moved since is left alone, so that a form
sent twice does its deed once, and nobody is offered a place a moment after they withdrew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from eventsite.database import transaction
from eventsite.errors import Refusal
from eventsite.events.tables import Event
from eventsite.interest.desk_queries import known_people
from eventsite.interest.place_queries import Standing, hold_event, hold_standings, places_left
from eventsite.interest.place_rules import ensure_gives_places
from eventsite.interest.place_services import cancel_places, invite_person, offer_places
from eventsite.interest.states import Deed, can
from eventsite.interest.waiting_list import put_on_list
from eventsite.people.services import PersonDraft
from eventsite.stationery import Stationery

Seen = Mapping[str, str]
"""The state in which each person was seen, by the id of their interest."""


class RoomLeft(Refusal):
    """There are places left: whoever goes on the waiting list is offered one at once. Offer places instead."""


@dataclass(frozen=True)
class Done:
    """What came of a deed: for how many it was done, how many now wait for a place, how many had moved."""

    number: int
    waitlisted: int = 0
    moved: int = 0


async def offer_as_seen(
    event: Event, seen: Seen, *, until: datetime, actor: str, stationery: Stationery, now: datetime
) -> Done:
    """Offers places to those who are still as they were seen. Raises BadDeadline and EventOver."""
    async with transaction():
        ids = [standing.interest_id for standing in await _unmoved(event, seen)]
        offers = await offer_places(event, ids, until=until, actor=actor, stationery=stationery, now=now)
    return Done(offers.offered, offers.waitlisted, len(seen) - len(ids))


async def cancel_as_seen(event: Event, seen: Seen, *, actor: str, stationery: Stationery, now: datetime) -> Done:
    """Takes places, offers and hopes back from those who are still as they were seen."""
    async with transaction():
        ids = [standing.interest_id for standing in await _unmoved(event, seen)]
        number = await cancel_places(event, ids, actor=actor, stationery=stationery, now=now)
    return Done(number, moved=len(seen) - len(ids))


async def put_on_list_as_seen(event: Event, seen: Seen, *, actor: str, stationery: Stationery, now: datetime) -> Done:
    """Puts those who are still as they were seen on the waiting list. Raises RoomLeft and EventOver."""
    async with transaction():
        unmoved = await _unmoved(event, seen)
        event = await hold_event(event.id)
        ensure_gives_places(event, now)
        if await places_left(event) != 0:
            raise RoomLeft
        able = [standing for standing in unmoved if can(Deed.WAIT, standing.state)]
        for standing in able:
            await put_on_list(event, standing, actor=actor, stationery=stationery, now=now)
    return Done(0, len(able), moved=len(seen) - len(unmoved))


async def invite_as_seen(
    event: Event,
    drafts: Sequence[PersonDraft],
    seen: Sequence[str],
    *,
    until: datetime,
    actor: str,
    stationery: Stationery,
    now: datetime,
) -> Done:
    """Invites named people who stand with the event as they were seen (`standing` of `Known`, in the same order).

    Each is a deed of its own. Raises BadDeadline and EventOver, before anybody is invited.
    """
    known = await known_people(event.id, drafts)
    unmoved = [one for one, was in zip(known, seen, strict=True) if one.standing == was]
    offers = [
        await invite_person(event, one.draft, until=until, actor=actor, stationery=stationery, now=now)
        for one in unmoved
    ]
    moved = len(drafts) - len(unmoved)
    return Done(sum(each.offered for each in offers), sum(each.waitlisted for each in offers), moved)


async def _unmoved(event: Event, seen: Seen) -> list[Standing]:
    await hold_event(event.id)
    standings = await hold_standings(event.id, list(seen))
    return [standing for standing in standings if seen[standing.interest_id] == standing.state]
