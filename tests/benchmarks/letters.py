"""Letters a second from a full outbox through a local sink, beside aiosmtplib sending the same bytes.

Run by itself (`python -m tests.benchmarks.letters PORT COUNT` with DATABASE_URL set) it is one round in one process,
and prints three rates as JSON.
"""

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from statistics import median

import aiosmtplib

from eventsite.database import close_database, execute, open_database, transaction
from eventsite.mail.outbox import enqueue
from eventsite.mail.queries import waiting_count
from eventsite.mail.signing import Signer
from eventsite.mail.smtp import SmtpTransport
from eventsite.mail.tables import Cause
from eventsite.mail.worker import run_worker
from eventsite.settings import load_settings
from tests.benchmarks.servers import free_port
from tests.mail.conftest import A_LETTER
from tests.mail.keys import private_pem

COUNT = 1000
NOW = datetime(2027, 3, 10, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Rates:
    """Letters a second: the worker's, the same with each letter signed, the library's alone."""

    worker: float
    signed: float
    bare: float


def measured(database_url: str, *, runs: int) -> Rates:
    """Medians of several rounds on a migrated database, whose outbox is emptied."""
    with sink() as port:
        rounds = [one_round(database_url, port) for _ in range(runs)]
    return Rates(*(median(getattr(each, name) for each in rounds) for name in ("worker", "signed", "bare")))


def one_round(database_url: str, port: int) -> Rates:
    """One round of each, in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.letters", str(port), str(COUNT)]
    environment = {**os.environ, "DATABASE_URL": database_url}
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return Rates(**json.loads(done.stdout))


@contextmanager
def sink() -> Iterator[int]:
    """The port of a running sink."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "tests.benchmarks.sink", str(port)])
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int) -> None:
    """Returns once something listens there."""
    for _ in range(200):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on port {port}")


async def fill(count: int) -> None:
    """Puts so many letters of the usual size into the outbox, each to somebody else."""
    settings = load_settings(
        {"secret_key": "x" * 40, "site_url": "https://events.example.org", "mail_from": "events@events.example.org"}
    )
    async with transaction():
        await execute("DELETE FROM outbox_letter")
        for number in range(count):
            letter = replace(A_LETTER, to=f"ann{number}@trust.example", text=A_LETTER.text * 50)
            await enqueue(letter, key=f"letter:{number}", cause=Cause.SYSTEM, now=NOW, settings=settings)


async def by_worker(port: int, count: int, *, sign: bool = False) -> float:
    """The rate of the worker itself: claimed, handed over, written down as sent."""
    await execute("UPDATE outbox_letter SET state = 'waiting', attempts = 0, due_at = {}", NOW)
    signer = Signer("events.example.org", "s", private_pem()).sign if sign else None
    transport = SmtpTransport(f"smtp://127.0.0.1:{port}", local_hostname="events.example.org", sign=signer)
    stop, wake = asyncio.Event(), asyncio.Event()
    begun = time.perf_counter()
    worker = asyncio.create_task(run_worker(transport, now=lambda: NOW, stop=stop, wake=wake))
    while await waiting_count():  # noqa: ASYNC110 -- what is waited for is a row
        await asyncio.sleep(0.02)
    took = time.perf_counter() - begun
    stop.set()
    await worker
    return count / took


async def by_aiosmtplib(port: int, count: int) -> float:
    """The rate of the library alone, over one conversation, with the bytes at hand."""
    rows = await execute("SELECT sender, recipient, content FROM outbox_letter")
    client = aiosmtplib.SMTP(hostname="127.0.0.1", port=port, start_tls=False, local_hostname="events.example.org")
    await client.connect()
    begun = time.perf_counter()
    for row in rows:
        await client.sendmail(row["sender"], [row["recipient"]], bytes(row["content"]))
    took = time.perf_counter() - begun
    await client.quit()
    return count / took


async def main(port: int, count: int) -> None:
    """One round of each, in this process."""
    await open_database()
    try:
        await fill(count)
        worker, bare = await by_worker(port, count), await by_aiosmtplib(port, count)
        signed = await by_worker(port, count, sign=True)
    finally:
        await close_database()
    print(json.dumps(asdict(Rates(worker, signed, bare))))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
