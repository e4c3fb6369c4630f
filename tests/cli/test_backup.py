"""`eventsite backup` and `eventsite restore`: a copy while the site goes on, put back without writing to anybody twice.

These are about SQLite's file whatever engine the other tests run on: each test has a database of its own.
"""

import asyncio
import io
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from eventsite.cli.progress import bar
from eventsite.database.copies import HELD_WORDS, back_up
from eventsite.database.copies import restore as put_back
from eventsite.database.sqlite import SqliteEngine
from eventsite.errors import Refusal
from tests.cli.running import eventsite

NOW = datetime(2027, 3, 10, 12, 0, tzinfo=UTC)
LETTER = """
    INSERT INTO outbox_letter (id, key, kind, message_id, sender, recipient, recipient_key, subject, content, cause,
        state, due_at, attempts, uncertain, created_at)
    VALUES (?1, ?1, 'k', 'm', 's', 'r', 'r', 's', x'00', 'system', ?2, ?3, 0, FALSE, ?3)
"""
PERSON = "INSERT INTO person (id, email, email_key, created_at, updated_at) VALUES (?1, ?1, ?1, ?2, ?2)"


def quiet(done: int, total: int) -> None:
    """Nobody watches."""


class Site:
    """An embedded database of its own, worked on as a process would."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "site.sqlite"
        self.url = f"sqlite:///{self.path}"
        self.engine = SqliteEngine(str(self.path))
        self.backup = folder / "backup.sqlite"

    @contextmanager
    def opened(self, path: Path | None = None) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(path or self.path)) as connection, connection:
            yield connection

    def write(self, statement: str, *values: object) -> None:
        with self.opened() as connection:
            connection.execute(statement, values)

    def read(self, statement: str, path: Path | None = None) -> list[tuple[object, ...]]:
        with self.opened(path) as connection:
            return connection.execute(statement).fetchall()

    def add_person(self, who: str) -> None:
        self.write(PERSON, who, NOW.isoformat(" "))

    @property
    def people(self) -> list[object]:
        return [email for (email,) in self.read("SELECT email FROM person ORDER BY email")]

    async def run(self, *arguments: str) -> tuple[int | None, str, str]:
        return await eventsite(*arguments, DATABASE_URL=self.url)


@pytest.fixture(scope="module")
async def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the newest schema and nothing in it."""
    path = tmp_path_factory.mktemp("migrated") / "site.sqlite"
    assert (await eventsite("migrate", DATABASE_URL=f"sqlite:///{path}")).code == 0
    return path


@pytest.fixture
def site(tmp_path: Path, migrated_file: Path) -> Site:
    """A database with Ann in it."""
    shutil.copyfile(migrated_file, tmp_path / "site.sqlite")
    site = Site(tmp_path)
    site.add_person("ann")
    return site


async def test_what_was_backed_up_comes_back(site: Site) -> None:
    assert await site.run("backup", str(site.backup)) == (0, f"Backed up into {site.backup}.\n", "")
    site.add_person("mallory")
    code, said, complained = await site.run("restore", str(site.backup))
    assert (code, complained) == (0, "")
    assert said == f"Restored from {site.backup}. Letters held back: 0. Erasures carried over: 0.\n"
    assert site.people == ["ann"]
    assert sorted(path.name for path in site.path.parent.iterdir()) == ["backup.sqlite", "site.sqlite"]


async def test_a_backup_is_one_whole_file_for_its_owner_alone(site: Site) -> None:
    back_up(site.engine, site.backup, progress=quiet)
    assert stat.S_IMODE(site.backup.stat().st_mode) == 0o600
    assert site.read("PRAGMA integrity_check", site.backup) == [("ok",)]
    assert site.read("PRAGMA journal_mode", site.backup) == [("delete",)]


