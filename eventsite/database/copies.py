"""Copies of the embedded database: made while it is in use, and put back in its place.

Everything here blocks: call it in a thread. PostgreSQL has its own tools, pg_dump and pg_restore.
"""

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from eventsite.database.engine import AnyEngine
from eventsite.database.migrate import APP_NAME, names
from eventsite.database.sqlite import SqliteEngine
from eventsite.errors import Refusal

PAGES_A_STEP = 256
STILL_FRESH = timedelta(hours=1)
HELD_WORDS = "restored from a backup; send again if it is still right"

Progress = Callable[[int, int], object]
"""Told, now and then, how many pages of how many are done."""

HOLD = """
    UPDATE outbox_letter SET state = 'dead', last_error = ?, lease_until = NULL, lease_owner = NULL
    WHERE state = 'sending' OR (state = 'waiting' AND created_at < ?)
"""
CARRY = """
    INSERT INTO erasure (id, email_digest, erased_at) VALUES (?, ?, ?)
    ON CONFLICT (email_digest) DO UPDATE SET erased_at = max(erased_at, excluded.erased_at)
"""
# So that the next worker runs its jobs at once, and erases again who was erased since.
FORGET_JOBS = "DELETE FROM throttle_bucket WHERE key LIKE 'job: %'"


class NotEmbedded(Refusal):
    """This site's database is on a server of its own: back it up with pg_dump and restore it with pg_restore."""


class InUse(Refusal):
    """A server or worker is using the database. Stop it, then restore."""


@dataclass(frozen=True)
class Restored:
    """What a restore did: letters held back, erasures carried over, and where the file it replaced was left, if it was.

    `behind` counts the migrations that have still to run.
    """

    letters_held: int
    erasures_carried: int
    behind: int
    left_aside: Path | None


def embedded(engine: AnyEngine) -> SqliteEngine:
    """The engine where it is SQLite's; raises NotEmbedded."""
    if not isinstance(engine, SqliteEngine):
        raise NotEmbedded
    return engine


def back_up(engine: SqliteEngine, target: Path, *, progress: Progress) -> None:
    """Copies the database as it is at this moment into one file that only its owner may read.

    A file of that name is replaced. Writers go on meanwhile. Raises Refusal where there is no database, or no room.
    """
    source = Path(engine.path)
    if not source.is_file():
        raise Refusal(f"There is no database at {source}.")
    if target.exists() and target.samefile(source):
        raise Refusal("That file is the database itself. Choose another name for the backup.")
    with _said_plainly(target), _unfinished(target) as part, closing(engine.connect()) as connection:
        # What others write from here on is not in the copy, and does not make it start again.
        connection.execute("BEGIN")
        connection.execute("SELECT 1 FROM sqlite_schema").fetchall()
        _copy(connection, part, progress)
        part.replace(target)


def restore(engine: SqliteEngine, backup: Path, *, now: datetime, progress: Progress) -> Restored:
    """Puts a backup in the database's place. The file it replaces stands aside until all is done.

    Letters that waited when the backup was made, more than an hour before `now`, are held back: most have been sent.
    Erasures made since are carried over. Raises Refusal for a file that is damaged or not ours, and while the database
    is in use.
    """
    ran = _check(backup)
    target = Path(engine.path)
    target.parent.mkdir(parents=True, exist_ok=True)
    _ensure_alone(target)
    with _said_plainly(target), _unfinished(target) as part:
        with closing(_open(backup)) as connection:
            _copy(connection, part, progress)
        held = _hold_letters(part, now)
        carried = _carry_erasures(target, part)
        # Once more: the copying took a while. It also brings the journal home, which must not meet another file.
        _ensure_alone(target)
        aside = _swap(part, target, keep=carried is None)
    return Restored(held, carried or 0, len(names() - ran), aside)


