"""The public revision rises with what the public may see, whoever changes it, and with nothing else."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import asyncpg
import pytest
import pytest_asyncio

from eventsite.database import engine_from_url, transaction
from eventsite.database.revision import Revision
from eventsite.events.tables import Event, ProgrammeSession, Speaker
from eventsite.ledger import OPERATOR, record
from eventsite.questions.tables import Question, QuestionState

MOMENT = datetime(2027, 3, 10, 12, tzinfo=UTC)

OTHER_PROCESS = """
import asyncio
from eventsite.database import close_database
from eventsite.events.tables import Speaker

async def main():
    await Speaker.update({Speaker.name: "Changed elsewhere"}, force=True)
    await close_database()

asyncio.run(main())
"""


@pytest_asyncio.fixture(loop_scope="session")
async def revision(database: None) -> AsyncIterator[Revision]:
    revision = Revision()
    await revision.open()
    yield revision
    await revision.close()


async def known(revision: Revision) -> int:
    """The number once everything committed so far has been seen."""
    await revision.settle()
    number = revision.current()
    assert number is not None
    return number


async def speaker() -> Speaker:
    someone = Speaker(name="Olive", created_at=MOMENT, updated_at=MOMENT)
    await someone.save()
    return someone


async def question(state: QuestionState) -> Question:
    event = Event(slug="e", starts_on=date(2027, 5, 1), ends_on=date(2027, 5, 1), created_at=MOMENT, updated_at=MOMENT)
    await event.save()
    session = ProgrammeSession(
        event=event.id, slug="s", starts_at=MOMENT, ends_at=MOMENT, created_at=MOMENT, updated_at=MOMENT
    )
    await session.save()
    asked = Question(session=session.id, text="Why?", state=state, submitted_at=MOMENT)
    await asked.save()
    return asked


async def test_it_stands_still_while_nothing_changes(revision: Revision) -> None:
    assert await known(revision) == await known(revision)


async def test_it_rises_with_each_public_row_added_changed_or_deleted(revision: Revision) -> None:
    numbers = [await known(revision)]
    someone = await speaker()
    numbers.append(await known(revision))
    await Speaker.update({Speaker.name: "Olivia"}).where(Speaker.id == someone.id)
    numbers.append(await known(revision))
    await someone.remove()
    numbers.append(await known(revision))
    assert numbers == sorted(set(numbers))


async def test_what_was_rolled_back_changes_nothing(revision: Revision) -> None:
    before = await known(revision)
    with pytest.raises(KeyError):
        async with transaction():
            await speaker()
            raise KeyError
    assert await known(revision) == before


async def test_it_sees_what_another_process_committed(revision: Revision) -> None:
    await speaker()
    before = await known(revision)
    other = await asyncio.create_subprocess_exec(
        sys.executable, "-c", OTHER_PROCESS, env=os.environ, stderr=subprocess.PIPE
    )
    _, complaints = await other.communicate()
    assert complaints == b""
    assert await known(revision) > before


async def test_a_question_nobody_may_see_counts_in_the_public_numbers(revision: Revision) -> None:
    before = await known(revision)
    await question(QuestionState.PENDING)
    assert await known(revision) > before


async def test_what_only_organisers_see_changes_nothing(revision: Revision) -> None:
    before = await known(revision)
    await record("event.published", subject=("event", "e"), actor=OPERATOR, now=MOMENT)
    assert await known(revision) == before


async def test_a_question_that_appears_or_vanishes_does(revision: Revision) -> None:
    asked = await question(QuestionState.PENDING)
    numbers = [await known(revision)]
    for state in (QuestionState.APPROVED, QuestionState.PENDING):
        await Question.update({Question.state: state}).where(Question.id == asked.id)
        numbers.append(await known(revision))
    assert numbers == sorted(set(numbers))


async def test_many_may_ask_at_once(revision: Revision) -> None:
    await asyncio.gather(*[revision.settle() for _ in range(20)])
    assert revision.current() is not None


async def test_it_is_unknown_once_closed() -> None:
    revision = Revision()
    await revision.open()
    await revision.close()
    assert revision.current() is None


async def test_it_is_unknown_while_the_database_is_away() -> None:
    revision = Revision(engine_from_url("postgresql://nobody@127.0.0.1:1/nothing"))
    await revision.open()
    await revision.settle()
    assert revision.current() is None
    await revision.close()


@pytest.mark.only_on("postgres")
async def test_after_a_lost_connection_it_goes_on_with_a_new_number(revision: Revision) -> None:
    before = await known(revision)
    outside = await asyncpg.connect(os.environ["DATABASE_URL"])
    ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'eventsite revision'"
    await outside.execute(ended)
    await outside.close()
    await revision.settle()
    assert revision.current() is None
    async with asyncio.timeout(5):
        while revision.current() is None:  # noqa: ASYNC110 -- what an onlooker would do
            await asyncio.sleep(0.05)
    assert await known(revision) > before
