"""Migrations: all or nothing, once, and the files say what the models say."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest
import pytest_asyncio

from eventsite.database import execute, is_sqlite
from eventsite.database.migrate import drift, migrate, pending

MIGRATE = """
import asyncio
from eventsite.database import close_database, open_database
from eventsite.database.migrate import migrate, pending

async def main():
    await open_database()
    ran = await migrate()
    print(len(ran), len(await pending()))
    await close_database()

asyncio.run(main())
"""

GOOD = """
from piccolo.table import Table

ID = "2027-01-01T00:00:00:000000"

class Raw(Table):
    pass

async def forwards():
    await Raw.raw("CREATE TABLE test_cup (name VARCHAR(10))")
"""

BAD = """
ID = "2027-01-02T00:00:00:000000"

async def forwards():
    print("noise")
    raise ValueError("this one fails")
"""


@pytest_asyncio.fixture(loop_scope="session")
async def fresh_url(database_url: str, tmp_path: Path) -> AsyncIterator[str]:
    """The address of a database in which nothing has been made yet."""
    if is_sqlite():
        yield f"sqlite:///{tmp_path}/fresh.sqlite"
        return
    connection = await asyncpg.connect(database_url)
    await connection.execute("CREATE DATABASE test_fresh")
    yield urlsplit(database_url)._replace(path="/test_fresh").geturl()
    await connection.execute("DROP DATABASE test_fresh")
    await connection.close()


async def test_two_that_start_at_once_migrate_once(fresh_url: str) -> None:
    async def start() -> tuple[bytes, bytes]:
        environment = {**os.environ, "DATABASE_URL": fresh_url}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", MIGRATE, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        return await process.communicate()

    ended = await asyncio.gather(start(), start())
    ran = sorted(int(out.split()[0]) for out, _ in ended)
    assert [error for _, error in ended] == [b"", b""]
    assert [int(out.split()[1]) for out, _ in ended] == [0, 0]
    assert ran[0] == 0
    assert ran[1] > 1


@pytest.mark.usefixtures("migrated")
async def test_a_migrated_database_has_nothing_outstanding() -> None:
    assert await pending() == []
    assert await migrate() == []


@pytest.mark.usefixtures("migrated")
async def test_the_files_say_what_the_models_say() -> None:
    assert await drift() == []


@pytest.mark.usefixtures("migrated")
async def test_a_migration_that_fails_takes_the_others_with_it_in_silence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "test_2027_01_01t00_00_00_000000.py").write_text(GOOD)
    (tmp_path / "test_2027_01_02t00_00_00_000000.py").write_text(BAD)
    with pytest.raises(ValueError, match="this one fails"):
        await migrate(tmp_path)
    assert await pending(tmp_path) == ["2027-01-01T00:00:00:000000", "2027-01-02T00:00:00:000000"]
    with pytest.raises(Exception, match="test_cup"):
        await execute("SELECT * FROM test_cup")
    assert capsys.readouterr().out == ""


@pytest.mark.only_on("sqlite")  # PostgreSQL checks with every statement
async def test_a_migration_may_not_leave_rows_that_refer_to_nothing(tmp_path: Path) -> None:
    orphan = GOOD.replace("CREATE TABLE test_cup (name VARCHAR(10))", "INSERT INTO test_child VALUES ('nothing')")
    (tmp_path / "test_2027_01_01t00_00_00_000000.py").write_text(orphan)
    await execute("CREATE TABLE test_parent (id VARCHAR(16) PRIMARY KEY)")
    await execute("CREATE TABLE test_child (parent VARCHAR(16) REFERENCES test_parent (id))")
    with pytest.raises(Exception, match="refer to nothing"):
        await migrate(tmp_path)
    assert await execute("SELECT * FROM test_child") == []
    await execute("DROP TABLE test_child")
    await execute("DROP TABLE test_parent")
