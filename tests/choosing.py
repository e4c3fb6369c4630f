"""Which tests run here: some belong to one database, some need a program that a machine may lack.

A test that has no place here is left out, never skipped, and what was left out for want of something is told in one
line. With CI set nothing may be wanting, and a skip is a failure.
"""

import os
from collections import Counter
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest

from tests.calendars.icaljs import find_icaljs
from tests.calendars.libical import find_libical
from tests.mail.mailauth import find_mailauth
from tests.postfix import can_run

CHROMIUM = Path("/usr/bin/chromium")
SHARED = Path(os.environ.get("EVENTSITE_SHARED", Path(__file__).resolve().parents[2] / "shared"))


@dataclass(frozen=True)
class Need:
    """Something outside the project. `mark` is the marker or the fixture by which a test says that it needs it."""

    mark: str
    is_there: Callable[[], bool]
    missing: str

    def is_of(self, item: pytest.Item) -> bool:
        return item.get_closest_marker(self.mark) is not None or self.mark in getattr(item, "fixturenames", ())


NEEDS = [
    Need("browser", CHROMIUM.exists, "no browser at /usr/bin/chromium (apt-get install chromium)"),
    Need("libical", lambda: find_libical() is not None, "no libical (apt-get install libical3)"),
    Need("icaljs", lambda: find_icaljs() is not None, "no node with ical.js (npm install --prefix tests)"),
    Need("mailauth", lambda: find_mailauth() is not None, "no node with mailauth (npm install --prefix tests)"),
    Need("start_postfix", can_run, "no Postfix that we may start (apt-get install postfix; as root)"),
    Need("shared", (SHARED / "writeups").is_dir, "no folder ../shared with the real write-up beside the project"),
]
Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)
LEFT_OUT = pytest.StashKey[list[str]]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Takes out what belongs to the other database and what needs something that is not here."""
    missing = [need for need in NEEDS if any(map(need.is_of, items)) and not need.is_there()]
    if missing and os.environ.get("CI"):
        raise pytest.UsageError("; ".join(f"CI is set, and there is {need.missing}" for need in missing))
    wanting = Counter(need.missing for item in items for need in missing if need.is_of(item))
    config.stash[LEFT_OUT] = [f"{number} tests were left out: {reason}." for reason, number in wanting.items()]
    kept = [item for item in items if _belongs(item, config) and not any(need.is_of(item) for need in missing)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tells what was left out."""
    for line in terminalreporter.config.stash.get(LEFT_OUT, []):
        terminalreporter.write_line(line, yellow=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With CI set, a skipped test is a failed one."""
    report = yield
    return report if not _is_skip_in_ci(report) else _failed(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """With CI set, so is a whole file that skips itself."""
    report = yield
    return report if not _is_skip_in_ci(report) else _failed(report)


def _belongs(item: pytest.Item, config: pytest.Config) -> bool:
    mark = item.get_closest_marker("only_on")
    return mark is None or config.getoption("--db") in mark.args


def _is_skip_in_ci(report: pytest.TestReport | pytest.CollectReport) -> bool:
    return report.skipped and not hasattr(report, "wasxfail") and bool(os.environ.get("CI"))


def _failed(report: Report) -> Report:
    report.outcome = "failed"
    report.longrepr = f"Skipped, though CI is set: {report.longrepr}"
    return report
