"""The measure itself, held to on the tuning half. The final half is read by nobody but `--final`."""

import pytest

from eventsite.likeness import SAME, SURE
from eventsite.likeness.rarity import shares
from eventsite.likeness.scoring import QUESTION, SUBJECT
from tests.measures.likeness import GOAL, curve, validated
from tests.measures.likeness_fitting import Model, Validation, f1, fitted, frequent_words

FEW = 0.0125


@pytest.fixture(scope="module")
def validation() -> Validation:
    """The tuning half by weights that were fitted without what they score."""
    return validated(seeds=[0])


def test_questions_that_ask_the_same_are_told_from_those_that_do_not(validation: Validation) -> None:
    assert f1(validation.pairs, validation.scores, SAME)[2] >= GOAL
    assert curve(validation.pairs, validation.scores).count("\n") == 19


def test_nobody_is_told_unasked_of_what_is_unrelated(validation: Validation) -> None:
    assert validation.taken_for_the_same(SURE) <= FEW


def test_the_weights_in_the_code_are_those_that_the_pairs_give() -> None:
    assert rounded(fitted()) == Model(SUBJECT, QUESTION)


def rounded(model: Model) -> Model:
    subject, question = (
        {name: round(weight, 2) for name, weight in each.items()} for each in (model.subject, model.question)
    )
    return Model(subject, question)


def test_the_frequent_words_are_those_of_the_pairs() -> None:
    assert shares() == {stem: share / 1000 for share, stems in frequent_words().items() for stem in stems}
