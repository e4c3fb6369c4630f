"""What is promised of the finder holds on the texts it was made with."""

from tests.measures.patient_data import GOALS, PRECISION, labelled_texts, score


def test_the_finder_is_as_good_as_is_promised() -> None:
    result = score(labelled_texts("tuning"))
    assert {code: result.recall(code) for code, goal in GOALS.items() if result.recall(code) < goal} == {}
    assert result.precision() >= PRECISION
