"""What may stand in a calendar, and how it is cleaned."""

import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsite.calendars.entries import Status, UnfitEntry, clean_line, clean_text
from tests.calendars.factories import event, session, subscription

LONDON = ZoneInfo("Europe/London")


def test_r1_6_moments_are_kept_in_london_whatever_zone_they_came_in() -> None:
    entry = session(starts=datetime(2027, 6, 26, 4, 30, tzinfo=ZoneInfo("America/New_York")))

    assert entry.starts == datetime(2027, 6, 26, 9, 30, tzinfo=LONDON)
    assert isinstance(entry.starts, datetime)
    assert entry.starts.tzinfo is not None
    assert str(entry.starts.tzinfo) == "Europe/London"


def test_r1_5_a_naive_time_is_refused() -> None:
    with pytest.raises(UnfitEntry, match="has no time zone"):
        session(starts=datetime(2027, 6, 26, 9, 30))  # noqa: DTZ001 -- the naive moment is what is refused


@pytest.mark.parametrize("field", ["starts", "ends", "modified", "created"])
def test_r1_6_a_fixed_offset_is_refused(field: str) -> None:
    fixed = datetime(2027, 6, 26, 9, 30, tzinfo=timezone(timedelta(hours=1)))

    with pytest.raises(UnfitEntry, match="fixed offset"):
        session(**{field: fixed})


@pytest.mark.parametrize("minutes", [0, -1])
def test_r1_5_an_entry_ends_after_it_starts(minutes: int) -> None:
    starts = datetime(2027, 6, 26, 8, 30, tzinfo=UTC)

    with pytest.raises(UnfitEntry, match="ends after it starts"):
        session(starts=starts, ends=starts + timedelta(minutes=minutes))


def test_r1_5_the_end_is_compared_with_the_start_in_utc_when_the_clocks_go_back() -> None:
    starts = datetime(2027, 10, 31, 0, 50, tzinfo=UTC)

    entry = session(starts=starts, ends=starts + timedelta(minutes=20))

    assert entry.starts == starts.astimezone(LONDON)


def test_r1_8_whole_days_are_two_dates_in_order() -> None:
    assert event(ends=date(2027, 6, 26)).last_day == date(2027, 6, 26)
    with pytest.raises(UnfitEntry, match="not before its first"):
        event(ends=date(2027, 6, 25))


def test_r1_8_a_date_and_a_clock_time_do_not_mix() -> None:
    with pytest.raises(UnfitEntry, match="not one of each"):
        session(ends=date(2027, 6, 26))


def test_r1_8_whole_days_leave_the_time_free() -> None:
    assert event().is_free
    assert not session().is_free


@pytest.mark.parametrize("uid", ["", "with space@x", "two\r\nlines", "quote\"'", "é@x", "u" * 256])
def test_r1_3_a_uid_is_plain(uid: str) -> None:
    with pytest.raises(UnfitEntry, match="UID"):
        session(uid=uid)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "webcal://x",
        "https://x/ y",
        "https://x/é",
        "https://x\r\nA:b",
        "https://x/\\n",
        'https://x/"',
        "https://x/^n",
    ],
)
def test_r1_12_an_address_is_https_and_ascii(url: str) -> None:
    with pytest.raises(UnfitEntry, match="https://"):
        session(url=url)


@pytest.mark.parametrize("sequence", [-1, 2**31])
def test_r4_7_a_sequence_fits_in_31_bits(sequence: int) -> None:
    with pytest.raises(UnfitEntry, match="sequence"):
        session(sequence=sequence)


def test_a_feeds_colour_is_a_css_name() -> None:
    with pytest.raises(UnfitEntry, match="colour"):
        subscription(colour="#005eb8")


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\x00b\x1fc\x7fd\x9fe", "abcde"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("one\r\ntwo\rthree\u2028four\u2029five", "one\ntwo\nthree\nfour\nfive"),
        ("\ufeffbyte order\ufeff mark", "byte order mark"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        ("e\u0301te\x00\u0301", "été"),
        ("  round  ", "round"),
        ("right \u200fto left 🧡", "right \u200fto left 🧡"),
    ],
)
def test_r1_9_text_is_cleaned(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


def test_r1_9_a_line_has_no_line_ends() -> None:
    entry = session(
        summary="Two\r\nlines", location=" Hall \n 1\u2028High   Street ", categories=("HPN\nNorth", "\x00")
    )

    assert (entry.summary, entry.location, entry.categories) == ("Two lines", "Hall 1 High Street", ("HPN North",))


def test_r1_9_texts_have_their_caps() -> None:
    entry = session(summary="s" * 300, location="l" * 300, description="d" * 5000)

    assert (len(entry.title), len(entry.location), len(entry.details)) == (255, 255, 4000)
    assert entry.summary.endswith("s…")


@given(st.text(st.characters()))
def test_r1_9_clean_text_stays_as_it_is_when_cleaned_again(raw: str) -> None:
    cleaned = clean_text(raw)

    assert clean_text(cleaned) == cleaned
    assert clean_line(cleaned) == clean_line(raw)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned.encode().decode() == cleaned


def test_r1_12_the_address_stands_on_a_line_of_its_own_under_the_description() -> None:
    entry = session(description="All welcome.", url="https://events.example.org/a")

    assert entry.details == "All welcome.\n\nhttps://events.example.org/a"


def test_r1_12_an_address_that_is_already_there_is_not_said_twice() -> None:
    entry = session(description="All welcome.\nhttps://events.example.org/a", url="https://events.example.org/a")

    assert entry.details == "All welcome.\nhttps://events.example.org/a"


def test_r1_12_a_long_description_gives_way_to_the_address() -> None:
    entry = session(description="d" * 5000)

    assert entry.details.endswith(f"d…\n\n{entry.url}")
    assert len(entry.details) == 4000


def test_r3_6_a_cancelled_entry_says_so_in_its_title_and_frees_the_time() -> None:
    entry = session(status=Status.CANCELLED, summary="s" * 255)

    assert entry.title.startswith("Cancelled: sss")
    assert len(entry.title) == 255
    assert entry.is_free


def test_a_hold_is_the_whole_days_of_an_entry() -> None:
    overnight = session(ends=datetime(2027, 6, 26, 23, 30, tzinfo=UTC))
    until_midnight = session(ends=datetime(2027, 6, 26, 23, 0, tzinfo=UTC))

    assert (overnight.as_hold().starts, overnight.as_hold().ends) == (date(2027, 6, 26), date(2027, 6, 27))
    assert until_midnight.as_hold().ends == date(2027, 6, 26)


def test_a_hold_of_a_cancelled_event_stays_cancelled() -> None:
    assert event(status=Status.CANCELLED).as_hold().status is Status.CANCELLED
    assert event().as_hold().status is Status.TENTATIVE


def test_r1_3_a_uid_may_end_in_any_host_a_site_can_have() -> None:
    assert session(uid="session-1@::1").uid == "session-1@::1"
