"""The measure itself, held to on the tuning half. The final half is read by nobody but `--final`."""

from eventsite.likeness import SAME
from eventsite.likeness.scoring import CONSTANT, WEIGHTS
from tests.measures.likeness import GOAL, curve, own_scores, validated
from tests.measures.likeness_fitting import f1, fitted, labelled


def test_questions_that_ask_the_same_are_told_from_those_that_do_not() -> None:
    pairs = labelled("tuning")
    assert f1(pairs, own_scores(pairs), SAME)[2] >= GOAL


def test_so_they_are_by_weights_that_were_fitted_without_them() -> None:
    pairs, scores = validated(seeds=[0])
    assert f1(pairs, scores, SAME)[2] >= GOAL
    assert curve(pairs, scores).count("\n") == 19


def test_the_weights_in_the_code_are_those_that_the_pairs_give() -> None:
    model = fitted()
    assert {name: round(weight, 2) for name, weight in zip(model.names, model.weights, strict=True)} == WEIGHTS
    assert round(model.constant, 2) == CONSTANT
