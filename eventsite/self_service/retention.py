"""Retention: what is past its date is deleted or cut loose, as the list in `people.holdings` says and nothing else."""

import logging
from datetime import UTC, datetime, timedelta

from eventsite.clock import london_date
from eventsite.database import execute, for_update, new_id, transaction
from eventsite.database.scrub import overwrite_deleted
from eventsite.people.holdings import HOLDINGS
from eventsite.people.keeping import Holding, Limit, Since
from eventsite.self_service.erasure import Counts, OrganiserInUse, digest_of, erase_rows, remove

logger = logging.getLogger(__name__)

EVERY = timedelta(hours=24)
JOB = "job: retention"
# Kept where throttles are: at most once within a span, whoever asks. The winner's row is his until he commits.
CLAIM = """
    INSERT INTO throttle_bucket (id, key, used, ends_at) VALUES ({}, {}, 1, {})
    ON CONFLICT (key) DO UPDATE SET ends_at = excluded.ends_at WHERE throttle_bucket.ends_at <= {} RETURNING id
"""
NOT_DUE = "SELECT id FROM throttle_bucket WHERE key = {} AND ends_at > {}"
ENDED = "SELECT id FROM event WHERE ends_on < {}"
OF_ENDED = f"SELECT id FROM programme_session WHERE event IN ({ENDED})"  # noqa: S608 -- our own text
UNUSED = """
    NOT EXISTS (SELECT 1 FROM interest WHERE interest.person = person.id)
    AND NOT EXISTS (SELECT 1 FROM seat WHERE seat.person = person.id)
    AND NOT EXISTS (SELECT 1 FROM invite WHERE invite.person = person.id)
    AND NOT EXISTS (SELECT 1 FROM question WHERE question.person = person.id)
    AND NOT EXISTS (SELECT 1 FROM voice WHERE voice.person = person.id)
    AND COALESCE((
        SELECT action FROM consent WHERE consent.person = person.id AND purpose = 'updates'
        ORDER BY at DESC, id DESC LIMIT 1
    ), '') <> 'given'
"""
ADDRESSES = (
    "SELECT email_key AS address, created_at FROM person WHERE created_at <= {}",
    "SELECT email_key AS address, received_at AS created_at FROM complaint WHERE received_at <= {}",
    "SELECT recipient_key AS address, created_at FROM outbox_letter WHERE created_at <= {}",
    "SELECT address_key AS address, bounced_at AS created_at FROM bounce WHERE bounced_at <= {}",
    "SELECT address_key AS address, suppressed_at AS created_at FROM suppression WHERE suppressed_at <= {}",
    "SELECT sender_key AS address, received_at AS created_at FROM inbound_letter WHERE received_at <= {}",
)
ERASED = "SELECT email_digest, erased_at FROM erasure"


class _OnlyAsked(Exception):
    """Ends a dry run: what was done is undone, and its counts are exact."""


async def retention(*, secret: str, now: datetime, dry_run: bool = False) -> Counts:
    """Deletes or cuts what is past its date; how many rows of each table. A dry run counts and changes nothing.

    Addresses that were erased and have come back with a backup are erased again first.
    """
    counts: Counts = {}
    try:
        async with transaction():
            counts = await _end_all(secret, now)
            if dry_run:
                raise _OnlyAsked
    except _OnlyAsked:
        return counts
    return await _overwritten(counts)


async def daily_retention(now: datetime, *, secret: str) -> Counts | None:
    """Retention, once in 24 hours however many workers ask each minute. None where it is not due."""
    if await execute(NOT_DUE, JOB, now):
        return None
    async with transaction():
        if not await execute(CLAIM, new_id(), JOB, now + EVERY, now):
            return None
        counts = await _end_all(secret, now)
    logger.info("Retention: %s", counts or "nothing was past its date")
    return await _overwritten(counts)


async def _overwritten(counts: Counts) -> Counts:
    if counts:
        await overwrite_deleted()
    return counts


async def _end_all(secret: str, now: datetime) -> Counts:
    counts: Counts = {}
    for address in await _addresses_come_back(secret):
        _add(counts, await _erase_again(address))
    for one in HOLDINGS:
        _add(counts, {one.table: await _end(one, now)})
    return counts


async def _end(one: Holding, now: datetime) -> int:
    """Ends what is past the date of one holding."""
    if one.limit is None:
        return 0
    if one.limit.since is Since.LAST_USE:
        return await _end_unused(one)
    states = ", ".join(f"'{state}'" for state in one.limit.states)
    only = (f" AND state IN ({states})" if states else "") + (f" AND {one.limit.only}" if one.limit.only else "")
    condition, latest = _past(one.limit, now)
    return await remove(one, condition + only, [latest])


def _past(limit: Limit, now: datetime) -> tuple[str, object]:
    """The condition that rows past their date meet, and its value."""
    if limit.since is Since.MOMENT:
        return f"{limit.column} < {{}}", now - limit.after
    ended = ENDED if limit.since is Since.EVENT else OF_ENDED
    return f"{limit.column} IN ({ended})", london_date(now) - limit.after


async def _end_unused(one: Holding) -> int:
    # First held, then looked at again: somebody may be registering once more at this very moment.
    found = f"SELECT id FROM {one.table} WHERE {UNUSED}{for_update()}"  # noqa: S608 -- our own names
    ids = [row["id"] for row in await execute(found)]
    return sum([await remove(one, f"id = {{}} AND {UNUSED}", [person_id]) for person_id in ids])


async def _addresses_come_back(secret: str) -> list[str]:
    """The addresses with rows that are older than their erasure: only a backup can have brought them."""
    erased = {row["email_digest"]: row["erased_at"] for row in await execute(ERASED)}
    if not erased:
        return []
    latest = max(erased.values())
    rows = [row for query in ADDRESSES for row in await execute(query, latest)]
    oldest: dict[str, datetime] = {}
    for row in rows:
        oldest[row["address"]] = min(row["created_at"], oldest.get(row["address"], row["created_at"]))
    never = datetime.min.replace(tzinfo=UTC)
    return [address for address, since in oldest.items() if since <= erased.get(digest_of(address, secret), never)]


async def _erase_again(address: str) -> Counts:
    try:
        return await erase_rows(address)
    except OrganiserInUse:
        logger.warning("An erased address is back with a backup and is an organiser's account: erase it by hand")
        return {}


def _add(counts: Counts, more: Counts) -> None:
    for table, count in more.items():
        if count:
            counts[table] = counts.get(table, 0) + count
