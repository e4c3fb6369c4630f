"""Time: four times the text takes about four times as long, whatever is in it."""

from time import process_time

import pytest

from eventsite.questions.patient_data import find_incident, find_personal, told_once
from eventsite.questions.patient_data.findings import Finding


def seconds(text: str) -> float:
    """The shortest of a few readings."""
    taken = []
    for _ in range(3):
        started = process_time()
        find_personal(text), find_incident(text)
        taken.append(process_time() - started)
    return min(taken)


@pytest.mark.parametrize(
    "piece",
    [
        "born ",
        "dob is ",
        "birthday on ",
        "MRN of ",
        "hospital number on the ",
        "told Nina Kapoor that the ",
        "Nina Kapoor was told by the ",
        "the alert did not ",
        "the and ",
        "we saw the ",
        "the records ",
        "turned 70 on ",
        "MRN (a ",
        "12 March ",
        "the board knows ",
        "dob, a",
        "1 ",
        "a-",
        "dob-",
        "born a-",
        "it's ",
        "he was and ",
        "a",
        "1 2 3 4 ",
        "my mum ",
        "wrong ",
        "died ",
        "the tool missed the ",
        "told not to ",
        "Ann ",
        "Mr A. B. C. ",
        "ann bell ",
        "3 May 1938 ",
        "born on the ",
        "signed without ",
        "if we ",
    ],
)
def test_a_long_hostile_text_takes_no_longer_than_its_length(piece: str) -> None:
    short, long = seconds((piece * 4_000)[:4_000]), seconds((piece * 4_000)[:16_000])
    # A square would be sixteen times; the floor keeps the clock's own grain out of it.
    assert long < 9 * max(short, 0.01)


def test_counting_up_takes_no_longer_than_its_length() -> None:
    counted = " ".join(map(str, range(1, 6_000)))
    assert seconds(counted[:16_000]) < 9 * max(seconds(counted[:4_000]), 0.01)


def test_what_overlaps_is_told_once_and_the_first_has_the_place() -> None:
    personal, incident = [Finding(4, 8, "named_person")], [Finding(0, 12, "incident"), Finding(5, 7, "incident")]
    assert told_once(personal, incident, 12) == (
        Finding(0, 4, "incident"),
        Finding(4, 8, "named_person"),
        Finding(8, 12, "incident"),
    )
