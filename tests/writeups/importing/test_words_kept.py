"""Whatever a text looks like: it is read or refused, and no word of it is lost."""

from contextlib import suppress

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from eventsite.writeups.importing import UnreadableFile, import_file
from tests.writeups.reading import text_of_draft, words

#: What means something to the importer or to Markdown, to be mixed with any text.
MARKS = "‘ ’ “ ” ' \" — – * _ ** ` [ ] ( ) < > <b> & &amp; \\ ~~~ ![a](b) [a](http://a.b) http://a.b/c_d ... ! ?"
BEGINNINGS = "1. 2) (3) • - + # ## > | === --- Chair: Dr. St."
PHRASES = ["Lee Quill, chief nurse at Hull Trust", " said ", " she added: ", "(chair)", "6-7 May 2025"]
SPACES = ["\n", "\n\n", "\n\n", "  ", "\t", "\n    ", "\u00a0", "\u2028", "\0"]
TELLING = [*MARKS.split(" "), *BEGINNINGS.split(" "), *PHRASES, *SPACES]
WORD = st.from_regex(r" ?[a-z]{1,9}[.,]? ", fullmatch=True)
texts = st.lists(st.one_of(st.sampled_from(TELLING), WORD, st.text(max_size=5))).map("".join)
unhurried = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@unhurried
@given(texts)
@example("‘a b c d.’ she said, ‘’ — Lee Quill")
@example("1. a\n3. b\n- c\n    - d")
@example("# a\n" * 1500)
def test_a_text_is_read_or_refused_and_keeps_its_words(text: str) -> None:
    with suppress(UnreadableFile):
        draft = import_file(
            "untitled.txt", f"A title of it\n\n{text}\n\nAnd a last paragraph.".encode("utf-8", "replace")
        )
        written = text.encode("utf-8", "replace").decode()
        assert sorted(words(text_of_draft(draft))) == sorted(words(f"A title of it {written} And a last paragraph"))


@unhurried
@given(texts, st.sampled_from([".md", ".html", ".docx", ".txt"]))
def test_any_text_under_any_name_is_read_or_refused(text: str, suffix: str) -> None:
    with suppress(UnreadableFile):
        assert import_file(f"untitled{suffix}", text.encode("utf-8", "surrogatepass")).title


@unhurried
@given(st.binary(max_size=300), st.sampled_from([".md", ".html", ".docx", ".txt"]))
def test_any_bytes_under_any_name_are_read_or_refused(content: bytes, suffix: str) -> None:
    with suppress(UnreadableFile):
        assert import_file(f"untitled{suffix}", content).title
