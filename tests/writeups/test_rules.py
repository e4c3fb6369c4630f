"""What holds of write-ups without asking the database."""

from datetime import date
from typing import Any

import pytest

from eventsite.events.tables import Event, Speaker
from eventsite.writeups.rules import (
    LARGEST_FILE,
    NotReady,
    UnfitFile,
    WriteupEdit,
    clipped,
    ensure_complete,
    ensure_takable,
    find_event,
    find_speaker,
    missing_from,
)
from tests.factories import MADE_AT

MARCH = (date(2025, 3, 6), date(2025, 3, 7))
JUNE = (date(2027, 6, 26), date(2027, 6, 27))
MADE: dict[str, Any] = {"created_at": MADE_AT, "updated_at": MADE_AT}
NORTH = Event(name="HPN North", starts_on=MARCH[0], ends_on=MARCH[1], **MADE)
MIDLANDS = Event(name="HPN Midlands", starts_on=JUNE[0], ends_on=JUNE[1], **MADE)
MENTAL_HEALTH = Event(name="HPN Mental Health", starts_on=JUNE[0], ends_on=JUNE[1], **MADE)
EVENTS = [NORTH, MIDLANDS, MENTAL_HEALTH]

LEE = Speaker(name="Lee Rickles", job_title="Chief Information Officer", organisation="Humber Trust", **MADE)
LEE_BEFORE = Speaker(name="Lee Rickles", job_title="Analyst", organisation="Humber Trust", **MADE)
LEE_ELSEWHERE = Speaker(name="Lee Rickles", job_title="Baker", organisation="Rickles and Sons", **MADE)


@pytest.mark.parametrize(
    ("name", "dates", "event", "is_sure"),
    [
        ("Healthcare Partnership Network North", MARCH, NORTH, True),
        ("HPN Midlands", JUNE, MIDLANDS, True),
        ("Healthcare Partnership Network Mental Health", JUNE, MENTAL_HEALTH, True),
        ("A day in Leeds", MARCH, NORTH, False),
        ("", MARCH, NORTH, False),
        ("HPN North", None, NORTH, False),
        ("HPN South", JUNE, None, False),
        ("HPN North", JUNE, None, False),
        ("HPN North", (date(2024, 3, 6), date(2024, 3, 7)), None, False),
        ("", None, None, False),
    ],
)
def test_an_event_is_found_by_its_dates_and_then_by_the_last_word_of_its_name(
    name: str, dates: tuple[date, date] | None, event: Event | None, is_sure: bool
) -> None:
    found = find_event("", name, dates, EVENTS)

    assert found.event is event
    assert (found.doubt == "") is is_sure


def test_the_line_that_could_not_be_matched_is_quoted_to_the_organiser() -> None:
    found = find_event("HPN South, 1 May 2025", "HPN South", (date(2025, 5, 1), date(2025, 5, 1)), EVENTS)

    assert found.doubt.startswith("“HPN South, 1 May 2025” names no event that is known here")


@pytest.mark.parametrize(
    ("who", "known", "found"),
    [
        (("Lee Rickles", "Chief Information Officer", "Humber Trust"), [LEE_BEFORE, LEE], LEE),
        (("lee  rickles", "", "HUMBER TRUST"), [LEE_ELSEWHERE, LEE], LEE),
        (("Lee Rickles", "Director", "Humber Trust"), [LEE], LEE),
        (("Lee Rickles", "", ""), [LEE], LEE),
        (("Lee Rickles", "", ""), [LEE, LEE_ELSEWHERE], None),
        (("Lee Rickles", "", "Elsewhere"), [LEE], None),
        (("Leo Rickles", "", "Humber Trust"), [LEE], None),
    ],
)
def test_a_person_is_known_by_name_and_organisation(
    who: tuple[str, str, str], known: list[Speaker], found: Speaker | None
) -> None:
    assert find_speaker(*who, known) is found


def test_what_a_write_up_lacks_is_said_field_by_field_in_the_order_of_the_page() -> None:
    assert [field for field, _ in missing_from(WriteupEdit())] == ["title", "standfirst", "body", "image", "image_alt"]
    full = WriteupEdit("Title", "Standfirst", "Body", drawing="a.svg", image_alt="Alt")
    assert missing_from(full) == []
    assert missing_from(WriteupEdit("Title", " \n", "Body", picture="1", image_alt="Alt"))[0][0] == "standfirst"


def test_a_refusal_to_publish_is_one_sentence_of_what_to_do() -> None:
    with pytest.raises(NotReady) as caught:
        ensure_complete(WriteupEdit("Title", "Standfirst", "Body", drawing="a.svg"))

    assert str(caught.value) == "Not published yet: Say what the header image shows, for those who cannot see it."


def test_a_file_has_content_and_at_most_ten_megabytes() -> None:
    ensure_takable(b"x" * LARGEST_FILE)

    with pytest.raises(UnfitFile, match="The file is empty"):
        ensure_takable(b"")
    with pytest.raises(UnfitFile, match="10 MB or smaller"):
        ensure_takable(b"x" * (LARGEST_FILE + 1))


def test_a_text_too_long_for_its_column_is_cut_between_words() -> None:
    assert clipped("  one \n two ", 7) == "one two"
    assert clipped("one two three", 9) == "one two…"
    assert clipped("onetwothree", 5) == "onet…"
