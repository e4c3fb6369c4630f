"""Second thoughts: what waits a moment is taken back before it leaves, and may be said after all."""

import asyncio
from datetime import datetime, timedelta

import pytest

from eventsite.database import execute, transaction
from eventsite.mail.claims import claim
from eventsite.mail.recalls import fall_silent, say_after_all, unsaid
from eventsite.mail.settlements import give_back, mark_sent
from tests.conftest import StandingClock
from tests.mail.conftest import PostBox
from tests.mail.test_worker import Recorder, settled, worker

pytestmark = pytest.mark.usefixtures("database")
SOON = timedelta(seconds=5)


async def post(postbox: PostBox, key: str, *, now: datetime) -> None:
    await postbox.post(key, now=now, thread="ann", not_before=now + SOON)


async def states() -> dict[str, str]:
    return {row["key"]: row["state"] for row in await execute("SELECT key, state FROM outbox_letter")}


async def test_a_letter_leaves_no_sooner_than_it_may(postbox: PostBox, now: datetime) -> None:
    await post(postbox, "published", now=now)

    assert await claim("worker", now=now + timedelta(seconds=4, milliseconds=999)) == []
    (letter,) = await claim("worker", now=now + SOON)
    assert f"Date: {now:%a, %d %b %Y %H:%M:%S}".encode() in letter.content


async def test_the_worker_notices_by_itself_that_its_moment_has_come(postbox: PostBox, clock: StandingClock) -> None:
    await post(postbox, "published", now=clock())

    async with worker(recorder := Recorder(), clock):
        await asyncio.sleep(0.2)
        assert recorder.delivered == []
        clock.move(seconds=5)
        await settled(seconds=5)

    assert recorder.delivered == ["ann@trust.example"]


async def test_what_waits_is_taken_back_and_said_after_all(postbox: PostBox, now: datetime) -> None:
    await post(postbox, "published", now=now)
    await post(postbox, "rejected", now=now + timedelta(seconds=1))

    async with transaction():
        assert await fall_silent("ann") is None
        newest, before = await unsaid("ann")
        assert (newest.key, before.key) == ("rejected", "published")
        await say_after_all(before, not_before=now + 2 * SOON)

    assert await states() == {"published": "waiting", "rejected": "superseded"}
    assert await claim("worker", now=now + SOON) == []
    assert len(await claim("worker", now=now + 2 * SOON)) == 1


async def test_what_left_is_known_and_is_not_said_again(postbox: PostBox, now: datetime) -> None:
    await post(postbox, "published", now=now)
    await mark_sent(await claim("worker", now=now + SOON), now=now + SOON)
    await post(postbox, "rejected", now=now + 2 * SOON)

    async with transaction():
        assert await fall_silent("ann") == "published"
        assert [letter.key for letter in await unsaid("ann")] == ["rejected"]


async def test_what_was_tried_may_have_left(postbox: PostBox, now: datetime) -> None:
    await post(postbox, "published", now=now)
    (letter,) = await claim("worker", now=now + SOON)

    async with transaction():
        assert await fall_silent("ann") == "published"
    await give_back(letter, words="421 not now")
    async with transaction():
        await fall_silent("ann")
        assert await states() == {"published": "superseded"}


async def test_threads_of_others_are_left_alone(postbox: PostBox, now: datetime) -> None:
    await postbox.post("other", thread="bea")
    await post(postbox, "published", now=now)

    async with transaction():
        await fall_silent("bea")

    assert await states() == {"other": "superseded", "published": "waiting"}
