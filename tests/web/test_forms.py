"""What a browser sent becomes a form: every word kept, every fault said, and nothing that cannot be read let in."""

from typing import Any
from urllib.parse import quote_from_bytes, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from eventsite.web.forms import (
    UNREADABLE,
    AtMost,
    Honeypot,
    Needed,
    OneLine,
    Ticked,
    Words,
    WordsForm,
    Yes,
    read_form,
    shown,
)

SHOWN_AS = "\ufffd"


class Form(WordsForm):
    name = Words(validators=[OneLine(), Needed("Enter your name"), AtMost(20, "Your name")])
    text = Words()
    events = Ticked()
    updates = Yes()
    leave_empty = Honeypot()


async def form_of(body: bytes) -> Form:
    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    headers = [(b"content-type", b"application/x-www-form-urlencoded")]
    return await read_form(Request({"type": "http", "method": "POST", "headers": headers}, receive), Form)


async def sent(**answers: Any) -> Form:
    form = await form_of(urlencode(answers, doseq=True, errors="surrogatepass").encode())
    form.validate()
    return form


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ann  ", "Ann"),
        ("Ann\u00a0 Ames", "Ann Ames"),
        ("Ann\r\nAmes", "Ann Ames"),
        ("Zoe\u0308", "Zoë"),
        ("👩🏽‍⚕️ Ann", "👩🏽‍⚕️ Ann"),
        ("ann\u202emme", "annmme"),
        ("A\u200bnn", "Ann"),
        ("\ufeffAnn", "Ann"),
        ("<script>", "<script>"),
        ("O’Brien & Söhne", "O’Brien & Söhne"),
        ("=?utf-8?q?a=0D?=", "=?utf-8?q?a=0D?="),
    ],
)
async def test_a_line_is_kept_as_typed_but_for_what_nobody_sees(typed: str, kept: str) -> None:
    form = await sent(name=typed)
    assert (form.name.data, form.errors) == (kept, {})


@pytest.mark.parametrize("typed", ["A\x00nn", "A\x08nn", "A\x1bnn", "A\x7fnn", "A\x85nn", "A\u2028nn", "A\ud800nn"])
async def test_what_cannot_be_read_is_said_and_shown_as_such(typed: str) -> None:
    form = await sent(name=typed)
    assert SHOWN_AS in form.name.data
    assert form.name.data.replace(SHOWN_AS, "") == "Ann"
    assert "characters that cannot be used" in form.name.errors[0]


@pytest.mark.parametrize("typed", [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\xc0\x80"])
async def test_bytes_that_are_no_utf_8_are_said_and_shown_as_such(typed: bytes) -> None:
    form = await form_of(b"name=Ann&text=" + quote_from_bytes(typed).encode())
    assert not form.validate()
    assert set(form.text.data) == {SHOWN_AS}


async def test_lines_of_a_paragraph_end_as_unix_ends_them() -> None:
    form = await sent(name="Ann", text="one\r\ntwo\rthree\n\n")
    assert form.text.data == "one\ntwo\nthree"


async def test_one_answer_is_one_answer() -> None:
    form = await sent(name=["Ann", "Bob"], updates=["yes", "yes"], events=["a", "b", "a"])
    assert form.name.data == "Ann"
    assert set(form.errors) == {"name", "updates"}
    assert form.events.data == ["a", "b"]


@pytest.mark.parametrize(("answers", "is_yes"), [({"updates": "yes"}, True), ({"updates": "on"}, False), ({}, False)])
async def test_a_box_is_ticked_by_yes_alone(answers: dict[str, str], is_yes: bool) -> None:
    assert (await sent(name="Ann", **answers)).updates.data is is_yes


@pytest.mark.parametrize(("typed", "errors"), [("x" * 20, []), ("x" * 21, ["Your name must be 20 characters or less"])])
async def test_length_is_counted(typed: str, errors: list[str]) -> None:
    assert list((await sent(name=typed)).name.errors) == errors


async def test_length_is_counted_as_browsers_count() -> None:
    assert (await sent(name="👍" * 10)).errors == {}
    assert "name" in (await sent(name="👍" * 11)).errors


@pytest.mark.parametrize("typed", ["", " ", "\r\n", "\u200b", "\u00a0\u2003"])
async def test_blank_is_empty(typed: str) -> None:
    assert (await sent(name=typed)).errors == {"name": ["Enter your name"]}


async def test_a_trap_for_programs_loses_nothing() -> None:
    form = await sent(name="Ann", leave_empty="http://spam.example")
    assert set(form.errors) == {"leave_empty"}
    assert form.name.data == "Ann"


async def test_a_sentence_from_inside_stands_beside_its_field_or_the_first() -> None:
    form = await sent(name="Ann")
    form.refuse("text", "This panel is closed.")
    form.refuse("", "Too late.")
    assert (list(form.text.errors), list(form.name.errors)) == (["This panel is closed."], ["Too late."])


async def test_an_empty_body_is_an_empty_form() -> None:
    form = await form_of(b"")
    assert not form.validate()
    assert form.name.data == ""


@given(st.text(alphabet=st.characters(codec=None, exclude_categories=())))
def test_whatever_is_typed_what_is_shown_can_be_stored_and_sent(typed: str) -> None:
    kept = shown(typed)
    kept.encode("utf-8")
    assert not UNREADABLE.search(kept.replace("\n", ""))
    assert shown(kept) == kept
