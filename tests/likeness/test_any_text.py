"""What holds for any texts at all: a text is like itself, order makes no difference, and nothing takes long."""

import time
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from eventsite.likeness import Index
from tests.measures.likeness_fitting import labelled

WORDS = sorted({word for pair in labelled("tuning") for word in pair.one.split()})
QUESTIONS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join)
ANY = st.text(max_size=500) | QUESTIONS


def likeness(one: str, other: str) -> float:
    found = Index.of({"other": other}).search(one, at_least=0.0)
    return found[0].score if found else 0.0


@given(ANY)
def test_a_text_is_wholly_like_itself(text: str) -> None:
    assert [(match.id, match.score) for match in Index.of({"a": text}).search(text)] == [("a", 1.0)]


@given(ANY, ANY)
def test_it_makes_no_difference_which_of_two_is_asked_for(one: str, other: str) -> None:
    assert abs(likeness(one, other) - likeness(other, one)) <= 0.0001


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), ANY, max_size=8), QUESTIONS, st.randoms())
def test_it_makes_no_difference_in_what_order_texts_came(texts: dict[str, str], asked: str, chance: Random) -> None:
    shuffled = list(texts.items())
    chance.shuffle(shuffled)
    assert Index.of(texts).search(asked, at_least=0.0) == Index.of(dict(shuffled)).search(asked, at_least=0.0)


@given(ANY, ANY, ANY)
def test_what_else_is_in_an_index_changes_no_score(one: str, other: str, third: str) -> None:
    alone = Index.of({"a": one}).search(other, at_least=0.0)
    among = [match for match in Index.of({"a": one, "b": third}).search(other, at_least=0.0) if match.id == "a"]
    assert among == alone


@given(st.lists(st.tuples(st.sampled_from("abcd"), QUESTIONS | st.none()), max_size=20), QUESTIONS)
def test_an_index_that_was_changed_is_as_one_made_anew(steps: list[tuple[str, str | None]], asked: str) -> None:
    index, texts = Index(), dict[str, str]()
    for id, text in steps:
        if text is None:
            index.remove(id)
            texts.pop(id, None)
        else:
            index.add(id, text)
            texts[id] = text
    assert index.search(asked, at_least=0.0) == Index.of(texts).search(asked, at_least=0.0)
    assert len(index) == len(texts)


@settings(max_examples=30)
@given(st.text(max_size=500))
def test_passages_of_any_text_break_nothing(text: str) -> None:
    index = Index.of({"a": text, "b": f"{text} and who pays?"}, whole=True)
    assert all(0 <= match.score <= 1 for match in index.answering(text, at_least=0.0))


def test_no_text_takes_long() -> None:
    for piece in ("a ", "?", "who ", "could you tell us ", "not said ", "i would like to ", "\u0301", "'", "when, "):
        text = piece * (100_000 // len(piece))
        began = time.process_time()
        Index.of({"a": text}).search(text)
        assert time.process_time() - began < 2, piece


def test_five_thousand_questions_are_searched_quickly() -> None:
    chance = Random(1)
    index = Index.of({f"{number}": " ".join(chance.sample(WORDS, 10)) for number in range(5000)})
    took = []
    for pair in labelled("tuning")[:20]:
        began = time.process_time()
        index.search(pair.one)
        took.append(time.process_time() - began)
    assert sorted(took)[10] < 0.05
