"""A worker killed in the middle of a delivery, as a power cut would: nothing is lost, a few letters may come twice."""

import asyncio
import os
import signal
import sys
from email import message_from_bytes

import pytest

from eventsite.mail import queries
from eventsite.mail.rhythm import USUAL
from eventsite.mail.smtp import SmtpTransport
from eventsite.mail.tables import LetterState
from eventsite.mail.worker import run_worker
from tests.conftest import StandingClock
from tests.mail.conftest import PostBox
from tests.smtp_server import DAWDLE, SmtpServer

ANOTHER_PROCESS = """
import asyncio, sys
from datetime import datetime
from eventsite.mail.smtp import SmtpTransport
from eventsite.mail.worker import run_worker

async def main():
    transport = SmtpTransport(sys.argv[1], local_hostname="events.example.org")
    now = datetime.fromisoformat(sys.argv[2])
    await run_worker(transport, now=lambda: now, stop=asyncio.Event(), wake=asyncio.Event())

asyncio.run(main())
"""


pytestmark = pytest.mark.usefixtures("database")


async def test_a_killed_worker_loses_nothing(postbox: PostBox, server: SmtpServer, clock: StandingClock) -> None:
    server.at_data.extend(["250 OK", DAWDLE])
    killed = await started(postbox, server, clock, letters=5)
    await server.wait_for(2, seconds=20)
    async with asyncio.timeout(5):
        while not await queries.letters(state=LetterState.SENT):  # noqa: ASYNC110 -- what is waited for is a row
            await asyncio.sleep(0.02)
    await kill(killed)

    clock.move(minutes=5)
    await work_until_all_are_sent(server, clock, 5)
    ids = message_ids(server)
    assert (len(set(ids)), len(ids)) == (5, 6)
    assert {line.message_id for line in [await queries.letter(each.id) for each in await queries.letters()]} == set(ids)


async def test_only_what_was_not_yet_written_down_comes_twice(
    postbox: PostBox, server: SmtpServer, clock: StandingClock
) -> None:
    server.at_data.extend(["250 OK"] * 45)
    server.at_data.append(DAWDLE)
    killed = await started(postbox, server, clock, letters=60)
    await server.wait_for(46, seconds=20)
    await kill(killed)

    clock.move(minutes=5)
    await work_until_all_are_sent(server, clock, 60)
    ids = message_ids(server)
    assert len(set(ids)) == 60
    assert len(ids) - 60 <= USUAL.most_unwritten + 1


async def started(
    postbox: PostBox, server: SmtpServer, clock: StandingClock, *, letters: int
) -> asyncio.subprocess.Process:
    """Another process at work on so many letters."""
    for number in range(letters):
        await postbox.post(str(number), to=f"ann{number}@trust.example")
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", ANOTHER_PROCESS, server.url(), clock().isoformat(), env=dict(os.environ)
    )


async def kill(process: asyncio.subprocess.Process) -> None:
    process.send_signal(signal.SIGKILL)
    await process.wait()


def message_ids(server: SmtpServer) -> list[str]:
    return [str(message_from_bytes(letter.content)["Message-ID"]) for letter in server.letters]


async def work_until_all_are_sent(server: SmtpServer, clock: StandingClock, number: int) -> None:
    stop = asyncio.Event()
    transport = SmtpTransport(server.url(), local_hostname="events.example.org")
    worker = asyncio.create_task(run_worker(transport, now=clock, stop=stop, wake=asyncio.Event()))
    async with asyncio.timeout(10):
        while await queries.letter_count(LetterState.SENT) < number:  # noqa: ASYNC110 -- what is waited for is a row
            await asyncio.sleep(0.02)
    stop.set()
    await worker