async def test_a_backup_into_the_same_name_replaces_it(site: Site) -> None:
    back_up(site.engine, site.backup, progress=quiet)
    site.add_person("olive")
    back_up(site.engine, site.backup, progress=quiet)
    assert site.read("SELECT count(*) FROM person", site.backup) == [(2,)]


async def test_writers_go_on_while_a_backup_is_made_and_are_not_half_in_it(site: Site) -> None:
    with site.opened() as connection:
        rows = [(f"{number:04}", "x" * 2000) for number in range(2000)]
        connection.executemany("INSERT INTO theme (id, slug, label) VALUES (?1, ?1, ?2)", rows)
    steps = []

    def write_meanwhile(done: int, total: int) -> None:
        steps.append(done)
        site.add_person(f"while {len(steps)}")

    await asyncio.to_thread(back_up, site.engine, site.backup, progress=write_meanwhile)
    assert len(steps) > 3
    assert len(site.people) == 1 + len(steps)
    assert site.read("SELECT email FROM person", site.backup) == [("ann",)]
    assert site.read("SELECT count(*) FROM theme WHERE label LIKE 'xxx%'", site.backup) == [(2000,)]


async def test_letters_that_waited_for_long_are_held_back_and_fresh_ones_are_not(site: Site) -> None:
    for letter_id, state, age in (
        ("long waiting", "waiting", timedelta(minutes=61)),
        ("just put in", "waiting", timedelta(minutes=59)),
        ("on its way", "sending", timedelta(minutes=1)),
        ("sent", "sent", timedelta(days=1)),
    ):
        site.write(LETTER, letter_id, state, (NOW - age).isoformat(" "))
    back_up(site.engine, site.backup, progress=quiet)
    assert put_back(site.engine, site.backup, now=NOW, progress=quiet).letters_held == 2
    assert site.read("SELECT id, state, last_error FROM outbox_letter ORDER BY id") == [
        ("just put in", "waiting", None),
        ("long waiting", "dead", HELD_WORDS),
        ("on its way", "dead", HELD_WORDS),
        ("sent", "sent", None),
    ]


async def test_whoever_was_erased_since_stays_erased(site: Site) -> None:
    site.write("UPDATE person SET email = 'ann@trust.example', email_key = 'ann@trust.example'")
    back_up(site.engine, site.backup, progress=quiet)
    assert (await site.run("person", "erase", "ann@trust.example"))[0] == 0
    assert "Erasures carried over: 1." in (await site.run("restore", str(site.backup)))[1]
    assert site.people == ["ann@trust.example"]
    assert await site.run("retention") == (0, "person\t1\n", "")
    assert site.people == []


async def test_the_next_worker_looks_for_them_at_once(site: Site) -> None:
    bucket = "INSERT INTO throttle_bucket (id, key, used, ends_at) VALUES ('1', 'job: retention', 1, '2099-01-01')"
    site.write(bucket)
    back_up(site.engine, site.backup, progress=quiet)
    put_back(site.engine, site.backup, now=NOW, progress=quiet)
    assert site.read("SELECT key FROM throttle_bucket") == []


async def test_nothing_is_restored_under_a_running_site(site: Site) -> None:
    back_up(site.engine, site.backup, progress=quiet)
    site.add_person("mallory")
    with closing(site.engine.connect()) as server:
        server.execute("SELECT 1 FROM person").fetchall()
        code, said, complained = await site.run("restore", str(site.backup))
    assert (code, said) == (1, "")
    assert complained == "A server or worker is using the database. Stop it, then restore.\n"
    assert site.people == ["ann", "mallory"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "There is no file"),
        (b"", "is not a backup of this site, or is damaged"),
        (b"not a database at all", "is not a backup of this site, or is damaged"),
    ],
)
async def test_a_file_that_is_no_backup_changes_nothing(site: Site, content: bytes | None, sentence: str) -> None:
    if content is not None:
        site.backup.write_bytes(content)
    code, said, complained = await site.run("restore", str(site.backup))
    assert (code, said) == (1, "")
    assert sentence in complained
    assert site.people == ["ann"]


