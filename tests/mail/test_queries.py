"""The outbox as organisers see it."""

from datetime import datetime, timedelta

import pytest

from eventsite.database import recorded_statements
from eventsite.errors import NotFound
from eventsite.mail import queries
from eventsite.mail.claims import claim
from eventsite.mail.settlements import mark_dead, mark_sent
from eventsite.mail.tables import LetterState
from tests.mail.conftest import PostBox

pytestmark = pytest.mark.usefixtures("database")


async def test_an_empty_outbox() -> None:
    assert (await queries.waiting_count(), await queries.dead_count()) == (0, 0)
    assert (await queries.letters(), await queries.oldest_due_at()) == ([], None)


async def test_what_is_on_its_way_is_still_waited_for(postbox: PostBox, now: datetime) -> None:
    for key in ("waiting", "sending", "sent", "dead"):
        await postbox.post(key)
    sent, dead, _ = await claim("one", now=now, limit=3)
    await mark_sent([sent], now=now)
    await mark_dead(dead, words="550 no such user")
    assert (await queries.waiting_count(), await queries.dead_count()) == (2, 1)


async def test_pages_show_the_newest_first(postbox: PostBox) -> None:
    for number in range(5):
        await postbox.post(str(number), to=f"ann{number}@trust.example")
    newest = {line.recipient for page in (1, 2) for line in await queries.letters(page, length=2)}
    oldest = [line.recipient for line in await queries.letters(3, length=2)]
    assert len(newest) == 4
    assert len(oldest) == 1


@pytest.mark.parametrize("number", [1, 30])
async def test_a_page_of_letters_is_one_query(postbox: PostBox, number: int) -> None:
    for key in range(number):
        await postbox.post(str(key))
    with recorded_statements() as statements:
        assert len(await queries.letters()) == number
    assert len(statements) == 1


async def test_letters_can_be_asked_for_by_state(postbox: PostBox, now: datetime) -> None:
    await postbox.post("a")
    await postbox.post("b")
    (letter,) = await claim("one", now=now, limit=1)
    await mark_dead(letter, words="550 no such user")
    (dead,) = await queries.letters(state=LetterState.DEAD)
    assert (dead.id, dead.last_error) == (letter.id, "550 no such user")


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ("ann", {"a", "b"}),
        ("ANN_B", {"b"}),
        ("trust.example", {"a", "b", "c"}),
        ("%", set()),
        ("!", {"c"}),
        ("", {*"abc"}),
    ],
)
async def test_letters_can_be_looked_for_by_any_part_of_their_address(
    postbox: PostBox, part: str, found: set[str]
) -> None:
    addresses = {"a": "ann.b@trust.example", "b": "Ann_b@trust.example", "c": "bob!@trust.example"}
    for key, address in addresses.items():
        await postbox.post(key, to=address)

    listed = {line.recipient for line in await queries.letters(to=part)}

    assert listed == {addresses[key] for key in found}
    assert await queries.letter_count(to=part) == len(found)


async def test_letters_that_may_have_come_twice_can_be_asked_for(postbox: PostBox, now: datetime) -> None:
    await postbox.post("a")
    await postbox.post("b")
    (letter,) = await claim("one", now=now, limit=1)
    await mark_dead(letter, words="Connection lost", uncertain=True)

    assert [line.id for line in await queries.letters(uncertain=True)] == [letter.id]
    assert await queries.letter_count(uncertain=True) == 1


async def test_all_letters_to_an_address(postbox: PostBox) -> None:
    await postbox.post("a", to="Ann@trust.example")
    await postbox.post("b", to="mallory@evil.example")
    assert [line.recipient for line in await queries.letters_to("ann@trust.example")] == ["Ann@trust.example"]


async def test_the_oldest_letter_tells_how_far_behind_the_worker_is(postbox: PostBox, now: datetime) -> None:
    await postbox.post("a", now=now - timedelta(hours=2))
    await postbox.post("b", now=now)
    assert await queries.oldest_due_at() == now - timedelta(hours=2)


async def test_no_such_letter() -> None:
    with pytest.raises(NotFound):
        await queries.letter("0" * 16)
