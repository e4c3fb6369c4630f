"""Letters that nobody is to get any more: their address was stopped, or what they tell of has begun."""

import asyncio
from datetime import timedelta

import pytest

from eventsite.mail import outbox, queries
from eventsite.mail.claims import ClaimedLetter, claim
from eventsite.mail.rules import RETRIES
from eventsite.mail.settlements import release
from eventsite.mail.suppression import is_suppressed, lift, suppress
from eventsite.mail.tables import Cause, LetterState, SuppressionReason
from tests.conftest import StandingClock
from tests.mail.conftest import PostBox
from tests.mail.test_worker import over_smtp, settled, worker
from tests.smtp_server import SmtpServer

pytestmark = pytest.mark.usefixtures("database")

ANN = "ann@trust.example"
BEGUN = "The event had begun before this letter could be delivered."


async def fail(letter: ClaimedLetter, clock: StandingClock) -> None:
    await release(letter, now=clock(), words="451 4.3.0 Not now", chance=0.5)


async def test_r5_20_a_letter_to_a_stopped_address_is_given_up_and_says_why(
    postbox: PostBox, server: SmtpServer, clock: StandingClock
) -> None:
    await suppress(ANN, reason=SuppressionReason.BOUNCED, words="550 5.1.1 No such user", now=clock())
    await postbox.post("a", to="Ann@trust.example")
    await postbox.post("b", to="bea@trust.example")
    async with worker(over_smtp(server), clock):
        await settled(2)
    assert [letter.recipients for letter in server.letters] == [("bea@trust.example",)]
    (dead,) = await queries.letters(state=LetterState.DEAD)
    assert (dead.recipient, dead.attempts, dead.last_error) == (
        "Ann@trust.example",
        0,
        "Letters to this address have been stopped: 550 5.1.1 No such user",
    )


async def test_r5_20_once_lifted_it_can_be_sent_again(
    postbox: PostBox, server: SmtpServer, clock: StandingClock
) -> None:
    await suppress(ANN, reason=SuppressionReason.BOUNCED, words="550", now=clock())
    await postbox.post("a")
    assert await claim("one", now=clock()) == []
    (dead,) = await queries.letters()
    await lift(ANN)
    await outbox.requeue(dead.id, now=clock())
    async with worker(over_smtp(server), clock):
        (line,) = await settled()
    assert (line.state, line.last_error, len(server.letters)) == (LetterState.SENT, None, 1)


async def test_r5_20_a_form_is_told_nothing_of_it(postbox: PostBox, clock: StandingClock) -> None:
    await suppress(ANN, reason=SuppressionReason.COMPLAINED, words="junk", now=clock())
    assert await postbox.post("a", cause=Cause.VISITOR)


async def test_r5_20_letters_to_a_stopped_address_do_not_hold_up_the_others(
    postbox: PostBox, clock: StandingClock
) -> None:
    await suppress(ANN, reason=SuppressionReason.BOUNCED, words="550", now=clock())
    for number in range(7):
        await postbox.post(str(number), cause=Cause.VISITOR)
    await postbox.post("b", to="bea@trust.example")
    assert [letter.recipient for letter in await claim("one", now=clock(), limit=3)] == ["bea@trust.example"]


@pytest.mark.parametrize("status", ["5.1.1", "5.1.10", "5.4.1"])
async def test_r5_19_an_address_refused_for_ever_while_we_speak_is_stopped_too(
    postbox: PostBox, server: SmtpServer, clock: StandingClock, status: str
) -> None:
    server.at_rcpt.append(f"550 {status} No such user here")
    await postbox.post("a", to="Ann@trust.example")
    async with worker(over_smtp(server), clock):
        await settled()
    assert await is_suppressed(ANN)


@pytest.mark.parametrize("reply", ["550 No such user here", "550 5.7.1 We do not like you", "451 5.1.1 Later"])
async def test_r5_19_what_does_not_speak_of_the_address_stops_nothing(
    postbox: PostBox, server: SmtpServer, clock: StandingClock, reply: str
) -> None:
    for number in range(3):
        server.at_rcpt.append(reply)
        await postbox.post(str(number))
    async with worker(over_smtp(server), clock):
        await until_tried(3)
    assert not await is_suppressed(ANN)


async def test_r5_19_a_full_mailbox_stops_letters_the_third_time(
    postbox: PostBox, server: SmtpServer, clock: StandingClock
) -> None:
    for number in range(3):
        server.at_rcpt.append("552 5.2.2 Mailbox full")
        await postbox.post(str(number))
    async with worker(over_smtp(server), clock):
        await settled(3)
    assert await is_suppressed(ANN)


async def test_r5_15_an_invitation_is_given_up_once_the_event_has_begun(postbox: PostBox, clock: StandingClock) -> None:
    await postbox.post("a", useful_until=clock() + timedelta(minutes=30))
    (letter,) = await claim("one", now=clock())
    await fail(letter, clock)
    (again,) = await claim("one", now=clock.move(minutes=1))
    clock.move(minutes=25)
    await fail(again, clock)
    (waiting,) = await queries.letters()
    assert waiting.due_at == clock.move(minutes=4)  # when it begins, not when it would have its turn
    assert await claim("one", now=clock()) == []
    (dead,) = await queries.letters()
    assert (dead.state, dead.last_error) == (LetterState.DEAD, f"{BEGUN} 451 4.3.0 Not now")


async def test_r5_15_it_is_tried_once_all_the_same(postbox: PostBox, clock: StandingClock) -> None:
    await postbox.post("a", useful_until=clock() - timedelta(minutes=1))
    (letter,) = await claim("one", now=clock())
    await fail(letter, clock)
    assert await claim("one", now=clock()) == []
    assert [line.state for line in await queries.letters()] == [LetterState.DEAD]


async def test_r5_15_other_letters_are_tried_for_two_days(postbox: PostBox, clock: StandingClock) -> None:
    await postbox.post("a")
    begun = clock()
    for _ in range(len(RETRIES) + 1):
        (letter,) = await claim("one", now=clock())
        await fail(letter, clock)
        (line,) = await queries.letters()
        last, clock.time = clock(), line.due_at
    assert line.state == LetterState.DEAD
    assert timedelta(hours=46) < last - begun <= timedelta(hours=48)


async def test_whoever_sends_a_late_invitation_again_wants_it_sent(postbox: PostBox, clock: StandingClock) -> None:
    await postbox.post("a", useful_until=clock())
    (letter,) = await claim("one", now=clock())
    await fail(letter, clock)
    assert await claim("one", now=clock()) == []
    await outbox.requeue(letter.id, now=clock())
    assert len(await claim("one", now=clock())) == 1


async def until_tried(number: int) -> None:
    """Returns once so many letters have been tried."""
    async with asyncio.timeout(5):
        while len([line for line in await queries.letters() if line.last_error]) < number:  # noqa: ASYNC110 -- what is waited for is a row
            await asyncio.sleep(0.01)
