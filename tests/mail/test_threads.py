"""Letters of one thread never overtake each other: what is newer is said last, or it alone is said."""

import asyncio
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eventsite.database import execute, is_unique_violation, new_id, transaction
from eventsite.mail import outbox, queries
from eventsite.mail.claims import LEASE, ClaimedLetter, claim
from eventsite.mail.settlements import give_back, mark_dead, mark_sent, release, release_stale
from eventsite.mail.tables import LetterState
from tests.conftest import StandingClock, empty_database
from tests.mail.conftest import PostBox

pytestmark = pytest.mark.usefixtures("database")


async def states() -> dict[str, str]:
    return {row["key"]: row["state"] for row in await execute("SELECT key, state FROM outbox_letter")}


async def claim_one(now: datetime, owner: str = "one") -> ClaimedLetter:
    (letter,) = await claim(owner, now=now)
    return letter


async def test_r4_9_a_newer_letter_takes_back_the_one_that_waits(postbox: PostBox, now: datetime) -> None:
    await postbox.post("request", thread="ann")
    await postbox.post("cancel", thread="ann")
    await postbox.post("other", thread="bea")
    assert await states() == {"request": "superseded", "cancel": "waiting", "other": "waiting"}
    assert len(await claim("one", now=now)) == 2


async def test_r4_9_a_letter_waits_while_an_older_one_is_on_its_way(postbox: PostBox, now: datetime) -> None:
    await postbox.post("request", thread="ann")
    request = await claim_one(now)
    await postbox.post("cancel", thread="ann")
    assert await claim("two", now=now) == []
    await mark_sent([request], now=now)
    assert (await states())["cancel"] == "waiting"
    await claim_one(now, owner="two")
    assert await states() == {"request": "sent", "cancel": "sending"}


@pytest.mark.parametrize("failing", ["release", "give back", "mark dead", "crash"])
async def test_r4_9_a_letter_that_failed_is_not_tried_again_behind_a_newer_one(
    postbox: PostBox, clock: StandingClock, failing: str
) -> None:
    await postbox.post("request", thread="ann")
    request = await claim_one(clock())
    await postbox.post("cancel", thread="ann")
    if failing == "release":
        await release(request, now=clock(), words="451 later", chance=0.5)
    elif failing == "give back":
        await give_back(request, words="535 wrong password")
    elif failing == "mark dead":
        await mark_dead(request, words="550 no")
    else:
        await release_stale(now=clock.move(seconds=LEASE.total_seconds() + 1))
    assert await states() == {"request": "superseded", "cancel": "waiting"}
    assert (await claim_one(clock())).id != request.id


async def test_r4_9_without_a_newer_one_it_is_tried_again(postbox: PostBox, clock: StandingClock) -> None:
    await postbox.post("request", thread="ann")
    await release(await claim_one(clock()), now=clock(), words="451 later", chance=0.5)
    assert (await claim_one(clock.move(minutes=2))).attempt == 2


async def test_r4_9_the_same_letter_put_in_twice_takes_nothing_back(postbox: PostBox) -> None:
    await postbox.post("request", thread="ann")
    assert not await postbox.post("request", thread="ann")
    await postbox.post("cancel", thread="ann")
    assert not await postbox.post("request", thread="ann")
    assert await states() == {"request": "superseded", "cancel": "waiting"}


async def test_r4_9_what_was_given_up_and_overtaken_cannot_be_sent_again(postbox: PostBox, now: datetime) -> None:
    await postbox.post("request", thread="ann")
    request = await claim_one(now)
    await mark_dead(request, words="550 no")
    await postbox.post("cancel", thread="ann")
    with pytest.raises(outbox.Overtaken, match="A newer letter about the same entry has been written since"):
        await outbox.requeue(request.id, now=now)
    assert await states() == {"request": "superseded", "cancel": "waiting"}


async def test_r4_9_the_newest_that_was_given_up_can_be_sent_again(postbox: PostBox, now: datetime) -> None:
    await postbox.post("request", thread="ann")
    await postbox.post("cancel", thread="ann")
    cancel = await claim_one(now)
    await mark_dead(cancel, words="550 no")
    await outbox.requeue(cancel.id, now=now)
    assert await states() == {"request": "superseded", "cancel": "waiting"}


async def test_it_is_known_whether_anything_of_a_thread_may_have_gone_out(postbox: PostBox, now: datetime) -> None:
    async def may_have_gone(thread: str) -> bool:
        async with transaction():
            return await outbox.supersede(thread)

    await postbox.post("never tried", thread="waiting")
    await postbox.post("tried", thread="failed")
    await postbox.post("sent again", thread="dead", to="bea@trust.example")
    for letter in await claim("one", now=now):
        if letter.thread == "waiting":
            await give_back(letter)
        elif letter.thread == "failed":
            await release(letter, now=now, words="451", chance=0.5)
        else:
            await mark_dead(letter, words="the line broke", uncertain=True)
            await outbox.requeue(letter.id, now=now)
    known = {thread: await may_have_gone(thread) for thread in ("waiting", "failed", "dead", "long deleted")}
    assert known == {"waiting": False, "failed": True, "dead": True, "long deleted": True}
    assert set((await states()).values()) == {"superseded"}


@pytest.mark.parametrize("state", [LetterState.WAITING, LetterState.SENDING])
async def test_r4_9_the_schema_itself_has_one_of_a_thread_waiting_and_one_on_its_way(
    postbox: PostBox, now: datetime, state: LetterState
) -> None:
    await postbox.post("first", thread="ann")
    await postbox.post("second", thread="ann")
    with pytest.raises(Exception) as refused:
        await execute("UPDATE outbox_letter SET state = {}", state.value)
    assert is_unique_violation(refused.value)


