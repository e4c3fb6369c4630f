"""How often a worker looks, how long it waits, how much it takes at once."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Spans are in seconds."""

    poll: float = 1
    jobs: float = 15
    first_pause: float = 1
    longest_pause: float = 60
    batch: int = 50
    # Letters that were delivered and are not yet written down as sent: so many may come twice after a power cut.
    most_unwritten: int = 20
    gathering: float = 0.01
    farewell: float = 15
    # Less left of a lease than a delivery may take, and it is renewed first.
    least_lease: float = 190
    waits_for_database: tuple[float, ...] = (0.1, 0.3, 1, 3, 10)


USUAL = Rhythm()
