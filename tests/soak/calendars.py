"""Generated calendars of every kind, each read by icalendar and libical and looked at line by line."""

from itertools import count as numbers
from secrets import randbelow

from hypothesis import HealthCheck, Phase, given, seed, settings

from eventsite.cli.progress import bar
from tests.calendars.generating import (
    Written,
    calendars,
    ensure_icalendar_agrees,
    ensure_libical_agrees,
    ensure_only_what_was_meant,
)
from tests.calendars.libical import Libical, find_libical

# hypothesis remembers every example of a run, so a long round is many runs.
RUN = 500


def run(count: int) -> str:
    """Reads so many calendars. The first that is not just what was meant is made small, shown and raised."""
    libical = find_libical()
    if libical is None:
        raise SystemExit("There is no libical to read with (apt-get install libical3).")
    first, done, entries = randbelow(1_000_000), 0, 0
    with bar("Calendars") as progress:
        for number in numbers(first):
            read = _read(min(RUN, count - done), number, libical)
            done += len(read)
            entries += sum(read)
            progress(done, count)
            if done >= count:
                break
    return (
        f"{done:,} generated calendars with {entries:,} entries (seed {first}): all are read just as they were meant."
    )


def _read(count: int, number: int, libical: Libical) -> list[int]:
    """Reads so many, and says how many entries each had."""
    read = []

    @seed(number)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(calendars())
    def each(written: Written) -> None:
        ensure_only_what_was_meant(written)
        ensure_icalendar_agrees(written)
        ensure_libical_agrees(written, libical)
        read.append(len(written.entries))

    each()
    return read
