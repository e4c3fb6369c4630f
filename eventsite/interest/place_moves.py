"""One person moves from one state to another: the row and its line in the ledger, as `states` allows.

Each is a part of the caller's transaction, which holds the event and the person: see `place_queries`.
"""

import asyncio
from datetime import datetime

from eventsite import ledger
from eventsite.database import execute
from eventsite.interest.place_queries import Standing
from eventsite.interest.states import Deed, InterestState, after, before
from eventsite.mail.tables import Cause

ENTERED = {
    Deed.OFFER: "place.offered",
    Deed.ACCEPT: "place.accepted",
    Deed.DECLINE: "place.declined",
    Deed.EXPIRE: "place.expired",
    Deed.WAIT: "place.waitlisted",
    Deed.WITHDRAW: "interest.withdrawn",
    Deed.CANCEL: "place.cancelled",
}
"""What the ledger calls a deed."""


def _moving(deed: Deed, *columns: str) -> str:
    changed = "".join(f", {column} = {{}}" for column in ("changed_at", *columns))
    states = ", ".join(f"'{state}'" for state in before(deed))
    update = f"UPDATE interest SET state = '{after(deed)}'{changed}"  # noqa: S608 -- our own names
    return f"{update} WHERE id = {{}} AND state IN ({states}) RETURNING id"


MOVES = {deed: _moving(deed) for deed in ENTERED} | {
    Deed.OFFER: _moving(Deed.OFFER, "offered_at", "offered_until"),
    Deed.WAIT: _moving(Deed.WAIT, "waitlisted_at"),
}


class MovedMeanwhile(RuntimeError):
    """A row was changed by somebody who did not hold its event: a fault of ours."""


async def move(standing: Standing, deed: Deed, *values: datetime, actor: str, now: datetime) -> InterestState:
    """Moves somebody by a deed that is possible for them (`can`), with what goes with it; the state they are in now.

    An offer goes with the moments at which it was made and runs out, waiting with that which orders the list.
    """
    # One deed may move two thousand people: pages are answered between them.
    await asyncio.sleep(0)
    if not await execute(MOVES[deed], now, *values, standing.interest_id):
        raise MovedMeanwhile(f"{deed} from {standing.state}")
    await ledger.record(ENTERED[deed], subject=("interest", standing.interest_id), actor=actor, now=now)
    return after(deed)


def cause_of(actor: str) -> Cause:
    """Whose deed a letter follows from. A person's own is proven by their link, so no limit of strangers' applies."""
    return Cause.SYSTEM if actor in {ledger.VISITOR, ledger.SYSTEM} else Cause.ORGANISER
