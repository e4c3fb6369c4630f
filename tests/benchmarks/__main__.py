"""`python -m tests.benchmarks [--seconds 5] [--runs 3] [--db both]`: the table, side by side in one run."""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks import letters
from tests.benchmarks.load import Measured, side_by_side
from tests.benchmarks.servers import Server, bare, fetch, free_port, memory_of, serving, site
from tests.postgres import postgres_url

WRITEUP = "/writeups/how-do-we-deploy-ai-safely"
PAGES = {"writeup": WRITEUP, "event": "/events/hpn-midlands", "calendar": "/events/hpn-midlands.ics"}
FIRST_VIEWS = ["/", "/events", "/events/hpn-midlands", "/events/hpn-midlands/sessions/ai-safety", "/writeups", WRITEUP]
FIRST_VIEWS += ["/events/hpn-midlands/sessions/ai-safety/questions", "/interest", "/my", "/privacy"]


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--db", choices=["sqlite", "postgres", "both"], default="both")
    chosen = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("The load comes from wrk: install Debian's package of that name.")
    for engine in ["sqlite", "postgres"] if chosen.db == "both" else [chosen.db]:
        with tempfile.TemporaryDirectory() as folder, database(engine, Path(folder)) as url:
            measure(engine, url, Path(folder), seconds=chosen.seconds, runs=chosen.runs)
        feeds(engine)


@contextmanager
def database(engine: str, folder: Path) -> Iterator[str]:
    """A database with the demonstration content; PostgreSQL commits to the disk, as it would in earnest."""
    if engine == "sqlite":
        yield loaded(f"sqlite:///{folder}/benchmark.sqlite")
    else:
        with postgres_url(durable=True) as url:
            yield loaded(url)


def loaded(url: str) -> str:
    """The address of a database, once it is migrated and has the demonstration content."""
    environment = {"DATABASE_URL": url}
    for command in (["migrate"], ["demo", "--load-only"]):
        run = [sys.executable, "-m", "eventsite", *command]
        subprocess.run(run, env={**os.environ, **environment}, check=True, stdout=subprocess.DEVNULL)
    return url


def measure(engine: str, url: str, folder: Path, *, seconds: int, runs: int) -> None:
    """The table of one engine."""
    print(f"\n== {engine}: {seconds} s a run, medians of {runs}, 16 connections ==")
    port, bare_port, sharing_port = free_port(), free_port(), free_port()
    command, environment = site(port, url)
    with serving(command, port, first="/", environment=environment) as ours:
        print(f"start to first answer   {ours.started_in:6.2f} s     goal 0.7")
        print(f"memory at the start     {memory_of(ours.pid):6.1f} MB    goal 80")
        first_views(ours)
        given = {"FIXTURES": str(fixtures(ours, folder)), "DATABASE_URL": url, "EVENTS": event_ids(url)}
        with serving(bare(bare_port), bare_port, first="/event", environment=given) as floor:
            pages(ours, floor, seconds, runs)
            posts("interest POST", ours, floor, seconds, runs)
        if engine == "sqlite":
            given["SHARES_COMMITS"] = "yes"
            with serving(bare(sharing_port), sharing_port, first="/event", environment=given) as floor:
                posts("the same, floor sharing commits", ours, floor, seconds, runs)
        print(f"memory at the end       {memory_of(ours.pid):6.1f} MB    goal 80")
    sent = letters.measured(url, runs=runs)
    ratio, signed = sent.worker / sent.bare, sent.signed / sent.bare
    print(
        f"{'letters out of the outbox':32} {sent.worker:8.0f}/s  aiosmtplib {sent.bare:8.0f}/s  ratio {ratio:5.2f} "
        f"(goal 0.7)   signed {sent.signed:8.0f}/s  ratio {signed:5.2f}"
    )


def pages(ours: Server, floor: Server, seconds: int, runs: int) -> None:
    """Published pages against the same bytes."""
    for name, path in PAGES.items():
        mine, theirs = side_by_side([(ours, path), (floor, f"/{name}")], seconds=seconds, runs=runs)
        say(name, mine, theirs, goal=0.75)


def posts(name: str, ours: Server, floor: Server, seconds: int, runs: int) -> None:
    """The form of interest against the same form and rows."""
    targets = [(ours, "/interest"), (floor, "/interest")]
    say(name, *side_by_side(targets, seconds=seconds, runs=runs, posts=True), goal=0.35)


def say(name: str, mine: Measured, theirs: Measured, *, goal: float) -> None:
    """One line of the table."""
    ratio, tail = mine.rate / theirs.rate, mine.p99 / theirs.p99
    print(
        f"{name:32} {mine.rate:8.0f}/s  bare {theirs.rate:8.0f}/s  ratio {ratio:5.2f} (goal {goal})   "
        f"p99 {mine.p99:7.2f} ms  bare {theirs.p99:7.2f} ms  ratio {tail:5.2f}   "
        f"CPU {mine.cpu:6.0f} µs  bare {theirs.cpu:6.0f} µs  ratio {theirs.cpu / mine.cpu:5.2f}"
    )


def fixtures(ours: Server, folder: Path) -> Path:
    """The bytes the floor returns: what the site answers, and a letter of the usual size."""
    for name, path in PAGES.items():
        (folder / name).write_bytes(fetch(ours.address + path)[0])
    (folder / "letter.eml").write_bytes(b"Subject: as long as a letter is\r\n\r\n" + b"x" * 9000)
    return folder


def event_ids(url: str) -> str:
    """The ids of the two June events, for the floor's rows."""
    code = (
        "import asyncio\nfrom eventsite.cli import with_database\nfrom eventsite.database import execute\n"
        "sql = \"SELECT id FROM event WHERE slug <> 'hpn-north'\"\n"
        "print(','.join(row['id'] for row in asyncio.run(with_database(execute(sql)))))"
    )
    environment = {**os.environ, "DATABASE_URL": url}
    run = subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True)
    return run.stdout.strip()


def feeds(engine: str) -> None:
    """Calendars that people subscribe to, in a process of its own: the database is chosen at import."""
    print(flush=True)
    subprocess.run([sys.executable, "-m", "tests.benchmarks.feeds", "--db", engine], check=True)


def first_views(ours: Server) -> None:
    """What a browser that comes for the first time asks for, page by page."""
    for path in FIRST_VIEWS:
        wanted = {path}
        html = fetch(ours.address + path)[0].decode()
        wanted |= set(
            re.findall(r'<(?:link rel="(?:stylesheet|icon)"|script[^>]*|img)[^>]*?(?:href|src)="(/[^"]+)"', html)
        )
        size = sum(len(fetch(ours.address + each, **{"Accept-Encoding": "gzip"})[0]) for each in wanted)
        print(f"first view {path:58} {len(wanted)} requests {size / 1000:5.1f} kB   goal 4 and 20")


if __name__ == "__main__":
    main()
