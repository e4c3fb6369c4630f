"""The first real write-up, as text and as a Word document: recognised whole, every quotation and name byte for byte.

What must be found is read from the source here by rules of the test's own, so that nothing of the text is copied.
"""

import re
from datetime import date

import pytest

from eventsite.writeups.importing import DraftWriteup, import_file
from eventsite.writeups.markdown import render
from tests.writeups.documents import document, picture
from tests.writeups.reading import quotations_in, real_source, text_of, words

BULLET = "•"


def source() -> str:
    return real_source().decode()


def paragraphs() -> list[str]:
    return [part.strip("\n") for part in source().split("\n\n")]


def headings() -> list[str]:
    """Short paragraphs without a stop, below title and event."""
    return [part for part in paragraphs()[3:] if len(part) < 80 and part[-1] not in ".!?"]


def spoken() -> list[str]:
    """Quotations that are sentences; a few words in marks are none."""
    return quotations_in(source())


def introduced() -> list[tuple[str, str]]:
    """Names with what follows them up to a comma, at the start of a paragraph or after "host,"."""
    found = re.findall(r"(?:^|host, )([A-Z]\w+ [A-Z]\w+), (Chief [A-Z][\w ]+? Officer)", source(), re.MULTILINE)
    return [(name, post) for name, post in found]


def as_word(*, styled: bool) -> bytes:
    """The same text as a document: with heading styles and a picture, or with nothing but bold letters."""
    parts: list[tuple[str, str]] = []
    for text in paragraphs()[1:]:
        if BULLET in text:
            parts += [
                ("List Bullet" if styled else "", line.strip(f" {BULLET}" if styled else ""))
                for line in text.split("\n")
            ]
        elif text == paragraphs()[1]:
            parts += [("Title", text), ("picture", "")] if styled else [("bold", text)]
        else:
            parts.append((("Heading 1" if styled else "bold") if text in headings() else "", text))
    return document(parts, pictures=[picture()], alt="Four people on a stage")


def draft(kind: str) -> DraftWriteup:
    match kind:
        case "word" | "bold":
            return import_file("how-do-we.docx", as_word(styled=kind == "word"))
        case "notepad":
            return import_file("how-do-we.txt", source().replace("\n", "\r\n").encode("utf-16"))
        case "ansi":
            return import_file("how-do-we.txt", source().encode("windows-1252"))
    return import_file("how-do-we.txt", real_source())


every_kind = pytest.mark.parametrize("kind", ["text", "word", "bold", "notepad", "ansi"])


def test_the_source_holds_what_these_tests_look_for() -> None:
    assert (len(spoken()), len(introduced()), len(headings())) == (10, 4, 4)


@every_kind
def test_title_event_and_standfirst_are_recognised(kind: str) -> None:
    result = draft(kind)
    assert result.title == paragraphs()[1]
    assert result.event_line == paragraphs()[2]
    assert result.event_name == paragraphs()[2].split(",")[0]
    assert result.event_dates == (date(2025, 3, 6), date(2025, 3, 7))
    assert result.standfirst == paragraphs()[3]


@every_kind
def test_each_quotation_is_a_figure_with_its_speaker_byte_for_byte(kind: str) -> None:
    html = render(draft(kind).body).html
    figures = re.findall(r"<blockquote>\n<p>(.*?)</p>\n</blockquote>\n<figcaption>— (.*?)</figcaption>", html)
    assert [said for said, _ in figures] == spoken()
    by_first_name = {name.split()[0]: name for name, _ in introduced()}
    for said, speaker in figures:
        paragraph = next(part for part in paragraphs() if said in part)
        named = [name for first, name in by_first_name.items() if first in paragraph[: paragraph.index(said)]]
        assert speaker in named


@every_kind
def test_every_name_and_post_is_recognised_and_the_host_is_the_chair(kind: str) -> None:
    panel = draft(kind).panellists
    assert [(person.name, person.job_title) for person in panel] == introduced()
    assert all(f"{person.organisation} " in source() and person.organisation.count(" ") > 2 for person in panel)
    host = re.search(r"host, (\w+ \w+)", source())
    assert host is not None
    assert [person.name for person in panel if person.part == "chair"] == [host[1]]


@every_kind
def test_sections_and_list_are_recognised_and_the_call_to_register_is_the_last(kind: str) -> None:
    rendered = render(draft(kind).body)
    assert [heading.text for heading in rendered.headings] == headings()
    assert {heading.level for heading in rendered.headings} == {2}
    items = [line.strip(f" {BULLET}") for part in paragraphs() if BULLET in part for line in part.split("\n")]
    assert re.findall(r"<li>(.*?)</li>", rendered.html) == items
    assert paragraphs()[-1] in text_of(rendered.html).strip().split("\n")[-1]


@every_kind
def test_no_word_is_lost_and_none_changes_its_place(kind: str) -> None:
    result = draft(kind)
    read = [result.title, result.event_line, result.standfirst, text_of(render(result.body).html)]
    assert words("\n".join(read)) == words("\n".join(paragraphs()[1:]))


@every_kind
def test_a_few_quoted_words_stay_in_their_sentence(kind: str) -> None:
    inline = [said for said in re.findall(r"‘[^‘’]{3,40}’", source()) if said not in spoken()]
    assert inline != []
    html = render(draft(kind).body).html
    assert all(re.search(rf"<p>[^<]*{re.escape(said)}", html) for said in inline)


def test_the_text_tells_where_its_header_image_is_to_go_and_that_is_a_note_not_the_title() -> None:
    assert draft("text").notes == (
        "The file says where a header image is to go but holds none: add it and its alternative text.",
    )


def test_the_picture_of_the_document_is_the_header_image_with_its_alternative_text() -> None:
    result = draft("word")
    assert result.header is not None
    assert (result.header.content, result.header.media_type) == (picture(), "image/png")
    assert result.header_alt == "Four people on a stage"
    assert result.notes == ()
