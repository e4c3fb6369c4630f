"""Load from another process: wrk (Debian's package) with keep-alive connections, and what it says."""

import re
import secrets
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

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
    """Medians over runs: answers a second, and the 99th percentile of the waiting time in milliseconds."""

    rate: float
    p99: float


def side_by_side(addresses: Sequence[str], *, seconds: int, runs: int, posts: bool = False) -> list[Measured]:
    """Loads each address in turn, several times over, so that a noisy minute falls on all of them."""
    results: list[list[Measured]] = [[] for _ in addresses]
    for _ in range(runs):
        for number, address in enumerate(addresses):
            results[number].append(_wrk(address, seconds, secrets.token_hex(4) if posts else None))
    return [Measured(median(m.rate for m in each), median(m.p99 for m in each)) for each in results]


def _wrk(address: str, seconds: int, posts: str | None) -> Measured:
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
    return Measured(float(rate[1]), float(p99[1]) * UNITS[p99[2]])
