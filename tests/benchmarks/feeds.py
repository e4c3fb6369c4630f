"""`python -m tests.benchmarks.feeds [--seconds 2] [--runs 3] [--db sqlite]`: calendars that people subscribe to.

A feed of 50 sessions beside the same bytes out of memory, and its 304 beside a bare one. A person's own feed is asked
for as many people, since each calendar may ask so often and no more.
"""

import argparse
import asyncio
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.servers import Server, cpu_of, fetch, free_port, serving, site
from tests.postgres import postgres_url

SESSIONS, PEOPLE, CONNECTIONS = 50, 150, 16
PUBLIC = "/events/hpn-fifty.ics"
ASKING = """
local paths, tags, number = {%s}, {%s}, 0
function request()
  number = number + 1
  local chosen = number %% #paths + 1
  return wrk.format("GET", paths[chosen], {["If-None-Match"] = tags[chosen]})
end
"""


@dataclass(frozen=True)
class Asked:
    """Paths of a server, each with the tag that the asker has, if any."""

    server: Server
    paths: Sequence[str]
    tags: Sequence[str] = ()


@dataclass(frozen=True)
class Measured:
    """Answers a second, and microseconds of the server's process for one."""

    rate: float
    cpu: float


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.feeds", description=__doc__)
    parser.add_argument("--seconds", type=int, default=2)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--db", choices=["sqlite", "postgres"], default="sqlite")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, _database(chosen.db, folder) as url:
        port, bare_port = free_port(), free_port()
        command, environment = site(port, url)
        # The engine is made at import.
        os.environ.update(environment)
        own = asyncio.run(_load())
        with serving(command, port, first="/livez", environment=environment) as ours:
            body, fields = fetch(ours.address + PUBLIC)
            (Path(folder) / "feed").write_bytes(body)
            given = {"FEED": f"{folder}/feed", "TAG": fields["etag"]}
            with serving(_bare(bare_port), bare_port, first="/feed", environment=given) as floor:
                print(f"{chosen.db}: {SESSIONS} sessions, {len(body):,} bytes; {chosen.seconds} s a run")
                _table(ours, floor, own, fields["etag"], chosen.seconds, chosen.runs)


def _table(ours: Server, floor: Server, own: Sequence[str], tag: str, seconds: int, runs: int) -> None:
    tags = [fetch(ours.address + path)[1]["etag"] for path in own]
    for name, goal, mine, theirs in (
        ("the event's feed", 0.5, Asked(ours, [PUBLIC]), Asked(floor, ["/feed"])),
        ("its 304", 0.7, Asked(ours, [PUBLIC], [tag]), Asked(floor, ["/feed"], [tag])),
        ("a person's own feed", None, Asked(ours, own), Asked(floor, ["/feed"])),
        ("its 304", None, Asked(ours, own, tags), Asked(floor, ["/feed"], [tag])),
    ):
        one, other = _side_by_side([mine, theirs], seconds, runs)
        print(
            f"{name:20} {one.rate:7.0f}/s  bare {other.rate:7.0f}/s  ratio {one.rate / other.rate:5.2f} "
            f"({f'goal {goal}' if goal else 'shown beside it'})   CPU {one.cpu:6.0f} µs  bare {other.cpu:6.0f} µs"
        )


def _side_by_side(both: Sequence[Asked], seconds: int, runs: int) -> list[Measured]:
    """In turn, several times over, so that a noisy minute falls on both; the medians."""
    results = [[_wrk(asked, seconds) for asked in both] for _ in range(runs)]
    return [
        Measured(median(one.rate for one in each), median(one.cpu for one in each))
        for each in zip(*results, strict=True)
    ]


def _wrk(asked: Asked, seconds: int) -> Measured:
    def quoted(words: Sequence[str]) -> str:
        return ", ".join("'" + word + "'" for word in words)

    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(ASKING % (quoted(asked.paths), quoted(asked.tags)))
        script.flush()
        begun = cpu_of(asked.server.pid)
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", script.name, asked.server.address]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate, answers = re.search(r"Requests/sec:\s+([\d.]+)", said), re.search(r"(\d+) requests in", said)
    assert rate
    assert answers
    if "Non-2xx or 3xx" in said:
        raise SystemExit("Some were refused: the figures would mean nothing. Choose fewer seconds or runs.")
    return Measured(float(rate[1]), (cpu_of(asked.server.pid) - begun) / int(answers[1]) * 1_000_000)


async def _load() -> list[str]:
    """An event of fifty sessions, and people who added all of them; the paths of their feeds."""
    from eventsite.database import close_database, open_database, transaction
    from eventsite.database.migrate import migrate
    from eventsite.interest.tables import Interest, InterestState, Seat
    from eventsite.people.tables import Person
    from eventsite.tokens import Purpose, make_token
    from tests.factories import MADE_AT, make_event, make_session

    await open_database()
    await migrate()
    async with transaction():
        starts = datetime(2097, 6, 26, 8, 0, tzinfo=UTC)
        event = await make_event(slug="hpn-fifty", starts_on=starts.date(), ends_on=starts.date())
        moments = [starts + timedelta(minutes=10 * number) for number in range(SESSIONS)]
        lasting = timedelta(minutes=50)
        sessions = [await make_session(event, starts_at=at, ends_at=at + lasting) for at in moments]
        at: dict[str, Any] = {"created_at": MADE_AT, "updated_at": MADE_AT}
        changed: dict[str, Any] = {"changed_at": MADE_AT}
        emails = [f"reader-{number}@trust.example" for number in range(PEOPLE)]
        people = [Person(email=email, email_key=email, name="Reader", **at) for email in emails]
        await Person.insert(*people)
        accepted = {"event": event.id, "state": InterestState.ACCEPTED, "registered_at": MADE_AT, **changed}
        await Interest.insert(*(Interest(person=person.id, **accepted) for person in people))
        for person in people:
            seats = [Seat(person=person.id, session=each.id, created_at=MADE_AT, **changed) for each in sessions]
            await Seat.insert(*seats)
    await close_database()
    secret = os.environ["SECRET_KEY"]
    return [f"/calendar/{make_token(secret, Purpose.CALENDAR, person.id, 0)}.ics" for person in people]


@contextmanager
def _database(engine: str, folder: str) -> Iterator[str]:
    if engine == "sqlite":
        yield f"sqlite:///{folder}/benchmark.sqlite"
    else:
        with postgres_url(durable=True) as url:
            yield url


def _bare(port: int) -> list[str]:
    quiet = ["--no-access-log", "--log-level", "error"]
    return ["-m", "uvicorn", "tests.benchmarks.bare_feed:app", "--port", str(port), *quiet]


if __name__ == "__main__":
    main()
