"""What the desk shows of events beside what they are: how many people, how many sessions."""

from collections import Counter

from eventsite.events.tables import Event, ProgrammeSession
from eventsite.interest.states import ACTIVE
from eventsite.interest.tables import Interest
from eventsite.writeups.tables import Writeup


async def interested_people() -> Counter[str]:
    """How many people want to come to each event or have a place, by its id."""
    marks = ", ".join("{}" for _ in ACTIVE)
    sql = f"SELECT event, COUNT(*) AS people FROM interest WHERE state IN ({marks}) GROUP BY event"  # noqa: S608 -- marks
    rows = await Interest.raw(sql, *(state.value for state in ACTIVE))
    return Counter({row["event"]: row["people"] for row in rows})


async def interested_in(event: Event) -> int:
    """How many people want to come to an event or have a place."""
    wanted = (Interest.event == event.id) & Interest.state.is_in([state.value for state in ACTIVE])
    people: int = await Interest.count().where(wanted)
    return people


async def session_counts() -> Counter[str]:
    """How many sessions each event has, by its id."""
    rows = await ProgrammeSession.raw("SELECT event, COUNT(*) AS sessions FROM programme_session GROUP BY event")
    return Counter({row["event"]: row["sessions"] for row in rows})


async def has_writeup(session: ProgrammeSession) -> bool:
    """Whether somebody has begun a write-up of a session."""
    return await Writeup.exists().where(Writeup.session == session.id)
