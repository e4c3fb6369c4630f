"""`eventsite migrate`, `check` and `demo --load-only`: what an operator does first."""

import asyncio
from pathlib import Path

import pytest

from tests.cli.running import eventsite
from tests.smtp_server import smtp_server

GOOD = {"CONTROLLER_CONTACT": "privacy@events.example.org"}


@pytest.fixture
def new_database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/new.sqlite"


async def test_migrate_brings_a_new_database_to_the_newest_schema(new_database: str) -> None:
    behind = await eventsite("migrate", "--check", DATABASE_URL=new_database)
    first = await eventsite("migrate", DATABASE_URL=new_database)
    second = await eventsite("migrate", DATABASE_URL=new_database)
    newest = await eventsite("migrate", "--check", DATABASE_URL=new_database)
    assert (behind.code, behind.said.split()[0]) == (1, "Behind")
    assert (first.code, first.said.split()[1:]) == (0, ["migrations", "run."])
    assert second == (0, "Nothing to do: the schema is the newest.\n", "")
    assert newest == (0, "The schema is the newest.\n", "")


async def test_two_starters_take_turns(new_database: str) -> None:
    both = await asyncio.gather(*(eventsite("migrate", DATABASE_URL=new_database) for _ in range(2)))
    assert [ran.code for ran in both] == [0, 0]
    assert sorted(ran.said.startswith("Nothing to do") for ran in both) == [False, True]


async def test_check_finds_nothing_wrong_with_a_good_deployment(new_database: str) -> None:
    await eventsite("migrate", DATABASE_URL=new_database)
    async with smtp_server() as server:
        ran = await eventsite("check", DATABASE_URL=new_database, SMTP_URL=server.url(), **GOOD)
    assert ran == (0, "Nothing is wrong.\n", "")


async def test_check_says_everything_that_is_wrong_at_once(new_database: str) -> None:
    ran = await eventsite("check", DATABASE_URL=new_database, SMTP_URL="smtp://127.0.0.1:1", SECRET_KEY="x" * 40)
    assert (ran.code, ran.said) == (1, "")
    assert [line.split(":")[0] for line in ran.complained.splitlines()][:3] == [
        "SECRET_KEY is too simple to be a secret.",
        "CONTROLLER_CONTACT is missing",
        "The database is behind this version. Run",
    ]
    assert ran.complained.splitlines()[3].startswith("The mail server cannot be used: ")


async def test_check_names_each_bad_setting() -> None:
    ran = await eventsite("check", SITE_URL="events", MAIL_FROM="nobody")
    assert ran.code == 1
    assert [line.split()[0] for line in ran.complained.splitlines()] == ["SITE_URL", "MAIL_FROM"]


async def test_the_content_can_be_loaded_alone(new_database: str) -> None:
    await eventsite("migrate", DATABASE_URL=new_database)
    first = await eventsite("demo", "--load-only", DATABASE_URL=new_database)
    second = await eventsite("demo", "--load-only", DATABASE_URL=new_database)
    assert first == (0, "The demonstration content is loaded.\n", "")
    assert second == (0, "There are events already: nothing was loaded.\n", "")
