"""Minutes on a running clock, and what a job title may say without leading to one person."""

from datetime import UTC, datetime, timedelta

import pytest

from eventsite.panel.rules import people, questions_start, role_of, roles_in_words, starts, time_left, votes_in_words

TEN = datetime(2027, 6, 26, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("job_title", "role"),
    [
        ("Chief nurse", "chief nurse"),
        ("CCIO", "CCIO"),
        ("Chief Nursing Information Officer", "Chief Nursing Information Officer"),
        ("CCIO, Canal Street NHS Trust", "CCIO"),
        ("CCIO at Somewhere Else", "CCIO"),
        ("Medical director for Example ICB", "medical director"),
        ("Head of nursing – Leeds", "head of nursing"),
        ("Chief nurse (Lagan Valley)", "chief nurse"),
        ("Canal Street NHS Trust chief nurse", "NHS Trust chief nurse".removeprefix("NHS Trust ")),
        ("Canal Street chief nurse", ""),
        ("Leeds Teaching Hospitals CCIO", ""),
        ("Ann Archer, chief nurse", ""),
        ("ann.archer@canal-street.example", ""),
        ("Director of digital", "director of digital"),
        ("", ""),
        ("7", ""),
        ("x" * 61, ""),
    ],
)
def test_a_role_is_a_job_without_employer_place_or_name(job_title: str, role: str) -> None:
    assert role_of(job_title, "Canal Street NHS Trust", "Ann Archer") == role


def test_a_role_needs_no_employer_to_be_one() -> None:
    assert role_of("Chief nurse", "", "") == "chief nurse"


def test_roles_are_counted_and_stand_in_an_order_that_tells_nothing() -> None:
    given = ["chief nurse", "CCIO", "", "Chief Nurse", "consultant"]
    assert roles_in_words(given) == roles_in_words(reversed(given)) == "CCIO, Chief Nurse (2), consultant"
    assert roles_in_words([]) == ""


def test_each_question_starts_when_the_one_before_it_is_over() -> None:
    assert starts(TEN, [7, None, 3]) == [TEN, TEN + timedelta(minutes=7), TEN + timedelta(minutes=12)]


@pytest.mark.parametrize(("minutes", "from_the_start"), [(45, 30), (75, 0), (90, 0)])
def test_the_questions_end_with_the_panel(minutes: int, from_the_start: int) -> None:
    end = TEN + timedelta(minutes=75)
    assert questions_start(TEN, end, minutes) == TEN + timedelta(minutes=from_the_start)


@pytest.mark.parametrize(
    ("spent", "words"),
    [
        (0, "5 of 5 minutes left"),
        (59, "5 of 5 minutes left"),
        (60, "4 of 5 minutes left"),
        (300, "0 of 5 minutes left"),
        (360, "1 minute over"),
        (600, "5 minutes over"),
        (-30, "5 of 5 minutes left"),
    ],
)
def test_time_that_is_left_is_said_in_whole_minutes(spent: int, words: str) -> None:
    assert time_left(TEN, None, TEN + timedelta(seconds=spent)) == words


def test_numbers_are_said_as_people_say_them() -> None:
    assert [people(1), people(7)] == ["asked by 1 person", "asked by 7 people"]
    assert [votes_in_words(1), votes_in_words(2)] == ["1 vote", "2 votes"]
    assert time_left(TEN, 1, TEN) == "1 of 1 minute left"
