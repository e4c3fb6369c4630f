"""Two moderators in two processes, and a worker: random deeds on the same questions at once, and whether all agrees.

Time runs twenty times as fast as the wall's, so that letters leave while decisions are undone.
"""

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.conftest import SECRET, SITE_URL
from tests.postgres import postgres_url

ROOT = Path(__file__).resolve().parents[2]
STARTED = datetime(2027, 3, 10, 12, 0, tzinfo=UTC)
SPEED = 20
WITH_ADDRESS = 0.7


@dataclass(frozen=True)
class Result:
    """What two moderators did, and every sentence about what does not agree."""

    done: Counter[str]
    refused: Counter[str]
    seconds: float
    letters: Counter[str]
    states: Counter[str]
    wrong: list[str]


def main(arguments: list[str]) -> None:
    """Prints the table of each engine."""
    parser = argparse.ArgumentParser(prog="python -m tests.measures moderators")
    parser.add_argument("--db", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--questions", type=int, default=500)
    parser.add_argument("--deeds", type=int, default=2000, help="what each of the two tries")
    chosen = parser.parse_args(arguments)
    wrong = 0
    for engine in ["sqlite", "postgres"] if chosen.db == "both" else [chosen.db]:
        with _database(engine) as url:
            words = [str(chosen.questions), str(chosen.deeds)]
            wrong += subprocess.run(
                [sys.executable, "-m", "tests.measures.moderators", "measure", engine, *words],
                cwd=ROOT,
                env={**os.environ, "DATABASE_URL": url},
                check=False,
            ).returncode
    sys.exit(1 if wrong else 0)


async def two_moderators(database_url: str, questions: int, deeds: int) -> Result:
    """Lets two processes moderate the same questions on this process's open, migrated and empty database."""
    from tests.questions.agreement import disagreements

    ids, organisers = await _prepared(questions)
    begun = time.time()
    told = json.dumps({"ids": ids, "deeds": deeds, "begun": begun})
    running = [await _started(database_url, organiser, seed) for seed, organiser in enumerate(organisers)]
    working = asyncio.create_task(_deliver(begun))
    answers = await asyncio.gather(*(process.communicate(told.encode()) for process in running))
    seconds = time.time() - begun
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    said = [json.loads(answer or b'{"done": {}, "refused": {"crash": 1}}') for answer, _ in answers]
    wrong = [f"a moderator ended with {process.returncode}" for process in running if process.returncode]
    return Result(
        done=sum((Counter(one["done"]) for one in said), Counter()),
        refused=sum((Counter(one["refused"]) for one in said), Counter()),
        seconds=seconds,
        letters=await _counted("SELECT state AS what, COUNT(*) AS number FROM outbox_letter GROUP BY state"),
        states=await _counted("SELECT state AS what, COUNT(*) AS number FROM question GROUP BY state"),
        wrong=wrong + await disagreements(),
    )


def table(engine: str, questions: int, result: Result) -> str:
    """The figures of one engine."""
    lines = {
        "questions": questions,
        "deeds done": f"{result.done.total()} ({result.done.total() / result.seconds:.0f} a second)",
        "  of these": _listed(result.done),
        "refused": f"{result.refused.total()}: {_listed(result.refused)}",
        "letters": _listed(result.letters),
        "states": _listed(result.states),
        "disagreements": len(result.wrong),
    }
    return "\n".join([engine, *(f"  {name:<14} {value}" for name, value in lines.items()), *result.wrong[:20]])


def _listed(counted: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counted.most_common())


@contextmanager
def _database(engine: str) -> Iterator[str]:
    if engine == "postgres":
        with postgres_url(durable=True) as url:
            yield url
        return
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/moderators.sqlite"


async def _started(database_url: str, organiser: str, seed: int) -> asyncio.subprocess.Process:
    command = [sys.executable, "-m", "tests.measures.moderators", "moderate", organiser, str(seed)]
    pipe = asyncio.subprocess.PIPE
    environment = {**os.environ, "DATABASE_URL": database_url}
    return await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe)


async def _prepared(questions: int) -> tuple[list[str], list[str]]:
    from eventsite.people.tables import Person
    from tests.organisers.factories import make_organiser
    from tests.questions.factories import make_panel, make_question

    _, session = await make_panel()
    chance, ids = random.Random(questions), []
    for number in range(questions):
        person = None
        if chance.random() < WITH_ADDRESS:
            address = f"asker-{number}@example.org"
            asker = Person(email=address, email_key=address, name="", created_at=STARTED, updated_at=STARTED)
            await asker.save()
            person = asker.id
        ids.append((await make_question(session, person=person)).id)
    return ids, [(await make_organiser(password=None)).id for _ in range(2)]


async def _deliver(begun: float) -> None:
    from tests.questions.at_random import post

    while True:
        await post("the worker", _fast(begun))
        await asyncio.sleep(0.05)


async def _counted(query: str) -> Counter[str]:
    from eventsite.database import execute

    return Counter({row["what"]: row["number"] for row in await execute(query)})


def _fast(begun: float) -> datetime:
    return STARTED + timedelta(seconds=(time.time() - begun) * SPEED)


async def _moderate(organiser: str, seed: int) -> None:
    """One moderator: what to do comes by standard input, what was done goes to standard output."""
    from eventsite.database import close_database, open_database
    from eventsite.presentation import stationery_for
    from eventsite.settings import load_settings
    from tests.questions.at_random import Somebody

    told = json.loads(sys.stdin.read())
    settings = load_settings({"secret_key": SECRET, "site_url": SITE_URL, "mail_from": "events@events.example.org"})
    chance = random.Random(seed)
    somebody = Somebody(organiser, stationery_for(settings), lambda: _fast(told["begun"]), chance, 0.02)
    await open_database()
    for _ in range(told["deeds"]):
        await somebody.do_something(told["ids"])
        if chance.random() < 0.01:
            await somebody.take_back(told["ids"])
    await close_database()
    print(json.dumps({"done": somebody.done, "refused": somebody.refused}))


async def _measure(engine: str, questions: int, deeds: int) -> int:
    from eventsite.database import close_database, open_database
    from eventsite.database.migrate import migrate

    await open_database()
    await migrate()
    result = await two_moderators(os.environ["DATABASE_URL"], questions, deeds)
    await close_database()
    print(table(engine, questions, result), flush=True)
    return 1 if result.wrong else 0


if __name__ == "__main__":
    what, *words = sys.argv[1:]
    if what == "moderate":
        asyncio.run(_moderate(words[0], int(words[1])))
    else:
        sys.exit(asyncio.run(_measure(words[0], int(words[1]), int(words[2]))))
