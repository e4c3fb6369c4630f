"""What a panel has before it: questions on its shortlist, in an order and with so many minutes each.

Deeds on one panel take turns, so that no two questions ever stand in the same place.
"""

from datetime import datetime

from eventsite.database import execute, transaction
from eventsite.questions.deeds import enter
from eventsite.questions.moderating import change, hold_panel_of, moderate
from eventsite.questions.rules import AlreadyModerated, Moderator, NotPossibleNow, ensure_can
from eventsite.questions.states import Deed, QuestionState

LONGEST = 60
"""Minutes that one question may take."""

LAST = "SELECT MAX(shortlist_position) AS last FROM question WHERE session = {}"
LISTED = """
    SELECT id, shortlist_position AS place FROM question WHERE session = {} AND state = 'shortlisted'
    ORDER BY shortlist_position, id
"""


async def shortlist_question(
    question_id: str, moderator: Moderator, *, now: datetime, batch: str | None = None
) -> None:
    """Puts a published question on its panel's shortlist, last; raises NotPossibleNow, AlreadyModerated, NotFound."""
    ensure_can(Deed.SHORTLIST, moderator.saw)
    async with transaction():
        place = await last_position(await hold_panel_of(question_id)) + 1
        await moderate(question_id, moderator, Deed.SHORTLIST, {"shortlist_position": place}, now=now, batch=batch)


async def unlist_question(question_id: str, moderator: Moderator, *, now: datetime, batch: str | None = None) -> None:
    """Takes a question off the shortlist: it stays published. Raises NotPossibleNow, AlreadyModerated, NotFound."""
    ensure_can(Deed.UNLIST, moderator.saw)
    async with transaction():
        await hold_panel_of(question_id)
        await moderate(question_id, moderator, Deed.UNLIST, {"shortlist_position": None}, now=now, batch=batch)


async def move_question(question_id: str, steps: int, moderator: Moderator, *, now: datetime) -> None:
    """Moves a question on the shortlist: -1 is one place up, 1 one place down; at an end it stays where it is.

    Raises NotPossibleNow, AlreadyModerated, NotFound.
    """
    if moderator.saw != QuestionState.SHORTLISTED:
        raise NotPossibleNow
    async with transaction():
        listed = await execute(LISTED, await hold_panel_of(question_id))
        ids = [row["id"] for row in listed]
        if question_id not in ids:
            raise AlreadyModerated
        here = ids.index(question_id)
        there = min(max(here + steps, 0), len(ids) - 1)
        ids.insert(there, ids.pop(here))
        await _number(ids, [row["place"] for row in listed])
        if here != there:
            await enter("moved", question_id, moderator.id, now, {"from": here + 1, "to": there + 1})


async def set_minutes(question_id: str, minutes: int | None, moderator: Moderator, *, now: datetime) -> None:
    """Says how many minutes the panel has for a question; None where nobody has said. Raises as the others do."""
    if moderator.saw not in {QuestionState.APPROVED, QuestionState.SHORTLISTED}:
        raise NotPossibleNow
    if minutes is not None and not 1 <= minutes <= LONGEST:
        raise NotPossibleNow(f"Minutes are between 1 and {LONGEST}.")
    async with transaction():
        await change(question_id, moderator.saw, {"minutes": minutes})
        await enter("timed", question_id, moderator.id, now, {"minutes": minutes})


async def last_position(session_id: str) -> int:
    """The last place on a panel's shortlist that is or was taken; 0 where there is none."""
    rows = await execute(LAST, session_id)
    return rows[0]["last"] or 0


async def _number(ids: list[str], places: list[int | None]) -> None:
    """The same places in another order; rows from elsewhere may have none, or the same one twice."""
    known = [place for place in places if place is not None]
    numbers = known if len(set(known)) == len(ids) else list(range(1, len(ids) + 1))
    for question_id, place in zip(ids, numbers, strict=True):
        await execute("UPDATE question SET shortlist_position = {} WHERE id = {}", place, question_id)
