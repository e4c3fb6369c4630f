"""Each letter goes to one worker; what a worker does after its lease counts for nothing."""

import asyncio
from datetime import datetime, timedelta

import pytest

from eventsite.mail import queries
from eventsite.mail.claims import LEASE, ClaimedLetter, claim
from eventsite.mail.queries import StoredLetter
from eventsite.mail.rules import DAY, RETRIES
from eventsite.mail.settlements import give_back, mark_dead, mark_sent, release, release_stale, renew
from eventsite.mail.tables import Cause, LetterState
from tests.conftest import StandingClock
from tests.mail.conftest import PostBox

pytestmark = pytest.mark.usefixtures("database")


async def claim_one(now: datetime, owner: str = "one") -> ClaimedLetter:
    (letter,) = await claim(owner, now=now)
    return letter


async def stored(letter: ClaimedLetter) -> StoredLetter:
    return await queries.letter(letter.id)


async def test_the_longest_due_goes_first_and_the_not_yet_due_does_not(postbox: PostBox, now: datetime) -> None:
    await postbox.post("second", to="second@trust.example")
    await postbox.post("first", to="first@trust.example", now=now - timedelta(hours=1))
    await postbox.post("later", to="later@trust.example", now=now + timedelta(seconds=1))
    claimed = await claim("one", now=now)
    assert [letter.recipient for letter in claimed] == ["first@trust.example", "second@trust.example"]


async def test_no_more_are_taken_than_asked_for(postbox: PostBox, now: datetime) -> None:
    for number in range(5):
        await postbox.post(str(number))
    assert [len(await claim("one", now=now, limit=2)) for _ in range(4)] == [2, 2, 1, 0]


async def test_r5_12_six_workers_at_once_share_forty_letters_without_a_double(postbox: PostBox, now: datetime) -> None:
    for number in range(40):
        await postbox.post(str(number), to=f"ann{number}@trust.example", cause=Cause.VISITOR)

    async def work(owner: str) -> list[str]:
        claimed: list[str] = []
        while batch := await claim(owner, now=now, limit=3):
            claimed += [letter.id for letter in batch]
        return claimed

    shares = await asyncio.gather(*(work(f"worker {number}") for number in range(6)))
    everything = [letter_id for share in shares for letter_id in share]
    assert len(everything) == len(set(everything)) == 40


async def test_a_sent_letter_is_settled(postbox: PostBox, clock: StandingClock) -> None:
    await postbox.post("a")
    letter = await claim_one(clock())
    assert await mark_sent([letter], now=clock.move(seconds=2))
    after = await stored(letter)
    assert (after.state, after.sent_at, after.attempts) == (LetterState.SENT, clock(), 1)


async def test_a_letter_that_failed_waits_and_keeps_the_servers_words(postbox: PostBox, now: datetime) -> None:
    await postbox.post("a")
    letter = await claim_one(now)
    assert await release(letter, now=now, words="451 try later", chance=0.5)
    after = await stored(letter)
    assert (after.state, after.due_at, after.last_error) == (
        LetterState.WAITING,
        now + timedelta(minutes=1),
        "451 try later",
    )
    assert await claim("one", now=now) == []


async def test_a_letter_is_given_up_after_the_last_retry(postbox: PostBox, clock: StandingClock) -> None:
    await postbox.post("a")
    for _ in range(len(RETRIES) + 1):
        letter = await claim_one(clock())
        await release(letter, now=clock(), words="451 try later", chance=1.0)
        clock.move(hours=30)
    after = await stored(letter)
    assert (after.state, after.attempts, after.last_error) == (LetterState.DEAD, 9, "451 try later")
    assert await claim("one", now=clock()) == []


async def test_r5_14_an_uncertain_letter_is_tried_once_more_and_then_left_to_people(
    postbox: PostBox, clock: StandingClock
) -> None:
    await postbox.post("a")
    letter = await claim_one(clock())
    await release(letter, now=clock(), words="the line broke", chance=0.5, uncertain=True)
    between = await stored(letter)
    again = await claim_one(clock.move(minutes=2))
    await release(again, now=clock(), words="the line broke", chance=0.5, uncertain=True)
    after = await stored(letter)
    assert (between.state, between.uncertain) == (LetterState.WAITING, True)
    assert (after.state, after.uncertain) == (LetterState.DEAD, True)


async def test_giving_back_costs_no_attempt(postbox: PostBox, now: datetime) -> None:
    await postbox.post("a")
    await give_back(await claim_one(now), words="535 wrong password")
    again = await claim_one(now)
    assert (again.attempt, (await stored(again)).last_error) == (1, "535 wrong password")


