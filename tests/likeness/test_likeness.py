"""Which texts ask the same: by meaning and by kind of answer, not by the letter."""

import pytest

from eventsite.likeness import ALIKE, SAME, Index
from eventsite.likeness.frames import frames_of
from eventsite.likeness.words import asked_in, stem, words_of


def likeness(one: str, other: str) -> float:
    found = Index.of({"other": other}).search(one, at_least=0.0)
    return found[0].score if found else 0.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How do we buy scribes?", "What is the best way to procure ambient voice technology?"),
        ("Who is liable if AI goes wrong?", "Who carries the can when an algorithm makes a mistake?"),
        ("How do you notice drift?", "How would we spot that a model's performance gets worse?"),
        ("Can AI shorten waiting lists?", "Does artificial intelligence reduce the backlog?"),
    ],
)
def test_other_words_for_the_same_question_are_the_same(one: str, other: str) -> None:
    assert likeness(one, other) >= SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How do you switch AI on?", "How do you switch AI off?"),
        ("Who signs the safety case?", "When is the safety case signed?"),
        ("Should patients be asked before a scribe is used?", "Should staff be asked before a scribe is used?"),
        ("How do we evaluate a tool before go-live?", "How do we evaluate a tool after go-live?"),
        ("How do small trusts buy AI?", "How do large trusts buy AI?"),
        ("How much does a scribe cost?", "How much does a scribe save?"),
    ],
)
def test_the_same_words_but_for_one_that_matters_are_another_question(one: str, other: str) -> None:
    assert likeness(one, other) < SAME


@pytest.mark.parametrize(
    "again",
    [
        "who signs the safety case",
        "WHO SIGNS THE SAFETY CASE???",
        "Hello. I would like to ask the panel: who signs the safety case? Many thanks.",
        "We are a small trust in the north. Who signs the safety case?",
        "Who signs the saftey case?",
        "In your view, who signs the safety case?",
    ],
)
def test_courtesies_and_slips_make_no_other_question(again: str) -> None:
    assert likeness("Who signs the safety case?", again) >= SAME


def test_what_differs_in_small_words_alone_is_the_same_unless_they_turn_it_round() -> None:
    assert likeness("Who signs the safety case for an AI tool?", "Who signs the safety case of an AI tool?") == 1
    assert likeness("How do you switch the tool on?", "How do you switch the tool off?") < SAME


def test_two_questions_that_have_nothing_but_ai_in_them_are_not_alike() -> None:
    assert likeness("What does AI cost?", "Can AI spot sepsis?") < ALIKE


def test_the_words_are_those_of_the_other_text_as_it_writes_them() -> None:
    (found,) = Index.of({"a": "How should a trust procure Ambient Scribes?"}).search("How do we buy scribes?")
    assert found.words == ("procure", "Ambient", "Scribes")


def test_the_best_come_first_and_no_more_than_asked_for() -> None:
    index = Index.of({"b": "Who signs the safety case?", "a": "Who signs the safety case?", "c": "Is lunch included?"})
    assert [match.id for match in index.search("Who signs the safety case?")] == ["a", "b"]
    assert [match.id for match in index.search("Who signs the safety case?", most=1)] == ["a"]
    assert [match.id for match in index.search("Who signs the safety case?", among={"b", "c"})] == ["b"]


def test_what_is_removed_or_reworded_is_found_no_more() -> None:
    index = Index.of({"a": "Who signs the safety case?"})
    index.add("a", "Is lunch included?")
    assert index.search("Who signs the safety case?") == []
    index.remove("a")
    index.remove("a")
    assert (len(index), "a" in index, index.search("Is lunch included?")) == (0, False, [])


def test_a_passage_that_takes_up_what_is_asked_is_found_whatever_else_it_says() -> None:
    passages = {
        "a": "Lunch was good. Everybody came. The supplier signs the safety case, said Ann, and then we sign it too.",
        "b": "Scribes save each clinician an hour a day, said Ben, who has counted the minutes himself.",
    }
    index = Index.of(passages, whole=True)
    assert [match.id for match in index.answering("Who signs the safety case?")] == ["a"]
    assert index.answering("Where is the car park?") == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Good morning, could you tell us how you buy AI? Thank you.", "how you buy AI?"),
        ("We are small. Who pays? Kind regards, Ann", "Who pays?"),
        ("Naïve “café” questions", "Naive “cafe” questions"),
        ("Thank you", "Thank you"),
    ],
)
def test_what_is_asked_is_told_from_what_stands_around_it(text: str, asked: str) -> None:
    assert asked_in(text) == asked


@pytest.mark.parametrize(
    ("question", "frames"),
    [
        ("How much does it cost?", {"how much"}),
        ("Who decides when a tool is stopped?", {"who"}),
        ("Do you know who decides?", {"who", "is"}),
        ("At what point should we stop?", {"when", "what", "should"}),
        ("How can a trust start?", {"how", "can"}),
    ],
)
def test_a_question_wants_a_kind_of_answer(question: str, frames: set[str]) -> None:
    assert frames_of(asked_in(question)) == frames


def test_forms_of_a_word_have_one_stem() -> None:
    groups = (
        "procure procured procuring procurement",
        "accept acceptable acceptance",
        "nurse nurses",
        "stopped stopping stops",
    )
    assert [len({stem(word) for word in group.split()}) for group in groups] == [1, 1, 1, 1]
    assert [word.stem for word in words_of("We can't. You cannot, don't and won't!")] == (
        ["we", "can", "not", "you", "can", "not", "do", "not", "and", "will", "not"]
    )
