"""The test tables, empty, on whichever database the tests run on."""

from collections.abc import AsyncIterator

import pytest_asyncio

from eventsite.database import close_database, execute, open_database
from tests.database.things import Shelf, Thing


@pytest_asyncio.fixture(loop_scope="session")
async def things(database_url: str) -> AsyncIterator[None]:
    await open_database()
    await _drop()
    await Shelf.create_table()
    await Thing.create_table()
    yield
    await _drop()
    await close_database()


async def _drop() -> None:
    for table in (Thing, Shelf):
        await execute(f"DROP TABLE IF EXISTS {table._meta.tablename}")
