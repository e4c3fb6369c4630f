"""Days in the line about an event."""

from datetime import date

import pytest

from eventsite.writeups.importing.anatomy import read_event_line
from eventsite.writeups.importing.dates import find_dates


@pytest.mark.parametrize(
    "text",
    [
        "6-7 March 2025", "6–7 March 2025", "6 and 7 March 2025", "6 to 7 March 2025", "6th & 7th Mar 2025",
        "Thursday 6 and Friday 7 March 2025", "6 March and 7 March 2025", "March 6-7, 2025", "06/03/2025 - 07/03/2025",
        "2025-03-06 to 2025-03-07", "6\u00a0–\u00a07 March 2025",
    ],
)  # fmt: skip
def test_two_days_are_read_however_they_are_written(text: str) -> None:
    found = find_dates(f"HPN, {text} (Hull)")
    assert found is not None
    assert found.days == (date(2025, 3, 6), date(2025, 3, 7))


@pytest.mark.parametrize(
    "text", ["12 September 2024", "Thursday 12th Sept. 2024", "September 12, 2024", "12/09/2024", "2024-09-12"]
)
def test_one_day_is_both_first_and_last(text: str) -> None:
    found = find_dates(text)
    assert found is not None
    assert found.days == (date(2024, 9, 12), date(2024, 9, 12))


def test_two_months_and_two_years() -> None:
    months, years = find_dates("30 June - 1 July 2025"), find_dates("31 December 2025 – 1 January 2026")
    assert months is not None
    assert months.days == (date(2025, 6, 30), date(2025, 7, 1))
    assert years is not None
    assert years.days == (date(2025, 12, 31), date(2026, 1, 1))


@pytest.mark.parametrize("text", ["26-27 June", "31 June 2025", "7-6 March 2025"])
def test_a_day_without_a_year_or_that_does_not_exist_is_found_but_not_believed(text: str) -> None:
    found = find_dates(text)
    assert found is not None
    assert found.days is None


@pytest.mark.parametrize("text", ["in May 2025", "12 people and 13 beds", "24/7", "", "section 3.1"])
def test_other_numbers_are_no_days(text: str) -> None:
    assert find_dates(text) is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("HPN North, 6-7 March 2025", "HPN North"), ("26 June 2024 | HPN Midlands | Birmingham", "HPN Midlands"),
        ("Held at HPN South (12 May 2025)", "HPN South"), ("HPN Mental Health – 26-27 June", "HPN Mental Health"),
        ("HPN North", "HPN North"), ("12 May 2025", ""),
    ],
)  # fmt: skip
def test_the_event_is_named_by_what_is_no_day(line: str, name: str) -> None:
    assert read_event_line(line).name == name
