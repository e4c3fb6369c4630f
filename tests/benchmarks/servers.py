"""Starting and stopping what is measured, and what of it can be read without a load."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Server:
    """A running server. `started_in` is the time from the start of its process to its first answer, in seconds."""

    address: str
    pid: int
    started_in: float


@contextmanager
def serving(command: list[str], port: int, *, first: str, environment: Mapping[str, str]) -> Iterator[Server]:
    """Runs a server process while the block lasts; `first` is the path asked until it answers 200."""
    begun = time.perf_counter()
    quiet = {**os.environ, "LOG_FORMAT": "text", **environment}
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=quiet)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(address + first, process)
        yield Server(address, process.pid, time.perf_counter() - begun)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def site(port: int, database_url: str) -> tuple[list[str], dict[str, str]]:
    """The command and the environment of `eventsite serve` without its worker."""
    environment = {
        "DATABASE_URL": database_url,
        "SECRET_KEY": "a secret of the benchmark, long enough to be one",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "MAIL_FROM": "events@example.org",
    }
    return ["-m", "eventsite", "serve", "--port", str(port), "--no-worker"], environment


def bare(port: int) -> list[str]:
    """The command of the bare application."""
    return [
        "-m",
        "uvicorn",
        "tests.benchmarks.bare:app",
        "--port",
        str(port),
        "--no-access-log",
        "--log-level",
        "error",
    ]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def fetch(address: str, **headers: str) -> tuple[bytes, Mapping[str, str]]:
    """The body and the header fields of an answer."""
    request = urllib.request.Request(address, headers=headers)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.read(), dict(answer.headers.items())


def memory_of(pid: int) -> float:
    """The proportional set size of a process in MB: its own memory and its share of what it shares."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def cpu_of(pid: int) -> float:
    """The time a process has spent on a processor, in seconds: steadier than the clock on a machine that is shared."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _wait(address: str, process: "subprocess.Popen[bytes]") -> None:
    while process.poll() is None:
        try:
            fetch(address)
            return
        except OSError:
            time.sleep(0.01)
    raise SystemExit(f"The server for {address} ended with {process.returncode}.")