@dataclass
class Calendars:
    """What the server got of each thread, in order."""

    got: dict[str, list[int]] = field(default_factory=dict)

    def take(self, letter: ClaimedLetter, numbers: dict[str, int]) -> None:
        self.got.setdefault(str(letter.thread), []).append(numbers[letter.id])


async def test_r4_9_two_workers_never_overtake(postbox: PostBox, now: datetime) -> None:
    """Two workers deliver, fail and give back while letters of five threads are written and written anew."""
    numbers: dict[str, int] = {}
    newest: dict[str, int] = {}
    calendars, chance = Calendars(), random.Random(7)
    moment, is_written = now, False

    async def write() -> None:
        nonlocal is_written
        for number in range(60):
            thread = f"thread {chance.randrange(5)}"
            letter_id = new_id()
            numbers[letter_id] = newest[thread] = number
            await postbox.post(f"{thread}:{number}", thread=thread, letter_id=letter_id)
            await asyncio.sleep(0.001)
        is_written = True

    async def work(owner: str) -> None:
        nonlocal moment
        while not is_written or await queries.waiting_count():
            moment += timedelta(minutes=3)
            for letter in await claim(owner, now=moment, limit=3):
                await asyncio.sleep(chance.random() / 200)
                await settle(letter)
            await asyncio.sleep(0)

    async def settle(letter: ClaimedLetter) -> None:
        deed = chance.randrange(10)
        if deed < 5:
            calendars.take(letter, numbers)
            await mark_sent([letter], now=moment)
        elif deed < 8:
            await release(letter, now=moment, words="451", chance=0.5)
        else:
            await give_back(letter)

    async with asyncio.timeout(30):
        await asyncio.gather(write(), work("one"), work("two"))
    assert len(calendars.got) == 5
    for thread, told in calendars.got.items():
        assert told == sorted(set(told))
        assert told[-1] == newest[thread]


DEEDS = st.sampled_from(["write", "claim", "send", "fail", "refuse", "give back", "send and die", "die", "send again"])


@given(deeds=st.lists(st.tuples(DEEDS, st.integers(0, 2)), max_size=30))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_r4_9_no_order_of_deeds_makes_a_letter_overtake(postbox: PostBox, deeds: list[tuple[str, int]]) -> None:
    game = Game(postbox, StandingClock())
    try:
        for deed, which in deeds:
            await game.play(deed, which)
            await game.check()
        await game.send_everything()
        await game.check()
        await game.check_that_the_newest_was_last()
    finally:
        await empty_database()


@dataclass
class Game:
    """Two threads of letters, any number of workers, and a server that notes what reached it."""

    postbox: PostBox
    clock: StandingClock
    order: dict[str, int] = field(default_factory=dict)
    held: list[ClaimedLetter] = field(default_factory=list)
    got: dict[str, list[int]] = field(default_factory=dict)

    async def play(self, deed: str, which: int) -> None:
        if deed == "write":
            letter_id, thread = new_id(), f"thread {which % 2}"
            self.order[letter_id] = len(self.order)
            await self.postbox.post(letter_id, thread=thread, letter_id=letter_id, now=self.clock())
        elif deed == "claim":
            self.held += await claim(f"worker {which}", now=self.clock(), limit=which + 1)
        elif deed == "send again":
            await self.send_again()
        elif self.held:
            await self.settle(deed, self.held.pop(which % len(self.held)))

    async def settle(self, deed: str, letter: ClaimedLetter) -> None:
        now = self.clock()
        if deed in ("send", "send and die"):
            self.got.setdefault(str(letter.thread), []).append(self.order[letter.id])
        if deed == "send":
            await mark_sent([letter], now=now)
        elif deed == "fail":
            await release(letter, now=now, words="451", chance=0.5)
            self.clock.move(minutes=1)
        elif deed == "refuse":
            await mark_dead(letter, words="550")
        elif deed == "give back":
            await give_back(letter)
        else:
            # Whoever else was at work has gone silent as well.
            self.held.clear()
            await release_stale(now=self.clock.move(seconds=LEASE.total_seconds() + 1))

    async def send_again(self) -> None:
        for row in await execute("SELECT id FROM outbox_letter WHERE state = 'dead'"):
            await outbox.requeue(row["id"], now=self.clock())

    async def send_everything(self) -> None:
        await release_stale(now=self.clock.move(days=3))
        self.held.clear()
        await self.send_again()
        while letters := await claim("the last", now=self.clock()):
            for letter in letters:
                await self.settle("send", letter)

    async def check(self) -> None:
        crowded = await execute(
            "SELECT thread FROM outbox_letter WHERE state IN ('waiting', 'sending') "
            "GROUP BY thread, state HAVING COUNT(*) > 1"
        )
        assert crowded == []
        assert all(told == sorted(told) for told in self.got.values())

    async def check_that_the_newest_was_last(self) -> None:
        newest: dict[str, int] = {}
        for row in await execute("SELECT thread, id, state FROM outbox_letter"):
            assert row["state"] in ("sent", "superseded")
            newest[row["thread"]] = max(newest.get(row["thread"], 0), self.order[row["id"]])
        assert {thread: told[-1] for thread, told in self.got.items()} == newest


@pytest.mark.only_on("postgres")
async def test_one_deed_may_write_to_more_threads_than_a_server_has_room_for_locks(
    postbox: PostBox, now: datetime
) -> None:
    shared = await execute("SHOW max_locks_per_transaction")
    most = int(shared[0]["max_locks_per_transaction"]) * 130
    async with transaction():
        for number in range(most):
            await outbox.supersede(f"thread {number}")
        await postbox.post("request", thread="thread 1")
    assert len(await claim("one", now=now)) == 1
