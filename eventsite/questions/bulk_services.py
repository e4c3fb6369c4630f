"""One deed to several questions at once, exactly as a check page showed them.

Each question is a transaction of its own: what somebody else has changed since is left alone, and the site has time for
others in between. What was done together can be undone together.
"""

from asyncio import sleep
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from eventsite.database import execute, new_id, transaction
from eventsite.errors import NotFound
from eventsite.questions import merge_services, services, shortlist_services, theme_services
from eventsite.questions.moderating import hold_panel_of
from eventsite.questions.rules import AlreadyModerated, Moderator, NotModerated
from eventsite.questions.states import QuestionState
from eventsite.questions.undo_services import LAST, undo
from eventsite.stationery import Stationery

Seen = Sequence[tuple[str, QuestionState]]
"""Ids of questions, and the state in which each was seen."""

BATCH = """
    SELECT id, question FROM moderation
    WHERE batch = {} AND organiser = {} AND deed <> 'return' AND undone_at IS NULL ORDER BY done_at DESC, id DESC
"""


@dataclass(frozen=True)
class Left:
    """A question to which a deed was not done, and why, as a sentence."""

    question_id: str
    why: str


@dataclass(frozen=True)
class BulkDone:
    """What came of a deed to several questions. `batch` is what undoes it."""

    batch: str
    done: tuple[str, ...]
    left: tuple[Left, ...]


async def approve_questions(seen: Seen, moderator_id: str, *, stationery: Stationery, now: datetime) -> BulkDone:
    """Publishes questions that wait."""

    async def deed(question_id: str, moderator: Moderator, batch: str) -> None:
        await services.approve_question(question_id, moderator, stationery=stationery, now=now, batch=batch)

    return await _done_in_turn(seen, moderator_id, deed)


async def reject_questions(
    seen: Seen,
    reason: str,
    moderator_id: str,
    *,
    reason_slug: str | None = None,
    stationery: Stationery,
    now: datetime,
) -> BulkDone:
    """Turns questions down for one reason, whose words each asker reads."""

    async def deed(question_id: str, moderator: Moderator, batch: str) -> None:
        why = (reason, moderator)
        await services.reject_question(
            question_id, *why, reason_slug=reason_slug, stationery=stationery, now=now, batch=batch
        )

    return await _done_in_turn(seen, moderator_id, deed)


async def hold_questions(seen: Seen, moderator_id: str, *, codes: tuple[str, ...] = (), now: datetime) -> BulkDone:
    """Holds questions back."""

    async def deed(question_id: str, moderator: Moderator, batch: str) -> None:
        await services.hold_question(question_id, moderator, codes=codes, now=now, batch=batch)

    return await _done_in_turn(seen, moderator_id, deed)


async def merge_questions(
    seen: Seen, into_id: str, moderator_id: str, *, stationery: Stationery, now: datetime
) -> BulkDone:
    """Lets questions stand with another one; that one itself is left alone."""

    async def deed(question_id: str, moderator: Moderator, batch: str) -> None:
        await merge_services.merge_question(
            question_id, into_id, moderator, stationery=stationery, now=now, batch=batch
        )

    return await _done_in_turn([one for one in seen if one[0] != into_id], moderator_id, deed)


async def shortlist_questions(seen: Seen, moderator_id: str, *, now: datetime) -> BulkDone:
    """Puts published questions on the shortlist, in this order."""

    async def deed(question_id: str, moderator: Moderator, batch: str) -> None:
        await shortlist_services.shortlist_question(question_id, moderator, now=now, batch=batch)

    return await _done_in_turn(seen, moderator_id, deed)


async def theme_questions(
    seen: Seen, themes: Mapping[str, tuple[str, ...]], moderator_id: str, *, now: datetime
) -> BulkDone:
    """Says that questions are about these themes, beside those they are about already. Each changes no decision, and
    is not what undoing would find.
    """

    async def deed(question_id: str, moderator: Moderator, batch: str) -> None:
        await theme_services.confirm_themes(question_id, themes.get(question_id, ()), moderator, now=now)

    return await _done_in_turn(seen, moderator_id, deed)


async def undo_batch(batch: str, moderator_id: str, *, stationery: Stationery, now: datetime) -> BulkDone:
    """Takes back what a moderator did to several questions together, the last first."""
    rows = await execute(BATCH, batch, moderator_id)
    of_question = {row["question"]: row["id"] for row in rows}

    async def deed(question_id: str, moderator: Moderator, batch: str) -> None:
        async with transaction():
            await hold_panel_of(question_id)
            last = await execute(LAST, question_id)
            if not last or last[0]["id"] != of_question[question_id]:
                raise AlreadyModerated
            await undo(last[0], moderator.id, stationery=stationery, now=now)

    seen = [(question_id, QuestionState.PENDING) for question_id in of_question]
    return await _done_in_turn(seen, moderator_id, deed, batch=batch)


async def _done_in_turn(
    seen: Seen,
    moderator_id: str,
    deed: Callable[[str, Moderator, str], Awaitable[None]],
    *,
    batch: str = "",
) -> BulkDone:
    batch = batch or new_id()
    done: list[str] = []
    left: list[Left] = []
    for question_id, state in dict(seen).items():
        try:
            await deed(question_id, Moderator(moderator_id, state), batch)
            done.append(question_id)
        except (NotModerated, NotFound) as refusal:
            left.append(Left(question_id, str(refusal)))
        await sleep(0)
    return BulkDone(batch, tuple(done), tuple(left))
