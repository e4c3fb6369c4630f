"""Load from another process: wrk (Debian's package) with keep-alive connections, and what it says."""

import re
import secrets
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks.servers import Server, cpu_of

CONNECTIONS = 16
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}
POSTS = """
local run = "%s"
local number = 0
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
wrk.headers["Sec-Fetch-Site"] = "same-origin"
local thread = 0
function setup(t) thread = thread + 1; t:set("own", thread) end
function request()
  number = number + 1
  local body = "name=Ann+Example&email=p" .. run .. "." .. own .. "." .. number ..
    "%%40example.org&job_title=Chief+nurse&organisation=Example+Trust&events=hpn-midlands&events=hpn-mental-health"
  return wrk.format(nil, nil, nil, body)
end
"""


@dataclass(frozen=True)
class Measured:
    """Medians over runs: answers a second, the 99th percentile of the waiting time in milliseconds, and the time of the
    server's process on a processor for one answer, in microseconds."""

    rate: float
    p99: float
    cpu: float


def side_by_side(
    targets: Sequence[tuple[Server, str]], *, seconds: int, runs: int, posts: bool = False
) -> list[Measured]:
    """Loads a path of each server in turn, several times over, so that a noisy minute falls on all of them."""
    results: list[list[Measured]] = [[] for _ in targets]
    for _ in range(runs):
        for number, (server, path) in enumerate(targets):
            results[number].append(_load(server, path, seconds, secrets.token_hex(4) if posts else None))
    return [
        Measured(median(m.rate for m in each), median(m.p99 for m in each), median(m.cpu for m in each))
        for each in results
    ]


def _load(server: Server, path: str, seconds: int, posts: str | None) -> Measured:
    begun = cpu_of(server.pid)
    rate, p99, answers = _wrk(server.address + path, seconds, posts)
    return Measured(rate, p99, (cpu_of(server.pid) - begun) / answers * 1_000_000)


def _wrk(address: str, seconds: int, posts: str | None) -> tuple[float, float, int]:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency"]
    with tempfile.TemporaryDirectory() as folder:
        if posts:
            script = Path(folder) / "post.lua"
            script.write_text(POSTS % posts)
            command += ["-s", str(script)]
        said = subprocess.run([*command, address], capture_output=True, text=True, check=True).stdout
    if refused := re.search(r"Non-2xx or 3xx responses: (\d+)", said):
        raise SystemExit(f"{address} refused {refused[1]} requests: the figures would mean nothing.")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s)", said)
    assert rate
    assert p99
    answers = re.search(r"(\d+) requests in", said)
    assert answers
    return float(rate[1]), float(p99[1]) * UNITS[p99[2]], int(answers[1])
