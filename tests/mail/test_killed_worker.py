"""A worker killed in the middle of a delivery, as a power cut would: nothing is lost, one letter may come twice."""

import asyncio
import os
import signal
import sys
from email import message_from_bytes

import pytest

from eventsite.mail import queries
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


@pytest.mark.usefixtures("database")
async def test_a_killed_worker_loses_nothing(postbox: PostBox, server: SmtpServer, clock: StandingClock) -> None:
    server.at_data.extend(["250 OK", DAWDLE])
    for number in range(5):
        await postbox.post(str(number), to=f"ann{number}@trust.example")
    killed = await asyncio.create_subprocess_exec(
        sys.executable, "-c", ANOTHER_PROCESS, server.url(), clock().isoformat(), env=dict(os.environ)
    )
    await server.wait_for(2, seconds=20)
    async with asyncio.timeout(5):
        while not await queries.letters(state=LetterState.SENT):  # noqa: ASYNC110 -- what is waited for is a row
            await asyncio.sleep(0.02)
    killed.send_signal(signal.SIGKILL)
    await killed.wait()

    clock.move(minutes=5)
    await work_until_all_are_sent(server, clock)
    ids = [str(message_from_bytes(letter.content)["Message-ID"]) for letter in server.letters]
    assert (len(set(ids)), len(ids)) == (5, 6)
    assert {line.message_id for line in [await queries.letter(each.id) for each in await queries.letters()]} == set(ids)


async def work_until_all_are_sent(server: SmtpServer, clock: StandingClock) -> None:
    stop = asyncio.Event()
    transport = SmtpTransport(server.url(), local_hostname="events.example.org")
    worker = asyncio.create_task(run_worker(transport, now=clock, stop=stop, wake=asyncio.Event()))
    async with asyncio.timeout(10):
        while len(await queries.letters(state=LetterState.SENT)) < 5:  # noqa: ASYNC110 -- what is waited for is a row
            await asyncio.sleep(0.02)
    stop.set()
    await worker
