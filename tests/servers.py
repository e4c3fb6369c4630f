"""Real server processes for tests: started as a deployment starts them, asked over HTTP, ended gently or not at all."""

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import httpx2

from tests.conftest import SECRET

PATIENCE = 20.0


@dataclass(frozen=True)
class ServerProcess:
    """A running `eventsite serve`. `address` is where it listens, whatever SITE_URL says."""

    address: str
    process: Process

    async def kill(self) -> None:
        """Ends it as a power cut would (SIGKILL), and waits until it is gone."""
        self.process.kill()
        await self.process.wait()


def deployment(database_url: str, site_url: str) -> dict[str, str]:
    """The environment of a deployment on a database, with nothing of this process's own settings."""
    return {
        **{name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}},
        "DATABASE_URL": database_url,
        "SECRET_KEY": SECRET,
        "SITE_URL": site_url,
        "MAIL_FROM": "events@events.example.org",
        "MAIL_UID_DOMAIN": "events.example.org",
    }


@asynccontextmanager
async def servers(count: int, database_url: str, **settings: str) -> AsyncIterator[list[ServerProcess]]:
    """So many server processes on one database, as behind a load balancer: all with the SITE_URL of the first."""
    ports = [free_port() for _ in range(count)]
    environment = deployment(database_url, f"http://127.0.0.1:{ports[0]}") | settings
    async with AsyncExitStack() as running:
        yield [await running.enter_async_context(server(port, environment)) for port in ports]


@asynccontextmanager
async def server(port: int, environment: Mapping[str, str]) -> AsyncIterator[ServerProcess]:
    """One server process without a mail worker, from its first answer on; ended with SIGTERM if it still lives."""
    process = await run_eventsite("serve", "--port", str(port), "--no-worker", environment=environment)
    try:
        await answered(f"http://127.0.0.1:{port}/livez", process)
        yield ServerProcess(f"http://127.0.0.1:{port}", process)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.communicate(), PATIENCE)


async def run_eventsite(*arguments: str, environment: Mapping[str, str]) -> Process:
    """Starts a command of this checkout; what it says goes to one pipe."""
    command = (sys.executable, "-m", "eventsite", *arguments)
    return await asyncio.create_subprocess_exec(*command, env=dict(environment), stdout=PIPE, stderr=STDOUT)


async def answered(address: str, process: Process, *, seconds: float = PATIENCE) -> None:
    """Returns once an address answers 200; raises AssertionError with what the process said if it ends before."""
    async with asyncio.timeout(seconds), httpx2.AsyncClient() as client:
        while process.returncode is None:
            try:
                if (await client.get(address)).status_code == 200:
                    return
            except httpx2.TransportError:
                await asyncio.sleep(0.05)
    said, _ = await process.communicate()
    raise AssertionError(f"{address}: the server ended with {process.returncode}: {said.decode()}")


def free_port() -> int:
    """A port on loopback nobody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def from_a_page(server: ServerProcess, *, site: str = "same-origin") -> httpx2.AsyncClient:
    """A browser on the site's own page, with a connection of its own to one of its servers."""
    return httpx2.AsyncClient(base_url=server.address, headers={"sec-fetch-site": site}, timeout=PATIENCE)
