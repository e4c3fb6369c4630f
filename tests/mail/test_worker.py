"""The worker, from the outbox to a real mail server and back."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from eventsite.database import DatabaseUnavailable, transaction
from eventsite.mail import queries
from eventsite.mail.claims import claim
from eventsite.mail.delivery import Misconfigured, Transport, Unreachable
from eventsite.mail.pace import Limit
from eventsite.mail.rhythm import Rhythm
from eventsite.mail.smtp import Patience, SmtpTransport
from eventsite.mail.tables import LetterState
from eventsite.mail.worker import Job, run_worker
from tests.conftest import StandingClock
from tests.mail.conftest import PostBox
from tests.smtp_server import DAWDLE, HANG_UP, SmtpServer, smtp_server

pytestmark = pytest.mark.usefixtures("database")

SETTLED = (LetterState.SENT, LetterState.DEAD)
QUICK = Rhythm(poll=0.05, first_pause=0.05, longest_pause=0.2, farewell=2)


@dataclass
class Running:
    """A worker at work, and its two bells."""

    task: asyncio.Task[None]
    stop: asyncio.Event
    wake: asyncio.Event


@asynccontextmanager
async def worker(
    transport: Transport,
    now: Callable[[], datetime],
    *,
    rhythm: Rhythm = QUICK,
    jobs: Sequence[Job] = (),
    limits: Sequence[Limit] = (),
) -> AsyncIterator[Running]:
    stop, wake = asyncio.Event(), asyncio.Event()
    task = asyncio.create_task(
        run_worker(transport, now=now, stop=stop, wake=wake, jobs=jobs, rhythm=rhythm, limits=limits)
    )
    try:
        yield Running(task, stop, wake)
    finally:
        stop.set()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def over_smtp(server: SmtpServer) -> SmtpTransport:
    patience = Patience(connect=1, command=0.5, after_data=0.5)
    return SmtpTransport(server.url(), local_hostname="events.example.org", patience=patience)


async def settled(number: int = 1, *, seconds: float = 5) -> list[queries.LetterLine]:
    """The letters that have been sent or given up, once there are so many."""
    async with asyncio.timeout(seconds):
        while len(done := [line for line in await everything() if line.state in SETTLED]) < number:  # noqa: ASYNC110 -- what is waited for is a row
            await asyncio.sleep(0.01)
    return done


async def everything() -> list[queries.LetterLine]:
    return await queries.letters(length=500)


@dataclass
class Recorder:
    """A transport that notes what it was given and does what a test wants with it."""

    deed: Callable[[str], object] = lambda recipient: None
    delivered: list[str] = field(default_factory=list)
    closed: bool = False

    async def deliver(self, sender: str, recipient: str, content: bytes, *, letter_id: str = "") -> None:
        result = self.deed(recipient)
        if asyncio.iscoroutine(result):
            await result
        self.delivered.append(recipient)

    async def close(self) -> None:
        self.closed = True


async def test_what_was_stored_is_what_the_server_gets(
    postbox: PostBox, server: SmtpServer, clock: StandingClock
) -> None:
    await postbox.post("interest:1:received")
    async with worker(over_smtp(server), clock):
        (line,) = await settled()
    stored = await queries.letter(line.id)
    (arrived,) = server.letters
    assert arrived.content == stored.content
    assert arrived.sender.startswith("bounce+")
    assert arrived.recipients == ("ann@trust.example",)
    assert (line.state, line.sent_at, line.attempts) == (LetterState.SENT, clock(), 1)


async def test_a_letter_put_in_by_this_process_goes_at_once(
    postbox: PostBox, server: SmtpServer, clock: StandingClock
) -> None:
    slow = replace(QUICK, poll=30)
    async with worker(over_smtp(server), clock, rhythm=slow):
        await asyncio.sleep(0.05)
        started = asyncio.get_running_loop().time()
        await postbox.post("a")
        await server.wait_for(1)
        assert asyncio.get_running_loop().time() - started < slow.poll / 3


async def test_a_letter_put_in_by_another_process_is_found_within_a_poll(
    postbox: PostBox, server: SmtpServer, clock: StandingClock
) -> None:
    await postbox.post("a")
    async with worker(over_smtp(server), clock):
        await server.wait_for(1)
    assert len(server.letters) == 1


async def test_r5_16_sixty_letters_go_over_one_conversation(
    postbox: PostBox, server: SmtpServer, clock: StandingClock
) -> None:
    for number in range(60):
        await postbox.post(str(number), to=f"ann{number}@trust.example")
    async with worker(over_smtp(server), clock):
        await settled(60)
    assert len({letter.recipients for letter in server.letters}) == len(server.letters) == 60
    assert len(server.conversations) == 1


async def test_two_workers_send_each_letter_once(postbox: PostBox, server: SmtpServer, clock: StandingClock) -> None:
    for number in range(40):
        await postbox.post(str(number), to=f"ann{number}@trust.example")
    few = replace(QUICK, batch=3)
    async with worker(over_smtp(server), clock, rhythm=few), worker(over_smtp(server), clock, rhythm=few):
        await settled(40)
    assert len({letter.recipients for letter in server.letters}) == len(server.letters) == 40


async def test_a_refused_recipient_is_shown_to_people_with_the_servers_words(
    postbox: PostBox, server: SmtpServer, clock: StandingClock
) -> None:
    server.at_rcpt.append("550 5.1.1 No such user here")
    await postbox.post("a")
    async with worker(over_smtp(server), clock):
        (line,) = await settled()
    assert (line.state, line.last_error) == (LetterState.DEAD, "550 5.1.1 No such user here")


async def test_r5_15_a_greylisted_letter_goes_at_its_next_time(
    postbox: PostBox, server: SmtpServer, clock: StandingClock
) -> None:
    server.at_rcpt.append("451 4.7.1 Greylisted")
    await postbox.post("a")
    async with worker(over_smtp(server), clock):
        await until_last_error_is("451 4.7.1 Greylisted")
        assert server.letters == []
        clock.move(minutes=2)
        (line,) = await settled()
    assert (line.state, line.attempts, line.last_error) == (LetterState.SENT, 2, None)


async def test_r5_14_a_lost_answer_is_tried_once_more_with_the_same_message_id(
    postbox: PostBox, server: SmtpServer, clock: StandingClock
) -> None:
    server.at_data.extend([HANG_UP, HANG_UP])
    await postbox.post("a")
    async with worker(over_smtp(server), clock):
        await server.wait_for(1)
        await until(lambda line: line.uncertain)
        clock.move(minutes=2)
        (line,) = await settled()
    assert (line.state, line.uncertain) == (LetterState.DEAD, True)
    first, second = server.letters
    assert first.content == second.content


async def test_r5_12_nothing_is_lost_while_the_server_is_away(postbox: PostBox, clock: StandingClock) -> None:
    async with smtp_server() as gone:
        away = over_smtp(gone)
    for number in range(3):
        await postbox.post(str(number), to=f"ann{number}@trust.example")
    async with worker(away, clock):
        await asyncio.sleep(0.3)
        waiting = await queries.letters()
    assert [(line.state, line.attempts, line.due_at) for line in waiting] == [(LetterState.WAITING, 0, clock())] * 3
    async with smtp_server() as back, worker(over_smtp(back), clock):
        assert [line.state for line in await settled(3)] == [LetterState.SENT] * 3


async def test_r5_13_wrong_settings_pause_the_queue_and_cost_no_attempt(
    postbox: PostBox, clock: StandingClock, caplog: pytest.LogCaptureFixture
) -> None:
    tries: list[str] = []

    def refuse(recipient: str) -> None:
        tries.append(recipient)
        raise Misconfigured("535 5.7.8 Wrong password")

    for number in range(5):
        await postbox.post(str(number), to=f"ann{number}@trust.example")
    async with worker(Recorder(refuse), clock, rhythm=replace(QUICK, first_pause=60, longest_pause=60)) as running:
        await until_last_error_is("535 5.7.8 Wrong password")
        running.wake.set()
        await asyncio.sleep(0.2)
    assert len(tries) == 1
    assert len(caplog.records) == 1
    assert {(line.state, line.attempts) for line in await queries.letters()} == {(LetterState.WAITING, 0)}


async def test_whether_a_server_has_come_back_is_found_out_with_one_letter(
    postbox: PostBox, clock: StandingClock
) -> None:
    held: list[int] = []

    async def is_away() -> None:
        held.append(await queries.letter_count(LetterState.SENDING))
        if len(held) < 5:
            raise Unreachable("Connection refused")

    for number in range(10):
        await postbox.post(str(number), to=f"ann{number}@trust.example")
    async with worker(Recorder(lambda recipient: is_away()), clock):
        await settled(10)
    assert held[:6] == [10, 1, 1, 1, 1, 9]


async def test_a_transport_that_breaks_costs_one_letter_one_attempt(postbox: PostBox, clock: StandingClock) -> None:
    def break_for_ann(recipient: str) -> None:
        if recipient == "ann@trust.example":
            raise RuntimeError("a fault of ours, and ann@trust.example in its text")

    await postbox.post("a", to="ann@trust.example")
    await postbox.post("b", to="bea@trust.example")
    transport = Recorder(break_for_ann)
    async with worker(transport, clock):
        await settled()
    assert transport.delivered == ["bea@trust.example"]
    (waiting,) = await queries.letters(state=LetterState.WAITING)
    assert (waiting.attempts, waiting.last_error) == (1, "RuntimeError")


async def test_the_letter_in_flight_is_finished_before_the_worker_ends(postbox: PostBox, clock: StandingClock) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def dawdle() -> None:
        begun.set()
        await go_on.wait()

    for number in range(3):
        await postbox.post(str(number), to=f"ann{number}@trust.example")
    transport = Recorder(lambda recipient: dawdle())
    async with worker(transport, clock) as running:
        await begun.wait()
        running.task.cancel()
        await asyncio.sleep(0.05)
        go_on.set()
    states = sorted((line.state.value, line.attempts) for line in await queries.letters())
    assert states == [("sent", 1), ("waiting", 0), ("waiting", 0)]
    assert (len(transport.delivered), transport.closed) == (1, True)


async def test_a_server_that_dawdles_does_not_hold_up_the_end_for_long(
    postbox: PostBox, server: SmtpServer, clock: StandingClock
) -> None:
    server.at_rcpt.append(DAWDLE)
    await postbox.post("a")
    patient = SmtpTransport(server.url(), local_hostname="events.example.org")
    started = asyncio.get_running_loop().time()
    async with worker(patient, clock, rhythm=replace(QUICK, farewell=0.1)) as running:
        await asyncio.sleep(0.2)
        running.task.cancel()
    assert asyncio.get_running_loop().time() - started < 2
    assert server.letters == []


async def test_r5_12_a_killed_workers_letter_goes_when_its_lease_is_over(
    postbox: PostBox, server: SmtpServer, clock: StandingClock
) -> None:
    await postbox.post("a")
    await claim("killed", now=clock())
    async with worker(over_smtp(server), clock):
        await asyncio.sleep(0.15)
        assert server.letters == []
        clock.move(minutes=5)
        await server.wait_for(1)


async def test_a_round_that_breaks_does_not_poison_the_next(postbox: PostBox, clock: StandingClock) -> None:
    broken: list[str] = []

    async def break_the_transaction() -> None:
        async with transaction():
            broken.append("once")
            raise DatabaseUnavailable("the server was restarted")

    async def once(now: datetime) -> None:
        if not broken:
            await break_the_transaction()

    await postbox.post("a")
    transport = Recorder()
    async with worker(transport, clock, jobs=[once]):
        await settled()
    assert (broken, transport.delivered) == (["once"], ["ann@trust.example"])


async def test_jobs_run_by_the_clock_and_one_that_fails_stops_neither_the_others_nor_the_letters(
    postbox: PostBox, clock: StandingClock
) -> None:
    told: list[datetime] = []

    async def fail(now: datetime) -> None:
        raise ValueError("not this time")

    async def note(now: datetime) -> None:
        told.append(now)

    await postbox.post("a")
    async with worker(Recorder(), clock, jobs=[fail, note], rhythm=replace(QUICK, jobs=0.1)):
        await settled()
        await asyncio.sleep(0.3)
    assert set(told) == {clock()}
    assert 2 <= len(told) <= 6


async def test_r5_16_two_workers_together_keep_the_pace_that_was_asked_for(
    postbox: PostBox, clock: StandingClock
) -> None:
    for number in range(8):
        await postbox.post(str(number), to=f"ann{number}@trust.example")
    loop, moments = asyncio.get_running_loop(), list[float]()
    begun = loop.time()

    def ticking() -> datetime:
        return clock() + timedelta(seconds=loop.time() - begun)

    def note(recipient: str) -> None:
        moments.append(loop.time())

    limits = [Limit("minute", 600, timedelta(minutes=1))]
    async with worker(Recorder(note), ticking, limits=limits), worker(Recorder(note), ticking, limits=limits):
        await settled(8)
    assert moments[-1] - moments[0] >= 0.6


async def test_r5_16_what_goes_by_turns_is_not_claimed_before_its_turn(postbox: PostBox, clock: StandingClock) -> None:
    go_on = asyncio.Event()
    for number in range(3):
        await postbox.post(str(number), to=f"ann{number}@trust.example")
    limits = [Limit("minute", 3, timedelta(minutes=1), burst=3)]
    async with worker(Recorder(lambda recipient: go_on.wait()), clock, limits=limits):
        await until(lambda line: line.state == LetterState.SENDING)
        await asyncio.sleep(0.1)
        assert await queries.letter_count(LetterState.WAITING) == 2
        go_on.set()
        await settled(3)


async def test_r5_10_no_log_holds_what_people_typed(
    postbox: PostBox, server: SmtpServer, clock: StandingClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="eventsite")
    server.at_rcpt.extend(["550 5.1.1 <ann@trust.example> unknown", "451 4.7.1 ann@trust.example is greylisted"])
    await postbox.post("a")
    await postbox.post("b")
    async with worker(over_smtp(server), clock):
        await settled()
        await until_last_error_is("451 4.7.1 ann@trust.example is greylisted")
    own = [record.getMessage() for record in caplog.records if record.name.startswith("eventsite")]
    assert len(own) == 2
    assert not any("ann@" in line for line in own)


async def until(condition: Callable[[queries.LetterLine], object], *, seconds: float = 5) -> None:
    """Returns once some letter is as described."""
    async with asyncio.timeout(seconds):
        while not any(condition(line) for line in await everything()):  # noqa: ASYNC110 -- what is waited for is a row
            await asyncio.sleep(0.01)


async def until_last_error_is(words: str) -> None:
    await until(lambda line: line.last_error == words and line.state == LetterState.WAITING)