async def test_giving_back_without_words_keeps_those_that_are_there(postbox: PostBox, now: datetime) -> None:
    await postbox.post("a")
    await give_back(await claim_one(now), words="535 wrong password")
    await give_back(await claim_one(now))
    assert (await stored(await claim_one(now))).last_error == "535 wrong password"


async def test_a_silent_workers_letter_comes_back_when_its_lease_is_over(
    postbox: PostBox, clock: StandingClock
) -> None:
    await postbox.post("a")
    await claim_one(clock(), owner="killed")
    assert await release_stale(now=clock.move(seconds=LEASE.total_seconds())) == 0
    assert await release_stale(now=clock.move(seconds=1)) == 1
    assert (await claim_one(clock(), owner="other")).attempt == 2


async def test_a_letter_that_kills_each_worker_is_given_up(postbox: PostBox, clock: StandingClock) -> None:
    await postbox.post("a")
    for _ in range(len(RETRIES) + 1):
        letter = await claim_one(clock())
        await release_stale(now=clock.move(minutes=5))
    assert (await stored(letter)).state == LetterState.DEAD


async def test_a_worker_that_slept_through_its_lease_changes_nothing(postbox: PostBox, clock: StandingClock) -> None:
    await postbox.post("a")
    asleep = await claim_one(clock(), owner="asleep")
    await release_stale(now=clock.move(minutes=5))
    awake = await claim_one(clock(), owner="awake")
    changes = [
        await mark_sent([asleep], now=clock()),
        await mark_dead(asleep, words="no"),
        await release(asleep, now=clock(), words="no", chance=0.5),
        await give_back(asleep),
        await renew(asleep, now=clock()),
    ]
    assert changes == [0, False, False, False, False]
    assert await mark_sent([awake], now=clock())


async def test_even_the_same_worker_is_held_to_its_attempt(postbox: PostBox, clock: StandingClock) -> None:
    await postbox.post("a")
    first = await claim_one(clock())
    await release_stale(now=clock.move(minutes=5))
    second = await claim_one(clock())
    assert (await mark_sent([first], now=clock()), await mark_sent([second], now=clock())) == (0, 1)


async def test_a_renewed_lease_holds_longer(postbox: PostBox, clock: StandingClock) -> None:
    await postbox.post("a")
    letter = await claim_one(clock())
    assert await renew(letter, now=clock.move(minutes=3))
    assert await release_stale(now=clock.move(minutes=3)) == 0


async def test_r4_13_anonymous_forms_send_three_a_day_to_an_address_and_lose_none(
    postbox: PostBox, clock: StandingClock
) -> None:
    for number in range(7):
        await postbox.post(str(number), to=["ann@trust.example", "Ann@Trust.example"][number % 2], cause=Cause.VISITOR)
    sent_each_day = []
    for _ in range(4):
        claimed = await claim("one", now=clock())
        for letter in claimed:
            await mark_sent([letter], now=clock())
        sent_each_day.append(len(claimed))
        clock.move(days=1)
    assert sent_each_day == [3, 3, 1, 0]


async def test_what_waits_for_its_day_says_when_it_will_go(postbox: PostBox, now: datetime) -> None:
    for number in range(4):
        await postbox.post(str(number), cause=Cause.VISITOR)
    await claim("one", now=now)
    (waiting,) = await queries.letters(state=LetterState.WAITING)
    assert waiting.due_at == now + DAY


async def test_the_three_a_day_hold_after_an_outage_of_days(postbox: PostBox, clock: StandingClock) -> None:
    for day in range(3):
        for number in range(3):
            await postbox.post(f"{day}:{number}", cause=Cause.VISITOR, now=clock() + timedelta(days=day))
    assert len(await claim("one", now=clock.move(days=5))) == 3


async def test_a_flood_at_one_address_holds_up_nobody_else(postbox: PostBox, now: datetime) -> None:
    for number in range(25):
        await postbox.post(f"flood:{number}", to="victim@trust.example", cause=Cause.VISITOR)
    await postbox.post("ann", to="ann@trust.example", cause=Cause.VISITOR)
    first, second = [await claim("one", now=now, limit=5) for _ in range(2)]
    assert [letter.recipient for letter in first] == ["victim@trust.example"] * 3
    assert [letter.recipient for letter in second] == ["ann@trust.example"]


async def test_several_workers_at_once_keep_to_the_three_a_day(postbox: PostBox, now: datetime) -> None:
    for number in range(12):
        await postbox.post(str(number), cause=Cause.VISITOR)
    claimed = await asyncio.gather(*(claim(f"worker {number}", now=now, limit=2) for number in range(6)))
    assert sum(map(len, claimed)) == 3


async def test_letters_of_organisers_are_not_counted(postbox: PostBox, now: datetime) -> None:
    for number in range(5):
        await postbox.post(str(number), cause=Cause.ORGANISER)
    assert len(await claim("one", now=now)) == 5
