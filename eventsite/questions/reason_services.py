"""The reasons a question can be turned down for, each with polite words: a short list that organisers keep."""

from dataclasses import dataclass
from datetime import datetime

from eventsite import ledger
from eventsite.database import execute, new_id, transaction
from eventsite.errors import NotFound, Refusal
from eventsite.questions.tables import RejectionReason
from eventsite.questions.theme_services import slug_of

NAMED = "SELECT id FROM rejection_reason WHERE LOWER(label) = LOWER({})"
ADD = """
    INSERT INTO rejection_reason (id, slug, label, words, position, active)
    SELECT {}, {}, {}, {}, COALESCE(MAX(position), 0) + 1, TRUE FROM rejection_reason WHERE TRUE
    ON CONFLICT (slug) DO NOTHING RETURNING id
"""


class ReasonExists(Refusal):
    """There is a reason of that name already."""


@dataclass(frozen=True)
class ReasonDraft:
    """What a form says of a reason: its name on the desk, the words its asker reads, whether it is in use."""

    label: str
    words: str
    is_active: bool = True


async def reasons() -> list[RejectionReason]:
    """The reasons in use, in the order of the desk."""
    return [reason for reason in await all_reasons() if reason.active]


async def all_reasons() -> list[RejectionReason]:
    """Every reason, those out of use too."""
    return await RejectionReason.objects().order_by(RejectionReason.position).order_by(RejectionReason.label)


async def get_reason(slug: str) -> RejectionReason:
    """The reason of that slug, in use or not; NotFound."""
    reason = await RejectionReason.objects().get(RejectionReason.slug == slug)
    if reason is None:
        raise NotFound
    return reason


async def save_reason(draft: ReasonDraft, *, slug: str | None = None, actor: str, now: datetime) -> RejectionReason:
    """Adds a reason, or changes the one of a slug; what was turned down for it keeps the words it was told.

    Raises ReasonExists where a new one has the name of another, NotFound.
    """
    async with transaction():
        reason = await _new(draft) if slug is None else await get_reason(slug)
        reason.label, reason.words, reason.active = draft.label, draft.words, draft.is_active
        await reason.save()
        deed = "reason.added" if slug is None else "reason.changed"
        subject, said = ("reason", reason.id), {"active": draft.is_active}
        await ledger.record(deed, subject=subject, actor=actor, now=now, details={**said})
    return reason


async def move_reason(slug: str, steps: int, *, actor: str, now: datetime) -> None:
    """Moves a reason on the list, -1 one place up, 1 one place down; at an end it stays where it is. NotFound."""
    async with transaction():
        moved, known = await get_reason(slug), await all_reasons()
        order = [reason.id for reason in known]
        place = order.index(moved.id)
        order.insert(min(max(place + steps, 0), len(order) - 1), order.pop(place))
        for position, reason_id in enumerate(order, start=1):
            await execute("UPDATE rejection_reason SET position = {} WHERE id = {}", position, reason_id)
        await ledger.record("reason.moved", subject=("reason", moved.id), actor=actor, now=now)


async def _new(draft: ReasonDraft) -> RejectionReason:
    slug = slug_of(draft.label)
    if await execute(NAMED, draft.label) or not await execute(ADD, new_id(), slug, draft.label, draft.words):
        raise ReasonExists
    return await get_reason(slug)
