"""Words marked: what may identify somebody, what changed, what two questions have in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsite.questions.desk_wording import Piece, difference, marked, reasons_of, with_words
from eventsite.questions.held import findings_of


def test_what_is_marked_stands_in_the_whole_text() -> None:
    findings = findings_of('[[11, 19, "postcode"], [0, 4, "named_person"]]')
    assert marked("Mary, from  B1 1AA?", findings) == [
        Piece("Mary", "mark", "Named person and their health"),
        Piece(", from "),
        Piece(" B1 1AA?", "mark", "Postcode"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("Who signs?", "Who signs?", [Piece("Who signs?")]),
        ("Who signs?", "Who really signs?", [Piece("Who"), Piece(" really", "ins"), Piece(" signs?")]),
        ("Why not us?", "Why us?", [Piece("Why"), Piece(" not", "del"), Piece(" us?")]),
        ("", "New", [Piece("New", "ins")]),
    ],
)
def test_a_difference_goes_word_by_word(before: str, after: str, pieces: list[Piece]) -> None:
    assert difference(before, after) == pieces


@given(st.text(), st.text())
def test_a_difference_holds_both_texts(before: str, after: str) -> None:
    pieces = difference(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "ins") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "del") == after


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.just("email"))))
def test_marking_loses_and_doubles_nothing(text: str, spans: list[tuple[int, int, str]]) -> None:
    import json

    assert "".join(piece.text for piece in marked(text, findings_of(json.dumps(spans)))) == text


def test_words_in_common_are_found_whatever_their_case() -> None:
    assert with_words("Hazard logs: who?", ["hazard", "who"]) == [
        Piece("Hazard", "mark", "in common"),
        Piece(" logs: "),
        Piece("who", "mark", "in common"),
        Piece("?"),
    ]


def test_reasons_are_said_in_words() -> None:
    assert reasons_of("nhs_number,incident,something_new") == ["NHS number", "Harm or wrongdoing", "Something new"]
    assert reasons_of("") == []
