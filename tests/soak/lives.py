"""Calendar entries through any order of deeds, failures and crashes; EVENTSITE_SOAK_DB is sqlite or postgres."""

import asyncio
from secrets import randbelow

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from eventsite.cli.progress import bar
from tests.soak._databases import chosen_database, database_for, opened_database

# hypothesis remembers every example of a run, so a long round is many runs.
RUN = 20
STEPS = 60


def run(count: int) -> str:
    """Lives so many lives. The first that ends with a wrong calendar is made small, shown and raised."""
    first, chosen = randbelow(1_000_000), chosen_database()
    with database_for(chosen):
        asyncio.run(_live(count, first))
    return f"{count:,} lives of up to {STEPS} deeds (seed {first}), on {chosen}: every calendar was right in the end."


async def _live(count: int, first: int) -> None:
    from eventsite.presentation import stationery_for
    from eventsite.settings import load_settings
    from tests.conftest import SECRET, SITE_URL
    from tests.lives_machine import machine_of

    said = {"secret_key": SECRET, "site_url": SITE_URL, "mail_from": "events@events.example.org"}
    machine = machine_of(asyncio.get_running_loop(), stationery_for(load_settings(said)))
    async with opened_database():
        with bar("Lives") as progress:
            for done in range(0, count, RUN):
                chosen = seed(first + done)(machine)
                how = settings(
                    max_examples=min(RUN, count - done),
                    stateful_step_count=STEPS,
                    database=None,
                    deadline=None,
                    phases=[Phase.generate, Phase.shrink],
                    suppress_health_check=list(HealthCheck),
                )
                await asyncio.to_thread(run_state_machine_as_test, chosen, settings=how)
                progress(min(done + RUN, count), count)
