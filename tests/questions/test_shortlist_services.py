"""The shortlist: an order without gaps in its meaning, and minutes."""

import asyncio

import pytest

from eventsite.database import execute
from eventsite.questions.rules import AlreadyModerated, NotPossibleNow
from eventsite.questions.shortlist_services import set_minutes
from tests.questions.deciding import Desk, entries_of


async def listed(desk: Desk, number: int) -> list[str]:
    ids = [await desk.asked(f"Question {each}?", state="approved") for each in range(number)]
    for one in ids:
        await desk.shortlist(one)
    return ids


async def order() -> list[str]:
    rows = await execute("SELECT id FROM question WHERE state = 'shortlisted' ORDER BY shortlist_position")
    return [row["id"] for row in rows]


async def test_what_is_put_on_it_comes_last(desk: Desk) -> None:
    ids = await listed(desk, 3)

    assert await order() == ids
    assert await entries_of(ids[0]) == ["shortlisted"]
    assert await desk.post(after=5) == []


async def test_a_question_moves_up_and_down_and_stays_at_the_ends(desk: Desk) -> None:
    one, two, three = await listed(desk, 3)

    await desk.move(three, -1)
    assert await order() == [one, three, two]
    await desk.move(one, -1)
    await desk.move(two, 1)
    assert await order() == [one, three, two]
    await desk.move(one, 1)
    assert await order() == [three, one, two]
    await desk.move(three, 2)
    assert await order() == [one, two, three]


async def test_what_left_it_leaves_a_place_that_nobody_needs(desk: Desk) -> None:
    one, two, three = await listed(desk, 3)
    await desk.unlist(two)
    await desk.move(three, -1)

    assert await order() == [three, one]
    row = await desk.row(two)
    assert (row.state, row.shortlist_position) == ("approved", None)


async def test_places_that_came_from_elsewhere_are_put_right(desk: Desk) -> None:
    one = await desk.asked(state="shortlisted", shortlist_position=1)
    two = await desk.asked(state="shortlisted", shortlist_position=1)
    three = await desk.asked(state="shortlisted")
    first = (await order())[0]

    await desk.move(first, 1)

    rows = await execute("SELECT shortlist_position AS place FROM question ORDER BY shortlist_position")
    assert [row["place"] for row in rows] == [1, 2, 3]
    assert set(await order()) == {one, two, three}


async def test_many_at_once_stand_in_places_of_their_own(desk: Desk) -> None:
    ids = [await desk.asked(f"Question {each}?", state="approved") for each in range(8)]

    await asyncio.gather(*(desk.shortlist(one) for one in ids))
    await asyncio.gather(*(desk.move(one, -1) for one in ids))

    rows = await execute("SELECT shortlist_position AS place FROM question")
    assert sorted(row["place"] for row in rows) == list(range(1, 9))


async def test_only_what_is_on_it_is_moved(desk: Desk) -> None:
    asked = await desk.asked(state="approved")

    with pytest.raises(NotPossibleNow):
        await desk.move(asked, 1)
    with pytest.raises(NotPossibleNow):
        await desk.unlist(asked)


async def test_a_question_has_minutes_or_none(desk: Desk) -> None:
    (asked,) = await listed(desk, 1)
    moderator = await desk.saw(asked)

    await set_minutes(asked, 4, moderator, now=desk.clock())
    assert (await desk.row(asked)).minutes == 4
    await set_minutes(asked, None, moderator, now=desk.clock())
    assert (await desk.row(asked)).minutes is None

    for wrong in (0, 61):
        with pytest.raises(NotPossibleNow, match="between 1 and 60"):
            await set_minutes(asked, wrong, moderator, now=desk.clock())
    await desk.unlist(asked)
    with pytest.raises(AlreadyModerated):
        await set_minutes(asked, 4, moderator, now=desk.clock())
