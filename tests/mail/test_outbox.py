"""A letter is put in with the deed it follows from, and it is put in once."""

import asyncio
from datetime import datetime, timedelta

import pytest

from eventsite.database import execute, transaction
from eventsite.errors import NotFound
from eventsite.mail import outbox, queries
from eventsite.mail.addresses import normalise_address
from eventsite.mail.claims import claim
from eventsite.mail.homecoming import Homecoming, read_home_address
from eventsite.mail.reading import read_letter
from eventsite.mail.settlements import mark_dead, mark_sent, release
from eventsite.mail.tables import Cause, LetterState
from eventsite.settings import Settings
from eventsite.tokens import Purpose
from tests.mail.conftest import A_LETTER, PostBox

pytestmark = pytest.mark.usefixtures("database")


async def test_r5_12_a_letter_is_stored_finished_and_due_at_once(postbox: PostBox, now: datetime) -> None:
    assert await postbox.post("interest:1:received")
    (line,) = await queries.letters()
    stored = await queries.letter(line.id)
    assert (stored.state, stored.attempts, stored.due_at, stored.created_at) == (LetterState.WAITING, 0, now, now)
    assert stored.message_id == f"<{stored.id}@events.example.org>"
    read = read_letter(stored.content)
    assert read.header("message-id") == stored.message_id
    assert read.header("to") == "ann@trust.example"
    assert read.header("date") == "Wed, 10 Mar 2027 12:00:00 +0000"


async def test_r5_7_a_domain_in_other_letters_is_written_in_ours(postbox: PostBox) -> None:
    await postbox.post("a", to=str(normalise_address("ann@exämple.org")))
    (line,) = await queries.letters()
    stored = await queries.letter(line.id)
    assert line.recipient == read_letter(stored.content).header("to") == "ann@xn--exmple-cua.org"


async def test_r5_18_what_cannot_be_delivered_comes_back_under_the_letters_own_name(
    postbox: PostBox, settings: Settings, now: datetime
) -> None:
    await postbox.post("a")
    (letter,) = await claim("w", now=now)
    assert letter.sender.endswith("@events.example.org")
    assert read_home_address(settings, letter.sender) == Homecoming(Purpose.BOUNCE, letter.id)


async def test_r5_2_a_letter_keeps_its_message_id_at_every_attempt(postbox: PostBox, now: datetime) -> None:
    await postbox.post("a")
    (first,) = await claim("w", now=now)
    await release(first, now=now, words="451", chance=0.5)
    (second,) = await claim("w", now=now + timedelta(minutes=2))
    assert second.content == first.content
    assert read_letter(first.content).header("message-id") == f"<{first.id}@events.example.org>"


async def test_the_second_letter_with_the_same_key_is_left_out(postbox: PostBox) -> None:
    assert await postbox.post("interest:1:received")
    assert not await postbox.post("interest:1:received", to="mallory@evil.example")
    assert [line.recipient for line in await queries.letters()] == ["ann@trust.example"]


async def test_twenty_at_once_put_in_one_letter(postbox: PostBox) -> None:
    put_in = await asyncio.gather(*(postbox.post("interest:1:received") for _ in range(20)))
    assert sorted(put_in) == [False] * 19 + [True]
    assert await queries.waiting_count() == 1


async def test_r5_12_a_deed_that_fails_leaves_no_letter(settings: Settings, now: datetime) -> None:
    wake = asyncio.Event()
    with outbox.announced_to(wake), pytest.raises(ValueError, match="the deed failed"):
        async with transaction():
            await outbox.enqueue(A_LETTER, key="k", cause=Cause.SYSTEM, now=now, settings=settings)
            raise ValueError("the deed failed")
    assert await queries.letters() == []
    assert not wake.is_set()


async def test_workers_here_hear_of_a_letter_once_it_is_committed(settings: Settings, now: datetime) -> None:
    wake = asyncio.Event()
    with outbox.announced_to(wake):
        async with transaction():
            await outbox.enqueue(A_LETTER, key="k", cause=Cause.SYSTEM, now=now, settings=settings)
            heard_before = wake.is_set()
        await asyncio.sleep(0)
        assert (heard_before, wake.is_set()) == (False, True)


async def test_an_address_is_compared_by_its_folded_form(postbox: PostBox) -> None:
    await postbox.post("a", to="Ann@trust.example")
    rows = await execute("SELECT recipient, recipient_key FROM outbox_letter")
    assert rows == [{"recipient": "Ann@trust.example", "recipient_key": "ann@trust.example"}]


async def test_a_letter_given_up_can_be_sent_again(postbox: PostBox, now: datetime) -> None:
    await postbox.post("a")
    (letter,) = await claim("w", now=now)
    await mark_dead(letter, words="550 no such user", uncertain=True)
    later = now + timedelta(days=1)
    await outbox.requeue(letter.id, now=later)
    (again,) = await claim("w", now=later)
    assert (again.id, again.attempt, again.uncertain) == (letter.id, 2, False)


async def test_only_a_letter_given_up_can_be_sent_again(postbox: PostBox, now: datetime) -> None:
    await postbox.post("a")
    (letter,) = await claim("w", now=now)
    await mark_sent([letter], now=now)
    with pytest.raises(outbox.NotGivenUp, match="Only a letter that was given up"):
        await outbox.requeue(letter.id, now=now)
    with pytest.raises(NotFound):
        await outbox.requeue("0" * 16, now=now)
