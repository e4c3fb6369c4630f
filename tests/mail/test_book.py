"""What was delivered is written down together, soon, and never far behind."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime

import pytest

from eventsite.database import DatabaseUnavailable, execute, for_update, recorded_statements, transaction
from eventsite.mail import queries
from eventsite.mail.book import Book, write_down
from eventsite.mail.claims import ClaimedLetter, claim
from eventsite.mail.rhythm import USUAL, Rhythm
from eventsite.mail.tables import LetterState
from tests.conftest import StandingClock
from tests.mail.conftest import PostBox

pytestmark = pytest.mark.usefixtures("database")


async def sent() -> int:
    return await queries.letter_count(LetterState.SENT)


async def post(postbox: PostBox, number: int) -> None:
    for place in range(number):
        await postbox.post(str(place), to=f"ann{place}@trust.example")


async def add(book: Book, letters: Sequence[ClaimedLetter], delivered: list[ClaimedLetter] | None = None) -> None:
    """As a worker does: between two letters others have a turn."""
    for letter in letters:
        await asyncio.sleep(0)
        if delivered is not None:
            delivered.append(letter)
        await book.add(letter)


@asynccontextmanager
async def rows_locked() -> AsyncIterator[None]:
    """Nobody else can write to the outbox while the block lasts."""
    locked, done = asyncio.Event(), asyncio.Event()

    async def hold() -> None:
        async with transaction():
            await execute("SELECT id FROM outbox_letter" + for_update())
            locked.set()
            await done.wait()

    task = asyncio.create_task(hold())
    await locked.wait()
    try:
        yield
    finally:
        done.set()
        await task


async def test_letters_that_come_together_are_written_down_together(postbox: PostBox, clock: StandingClock) -> None:
    await post(postbox, 30)
    letters = await claim("one", now=clock(), limit=30)
    with recorded_statements() as statements:
        async with Book(USUAL, now=clock) as book:
            await add(book, letters)
    assert await sent() == 30
    assert len([each for each in statements if "state = 'sent'" in each]) <= 4


async def test_one_letter_does_not_wait_for_others(postbox: PostBox, clock: StandingClock) -> None:
    await post(postbox, 1)
    (letter,) = await claim("one", now=clock())
    async with Book(USUAL, now=clock) as book:
        await book.add(letter)
        async with asyncio.timeout(2):
            while not await sent():  # noqa: ASYNC110 -- what is waited for is a row
                await asyncio.sleep(0.005)
    assert await sent() == 1


async def test_no_more_than_a_few_are_delivered_and_not_written_down(postbox: PostBox, clock: StandingClock) -> None:
    await post(postbox, 50)
    letters = await claim("one", now=clock(), limit=50)
    delivered: list[ClaimedLetter] = []

    async def deliver() -> None:
        async with Book(USUAL, now=clock) as book:
            await add(book, letters, delivered)

    async with rows_locked():
        task = asyncio.create_task(deliver())
        await asyncio.sleep(0.2)
        assert len(delivered) == USUAL.most_unwritten == 20
    await task
    assert (len(delivered), await sent()) == (50, 50)


async def test_what_was_delivered_is_written_down_once_the_database_is_back(now: datetime) -> None:
    tries: list[int] = []

    async def fail_twice() -> int:
        tries.append(1)
        if len(tries) < 3:
            raise DatabaseUnavailable("the server was restarted")
        return 7

    assert await write_down(fail_twice, Rhythm(waits_for_database=(0, 0, 0))) == 7


async def test_a_book_that_cannot_be_written_in_says_so_and_lets_nobody_wait(
    postbox: PostBox, clock: StandingClock
) -> None:
    await post(postbox, 1)
    (letter,) = await claim("one", now=clock())

    def broken() -> datetime:
        raise DatabaseUnavailable("away for good")

    rhythm = replace(USUAL, most_unwritten=2, waits_for_database=())
    book = Book(rhythm, now=broken)
    with pytest.raises(DatabaseUnavailable):
        async with asyncio.timeout(5):
            await add(book, [letter] * 10)


async def test_a_letter_whose_lease_ran_out_is_told_of(
    postbox: PostBox, clock: StandingClock, caplog: pytest.LogCaptureFixture
) -> None:
    await post(postbox, 2)
    letters = await claim("one", now=clock())
    await execute("UPDATE outbox_letter SET attempts = 2 WHERE id = {}", letters[0].id)
    async with Book(USUAL, now=clock) as book:
        for letter in letters:
            await book.add(letter)
    assert await sent() == 1
    assert [record.getMessage() for record in caplog.records] == ["1 letter(s) settled too late: the lease had run out"]
