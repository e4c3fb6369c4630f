"""What an answer by calendar does: to the invite that it answers, and to the place or seat behind it.

The same services as behind the buttons of a person's own page do the deed, so the same rules hold and the same letters
go out.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventsite import ledger
from eventsite.database import execute, transaction
from eventsite.errors import NotFound, Refusal
from eventsite.interest.place_queries import hold_event
from eventsite.interest.place_services import accept_place, decline_place
from eventsite.interest.seat_queries import state_of_interest
from eventsite.interest.seat_services import give_up_seat
from eventsite.interest.states import Deed, can
from eventsite.stationery import Stationery

INVITED = "SELECT id, uid, attendee, organizer FROM invite WHERE id = {}"
READ = (
    "SELECT person, event, session, method, sequence, partstat, replied_sequence, replied_at FROM invite WHERE id = {}"
)
ANSWERED = "UPDATE invite SET partstat = {}, replied_sequence = {}, replied_at = {} WHERE id = {}"


class StaleReply(Refusal):
    """A newer answer or a newer invite was there already."""


class NeverSent(Refusal):
    """It answers an invite that was never sent."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Who was invited to what, as an answer must say it: addresses as they were written, the UID of the entry."""

    id: str
    uid: str
    attendee: str
    organizer: str


async def get_invited(invite_id: str) -> Invited:
    """Whom an invite went to; raises NotFound where it is gone, as after an erasure."""
    rows = await execute(INVITED, invite_id)
    if not rows:
        raise NotFound
    return Invited(**rows[0])


async def take_reply(
    invite_id: str, partstat: str, sequence: int, stamp: datetime | None, *, stationery: Stationery, now: datetime
) -> None:
    """Takes an answer (ACCEPTED, DECLINED, TENTATIVE or DELEGATED) to the invite's `sequence`, given at `stamp`.

    A yes takes up an offer that stands; a no gives the place or the seat up; the other two are written down for
    organisers, and the place stays. Raises StaleReply for one that has been overtaken, and for the same one again
    (RFC 5546 section 2.1.5); NeverSent; NotFound; and what the services of the web page refuse with.
    """
    async with transaction():
        invite = await _held(invite_id)
        # A calendar whose clock is ahead must not outdo what its owner answers next.
        stamp = min(stamp or now, now)
        _ensure_current(invite, partstat, sequence, stamp)
        await _act(invite, partstat, stationery=stationery, now=now)
        await execute(ANSWERED, partstat, sequence, stamp, invite_id)
        said: dict[str, object] = {"answer": partstat}
        await ledger.record(
            "invite.answered", subject=("invite", invite_id), actor=ledger.VISITOR, now=now, details=said
        )


async def _held(invite_id: str) -> dict[str, Any]:
    """The invite as it is once the event's row is held: deeds on places and seats come before us or after."""
    for row in await execute(READ, invite_id):
        await hold_event(row["event"])
        for held in await execute(READ, invite_id):
            return held
    raise NotFound


def _ensure_current(invite: dict[str, Any], partstat: str, sequence: int, stamp: datetime) -> None:
    if sequence > invite["sequence"]:
        raise NeverSent
    if sequence < invite["sequence"] or invite["method"] != "REQUEST":
        raise StaleReply
    if sequence != invite["replied_sequence"]:
        return
    is_repeated = stamp == invite["replied_at"] and partstat == invite["partstat"]
    # Two different answers within one second are taken in the order of their coming: the stamp tells no finer.
    if is_repeated or stamp < invite["replied_at"]:
        raise StaleReply


async def _act(invite: dict[str, Any], partstat: str, *, stationery: Stationery, now: datetime) -> None:
    person_id, event_id, session_id = invite["person"], invite["event"], invite["session"]
    if session_id:
        if partstat == "DECLINED":
            await give_up_seat(person_id, session_id, actor=ledger.VISITOR, stationery=stationery, now=now)
        return
    state = await state_of_interest(person_id, event_id) or ""
    if partstat == "ACCEPTED" and can(Deed.ACCEPT, state):
        await accept_place(person_id, event_id, actor=ledger.VISITOR, stationery=stationery, now=now)
    elif partstat == "DECLINED" and can(Deed.DECLINE, state):
        await decline_place(person_id, event_id, actor=ledger.VISITOR, stationery=stationery, now=now)
