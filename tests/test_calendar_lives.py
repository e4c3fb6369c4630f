"""A calendar entry lives as its event does, whatever happens in whatever order. The long round: tests/soak/lives.py."""

import asyncio

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from eventsite.stationery import Stationery
from tests.lives_machine import machine_of

SHORT = settings(max_examples=15, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck))


async def test_after_any_order_of_deeds_every_calendar_shows_what_the_database_says(
    database: None, stationery: Stationery
) -> None:
    machine = machine_of(asyncio.get_running_loop(), stationery)
    await asyncio.to_thread(run_state_machine_as_test, machine, settings=SHORT)
