"""Whatever is wrong is said in one sentence on standard error: 1 where a deed is refused, 2 for bad usage."""

from pathlib import Path

import pytest

from tests.cli.running import eventsite

BEHIND = "The database is behind this version. Run: eventsite migrate\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("organise",),
        ("demo", "--port", "eighty"),
        ("organiser", "add", "ann@trust.example", "--name", "Ann", "--role", "king"),
        ("import", "writeup"),
        ("backup",),
    ],
)
async def test_bad_usage_is_one_sentence(arguments: tuple[str, ...]) -> None:
    ran = await eventsite(*arguments)
    assert (ran.code, ran.said, ran.complained.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(
    ("command", "url", "reason"),
    [
        ("migrate", "mysql://127.0.0.1/site", "it must start with sqlite:///, postgresql:// or cockroachdb://"),
        ("organiser list", "postgresql://127.0.0.1:port/site", "its port must be a number"),
        (
            "backup x",
            "sqlite:///",
            "SQLite needs a file: the reading and the writing connection must see the same rows",
        ),
    ],
)
async def test_a_database_that_cannot_be_meant_is_named(command: str, url: str, reason: str) -> None:
    ran = await eventsite(*command.split(), DATABASE_URL=url)
    assert ran == (1, "", f"DATABASE_URL cannot be used: {reason}.\n")


async def test_the_site_does_not_start_on_a_database_that_cannot_be_meant() -> None:
    ran = await eventsite("serve", DATABASE_URL="postgresql://127.0.0.1:port/site")
    assert (ran.code, ran.complained.split()[0], ran.complained.count("\n")) == (1, "DATABASE_URL", 1)


@pytest.mark.parametrize(
    "arguments",
    [
        ("organiser", "list"),
        ("organiser", "add", "ann@trust.example", "--name", "Ann", "--role", "owner"),
        ("import", "writeup", __file__),
        ("demo", "--load-only"),
        ("person", "erase", "ann@trust.example"),
        ("retention",),
    ],
)
async def test_nothing_is_done_on_a_database_that_is_behind(arguments: tuple[str, ...], tmp_path: Path) -> None:
    assert await eventsite(*arguments, DATABASE_URL=f"sqlite:///{tmp_path}/new.sqlite") == (1, "", BEHIND)


async def test_a_demonstration_that_cannot_keep_anything_says_so(tmp_path: Path) -> None:
    taken = tmp_path / "file"
    taken.touch()
    ran = await eventsite("demo", "--port", "8397", "--data", str(taken / "folder"))
    assert ran == (1, "", f"The folder {taken}/folder cannot be used: Not a directory. Choose another with --data.\n")
