"""What the lines of a text are: headings, lists, tables, paragraphs wrapped at a margin, text that looks like marks."""

import pytest

from eventsite.writeups.importing import import_file
from eventsite.writeups.markdown import render
from tests.writeups.reading import text_of

HEAD = "A panel\n\nHPN Dales, 3 May 2024\n\nA first paragraph, which is no heading.\n\n"


def body(text: str, name: str = "panel.txt") -> str:
    return import_file(name, (HEAD + text).encode()).body


@pytest.mark.parametrize(
    "line",
    [
        "What comes next",
        "Corporate AI: full of potential",
        "Where next?",
        "1. Start small",
        "WHAT WE SAW",
        "‘Digital first’ at ten",
    ],
)
def test_a_short_line_between_blank_ones_with_text_below_it_is_a_heading(line: str) -> None:
    assert body(f"{line}\n\nA paragraph of text.") == f"## {line}\n\nA paragraph of text."


@pytest.mark.parametrize(
    "line",
    [
        "It was late.",
        "which nobody saw",
        "Ann Lee, chief nurse, Hull Trust",
        "Chair: Ann Lee",
        "He came. She went",
        "They were:",
        "A line which goes on and on and on and on for far more than sixteen words in all of its length",
    ],
)
def test_other_lines_are_none(line: str) -> None:
    assert body(f"{line}\n\nA paragraph of text.") == f"{line}\n\nA paragraph of text."


def test_the_last_line_of_all_is_no_heading() -> None:
    assert body("A heading\n\nSome text.\n\nThe end") == "## A heading\n\nSome text.\n\nThe end"


def test_short_lines_after_a_colon_are_no_headings() -> None:
    text = "What stood in the way was:\n\nOld systems\n\nNo money"
    assert body(f"{text}\n\nAll of it is known.") == f"{text}\n\nAll of it is known."


def test_of_many_short_lines_in_a_row_the_last_is_a_heading() -> None:
    assert (
        body("Old systems\n\nNo money\n\nNo time\n\nText of it.")
        == "Old systems\n\nNo money\n\n## No time\n\nText of it."
    )


def test_headings_marked_as_such_leave_short_lines_alone() -> None:
    assert body("## A heading\n\nA short line\n\nSome text.") == "## A heading\n\nA short line\n\nSome text."
    assert body("A heading\n---------\nA short line\n\nSome text.") == "## A heading\n\nA short line\n\nSome text."


def test_breaks_a_margin_forced_are_none_and_others_stay() -> None:
    wrapped = (
        "This is a paragraph somebody wrapped at a margin\nof forty-eight characters, so Ann had to go to\nAberdeen."
    )
    assert body(f"{wrapped}\n\nA rose\nA thorn\nA stem") == (
        "This is a paragraph somebody wrapped at a margin of forty-eight characters, so Ann had to go to Aberdeen."
        "\n\nA rose\\\nA thorn\\\nA stem"
    )


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("• one\n• two", "- one\n- two"),
        ("  • one\n\n  • two", "- one\n- two"),
        ("- one\n  goes on\n- two", "- one goes on\n- two"),
        ("* one\n    - deep\n    - deeper\n* two", "- one\n  - deep\n  - deeper\n- two"),
        ("3) three\n4) four", "3. three\n4. four"),
        ("(1) one\n(2) two", "1. one\n2. two"),
        ("1. one\n   a) is text\n2. two", "1. one a) is text\n2. two"),
    ],
)
def test_lists_typed_by_hand_are_lists(text: str, markdown: str) -> None:
    assert body(f"They were:\n\n{text}\n\nAnd so on.") == f"They were:\n\n{markdown}\n\nAnd so on."


def test_numbers_out_of_order_keep_what_they_say() -> None:
    html = render(body("They were:\n\n7. seven\n3. three\n\nAnd so on.")).html
    assert '<ol start="7">' in html
    assert '<ol start="3">' in html


@pytest.mark.parametrize(
    "table",
    [
        "Trust\tBeds\nHull\t900",
        "Trust | Beds\nHull | 900",
        "Trust    Beds\nHull     900",
        "| Trust | Beds |\n|---|---|\n| Hull | 900 |",
    ],
)
def test_tables_however_they_were_typed_are_tables(table: str) -> None:
    assert body(f"{table}\n\nAnd so on.").startswith("| Trust | Beds |\n| --- | --- |\n| Hull | 900 |")


@pytest.mark.parametrize(
    "text",
    [
        "# not a heading",
        "> not quoted",
        "*not* **bold** _at_ all",
        "[no](link) ![no](picture)",
        "`no` code",
        "<b>no</b>",
        "&amp; and &copy; and & alone",
        "back\\slash \\*",
        "~~~ no fence",
        "2025. A year",
        "a | b",
        "=====x",
        "!",
        "!!! [x]",
    ],
)
def test_text_that_looks_like_marks_stays_text(text: str) -> None:
    written = import_file(
        "a.html", f"<h1>A panel</h1><p>First.</p><h2>B</h2><p>x<br>{escaped(text)}</p><p>{escaped(text)}</p>".encode()
    )
    html = render(written.body).html
    assert text_of(html).split("\n")[1:] != []
    assert html.count("<p>") == 2
    assert text_of(html).split() == ["B", "x", *text.split(), *text.split()]


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def test_the_only_top_heading_is_the_title_whatever_stands_above_it() -> None:
    draft = import_file("a.md", b"Panel report\n\n# The title\n\nA first paragraph.\n\n## More\n\nText.")
    assert (draft.title, draft.standfirst) == ("The title", "A first paragraph.")
    assert "Panel report" in draft.body


def test_where_sections_are_top_headings_too_the_first_line_is_the_title() -> None:
    draft = import_file("a.html", b"<p>The title</p><h1>One</h1><p>Text of it.</p><h1>Two</h1><p>Text.</p>")
    assert draft.title == "The title"
    assert [heading.text for heading in render(draft.body).headings] == ["One", "Two"]


def test_bold_and_slanted_words_and_links_are_kept() -> None:
    page = (
        "<h1>A panel</h1><p>First.</p><p>A <b>bold </b>and <i>slanted</i><b>both</b>, <a href='/events'>link</a>.</p>"
    )
    html = render(import_file("a.html", page.encode()).body).html
    assert (
        '<p>A <strong>bold</strong> and <em>slanted</em><strong>both</strong>, <a href="/events">link</a>.</p>' in html
    )
