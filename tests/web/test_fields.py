"""Days, clock times and numbers as people type them."""

from datetime import date, time

import pytest

from eventsite.web.fields import read_clock, read_day

DAY = date(2027, 6, 26)


@pytest.mark.parametrize(
    "text",
    ["2027-06-26", "2027-6-26", "26/06/2027", "26/6/2027", "26.06.2027", "26-06-2027", "26 June 2027", "26 jun 2027"],
)
def test_a_day_is_read_in_every_usual_form(text: str) -> None:
    assert read_day(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "06/26/2027", "2027-02-29", "26/06/27", "0026-06-26", "1999-12-31", "2101-01-01"),
        *("26 Junk 2027", "26 ju1 2027", "٢٦/٠٦/٢٠٢٧"),
    ],
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_day(text) is None


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("09:30", time(9, 30)),
        ("9:30", time(9, 30)),
        ("9.30", time(9, 30)),
        ("09:30:00", time(9, 30)),
        ("9:30am", time(9, 30)),
        ("9:30 PM", time(21, 30)),
        ("9", time(9)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("midday", time(12)),
        ("Midnight", time(0)),
        ("23:59", time(23, 59)),
    ],
)
def test_a_clock_time_is_read_in_every_usual_form(text: str, clock: time) -> None:
    assert read_clock(text) == clock


@pytest.mark.parametrize("text", ["", "soon", "24:00", "9:60", "13pm", "0am", "9:3", "-1", "٩:٣٠"])
def test_what_is_no_clock_time_is_none(text: str) -> None:
    assert read_clock(text) is None