async def test_a_damaged_backup_changes_nothing(site: Site) -> None:
    with site.opened() as connection:
        rows = [(f"{number:04}", "x" * 2000) for number in range(200)]
        connection.executemany("INSERT INTO theme (id, slug, label) VALUES (?1, ?1, ?2)", rows)
    back_up(site.engine, site.backup, progress=quiet)
    content = bytearray(site.backup.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 8192] = b"\xff" * 8192
    site.backup.write_bytes(content)
    with pytest.raises(Refusal, match="damaged"):
        put_back(site.engine, site.backup, now=NOW, progress=quiet)
    assert site.people == ["ann"]
    assert not site.path.with_name("site.sqlite.part").exists()


async def test_somebody_elses_database_and_a_newer_versions_are_refused(site: Site) -> None:
    with site.opened(site.backup) as connection:
        connection.execute("CREATE TABLE other (id)")
    with pytest.raises(Refusal, match="not a backup of this site"):
        put_back(site.engine, site.backup, now=NOW, progress=quiet)
    site.backup.unlink()
    back_up(site.engine, site.backup, progress=quiet)
    with site.opened(site.backup) as connection:
        connection.execute("INSERT INTO migration (name, app_name, ran_on) VALUES ('2099', 'eventsite', '2099-01-01')")
    with pytest.raises(Refusal, match="newer version"):
        put_back(site.engine, site.backup, now=NOW, progress=quiet)
    assert site.people == ["ann"]


async def test_an_older_backup_says_that_migrations_are_to_run(site: Site) -> None:
    back_up(site.engine, site.backup, progress=quiet)
    with site.opened(site.backup) as connection:
        connection.execute("DELETE FROM migration WHERE name = (SELECT max(name) FROM migration)")
    assert "Run: eventsite migrate" in (await site.run("restore", str(site.backup)))[1]


async def test_a_restore_needs_no_database_to_be_there(site: Site) -> None:
    back_up(site.engine, site.backup, progress=quiet)
    site.path.unlink()
    put_back(site.engine, site.backup, now=NOW, progress=quiet)
    assert site.people == ["ann"]


async def test_a_damaged_database_is_replaced_and_left_aside(site: Site) -> None:
    back_up(site.engine, site.backup, progress=quiet)
    site.path.write_bytes(b"what was left after the crash")
    code, said, _ = await site.run("restore", str(site.backup))
    aside = site.path.with_name("site.sqlite.before-restore")
    assert (code, aside.read_bytes()) == (0, b"what was left after the crash")
    assert str(aside) in said
    assert site.people == ["ann"]


async def test_what_cannot_be_backed_up_is_a_sentence(site: Site, tmp_path: Path) -> None:
    elsewhere = str(tmp_path / "none" / "backup.sqlite")
    refused = {
        (site.url, str(site.path)): "That file is the database itself",
        (site.url, elsewhere): "could not be written",
        (f"sqlite:///{tmp_path}/none.sqlite", str(site.backup)): "There is no database at",
        ("postgresql://nobody@127.0.0.1:1/none", str(site.backup)): "pg_dump",
    }
    for (url, file), sentence in refused.items():
        code, said, complained = await eventsite("backup", file, DATABASE_URL=url)
        assert (code, said, complained.count("\n")) == (1, "", 1)
        assert sentence in complained


class Terminal(io.StringIO):
    """A stream that says somebody watches."""

    def isatty(self) -> bool:
        return True


def test_a_bar_is_drawn_on_a_terminal_and_never_in_a_pipe() -> None:
    for stream, shown in ((Terminal(), True), (io.StringIO(), False)):
        with bar("Backing up", stream) as progress:
            for done in range(0, 101, 50):
                progress(done, 100)
        assert ("Backing up [####################....................]  50 %" in stream.getvalue()) is shown
        assert bool(stream.getvalue()) is shown
