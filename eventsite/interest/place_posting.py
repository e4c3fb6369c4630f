"""Letters about places on their way into the outbox."""

from datetime import datetime

from eventsite.database import new_id
from eventsite.events.entries import event_entry
from eventsite.events.tables import Event
from eventsite.interest.invites import Occasion
from eventsite.interest.place_queries import Standing
from eventsite.mail.letters import Letter
from eventsite.mail.outbox import enqueue, supersede
from eventsite.mail.tables import Cause
from eventsite.stationery import Stationery


def occasion_of(event: Event, stationery: Stationery) -> Occasion:
    """What the invitation that comes with a place is to: the whole days of the event."""
    return Occasion(event_entry(event, stationery.links, stationery.uid_domain), event.id)


async def take_back(standing: Standing) -> None:
    """Takes back what still waits of those letters, where one with an invitation says what has become of the place."""
    await supersede(standing.interest_id)


async def post(letter: Letter, standing: Standing, *, cause: Cause, stationery: Stationery, now: datetime) -> None:
    """Puts a letter that carries no invitation into the outbox, in place of one of theirs that still waits."""
    thread = standing.interest_id
    key = f"interest:{thread}:{new_id()}"
    await enqueue(letter, key=key, cause=cause, now=now, settings=stationery.settings, thread=thread)
