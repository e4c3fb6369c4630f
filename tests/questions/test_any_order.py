"""Deeds in any order, at any speed: questions, ledger and letters always tell the same story."""

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eventsite.questions.tables import Question
from eventsite.stationery import Stationery
from tests.conftest import StandingClock, empty_database
from tests.organisers.factories import make_organiser
from tests.questions.agreement import disagreements
from tests.questions.at_random import Somebody, post
from tests.questions.conftest import make_asked_panel
from tests.questions.deciding import Desk

STEPS = st.lists(st.sampled_from(["olive", "omar", "olive", "omar", "worker", "wait", "asker"]), max_size=40)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.integers(0, 2**32), STEPS)
async def test_they_agree(database: None, stationery: Stationery, seed: int, steps: list[str]) -> None:
    await empty_database()
    clock, chance = StandingClock(), random.Random(seed)
    desk = Desk(await make_asked_panel(), "", stationery, clock)
    ids = [await desk.asked_by(who) for who in ("ann", "bob", "cleo")]
    ids.append(await desk.asked("Who pays?"))
    cast = {
        name: Somebody((await make_organiser()).id, stationery, clock, chance) for name in ("olive", "omar", "asker")
    }

    for step in steps:
        if step == "worker":
            await post("worker", clock())
        elif step == "wait":
            clock.move(seconds=chance.choice([1, 4, 6]))
        elif step == "asker":
            await cast["asker"].take_back(ids) if chance.random() < 0.2 else None
        else:
            await cast[step].do_something(ids)

    assert await disagreements() == []
    assert await Question.count() == 4
