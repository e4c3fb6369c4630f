"""Erasing somebody: everything held on an address is deleted or cut loose, everywhere, in one transaction.

What proves it afterwards says nothing of them: a keyed digest of the address, so that a restored backup is erased
again, and a line in the ledger.
"""

from collections.abc import Sequence
from datetime import datetime

from eventsite import ledger
from eventsite.database import execute, new_id, transaction
from eventsite.database.scrub import overwrite_deleted
from eventsite.errors import Refusal
from eventsite.people.holdings import HOLDINGS
from eventsite.people.keeping import By, Erasing, Holding
from eventsite.questions.public_ledger import COUNTED_BY, count_deleted
from eventsite.self_service.held import Held, find_held, find_subject
from eventsite.tokens import keyed_digest

Counts = dict[str, int]

NOTED = """
    INSERT INTO erasure (id, email_digest, erased_at) VALUES ({}, {}, {})
    ON CONFLICT (email_digest) DO UPDATE SET erased_at = excluded.erased_at
"""
IN_USE = "SELECT id FROM organiser WHERE email_key = {} AND disabled_at IS NULL"
# Letters to somebody else that are about a row of theirs, such as a complaint's letter to the organisers.
ABOUT = "DELETE FROM outbox_letter WHERE key LIKE {} RETURNING id"


class OrganiserInUse(Refusal):
    """This address is an organiser's account too. Have an owner disable the account first, then erase."""


async def erase(address_key: str, *, secret: str, actor: str, now: datetime) -> Counts:
    """Erases everything held on an address (casefolded); how many rows of each table were deleted or cut.

    Nothing held: nothing is done and the counts are empty. Complaints of theirs go too: whoever wants an answer waits
    for it. Raises OrganiserInUse where the address signs in at the desk.
    """
    async with transaction():
        counts = await erase_rows(address_key)
        if counts:
            await execute(NOTED, new_id(), digest_of(address_key, secret), now)
            # Told by the number of rows alone: the ledger must not know whom it was.
            await ledger.record("person.erased", subject=("person", ""), actor=actor, now=now, details={**counts})
    if counts:
        await overwrite_deleted()
    return counts


async def erase_rows(address_key: str) -> Counts:
    """Deletes or cuts every row held on an address, as part of the caller's transaction. Raises OrganiserInUse."""
    if await execute(IN_USE, address_key):
        raise OrganiserInUse
    await find_subject(address_key, lock=True)
    held = await find_held(address_key)
    counts = {one.table: await _erase(one, held) for one in _letters_last() if one.table in held.rows}
    counts["outbox_letter"] = counts.get("outbox_letter", 0) + await _delete_letters_about(held)
    return {table: count for table, count in counts.items() if count}


def digest_of(address_key: str, secret: str) -> str:
    """What is kept of an erased address."""
    return keyed_digest(secret, "erased address", address_key)


def _letters_last() -> list[Holding]:
    # A deed of somebody else may have been waiting for a row of ours, and written its letter meanwhile.
    return sorted(HOLDINGS, key=lambda one: one.table == "outbox_letter")


async def _erase(one: Holding, held: Held) -> int:
    assert one.found is not None
    column, by = one.found
    if one.erasing not in {Erasing.DELETE, Erasing.CUT} or by is By.ROWS:
        return 0
    return await remove(one, f"{column} = {{}}", [held.subject.value(by)])


async def remove(one: Holding, condition: str, values: Sequence[object]) -> int:
    """Deletes the rows of a holding that meet a condition, or cuts those that may outlive their person; how many."""
    if one.cut is None:
        return await _changed(f"DELETE FROM {one.table} WHERE {condition}", values)  # noqa: S608 -- our own names
    cut = f"UPDATE {one.table} SET {one.cut.set} WHERE {condition} AND {one.cut.outlive} AND {one.cut.uncut}"  # noqa: S608 -- our own names
    delete = f"DELETE FROM {one.table} WHERE {condition} AND NOT ({one.cut.outlive})"  # noqa: S608 -- our own names
    deleted = await _changed(delete, values, of=one.table)
    return deleted + await _changed(cut, values)


async def _changed(statement: str, values: Sequence[object], *, of: str = "") -> int:
    """How many rows a statement changed. Deleted questions still count in the public numbers of their panel."""
    rows = await execute(f"{statement} RETURNING {', '.join(COUNTED_BY) if of == 'question' else 'id'}", *values)
    if of == "question":
        await count_deleted(rows)
    return len(rows)


async def _delete_letters_about(held: Held) -> int:
    tables = [table for table in ("complaint", "question", "interest") if table in held.rows]
    keys = [f"{table}:{row['id']}:%" for table in tables for row in held.rows[table]]
    return sum([len(await execute(ABOUT, key)) for key in keys])
