"""Many open desks on one server process: when an approval reaches each, and how the process ends with all of them open.

`python -m tests.measures desks [NUMBER]`: one `eventsite serve` on an embedded database, as a deployment starts it; the
desks are connections over loopback that read server-sent events, and nothing else.
"""

import asyncio
import json
import os
import signal
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from statistics import median, quantiles
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from tests.servers import ServerProcess

LIVE = "/organise/questions/live"
MANY = 200
SOON = 1.0  # seconds within which everybody must have heard
PATIENCE = 30.0


@dataclass
class Desk:
    """One open stream: when it heard of which question."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    heard: dict[str, float] = field(default_factory=dict)

    @classmethod
    async def open(cls, address: str, cookie: str) -> "Desk":
        """A desk whose stream has begun."""
        host = urlsplit(address)
        reader, writer = await asyncio.open_connection(host.hostname, host.port)
        writer.write(f"GET {LIVE} HTTP/1.1\r\nhost: {host.netloc}\r\ncookie: {cookie}\r\n\r\n".encode())
        await writer.drain()
        desk = cls(reader, writer)
        async with asyncio.timeout(PATIENCE):
            while b"event: hello" not in await reader.readline():
                pass
        return desk

    async def follow(self) -> None:
        """Notes what is heard, until the other side ends."""
        while line := await self.reader.readline():
            if line.startswith(b"data: {") and b'"state": "approved"' in line:
                self.heard.setdefault(json.loads(line[6:])["row"], time.monotonic())


@dataclass(frozen=True)
class Measured:
    """Seconds from the moment an approval was sent until each desk heard of it; and how the process ended."""

    delays: list[float]
    deaf: int
    ended_after: float
    ended_with: int | None
    said: str


async def measure(server: "ServerProcess", cookie: str, question_ids: Sequence[str], *, desks: int) -> Measured:
    """Opens the desks, approves the questions one after the other, and ends the process with all of them open."""
    opened = [await Desk.open(server.address, cookie) for _ in range(desks)]
    following = [asyncio.create_task(desk.follow()) for desk in opened]
    delays: list[float] = []
    deaf = 0
    for question_id in question_ids:
        began = await approve(server.address, cookie, question_id)
        deaf += await wait_for_all(opened, question_id)
        delays += [desk.heard[question_id] - began for desk in opened if question_id in desk.heard]
    asked_at = time.monotonic()
    server.process.send_signal(signal.SIGTERM)
    said, _ = await asyncio.wait_for(server.process.communicate(), PATIENCE)
    ended_after = time.monotonic() - asked_at
    await asyncio.wait_for(asyncio.gather(*following, return_exceptions=True), PATIENCE)
    for desk in opened:
        desk.writer.close()
    return Measured(delays, deaf, ended_after, server.process.returncode, said.decode())


async def approve(address: str, cookie: str, question_id: str) -> float:
    """Approves a question as a browser does; the moment at which it was sent."""
    import httpx2

    headers = {"cookie": cookie, "sec-fetch-site": "same-origin"}
    async with httpx2.AsyncClient(base_url=address, headers=headers) as browser:
        began = time.monotonic()
        answer = await browser.post(f"/organise/questions/{question_id}/approval", data={"state": "pending"})
    assert answer.status_code == 303, answer.text
    return began


async def wait_for_all(desks: Sequence[Desk], question_id: str, seconds: float = 5.0) -> int:
    """Returns once every desk has heard of it, or the time is over; how many have not."""
    last = time.monotonic() + seconds
    while time.monotonic() < last and not all(question_id in desk.heard for desk in desks):  # noqa: ASYNC110 -- an onlooker
        await asyncio.sleep(0.02)
    return sum(question_id not in desk.heard for desk in desks)


async def moderator_and_questions(number: int) -> tuple[str, list[str]]:
    """A signed-in moderator's cookie, and the ids of questions that wait, in this process's database."""
    from eventsite.organisers.guard import COOKIE
    from tests.organisers.factories import make_organiser, make_sign_in
    from tests.questions.factories import make_panel, make_question

    token = await make_sign_in(await make_organiser(password=None), now=datetime.now(UTC))
    _, panel = await make_panel()
    return f"{COOKIE}={token}", [(await make_question(panel)).id for _ in range(number)]


def main(arguments: list[str]) -> None:
    """Prints how long an approval takes to reach all desks, and how long the process takes to end."""
    number = int(arguments[0]) if arguments else MANY
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/desks.sqlite"
        print(table(asyncio.run(_measured(number)), number))


async def _measured(number: int) -> Measured:
    from eventsite.database import close_database, open_database
    from eventsite.database.migrate import migrate
    from tests.servers import servers

    await open_database()
    await migrate()
    try:
        cookie, questions = await moderator_and_questions(10)
        async with servers(1, os.environ["DATABASE_URL"]) as (server,):
            return await measure(server, cookie, questions, desks=number)
    finally:
        await close_database()


def table(found: Measured, desks: int) -> str:
    """The figures in words."""
    delays = found.delays
    cuts = quantiles(delays, n=100)
    return "\n".join(
        [
            f"{desks} open desks on one process, {len(delays) // desks} approvals; seconds until a desk has heard:",
            f"  median {median(delays):.3f}   95 of 100 {cuts[94]:.3f}   99 of 100 {cuts[98]:.3f}   "
            f"last {max(delays):.3f}   (within {SOON:.0f} s: {'yes' if max(delays) < SOON else 'NO'})",
            f"  desks that did not hear of one: {found.deaf}",
            f"SIGTERM with all of them open: ended after {found.ended_after:.2f} s, "
            f"{'cleanly' if 'Finished server process' in found.said else 'NOT CLEANLY'}",
        ]
    )
