"""One seat is left, and sixty-four people want it at the same moment: one has it, and nobody is told something untrue.

The long round, a thousand times, is `python -m tests.soak seats`.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import pytest_asyncio

from eventsite.database import execute
from eventsite.mail.tables import OutboxLetter
from tests.http.last_seat import CAPACITY, PEOPLE, Race, race_at
from tests.servers import servers

ROUNDS = 3


@pytest_asyncio.fixture(loop_scope="session")
async def race(database: None, database_url: str) -> AsyncIterator[Race]:
    async with servers(2, database_url) as two, race_at(two) as race:
        yield race


async def test_the_last_seat_has_one_winner_and_the_others_are_offered_the_waiting_list(race: Race) -> None:
    for _ in range(ROUNDS):
        winner = await race.ensure_one_winner(await race.run())
        assert winner.person_id in await race.taken()
        await race.again()


async def test_all_others_wait_at_once_and_the_seat_passes_on_in_their_order(race: Race) -> None:
    winner = await race.ensure_one_winner(await race.run())
    others = [racer for racer in race.racers if racer is not winner]
    answers = await asyncio.gather(*(racer.press("waiting") for racer in others))
    assert Counter(answer.status_code for answer in answers) == {303: PEOPLE - 1}
    line = await execute("SELECT person FROM seat WHERE state = 'waitlisted' ORDER BY waitlisted_at, id")
    assert len(line) == PEOPLE - 1

    await asyncio.gather(winner.press("release"), *(racer.press("seat") for racer in others))

    seated = await race.taken()
    assert len(seated) == CAPACITY
    assert line[0]["person"] in seated, "whoever waited longest"
    kinds = Counter(await OutboxLetter.select(OutboxLetter.kind).output(as_list=True))
    assert kinds["interest/seat_passed_on"] == 1


async def test_a_crowd_that_comes_and_goes_never_sits_two_to_a_chair(race: Race) -> None:
    """Everybody adds, waits and gives up at the same time; whenever it is quiet, no free seat is left waiting."""
    deeds = [racer.press(deed) for racer in race.racers for deed in ("seat", "waiting", "release", "waiting")]
    answers = await asyncio.gather(*deeds)
    assert {answer.status_code for answer in answers} <= {303, 422}
    waiting = await execute("SELECT id FROM seat WHERE state = 'waitlisted'")
    seated = await race.taken()
    assert len(seated) == CAPACITY if waiting else len(seated) <= CAPACITY
