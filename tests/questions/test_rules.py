"""What holds of questions without a database."""

import pytest

from eventsite.questions.rules import (
    APPROVABLE,
    EDITABLE,
    REJECTABLE,
    NotPossibleNow,
    can_withdraw,
    ensure_one_of,
    is_public,
    sameness,
    shown_name,
)
from eventsite.questions.tables import QuestionState

PENDING, HELD, APPROVED, SHORTLISTED, REJECTED, WITHDRAWN = (
    QuestionState.PENDING,
    QuestionState.HELD,
    QuestionState.APPROVED,
    QuestionState.SHORTLISTED,
    QuestionState.REJECTED,
    QuestionState.WITHDRAWN,
)


def test_everybody_reads_what_was_approved_whatever_became_of_it_and_nothing_else() -> None:
    public = [state for state in QuestionState if is_public(state)]
    assert public == ["approved", "shortlisted", "asked", "not_reached", "answered"]


def test_an_asker_can_take_back_any_question_once() -> None:
    assert [state for state in QuestionState if not can_withdraw(state)] == [WITHDRAWN]


@pytest.mark.parametrize(
    ("states", "open_states"),
    [
        (APPROVABLE, {PENDING, REJECTED}),
        (REJECTABLE, {PENDING, HELD, APPROVED, SHORTLISTED}),
        (EDITABLE, {PENDING, HELD, APPROVED, SHORTLISTED}),
    ],
)
def test_each_deed_is_for_some_states_and_refused_in_the_others(
    states: frozenset[QuestionState], open_states: set[QuestionState]
) -> None:
    for state in QuestionState:
        if state in open_states:
            ensure_one_of(states, state)
        else:
            with pytest.raises(NotPossibleNow):
                ensure_one_of(states, state)


def test_a_name_is_shown_unless_its_owner_keeps_it_back() -> None:
    assert shown_name("Ann", anonymous=False) == "Ann"
    assert shown_name("Ann", anonymous=True) == ""


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        (("panel", "ann@example.org", "Ann", "Why  NOT?\n"), True),
        (("panel", "ann@example.org", " ann ", "why not?"), True),
        (("other", "ann@example.org", "Ann", "Why not?"), False),
        (("panel", "bob@example.org", "Ann", "Why not?"), False),
        (("panel", "ann@example.org", "", "Why not?"), False),
        (("panel", "ann@example.org", "Ann", "Why not now?"), False),
    ],
)
def test_two_posts_are_one_question_by_panel_asker_shown_name_and_words(
    other: tuple[str, str, str, str], is_same: bool
) -> None:
    assert (sameness("panel", "ann@example.org", "Ann", "Why not?") == sameness(*other)) == is_same
