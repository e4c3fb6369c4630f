"""What only SQLite can suffer: another process's lock, a commit that fails, an end without a goodbye."""

import asyncio
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from eventsite.database import DatabaseUnavailable, engine_from_url, is_unique_violation
from eventsite.database.sqlite import SqliteEngine


@pytest_asyncio.fixture(loop_scope="session")
async def engine(tmp_path: Path) -> AsyncIterator[SqliteEngine]:
    """A file of its own, with patience of a fifth of a second."""
    engine = SqliteEngine(str(tmp_path / "deep" / "cups.sqlite"), patience=0.2)
    await engine.run_sql("CREATE TABLE cup (name VARCHAR(10) PRIMARY KEY, stands_on REFERENCES cup (name))")
    yield engine
    await engine.close()


async def cups(engine: SqliteEngine) -> list[str]:
    return [row["name"] for row in await engine.run_sql("SELECT name FROM cup ORDER BY name")]


def lock(engine: SqliteEngine) -> sqlite3.Connection:
    """What another process does when it writes."""
    other = sqlite3.connect(engine.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other


async def test_a_write_waits_for_another_process_and_the_event_loop_does_not(engine: SqliteEngine) -> None:
    other = lock(engine)
    writing = asyncio.create_task(engine.run_sql("INSERT INTO cup VALUES ('red', NULL)"))
    started = time.perf_counter()
    await asyncio.sleep(0.02)
    # Had the loop waited for the lock, it would have waited for all of the engine's patience: 15 seconds.
    assert time.perf_counter() - started < 5
    assert not writing.done()
    other.execute("ROLLBACK")
    await writing
    assert await cups(engine) == ["red"]
    other.close()


async def test_a_lock_that_lasts_is_said_to_be_passing(engine: SqliteEngine) -> None:
    other = lock(engine)
    with pytest.raises(DatabaseUnavailable):
        await engine.run_sql("INSERT INTO cup VALUES ('red', NULL)")
    other.close()
    await engine.run_sql("INSERT INTO cup VALUES ('blue', NULL)")
    assert await cups(engine) == ["blue"]


async def test_reading_goes_on_while_another_process_writes(engine: SqliteEngine) -> None:
    other = lock(engine)
    other.execute("INSERT INTO cup VALUES ('red', NULL)")
    assert await cups(engine) == []
    other.execute("COMMIT")
    assert await cups(engine) == ["red"]
    other.close()


async def test_a_commit_that_fails_is_raised_and_the_next_transaction_works(engine: SqliteEngine) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        async with engine.transaction():
            await engine.run_sql("PRAGMA defer_foreign_keys = ON")
            await engine.run_sql("INSERT INTO cup VALUES ('red', 'nothing')")
    await engine.run_sql("INSERT INTO cup VALUES ('blue', NULL)")
    assert await cups(engine) == ["blue"]


async def test_when_sqlite_gives_up_a_transaction_those_who_share_its_commit_are_told(engine: SqliteEngine) -> None:
    async def write(name: str) -> None:
        async with engine.transaction():
            await engine.run_sql("INSERT INTO cup VALUES (?, NULL)", [name])

    async def spoil() -> None:
        async with engine.transaction():
            await engine.run_sql("INSERT OR ROLLBACK INTO cup VALUES ('first', NULL)")

    results = await asyncio.gather(write("first"), write("red"), spoil(), write("late"), return_exceptions=True)
    kept = await cups(engine)
    assert [isinstance(result, Exception) for result in results][2]
    for name, result in zip(("first", "red", None, "late"), results, strict=True):
        assert (result is None) == (name in kept)
    await write("after")
    assert "after" in await cups(engine)


async def test_a_duplicate_is_recognised(engine: SqliteEngine) -> None:
    await engine.run_sql("INSERT INTO cup VALUES ('red', NULL)")
    with pytest.raises(sqlite3.IntegrityError) as refused:
        await engine.run_sql("INSERT INTO cup VALUES ('red', NULL)")
    assert is_unique_violation(refused.value)
    with pytest.raises(sqlite3.IntegrityError) as refused:
        await engine.run_sql("INSERT INTO cup VALUES ('blue', 'nothing')")
    assert not is_unique_violation(refused.value)


async def test_a_cancelled_commit_is_still_a_commit(engine: SqliteEngine) -> None:
    written = asyncio.Event()

    async def write() -> None:
        async with engine.transaction():
            await engine.run_sql("INSERT INTO cup VALUES ('red', NULL)")
            written.set()

    task = asyncio.create_task(write())
    await written.wait()
    task.cancel()
    await asyncio.wait([task])
    await engine.run_sql("INSERT INTO cup VALUES ('blue', NULL)")
    assert await cups(engine) == ["blue", "red"]


async def test_a_mistake_in_the_sql_is_no_passing_trouble(engine: SqliteEngine) -> None:
    with pytest.raises(sqlite3.OperationalError):
        await engine.run_sql("SELECT colour FROM cup")


async def test_commits_reach_the_disk(engine: SqliteEngine) -> None:
    async with engine.transaction() as current:
        connection = current.connection
        pragmas = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


async def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseUnavailable, match="file"):
        await SqliteEngine(str(tmp_path / "file" / "cups.sqlite")).open()


def test_a_database_in_memory_is_refused() -> None:
    with pytest.raises(ValueError, match="file"):
        engine_from_url("sqlite:///:memory:")


@pytest.mark.parametrize(("url", "path"), [("sqlite:///a/b.sqlite", "a/b.sqlite"), ("sqlite:////a/b", "/a/b")])
def test_the_address_says_whether_the_path_is_absolute(url: str, path: str) -> None:
    engine = engine_from_url(url)
    assert isinstance(engine, SqliteEngine)
    assert engine.path == path


def test_a_process_ends_though_nobody_closed_the_database(tmp_path: Path) -> None:
    code = """
import asyncio
from eventsite.database import execute, transaction

async def main():
    await execute("CREATE TABLE cup (name VARCHAR(10))")
    async with transaction():
        await execute("INSERT INTO cup VALUES ('red')")

asyncio.run(main())
"""
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path}/cups.sqlite"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, timeout=20, check=False, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
