"""A small table to try a database with, and a second process that works on it."""

import asyncio
import sys

from piccolo.columns import Boolean, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from eventsite.database import close_database, execute, for_update, new_id, open_database, transaction


class Shelf(Table, tablename="test_shelf"):
    """What things stand on."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    name = Varchar(length=50, unique=True)


class Thing(Table, tablename="test_thing"):
    """Something that is counted."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    name = Varchar(length=50)
    shelf = ForeignKey(Shelf, null=True)
    amount = Integer(default=0)
    broken = Boolean(default=False)
    note = Text(default="")
    seen_at = Timestamptz(null=True, default=None)

    one_name_a_shelf = Unique([name, shelf])
    amount_is_not_negative = Check("amount >= 0")


async def count_up(times: int) -> None:
    """Add one to the thing named "counter", so many times at once, each reading before it writes."""

    async def once() -> None:
        async with transaction():
            rows = await execute("SELECT amount FROM test_thing WHERE name = 'counter'" + for_update())
            await Thing.update({Thing.amount: rows[0]["amount"] + 1}).where(Thing.name == "counter")

    await asyncio.gather(*[once() for _ in range(times)])


async def _count_up_here(times: int) -> None:
    await open_database()
    await count_up(times)
    await close_database()


if __name__ == "__main__":
    asyncio.run(_count_up_here(int(sys.argv[1])))
