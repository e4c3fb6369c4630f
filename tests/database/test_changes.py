"""The feed of the desk: who follows it hears of every change, whoever makes it, and of what could not be told."""

import asyncio
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import asyncpg
import pytest
import pytest_asyncio

from eventsite.database import engine_from_url, transaction
from eventsite.database.changes import MOST_WAITING, Change, Changes
from eventsite.questions.states import QuestionState
from eventsite.questions.tables import DeskPresence, Question
from tests.organisers.factories import make_organiser
from tests.questions.factories import make_panel, make_question, make_theme

MOMENT = datetime(2027, 3, 10, 12, tzinfo=UTC)
PATIENCE = 5


@pytest_asyncio.fixture(loop_scope="session")
async def changes(database: None) -> AsyncIterator[Changes]:
    changes = Changes()
    await changes.open()
    yield changes
    await changes.close()


class Onlooker:
    """Somebody who follows the feed; what they were told can be asked for."""

    def __init__(self, changes: Changes, after: str = "") -> None:
        self.stream = changes.follow(after=after, wants=lambda change: True)
        self.coming: asyncio.Task[Change | None] = asyncio.create_task(anext(self.stream))

    async def told(self) -> Change:
        async with asyncio.timeout(PATIENCE):
            change = await self.coming
        self.coming = asyncio.create_task(anext(self.stream))
        assert change
        return change

    async def leave(self) -> None:
        self.coming.cancel()
        await asyncio.gather(self.coming, return_exceptions=True)
        await self.stream.aclose()


@pytest_asyncio.fixture(loop_scope="session")
async def onlooker(changes: Changes) -> AsyncIterator[Onlooker]:
    onlooker = Onlooker(changes)
    await asyncio.sleep(0)
    yield onlooker
    await onlooker.leave()


def said(change: Change) -> tuple[str, str, str, str]:
    return change.kind, change.session, change.row, change.state


async def test_a_question_that_comes_and_changes_is_told_with_its_state(onlooker: Onlooker) -> None:
    _, panel = await make_panel()
    question = await make_question(panel)
    await Question.update({Question.state: QuestionState.APPROVED}).where(Question.id == question.id)

    assert said(await onlooker.told()) == ("question", panel.id, question.id, "pending")
    assert said(await onlooker.told()) == ("question", panel.id, question.id, "approved")


async def test_what_belongs_to_a_question_is_told_as_its_change(onlooker: Onlooker) -> None:
    _, panel = await make_panel()
    question = await make_question(panel, await make_theme())
    await onlooker.told()

    assert said(await onlooker.told()) == ("question", panel.id, question.id, "")


async def test_who_looks_at_what_is_told_by_who(onlooker: Onlooker) -> None:
    omar = await make_organiser(password=None)
    await DeskPresence(organiser=omar.id, seen_at=MOMENT).save()

    assert said(await onlooker.told()) == ("presence", "", omar.id, "")


async def test_what_was_rolled_back_is_not_told(onlooker: Onlooker) -> None:
    _, panel = await make_panel()
    with pytest.raises(KeyError):
        async with transaction():
            await make_question(panel)
            raise KeyError
    kept = await make_question(panel)

    assert (await onlooker.told()).row == kept.id


async def test_who_comes_back_hears_what_they_missed(changes: Changes, onlooker: Onlooker) -> None:
    _, panel = await make_panel()
    first, second = await make_question(panel), await make_question(panel)
    last_heard = await onlooker.told()
    await onlooker.told()

    back = Onlooker(changes, after=last_heard.id)
    assert (last_heard.row, (await back.told()).row) == (first.id, second.id)
    await back.leave()


async def test_who_comes_back_from_another_process_looks_again(changes: Changes) -> None:
    back = Onlooker(changes, after="0123abcd-7")
    assert (await back.told()).kind == "resync"
    await back.leave()


async def test_who_reads_too_slowly_looks_again_instead(changes: Changes, onlooker: Onlooker) -> None:
    _, panel = await make_panel()
    await onlooker.leave()
    slow, quick = changes.follow(wants=lambda change: True), Onlooker(changes)
    waiting = asyncio.create_task(anext(slow))
    await make_question(panel)
    assert await asyncio.wait_for(waiting, PATIENCE)
    async with transaction():
        for _ in range(MOST_WAITING + 1):
            await make_question(panel)
    for _ in range(MOST_WAITING + 2):
        if (await quick.told()).kind == "resync":
            break

    heard = await anext(slow)
    assert heard
    assert heard.kind == "resync"
    await quick.leave()
    await slow.aclose()


async def test_everybody_ends_with_the_site_and_nobody_is_remembered(changes: Changes) -> None:
    onlooker = Onlooker(changes)
    await asyncio.sleep(0)
    assert changes.followers == 1
    await changes.close()
    with pytest.raises(StopAsyncIteration):
        while True:
            await asyncio.wait_for(onlooker.coming, PATIENCE)
            onlooker.coming = asyncio.create_task(anext(onlooker.stream))
    assert changes.followers == 0


async def test_a_database_that_is_away_stops_nobody() -> None:
    changes = Changes(engine_from_url("postgresql://nobody@127.0.0.1:1/nothing"))
    await changes.open()
    stream = changes.follow(wants=lambda change: True, pause=0.01)
    assert await asyncio.wait_for(anext(stream), PATIENCE) is None, "nothing is told, and nobody waits for ever"
    await changes.close()
    with pytest.raises(StopAsyncIteration):
        await asyncio.wait_for(anext(stream), PATIENCE)


@pytest.mark.only_on("postgres")
async def test_after_a_lost_connection_everybody_looks_again(onlooker: Onlooker) -> None:
    outside = await asyncpg.connect(os.environ["DATABASE_URL"])
    await outside.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'eventsite desk'"
    )
    await outside.close()

    assert (await onlooker.told()).kind == "resync"
