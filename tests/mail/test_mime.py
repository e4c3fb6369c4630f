"""The pieces of a message, each as another reader sees it."""

from email import message_from_bytes, policy
from email.header import decode_header, make_header

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eventsite.mail.mime import (
    BrokenLetter,
    UnfitForHeader,
    base64_part,
    encode_phrase,
    encode_words,
    ensure_fit_for_header,
    ensure_intact,
    multipart,
    part,
    text_part,
)

INJECTIONS = [
    "x\r\nBcc: e@x",
    "x\nBcc: e@x",
    "x\rBcc: e@x",
    "x\x00",
    "x\x0bBcc: e@x",
    "x\x85Bcc: e@x",
    "x\u2028Bcc: e@x",
    "x\u2029Bcc: e@x",
    "x\x7f",
    "x\ud800",
    "=?utf-8?q?a=0D=0ABcc:_e@x?=",
    "a =?iso-8859-1?b?DQpCY2M6IGVAeA==?= b",
]


def unfolded(value: str) -> str:
    return value.replace("\r\n", "")


@pytest.mark.parametrize("text", INJECTIONS)
def test_r5_5_what_could_break_out_of_a_header_is_refused(text: str) -> None:
    for writer in (ensure_fit_for_header, encode_phrase, lambda text: encode_words(text, taken=9)):
        with pytest.raises(UnfitForHeader):
            writer(text)


def test_plain_words_stay_readable() -> None:
    assert encode_words("Your place at HPN North", taken=9) == "Your place at HPN North"


def test_other_words_are_encoded() -> None:
    assert encode_words("Café", taken=9) == "=?utf-8?b?Q2Fmw6k=?="


def test_a_display_name_is_quoted_or_encoded() -> None:
    assert encode_phrase("Healthcare Partnership Network") == '"Healthcare Partnership Network"'
    assert encode_phrase("Réseau") == "=?utf-8?b?UsOpc2VhdQ==?="
    assert encode_phrase('A "quoted" name').startswith("=?utf-8?b?")


FIT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=200).filter(lambda t: "?=" not in t)


@given(FIT)
@example("a" * 300)
@example("half of one =? and no more")
@example("é" * 200)
def test_r5_5_any_words_come_back_from_their_encoding_in_short_lines(text: str) -> None:
    value = encode_words(text, taken=len("Subject: "))
    assert value.isascii()
    assert str(make_header(decode_header(unfolded(value)))) == " ".join(text.split())
    assert all(len(line) <= 76 for line in ("Subject: " + value).split("\r\n"))
    assert all(line.strip() for line in value.split("\r\n")) or not text.split()


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
@example("no end of line")
@example("trailing space \n.\n..\nFrom here\n")
@example("=" * 200)
@example("a long line without any break " * 40)
def test_r5_1_any_text_comes_back_from_its_part(text: str) -> None:
    raw = text_part("plain", text)
    message = message_from_bytes(raw, policy=policy.default)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    normal = "\n".join(line.rstrip(" \t") for line in lines).rstrip("\n") + "\n"
    payload = message.get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert payload.decode().replace("\r\n", "\n") == normal
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 76
    assert raw.count(b"\n") == raw.count(b"\r") == raw.count(b"\r\n")


@given(st.binary(max_size=300))
def test_any_file_comes_back_byte_for_byte(content: bytes) -> None:
    raw = base64_part("text/calendar; charset=utf-8", "sessions.ics", content)
    message = message_from_bytes(raw, policy=policy.default)
    assert message.get_payload(decode=True) == content
    assert (message.get_content_disposition(), message.get_filename()) == ("attachment", "sessions.ics")
    assert max(map(len, raw.split(b"\r\n"))) <= 78


@given(st.text(max_size=200))
def test_no_text_can_hold_a_boundary(text: str) -> None:
    boundary = "=_a0123456789abcdef"
    raw = text_part("plain", f"{text}\n--{boundary}--\n--{boundary}\n{text}")
    content_type, body = multipart("mixed", boundary, [raw])
    message = message_from_bytes(part([("Content-Type", content_type)], body), policy=policy.default)
    assert len(list(message.iter_parts())) == 1
    assert body.count(b"--" + boundary.encode()) == 2


HEAD = b"From: a@b.example\r\nTo: c@d.example\r\n\r\n"


def test_a_message_that_is_as_it_was_meant_passes() -> None:
    try:
        ensure_intact(HEAD + b"body\r\n", ["From", "To"])
    except BrokenLetter as error:
        pytest.fail(f"a sound message was taken for a broken one: {error}")


@pytest.mark.parametrize(
    "message",
    [
        b"From: a@b.example\r\nTo: c@d.example\r\nBcc: e@x.example\r\n\r\nbody\r\n",
        b"To: c@d.example\r\nFrom: a@b.example\r\n\r\nbody\r\n",
        b"From: a@b.example\r\n\r\nbody\r\n",
        HEAD + b"a bare\nline feed\r\n",
        HEAD + b"a bare\rcarriage return\r\n",
        HEAD + b"eight bits \xc3\xa9\r\n",
        HEAD + b"nothing \x00\r\n",
        HEAD + b"x" * 999 + b"\r\n",
    ],
)
def test_r5_1_a_message_that_came_out_otherwise_is_caught(message: bytes) -> None:
    with pytest.raises(BrokenLetter):
        ensure_intact(message, ["From", "To"])


@pytest.mark.parametrize("length", [1, 32, 33, 60])
def test_r5_1_a_file_with_a_long_name_stays_in_short_lines(length: int) -> None:
    name = "n" * length
    written = base64_part("text/calendar", name, b"x" * 200)
    assert max(map(len, written.split(b"\r\n"))) <= 76
    assert message_from_bytes(written, policy=policy.default).get_filename() == name
