"""What organisers do to several people at once, exactly as a check page showed it.

Each deed takes the people with the state in which each was seen. Whoever has moved since is left alone, so that a form
sent twice does its deed once, and nobody is offered a place a moment after they withdrew.
"""

from asyncio import sleep
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import filterfalse

from eventsite.database import transaction
from eventsite.errors import Refusal
from eventsite.events.tables import Event
from eventsite.interest.desk_queries import known_people
from eventsite.interest.place_queries import hold_event, hold_standings, places_left
from eventsite.interest.place_rules import ensure_gives_places
from eventsite.interest.place_services import cancel_places, invite_person, offer_places
from eventsite.interest.queries import Candidate, InterestFilter, candidates
from eventsite.interest.states import TAKES_A_PLACE, Deed, can
from eventsite.interest.waiting_list import put_on_list
from eventsite.people.services import PersonDraft
from eventsite.stationery import Stationery

Seen = Mapping[str, str]
"""The state in which each person was seen, by the id of their interest."""

AT_ONCE = 100

"""How many people a deed is done to in one transaction."""


class RoomLeft(Refusal):
    """There are places left: whoever goes on the waiting list is offered one at once. Offer places instead."""


@dataclass(frozen=True)
class Done:
    """What came of a deed: for how many it was done, how many now wait for a place, how many had moved."""

    number: int
    waitlisted: int = 0
    moved: int = 0

    def and_then(self, more: "Done", *, moved: int) -> "Done":
        """What came of this deed and of another, before which so many had moved."""
        return Done(self.number + more.number, self.waitlisted + more.waitlisted, self.moved + moved)


async def offer_as_seen(
    event: Event, seen: Seen, *, until: datetime, actor: str, stationery: Stationery, now: datetime
) -> Done:
    """Offers places to those who are still as they were seen; who registered first comes first.

    Raises BadDeadline and EventOver.
    """

    async def offer(ids: list[str]) -> Done:
        offers = await offer_places(event, ids, until=until, actor=actor, stationery=stationery, now=now)
        return Done(offers.offered, offers.waitlisted)

    return await _done_in_turn(event, seen, offer)


async def cancel_as_seen(event: Event, seen: Seen, *, actor: str, stationery: Stationery, now: datetime) -> Done:
    """Takes places, offers and hopes back from those who are still as they were seen."""

    async def cancel(ids: list[str]) -> Done:
        return Done(await cancel_places(event, ids, actor=actor, stationery=stationery, now=now))

    return await _done_in_turn(event, seen, cancel, first=_has_no_place)


async def put_on_list_as_seen(event: Event, seen: Seen, *, actor: str, stationery: Stationery, now: datetime) -> Done:
    """Puts those who are still as they were seen on the waiting list. Raises RoomLeft and EventOver."""

    async def put(ids: list[str]) -> Done:
        held = await hold_event(event.id)
        ensure_gives_places(held, now)
        if await places_left(held) != 0:
            raise RoomLeft
        able = [standing for standing in await hold_standings(event.id, ids) if can(Deed.WAIT, standing.state)]
        for standing in able:
            await put_on_list(held, standing, actor=actor, stationery=stationery, now=now)
        return Done(0, len(able))

    return await _done_in_turn(event, seen, put)


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


def _has_no_place(one: Candidate) -> bool:
    """Whether they lose nothing that would pass on to somebody who is about to be taken off the list."""
    return one.state not in TAKES_A_PLACE


async def _done_in_turn(
    event: Event,
    seen: Seen,
    deed: Callable[[list[str]], Awaitable[Done]],
    *,
    first: Callable[[Candidate], bool] = lambda one: True,
) -> Done:
    """Does a deed to some people at a time, in the order of registering, those whom `first` names before the others.

    Each some are one transaction, and the site has time for others in between. Cut off in the middle, the deed is done
    to the first of them; sent again, it goes on with the rest.
    """
    found = await candidates(InterestFilter(event.id), list(seen))
    people = [*filter(first, found), *filterfalse(first, found)]
    done = Done(0, moved=len(seen) - len(people))
    for start in range(0, len(people), AT_ONCE):
        some = [one.id for one in people[start : start + AT_ONCE]]
        async with transaction():
            await hold_event(event.id)
            standings = await hold_standings(event.id, some)
            ids = [standing.interest_id for standing in standings if seen[standing.interest_id] == standing.state]
            done = done.and_then(await deed(ids), moved=len(some) - len(ids))
        await sleep(0)
    return done
