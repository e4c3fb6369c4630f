"""Calendars with anything in them, each read by readers that are not ours. The long round: `python -m tests.soak`."""

import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from eventsite.calendars.entries import Entry, UnfitEntry
from eventsite.calendars.itip import request
from tests.calendars.factories import STAMP, parties, session
from tests.calendars.generating import (
    TEXTS,
    Written,
    calendars,
    ensure_icalendar_agrees,
    ensure_libical_agrees,
    ensure_only_what_was_meant,
    meant,
    span,
)
from tests.calendars.icaljs import IcalJs
from tests.calendars.libical import Libical
from tests.calendars.reading import lines

ROOT = Path(__file__).resolve().parents[2]
NO_LINE_OF_OURS = b"ATTENDEE:mailto:mallory@example.org\r\n"


@given(calendars())
@settings(max_examples=200)
def test_r1_9_r1_1_a_calendar_has_the_lines_that_were_meant_and_no_others(written: Written) -> None:
    ensure_only_what_was_meant(written)
    assert written.content.count(b"\r\nBEGIN:VEVENT\r\n") == len(written.entries)


@given(calendars())
@settings(max_examples=150)
def test_r1_9_icalendar_reads_what_was_meant(written: Written) -> None:
    ensure_icalendar_agrees(written)


@given(written=calendars())
@settings(max_examples=150)
def test_r1_9_r4_4_libical_reads_what_was_meant_and_finds_nothing_forbidden(libical: Libical, written: Written) -> None:
    ensure_libical_agrees(written, libical)


@given(batch=st.lists(calendars(), min_size=25, max_size=25))
@settings(max_examples=4, phases=[Phase.generate])
def test_r1_9_icaljs_reads_what_was_meant(icaljs: IcalJs, batch: list[Written]) -> None:
    events = icaljs.read(b"".join(written.content for written in batch))["events"]

    expected = [
        (sorted(written.names_of(entry)), entry.uid, meant(entry), span(entry))
        for written in batch
        for entry in written.entries
    ]
    for event, entry in zip(events, expected, strict=True):
        assert read_by_icaljs(event) == entry


@given(TEXTS, TEXTS)
def test_r1_10_r1_11_people_are_written_as_given_or_refused(name: str, address: str) -> None:
    try:
        people = parties(organizer_name=name, attendee=address)
    except UnfitEntry:
        return
    written = request(session(), people, stamp=STAMP)
    assert len(lines(written)) == len(lines(request(session(), parties(), stamp=STAMP)))


@pytest.mark.parametrize("spoiled", ["an injected line", "a lost line", "a changed word"])
def test_r1_9_a_line_that_was_not_meant_would_be_found(libical: Libical, spoiled: str) -> None:
    entry = session(summary="Meant")
    good = request(entry, parties(), stamp=STAMP)
    content = {
        "an injected line": good.replace(b"STATUS", NO_LINE_OF_OURS + b"STATUS"),
        "a lost line": good.replace(b"STATUS:CONFIRMED\r\n", b""),
        "a changed word": good.replace(b"SUMMARY:Meant", b"SUMMARY:Not meant"),
    }[spoiled]

    assert spoils(entry, content, libical) == (spoiled != "a changed word", True, True)
    assert spoils(entry, good, libical) == (False, False, False)


def test_the_long_round_says_what_it_did(libical: Libical) -> None:
    command = [sys.executable, "-m", "tests.soak", "calendars", "--count", "20"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    assert re.fullmatch(
        r"20 generated calendars with \d+ entries .* just as they were meant\. .* seconds\.\n", done.stdout
    )
    assert done.stderr == ""


def spoils(entry: Entry, content: bytes, libical: Libical) -> tuple[bool, ...]:
    """Which of the three finds fault with this content."""
    written = Written("REQUEST", content, [entry], parties())
    checks: list[Callable[[], None]] = [
        lambda: ensure_only_what_was_meant(written),
        lambda: ensure_icalendar_agrees(written),
        lambda: ensure_libical_agrees(written, libical),
    ]
    found = []
    for check in checks:
        try:
            check()
            found.append(False)
        except AssertionError:
            found.append(True)
    return tuple(found)


def read_by_icaljs(event: dict[str, Any]) -> tuple[Any, ...]:
    """Names, UID, texts and times as they are compared."""
    texts = tuple(event[name] or "" for name in ("summary", "location", "description"))
    times = tuple(moment(event[name]) for name in ("starts", "ends"))
    return sorted(event["names"]), event["uid"], texts, times


def moment(value: str) -> datetime | date:
    """A moment in UTC or a date, from ISO 8601."""
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
