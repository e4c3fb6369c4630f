"""The last seat: 64 people at once over HTTP, at two server processes; EVENTSITE_SOAK_DB is sqlite or postgres."""

import asyncio

from eventsite.cli.progress import bar
from tests.soak._databases import chosen_database, database_for, opened_database


def run(count: int) -> str:
    """Runs so many rounds. The first without exactly one winner is raised."""
    chosen = chosen_database()
    with database_for(chosen) as url:
        people = asyncio.run(_race(count, url))
    return f"{count:,} rounds of {people} people at once for the last seat, on {chosen}: one winner in each."


async def _race(count: int, url: str) -> int:
    from tests.http.last_seat import race_at
    from tests.servers import servers

    async with opened_database(), servers(2, url) as two, race_at(two) as race:
        with bar("Rounds") as progress:
            for number in range(count):
                await race.ensure_one_winner(await race.run())
                await race.again()
                progress(number + 1, count)
        return len(race.racers)
