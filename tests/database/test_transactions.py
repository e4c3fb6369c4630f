"""What `transaction()` promises, on either engine."""

import asyncio
import os
import subprocess
import sys
from typing import Any

import pytest

from eventsite.database import (
    TransactionAbandoned,
    close_database,
    current_engine,
    execute,
    is_unique_violation,
    on_commit,
    open_database,
    ping,
    recorded_statements,
    savepoint,
    transaction,
)
from tests.database.things import Shelf, Thing, count_up

pytestmark = pytest.mark.usefixtures("things")


async def names() -> list[str]:
    return [row["name"] for row in await Thing.select(Thing.name).order_by(Thing.name)]


async def test_everything_is_kept_when_the_block_ends() -> None:
    async with transaction():
        await Thing(name="cup").save()
        await Thing(name="jug").save()
    assert await names() == ["cup", "jug"]


async def test_nothing_is_kept_when_an_exception_leaves() -> None:
    await Thing(name="before").save()
    with pytest.raises(KeyError):
        async with transaction():
            await Thing(name="cup").save()
            raise KeyError
    assert await names() == ["before"]


async def test_others_see_nothing_before_the_commit() -> None:
    async def look() -> list[str]:
        return await names()

    async with transaction():
        await Thing(name="cup").save()
        assert await names() == ["cup"]
        outside = asyncio.get_running_loop().create_task(look(), context=_without_transaction())
        assert await outside == []
    assert await look() == ["cup"]


async def test_an_inner_transaction_joins_the_outer_one() -> None:
    with pytest.raises(KeyError):
        async with transaction():
            async with transaction():
                await Thing(name="inner").save()
            raise KeyError
    assert await names() == []


async def test_a_failure_of_an_inner_transaction_cannot_be_swallowed() -> None:
    with pytest.raises(TransactionAbandoned):
        async with transaction():
            await Thing(name="outer").save()
            with pytest.raises(KeyError):
                async with transaction():
                    await Thing(name="half").save()
                    raise KeyError
    assert await names() == []


async def test_a_part_in_a_savepoint_may_fail_alone() -> None:
    async with transaction():
        await Thing(name="outer").save()
        with pytest.raises(KeyError):
            async with savepoint(), transaction():
                await Thing(name="half").save()
                raise KeyError
        await Thing(name="after").save()
    assert await names() == ["after", "outer"]


async def test_an_expected_duplicate_is_survived_inside_a_savepoint() -> None:
    await Shelf(name="top").save()
    async with transaction():
        with pytest.raises(Exception) as refused:
            async with savepoint():
                await Shelf(name="top").save()
        await Shelf(name="bottom").save()
    assert is_unique_violation(refused.value)
    assert await Shelf.count() == 2


async def test_a_savepoint_needs_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        async with savepoint():
            pass


async def test_a_cancelled_transaction_keeps_nothing_and_lets_the_next_one_in() -> None:
    inside = asyncio.Event()

    async def linger() -> None:
        async with transaction():
            await Thing(name="cup").save()
            inside.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(linger())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await Thing(name="jug").save()
    assert await names() == ["jug"]


async def test_whoever_is_cancelled_while_waiting_gives_up_the_turn() -> None:
    release = asyncio.Event()

    async def hold() -> None:
        async with transaction():
            await Thing(name="held").save()
            await release.wait()

    holder = asyncio.create_task(hold())
    waiting = [asyncio.create_task(_save(f"thing {number}")) for number in range(5)]
    await asyncio.sleep(0.01)
    for task in waiting[:3]:
        task.cancel()
    release.set()
    await asyncio.gather(holder, *waiting, return_exceptions=True)
    await asyncio.wait_for(_save("last"), 5)
    assert {"held", "last", "thing 3", "thing 4"} <= set(await names())


async def test_many_at_once_are_all_kept_and_a_failing_one_alone_is_not() -> None:
    async def one(number: int) -> None:
        async with transaction():
            await Thing(name=f"thing {number:02}").save()
            await asyncio.sleep(0)
            if number % 5 == 0:
                raise KeyError(number)

    results = await asyncio.gather(*[one(number) for number in range(40)], return_exceptions=True)
    failed = [result for result in results if result is not None]
    assert len(failed) == 8
    assert all(isinstance(failure, KeyError) for failure in failed)
    assert await names() == [f"thing {number:02}" for number in range(40) if number % 5]


async def test_two_processes_count_together_without_losing_a_step() -> None:
    await Thing(name="counter").save()
    command = [sys.executable, "-m", "tests.database.things", "50"]
    other = await asyncio.create_subprocess_exec(*command, stderr=subprocess.PIPE, env=os.environ)
    await count_up(50)
    _, complaints = await asyncio.wait_for(other.communicate(), 60)
    assert (other.returncode, complaints.decode()) == (0, "")
    assert (await Thing.select(Thing.amount).first()) == {"amount": 100}


async def test_callbacks_run_after_the_commit_and_only_then() -> None:
    told: list[str] = []
    on_commit(lambda: told.append("at once"))
    async with transaction():
        on_commit(lambda: told.append("after commit"))
        assert told == ["at once"]
    assert told == ["at once", "after commit"]


async def test_callbacks_are_forgotten_with_what_was_undone() -> None:
    told: list[str] = []
    async with transaction():
        with pytest.raises(KeyError):
            async with savepoint():
                on_commit(lambda: told.append("undone"))
                raise KeyError
    with pytest.raises(KeyError):
        async with transaction():
            on_commit(lambda: told.append("rolled back"))
            raise KeyError
    assert told == []


async def test_a_task_that_outlives_its_transaction_works_by_itself() -> None:
    go = asyncio.Event()

    async def later() -> None:
        await go.wait()
        await Thing(name="later").save()

    async with transaction():
        await Thing(name="cup").save()
        task = asyncio.create_task(later())
        await asyncio.sleep(0)
    go.set()
    await task
    assert await names() == ["cup", "later"]


async def test_a_batch_reads_a_long_result_some_rows_at_a_time() -> None:
    await Thing.insert(*[Thing(name=f"thing {number}", amount=number) for number in range(7)])
    broken_up = Thing.select(Thing.amount).where(Thing.amount > 1).order_by(Thing.amount).batch(batch_size=2)
    async with await broken_up as batch:
        seen = [[row["amount"] for row in rows] async for rows in batch]
    assert seen == [[2, 3], [4, 5], [6]]


async def test_statements_can_be_counted() -> None:
    with recorded_statements() as statements:
        await Thing.select()
        async with transaction():
            await Thing.count()
    assert len(statements) == 2


async def test_the_database_opens_again_after_it_was_closed() -> None:
    await Thing(name="cup").save()
    await close_database()
    assert await names() == ["cup"]
    await open_database()
    await ping()


async def test_another_event_loop_can_take_over() -> None:
    await close_database()
    await asyncio.to_thread(asyncio.run, _save_and_close("from another loop"))
    assert await names() == ["from another loop"]


async def test_raw_sql_takes_its_arguments_apart_from_its_text() -> None:
    rows = await execute("SELECT {} AS said", "Robert'); DROP TABLE test_thing;--")
    assert rows == [{"said": "Robert'); DROP TABLE test_thing;--"}]
    assert current_engine().current() is None


async def _save(name: str) -> None:
    async with transaction():
        await Thing(name=name).save()


async def _save_and_close(name: str) -> None:
    await _save(name)
    await close_database()


def _without_transaction() -> Any:
    import contextvars

    return contextvars.Context()
