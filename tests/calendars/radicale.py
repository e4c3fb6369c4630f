"""Radicale, a calendar server that is not ours, as a process of its own that keeps what it is given in a new folder."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

PATIENCE = 20.0
# Somebody must own the calendars; with no authentication the password is not looked at.
_OWNER = {"Authorization": "Basic b2xpdmU6cA=="}


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    body: bytes


@dataclass(frozen=True)
class Radicale:
    """The running server. Paths are below Olive's own folder."""

    port: int

    def make_calendar(self, name: str) -> None:
        """An empty calendar."""
        assert self._ask("MKCALENDAR", f"{name}/").status == 201

    def put(self, path: str, written: bytes) -> Answer:
        """Stores an entry in a calendar, or, where the path ends in a slash, a whole calendar."""
        return self._ask("PUT", path, written)

    def get(self, path: str) -> Answer:
        """What is stored there."""
        return self._ask("GET", path)

    def delete(self, path: str) -> Answer:
        """Deletes what is stored there."""
        return self._ask("DELETE", path)

    def is_there(self) -> bool:
        """Whether the server answers."""
        try:
            return self._ask("GET", "").status > 0
        except ConnectionError:
            return False

    def _ask(self, method: str, path: str, body: bytes | None = None) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, f"/olive/{path}", body, {"Content-Type": "text/calendar", **_OWNER})
            answer = connection.getresponse()
            return Answer(answer.status, answer.read())
        finally:
            connection.close()


@contextmanager
def running_radicale(folder: Path) -> Iterator[Radicale]:
    """The server from its first answer on, on a port of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server = Radicale(free.getsockname()[1])
    command = [sys.executable, "-m", "radicale", "--config", "", "--server-hosts", f"127.0.0.1:{server.port}"]
    options = ["--auth-type", "none", "--storage-filesystem-folder", str(folder), "--logging-level", "warning"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([*command, *options], stdout=log, stderr=log, cwd=folder)
    try:
        deadline = time.monotonic() + PATIENCE
        while not server.is_there():
            assert process.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < deadline, "Radicale did not start"
            time.sleep(0.05)
        yield server
    finally:
        process.terminate()
        process.wait(PATIENCE)