def _check(backup: Path) -> set[str]:
    """Makes sure that a file is whole and ours; the migrations that have run in it."""
    if not backup.is_file():
        raise Refusal(f"There is no file {backup}.")
    try:
        with closing(_open(backup)) as connection:
            ran = {name for (name,) in connection.execute("SELECT name FROM migration WHERE app_name = ?", (APP_NAME,))}
            is_whole = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    except sqlite3.Error:
        raise Refusal(f"{backup} is not a backup of this site, or is damaged. Nothing was changed.") from None
    if not is_whole or not ran:
        raise Refusal(f"{backup} is damaged or empty. Nothing was changed.")
    if ran - names():
        raise Refusal(f"{backup} was made by a newer version of eventsite than this one. Nothing was changed.")
    return ran


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _copy(source: sqlite3.Connection, target: Path, progress: Progress) -> None:
    with closing(sqlite3.connect(target)) as copy:
        source.backup(copy, pages=PAGES_A_STEP, progress=lambda _, left, total: progress(total - left, total))
        # One file, without a journal beside it.
        copy.execute("PRAGMA journal_mode = DELETE")
        if copy.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise Refusal("The database is damaged: the copy could not be made.")


def _carry_erasures(present: Path, part: Path) -> int | None:
    """Copies the erasures from the file that is replaced; how many, or None where it cannot be read."""
    if not present.exists():
        return 0
    try:
        with closing(sqlite3.connect(present)) as connection:
            rows = connection.execute("SELECT id, email_digest, erased_at FROM erasure").fetchall()
    except sqlite3.Error:
        return None
    with closing(sqlite3.connect(part)) as connection, connection:
        connection.executemany(CARRY, rows)
    return len(rows)


def _hold_letters(part: Path, now: datetime) -> int:
    with closing(sqlite3.connect(part)) as connection, connection:
        connection.execute(FORGET_JOBS)
        return connection.execute(HOLD, (HELD_WORDS, (now.astimezone(UTC) - STILL_FRESH).isoformat(" "))).rowcount


def _swap(part: Path, target: Path, *, keep: bool) -> Path | None:
    """Puts the part in the target's place, or everything back as it was; where the old file was kept, if it was."""
    if not target.exists():
        part.replace(target)
        return None
    aside = target.with_name(f"{target.name}.before-restore")
    _take_after(target, part)
    _move(target, aside)
    try:
        part.replace(target)
        _check(target)
    except BaseException:
        _move(aside, target)
        raise
    if keep:
        return aside
    for name in _names(aside):
        name.unlink(missing_ok=True)
    return None


def _names(database: Path) -> list[Path]:
    # A journal that stayed behind would be read into whatever file comes to have its name.
    return [database.with_name(database.name + ending) for ending in ("", "-wal", "-shm")]


def _move(old: Path, new: Path) -> None:
    for before, after in zip(_names(old), _names(new), strict=True):
        if before.exists():
            before.replace(after)
        else:
            after.unlink(missing_ok=True)


def _take_after(old: Path, new: Path) -> None:
    """Gives a file the owner and the mode of the one it replaces: whoever restores may not be who serves."""
    shutil.copymode(old, new)
    with contextlib.suppress(OSError, AttributeError):
        os.chown(new, old.stat().st_uid, old.stat().st_gid)


def _ensure_alone(path: Path) -> None:
    """Raises InUse where anybody has the file open; brings its journal into it. A damaged file is let pass."""
    if not path.exists():
        return
    with contextlib.suppress(sqlite3.DatabaseError), closing(sqlite3.connect(path, timeout=1)) as connection:
        try:
            # In WAL mode every open connection keeps a lock that this one cannot share.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                raise InUse from None
            raise


@contextlib.contextmanager
def _unfinished(target: Path) -> Iterator[Path]:
    """A file beside the target to write into, readable by its owner alone, and gone if it was not moved there."""
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


@contextlib.contextmanager
def _said_plainly(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        raise Refusal(f"{path} could not be written: {error}.") from error
