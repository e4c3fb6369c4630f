"""Letters are kept from addresses that do not work, until an organiser says otherwise."""

import asyncio
from datetime import datetime, timedelta

import pytest

from eventsite.database import execute
from eventsite.errors import NotFound
from eventsite.mail import suppression
from eventsite.mail.suppression import is_suppressed, lift, note_bounce, suppress, suppressions
from eventsite.mail.tables import SuppressionReason
from tests.conftest import StandingClock

pytestmark = pytest.mark.usefixtures("database")

ANN = "ann@trust.example"
WORDS = "550 5.1.1 No such user here"


async def bounce(status: str, *, letter: str | None, now: datetime, action: str = "failed", to: str = ANN) -> bool:
    return await note_bounce(to, letter_id=letter, action=action, status=status, words=WORDS, now=now)


@pytest.mark.parametrize("status", ["5.1.1", "5.1.10", "5.4.1"])
async def test_r5_19_an_address_that_will_never_work_is_stopped_at_once(status: str, now: datetime) -> None:
    assert await bounce(status, letter="one", now=now)
    (stopped,) = await suppressions()
    assert (stopped.address_key, stopped.reason, stopped.words, stopped.suppressed_at) == (
        ANN,
        SuppressionReason.BOUNCED,
        WORDS,
        now,
    )


@pytest.mark.parametrize("status", ["5.2.2", "4.4.7", "5.0.0"])
async def test_r5_19_another_is_stopped_after_three_letters_that_failed(status: str, now: datetime) -> None:
    assert [await bounce(status, letter=letter, now=now) for letter in ("one", "two", "three")] == [False, False, True]
    assert await is_suppressed(ANN)


async def test_r5_19_only_14_days_count(clock: StandingClock) -> None:
    await bounce("5.2.2", letter="one", now=clock())
    await bounce("5.2.2", letter="two", now=clock.move(days=7))
    assert not await bounce("5.2.2", letter="three", now=clock.move(days=7))
    assert await bounce("5.2.2", letter="four", now=clock.move(hours=1))


async def test_r5_19_three_notices_of_one_letter_are_one(now: datetime) -> None:
    assert [await bounce("5.2.2", letter="one", now=now) for _ in range(4)] == [False] * 4


async def test_r5_19_three_of_unknown_letters_are_three(now: datetime) -> None:
    assert [await bounce("5.2.2", letter=None, now=now) for _ in range(3)] == [False, False, True]


async def test_r5_19_a_delay_is_noted_and_no_more(now: datetime) -> None:
    stopped = [await bounce("4.4.1", letter=str(number), action="Delayed", now=now) for number in range(5)]
    assert stopped == [False] * 5
    assert (await execute("SELECT COUNT(*) AS n FROM bounce WHERE action = 'delayed'"))[0]["n"] == 5
    # Not even one that names the worst status.
    assert not await bounce("5.1.1", letter="one", action="delayed", now=now)


@pytest.mark.parametrize(("action", "status"), [("delivered", "2.0.0"), ("failed", "2.0.0"), ("failed", "nonsense")])
async def test_r5_19_what_says_no_fault_counts_for_nothing(action: str, status: str, now: datetime) -> None:
    assert [await bounce(status, letter=str(n), action=action, now=now) for n in range(4)] == [False] * 4


async def test_r5_19_what_bounces_at_the_same_moment_is_counted_together(now: datetime) -> None:
    stopped = await asyncio.gather(*(bounce("5.2.2", letter=str(number), now=now) for number in range(3)))
    assert sorted(stopped) == [False, False, True]


async def test_r5_19_addresses_are_counted_apart(now: datetime) -> None:
    for number in range(3):
        await bounce("5.2.2", letter=str(number), now=now, to=f"ann{number}@trust.example")
    assert await suppressions() == []


async def test_an_address_is_stopped_once_and_keeps_the_first_reason(now: datetime) -> None:
    assert await suppress(ANN, reason=SuppressionReason.COMPLAINED, words="junk", now=now)
    assert not await suppress(ANN, reason=SuppressionReason.BOUNCED, words=WORDS, now=now)
    assert [stopped.reason for stopped in await suppressions()] == [SuppressionReason.COMPLAINED]


async def test_r5_20_what_was_lifted_begins_afresh(clock: StandingClock) -> None:
    for number in range(3):
        await bounce("5.2.2", letter=str(number), now=clock())
    await lift(ANN)
    assert not await is_suppressed(ANN)
    assert not await bounce("5.2.2", letter="another", now=clock.move(hours=1))


async def test_only_what_is_stopped_can_be_lifted() -> None:
    with pytest.raises(NotFound):
        await lift(ANN)


async def test_the_desk_sees_the_newest_first_page_by_page(now: datetime) -> None:
    for number in range(3):
        moment = now + timedelta(minutes=number)
        await suppress(f"{number}@trust.example", reason=SuppressionReason.BOUNCED, words=WORDS, now=moment)
    pages = [await suppressions(page, length=2) for page in (1, 2, 3)]
    assert [[each.address_key[0] for each in page] for page in pages] == [["2", "1"], ["0"], []]
    assert await suppression.suppression_count() == 3
