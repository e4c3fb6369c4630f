"""What only PostgreSQL can suffer: connections that die under us."""

import asyncio
import os
from typing import Any

import asyncpg
import pytest

from eventsite.database import DatabaseUnavailable, current_engine, engine_from_url, execute, ping, transaction
from eventsite.database.postgres import CockroachDatabase, PostgresDatabase
from tests.database.things import Shelf, Thing

pytestmark = pytest.mark.only_on("postgres")


@pytest.fixture
def engine(pytestconfig: pytest.Config, things: None) -> PostgresDatabase:
    engine = current_engine()
    assert isinstance(engine, PostgresDatabase)
    return engine


async def from_outside(sql: str) -> Any:
    """What an administrator does, on a connection of their own."""
    connection = await asyncpg.connect(os.environ["DATABASE_URL"])
    try:
        return await connection.fetch(sql)
    finally:
        await connection.close()


END_ALL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'eventsite'"


async def test_a_connection_that_dies_inside_a_transaction_harms_only_that_one(engine: PostgresDatabase) -> None:
    for _ in range(10):
        with pytest.raises(DatabaseUnavailable):
            async with transaction():
                await Thing(name="cup").save()
                await from_outside(END_ALL)
                await Thing(name="jug").save()
        assert engine.current() is None
    assert await Thing.count() == 0
    async with transaction():
        await Thing(name="cup").save()
    assert await Thing.count() == 1


async def test_a_connection_that_dies_before_the_commit_is_told(engine: PostgresDatabase) -> None:
    with pytest.raises(DatabaseUnavailable):
        async with transaction():
            await Thing(name="cup").save()
            await from_outside(END_ALL)
    assert await Thing.count() == 0


async def test_a_server_that_was_restarted_goes_unnoticed_by_readers_and_new_transactions(
    engine: PostgresDatabase,
) -> None:
    await asyncio.gather(*[execute("SELECT pg_sleep(0.02)") for _ in range(8)])
    await from_outside(END_ALL)
    assert await Thing.count() == 0
    await from_outside(END_ALL)
    async with transaction():
        await Thing(name="cup").save()
    assert await Thing.count() == 1


async def test_a_commit_that_fails_gives_its_connection_back(engine: PostgresDatabase) -> None:
    await execute(
        "ALTER TABLE test_thing ADD CONSTRAINT deferred FOREIGN KEY (note) REFERENCES test_shelf (id) "
        "DEFERRABLE INITIALLY DEFERRED"
    )
    for _ in range(10):
        with pytest.raises(asyncpg.ForeignKeyViolationError):
            async with transaction():
                await Thing(name="cup", note="nowhere").save()
        assert engine.current() is None
    assert await Shelf.count() == 0


async def test_a_server_that_is_away_is_said_to_be_passing() -> None:
    engine = engine_from_url("postgresql://nobody@127.0.0.1:1/nothing")
    with pytest.raises(DatabaseUnavailable):
        await engine.open()


async def test_a_mistake_of_ours_is_no_passing_trouble(engine: PostgresDatabase) -> None:
    with pytest.raises(asyncpg.DataError):
        await Thing.select().where(Thing.amount == "many")
    with pytest.raises(asyncpg.InterfaceError, match="another operation"):
        async with transaction():
            await asyncio.gather(Thing.count(), Thing.count())


async def test_the_newest_statement_after_a_failure_works(engine: PostgresDatabase) -> None:
    with pytest.raises(asyncpg.UndefinedTableError):
        await execute("SELECT * FROM nowhere")
    await ping()


def test_the_statement_cache_can_be_switched_off_in_the_address() -> None:
    engine = engine_from_url("postgres://user@host/name?statement_cache_size=0&sslmode=require")
    assert isinstance(engine, PostgresDatabase)
    assert engine.config["dsn"] == "postgresql://user@host/name?sslmode=require"
    assert engine.config["statement_cache_size"] == 0


def test_cockroach_speaks_the_protocol_of_postgresql() -> None:
    engine = engine_from_url("cockroachdb://root@host:26257/name")
    assert isinstance(engine, CockroachDatabase)
    assert (engine.engine_type, engine.config["dsn"]) == ("cockroach", "postgresql://root@host:26257/name")
