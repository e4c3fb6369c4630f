"""Whose letter may go next: the buckets of `pace`, kept in the database for all workers together."""

from collections.abc import Sequence
from datetime import datetime

from eventsite.database import execute, for_update, transaction
from eventsite.mail.pace import Limit, after_one, opens_at

_FULL_AT = "SELECT full_at FROM mail_pace WHERE id = {}"


async def take_turn(limits: Sequence[Limit], *, now: datetime) -> datetime | None:
    """Take a letter's worth out of every bucket, or none of any; None if it may go now, else when to ask again.

    `now` is the caller's clock: workers on several machines need clocks that agree to a second or so.
    """
    async with transaction():
        full = {limit: await _full_at(limit, now) for limit in limits}
        opens = max((opens_at(limit, full_at, now) for limit, full_at in full.items()), default=now)
        if opens > now:
            return opens
        for limit, full_at in full.items():
            moment = after_one(limit, full_at, now)
            await execute("UPDATE mail_pace SET full_at = {} WHERE id = {}", moment, limit.name)
    return None


async def _full_at(limit: Limit, now: datetime) -> datetime:
    # Made where it is missing, and locked until the transaction ends: the turn is one worker's.
    await execute("INSERT INTO mail_pace (id, full_at) VALUES ({}, {}) ON CONFLICT (id) DO NOTHING", limit.name, now)
    rows = await execute(_FULL_AT + for_update(), limit.name)
    moment: datetime = rows[0]["full_at"]
    return moment
