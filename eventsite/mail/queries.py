"""The outbox as organisers see it."""

from dataclasses import dataclass
from datetime import datetime

from piccolo.columns import Column
from piccolo.columns.combination import WhereRaw

from eventsite.errors import NotFound
from eventsite.mail.addresses import address_pattern
from eventsite.mail.tables import LetterState, OutboxLetter

PAGE_LENGTH = 50


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One letter in a list. Times are UTC."""

    id: str
    kind: str
    recipient: str
    subject: str
    state: LetterState
    attempts: int
    due_at: datetime
    created_at: datetime
    sent_at: datetime | None
    last_error: str | None
    uncertain: bool


@dataclass(frozen=True, slots=True)
class StoredLetter(LetterLine):
    """One letter with its bytes."""

    message_id: str
    content: bytes


_LINE: tuple[Column, ...] = (
    OutboxLetter.id,
    OutboxLetter.kind,
    OutboxLetter.recipient,
    OutboxLetter.subject,
    OutboxLetter.state,
    OutboxLetter.attempts,
    OutboxLetter.due_at,
    OutboxLetter.created_at,
    OutboxLetter.sent_at,
    OutboxLetter.last_error,
    OutboxLetter.uncertain,
)


async def waiting_count() -> int:
    """How many letters are yet to be sent, those on their way included."""
    return await _count(LetterState.WAITING, LetterState.SENDING)


async def dead_count() -> int:
    """How many letters were given up and wait for an organiser's decision."""
    return await _count(LetterState.DEAD)


async def letter_count(state: LetterState | None = None, *, to: str = "", uncertain: bool = False) -> int:
    """How many letters `letters` would list on all its pages."""
    return int(await OutboxLetter.count().where(_wanted(state, to, uncertain=uncertain)))


async def letters(
    page: int = 1,
    *,
    state: LetterState | None = None,
    to: str = "",
    uncertain: bool = False,
    length: int = PAGE_LENGTH,
) -> list[LetterLine]:
    """A page of letters, the newest first; pages count from 1.

    In one state or in all, to addresses with these characters in them, and all or only those that may have come twice.
    """
    query = OutboxLetter.select(*_LINE).where(_wanted(state, to, uncertain=uncertain))
    rows = await query.order_by(OutboxLetter.id, ascending=False).limit(length).offset((page - 1) * length)
    return [LetterLine(**{**row, "state": LetterState(row["state"])}) for row in rows]


async def letter(letter_id: str) -> StoredLetter:
    """One letter; raises NotFound."""
    columns = (*_LINE, OutboxLetter.message_id, OutboxLetter.content)
    row = await OutboxLetter.select(*columns).where(OutboxLetter.id == letter_id).first()
    if row is None:
        raise NotFound
    return StoredLetter(**{**row, "state": LetterState(row["state"]), "content": bytes(row["content"])})


async def letters_to(recipient_key: str) -> list[LetterLine]:
    """Every letter to an address (casefolded), the newest first."""
    query = OutboxLetter.select(*_LINE).where(OutboxLetter.recipient_key == recipient_key)
    rows = await query.order_by(OutboxLetter.id, ascending=False)
    return [LetterLine(**{**row, "state": LetterState(row["state"])}) for row in rows]


async def oldest_due_at() -> datetime | None:
    """Since when the longest-due letter has been waiting or on its way; None where nothing is."""
    row = (
        await OutboxLetter.select(OutboxLetter.due_at)
        .where(OutboxLetter.state.is_in([LetterState.WAITING.value, LetterState.SENDING.value]))
        .order_by(OutboxLetter.due_at)
        .first()
    )
    return row["due_at"] if row else None


def _wanted(state: LetterState | None, to: str, *, uncertain: bool) -> WhereRaw:
    states = ", ".join(f"'{each}'" for each in ([state] if state else LetterState))
    wanted = f"state IN ({states}) AND recipient_key LIKE {{}} ESCAPE '!'"
    return WhereRaw(wanted + (" AND uncertain" if uncertain else ""), address_pattern(to))


async def _count(*states: LetterState) -> int:
    return int(await OutboxLetter.count().where(OutboxLetter.state.is_in([state.value for state in states])))
