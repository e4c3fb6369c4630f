"""Files that spreadsheets and programs read, and that run nothing."""

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from eventsite.exports.formats import STARTS_A_FORMULA, Format, writer_of

FIELDS = ("text", "askers", "themes", "updates", "at")
AT = datetime(2027, 3, 10, 12, 0, tzinfo=UTC)


def written(wanted: Format, *pages: list[dict[str, Any]]) -> bytes:
    out = io.BytesIO()
    writer = writer_of(wanted, FIELDS, out, title="questions")
    for page in pages:
        writer.add(page)
    writer.end()
    return out.getvalue()


def row(text: str | None = "Why?", **given: Any) -> dict[str, Any]:
    return {"text": text, "askers": 3, "themes": ["a", "b"], "updates": True, "at": AT} | given


def cells(content: bytes) -> list[list[Any]]:
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return [[cell.value for cell in line] for line in sheet.iter_rows()]


def test_csv_is_utf_8_with_the_fields_as_its_first_line() -> None:
    content = written(Format.CSV, [row("Zoë’s, “question”\nin two lines")])
    assert list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""))) == [
        list(FIELDS),
        ["Zoë’s, “question”\nin two lines", "3", "a,b", "yes", "2027-03-10T12:00:00+00:00"],
    ]


def test_json_is_a_list_of_objects_whose_values_keep_their_types() -> None:
    (one, other) = json.loads(written(Format.JSON, [row()], [row(None, updates=False)]))
    assert one == {
        "text": "Why?",
        "askers": 3,
        "themes": ["a", "b"],
        "updates": True,
        "at": "2027-03-10T12:00:00+00:00",
    }
    assert (other["text"], other["updates"]) == (None, False)


def test_a_workbook_has_texts_and_numbers() -> None:
    assert cells(written(Format.XLSX, [row()], [row(None)])) == [
        list(FIELDS),
        ["Why?", 3, "a,b", "yes", "2027-03-10T12:00:00+00:00"],
        [None, 3, "a,b", "yes", "2027-03-10T12:00:00+00:00"],
    ]


def test_nothing_to_export_is_an_empty_list_and_a_line_of_fields() -> None:
    assert json.loads(written(Format.JSON)) == []
    assert written(Format.CSV).decode() == "text,askers,themes,updates,at\r\n"
    assert cells(written(Format.XLSX)) == [list(FIELDS)]


@pytest.mark.parametrize("start", STARTS_A_FORMULA)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    content = written(Format.CSV, [row(f"{start}HYPERLINK(1)")])
    (_, line) = csv.reader(io.StringIO(content.decode(), newline=""))
    assert line[0] == f"'{start}HYPERLINK(1)"


def test_a_workbook_holds_formulas_links_and_figures_as_texts() -> None:
    texts = ["=1+1", "http://evil.example", "0012", "@SUM(A1)"]
    lines = cells(written(Format.XLSX, [row(text) for text in texts]))
    assert [line[0] for line in lines[1:]] == texts
    sheet = load_workbook(io.BytesIO(written(Format.XLSX, [row(text) for text in texts]))).active
    assert sheet is not None
    assert {cell.data_type for cell in next(sheet.iter_cols(min_row=2))} == {"s"}


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80), max_size=20))
def test_whatever_is_written_csv_is_read_back_and_begins_no_formula(texts: list[str]) -> None:
    content = written(Format.CSV, [row(text) for text in texts])
    lines = list(csv.reader(io.StringIO(content.decode(), newline="")))[1:]
    assert [line[0].removeprefix("'") for line in lines] == [text.removeprefix("'") for text in texts]
    assert not any(line[0].startswith(STARTS_A_FORMULA) for line in lines)
