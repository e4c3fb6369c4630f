"""Letters about seats on their way into the outbox, each as part of its deed's transaction."""

from datetime import datetime

from eventsite.database import new_id
from eventsite.events.entries import session_entry
from eventsite.interest.invites import Occasion, send_cancel, send_request
from eventsite.interest.seat_letters import Booking
from eventsite.interest.seat_queries import is_invited
from eventsite.mail.letters import Letter
from eventsite.mail.outbox import enqueue
from eventsite.mail.tables import Cause
from eventsite.stationery import Stationery


async def invite(booking: Booking, letter: Letter, cause: Cause, stationery: Stationery, now: datetime) -> None:
    """Puts a letter into the outbox that puts the session into the person's calendar."""
    occasion = _occasion(booking, stationery)
    await send_request(booking.person, occasion, letter, cause=cause, stationery=stationery, now=now)


async def uninvite(booking: Booking, letter: Letter, cause: Cause, stationery: Stationery, now: datetime) -> None:
    """Takes the session out of the person's calendar by a letter, if a letter of ours put it there; else is silent."""
    if await is_invited(booking.person.id, booking.session.id):
        occasion = _occasion(booking, stationery)
        await send_cancel(booking.person, occasion, letter, cause=cause, stationery=stationery, now=now)


async def write(seat_id: str, letter: Letter, cause: Cause, stationery: Stationery, now: datetime) -> None:
    """Puts a letter into the outbox that no calendar reads."""
    await enqueue(letter, key=f"seat:{seat_id}:{new_id()}", cause=cause, now=now, settings=stationery.settings)


def _occasion(booking: Booking, stationery: Stationery) -> Occasion:
    entry = session_entry(booking.session, booking.event, stationery.links, stationery.uid_domain)
    return Occasion(entry, booking.event.id, booking.session.id)
