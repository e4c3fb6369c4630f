"""Files as organisers have them: encodings, kinds, sizes; and those that are refused, in words."""

import io
import zipfile

import pytest

from eventsite.writeups.importing import DraftWriteup, UnreadableFile, import_file
from eventsite.writeups.markdown import render
from tests.writeups.documents import document
from tests.writeups.test_markdown import DANGEROUS, PAYLOADS

TEXT = "A title\n\nHPN Dales, 3 May 2024\n\nIt’s a first paragraph – “short”.\n\nA heading\n\nAnd a second paragraph."


def refusal_of(name: str, content: bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        import_file(name, content)
    return str(caught.value)


def archive(parts: dict[str, bytes], *, like: bytes = b"") -> bytes:
    """A zip file of parts, the parts of another one among them unless they are replaced."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as made:
        if like:
            with zipfile.ZipFile(io.BytesIO(like)) as known:
                parts = {name: known.read(name) for name in known.namelist()} | parts
        for name, content in parts.items():
            made.writestr(name, content)
    return result.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_text_is_the_same_however_it_was_saved(encoding: str, ending: str) -> None:
    draft = import_file("a.txt", TEXT.replace("\n", ending).encode(encoding))
    assert draft == import_file("a.txt", TEXT.encode())
    assert draft.standfirst == "It’s a first paragraph – “short”."


def test_a_page_that_names_an_old_charset_is_read_in_it() -> None:
    page = '<meta charset="windows-1252"><h1>A title</h1><p>It’s the first.</p>'.encode("windows-1252")
    assert import_file("a.html", page).standfirst == "It’s the first."


def test_control_characters_part_words_and_are_gone() -> None:
    draft = import_file("a.txt", b"A title\n\nOne\x00two\x1bthree\x7f and a stop.\n\nMore.")
    assert draft.standfirst == "One two three and a stop."


def test_a_text_without_a_title_takes_the_name_of_its_file_and_says_so() -> None:
    draft = import_file(
        "how_we-did_it.txt",
        b"This is a long first paragraph of which nobody could ever think that it is a title, is it?\n\nMore.",
    )
    assert draft.title == "How we did it"
    assert "No title was found, so the name of the file stands in its place." in draft.notes


def test_the_folder_a_file_lay_in_is_no_part_of_its_title() -> None:
    assert (
        import_file(
            "minutes/panel.txt", b"This is text, and text alone, which goes on and on until the end of it."
        ).title
        == "Panel"
    )


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", b"%PDF-1.7", "and this is none of them"),
        ("a", b"text", "and this is none of them"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "and this is none of them"),
        ("a.txt", b"", "no text in this file"),
        ("a.txt", b"Only a title", "no text in this file"),
        ("a.txt", b"\x81\x8d\x00\xff", "not text that can be read"),
        ("a.txt", b"\xff\xfe\x00", "not text that can be read"),
        ("a.txt", b"a" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
        ("a.md", b"word " * 30_000, "too many for a write-up"),
        ("a.html", b"<p>word</p> " * 20_000, "too many for a write-up"),
        ("a.html", b"<ul><li>" * 5_000, "nests"),
        ("a.docx", b"", "not a Word document"),
        ("a.docx", b"PK\x03\x04 and so on", "not a Word document"),
        ("a.docx", archive({"hello.txt": b"hello"}), "not a Word document"),
        ("a.docx", archive({"word/document.xml": b"<a"}), "not a Word document"),
        ("a.docx", archive({"word/document.xml": b"<a>" * 100_000}), "not a Word document"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",
)
def test_what_cannot_be_a_write_up_is_refused_in_words(name: str, content: bytes, sentence: str) -> None:
    refusal = refusal_of(name, content)
    assert sentence in refusal
    assert refusal[0].isupper()
    assert refusal.endswith(".")


def test_a_document_that_unpacks_to_far_more_than_it_is_gets_refused_unopened() -> None:
    bomb = archive({"word/media/image1.png": b"\0" * 51 * 1024 * 1024}, like=document([("", "text")]))
    assert len(bomb) < 200_000
    assert "unpacks to more" in refusal_of("a.docx", bomb)


def test_a_document_with_very_much_xml_is_refused_unopened() -> None:
    assert "unpacks to more" in refusal_of(
        "a.docx", archive({"word/a.xml": b" " * 9 * 1024 * 1024}, like=document([("", "a")]))
    )


def test_a_document_of_very_many_parts_is_refused_unopened() -> None:
    assert "unpacks to more" in refusal_of("a.docx", archive({f"word/{number}.bin": b"" for number in range(2001)}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_whose_entities_multiply_is_refused_unopened(encoding: str) -> None:
    entities = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    xml = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a0 "ha">{entities}]><a>&a9;</a>'
    assert "declarations that Word never writes" in refusal_of(
        "a.docx", archive({"word/document.xml": xml.encode(encoding)})
    )


def test_a_document_cannot_bring_in_files_of_the_machine() -> None:
    made = document([("", "A title"), ("", "A first paragraph."), ("picture", "")], pictures=[b"GIF89a\1\0\1\0\0\0\0;"])
    with zipfile.ZipFile(io.BytesIO(made)) as known:
        links = known.read("word/_rels/document.xml.rels").replace(
            b'Target="media/image1.gif"', b'TargetMode="External" Target="file:///etc/hostname"'
        )
        body = known.read("word/document.xml").replace(b"r:embed", b"r:link")
    assert b"file:///" in links
    try:
        draft = import_file(
            "a.docx", archive({"word/_rels/document.xml.rels": links, "word/document.xml": body}, like=made)
        )
    except UnreadableFile:
        return
    assert draft.pictures == ()


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("kind", ["txt", "md", "html", "docx"])
def test_no_payload_in_a_file_comes_to_life_on_the_page(payload: str, kind: str) -> None:
    draft = _with_payload(payload, kind)
    html = render(draft.body).html
    assert "A heading" in html
    assert DANGEROUS.findall(html) == []
    assert "javascript:" not in "".join(part.split('"')[0] for part in html.split('href="')[1:])


def _with_payload(payload: str, kind: str) -> DraftWriteup:
    text = TEXT.replace("And a", f"{payload}\n\nAnd a")
    if kind == "docx":
        parts = [("", part.replace("\x00", "")) for part in text.split("\n\n")]
        return import_file("a.docx", document(parts))
    if kind == "html":
        text = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
    return import_file(f"a.{kind}", text.encode())
