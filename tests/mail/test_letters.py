"""A letter's finished bytes, read by Python's own parser, which had no part in writing them."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, UndefinedError

from eventsite.mail.letters import Attachment, Invitation, Letter, Sender, finish, render_letter
from eventsite.mail.mime import BrokenLetter, UnfitForHeader
from eventsite.templating import create_environment
from tests.mail.conftest import A_LETTER, CALENDAR
from tests.mail.plain_reader import read
from tests.mail.test_mime import INJECTIONS

SENDER = Sender("events@events.example.org", "Healthcare Partnership Network", "office@example.org")
MESSAGE_ID = "<0123456789abcdef@events.example.org>"
DATE = datetime(2027, 3, 10, 12, 0, tzinfo=UTC)
EVERY_LETTER = [
    *("From", "To", "Subject", "Date", "Message-ID", "Reply-To", "MIME-Version", "Content-Language"),
    *("Auto-Submitted", "X-Auto-Response-Suppress", "Content-Type"),
]
ANNOUNCEMENT = replace(A_LETTER, unsubscribe="https://events.example.org/u/" + "a" * 38)
INVITATION = replace(
    A_LETTER,
    attachments=(),
    invitation=Invitation("REQUEST", CALENDAR),
    in_reply_to="<first@events.example.org>",
    references=("<first@events.example.org>", "<second@events.example.org>"),
)


def finished(letter: Letter = A_LETTER, sender: Sender = SENDER) -> bytes:
    return finish(letter, sender=sender, message_id=MESSAGE_ID, date=DATE)


def parsed(letter: Letter = A_LETTER, sender: Sender = SENDER) -> EmailMessage:
    message = message_from_bytes(finished(letter, sender), policy=policy.default)
    assert not message.defects
    return message


def shape(part: MIMEPart) -> object:
    """A tree of media types."""
    own = part.get_content_type()
    return (own, [shape(each) for each in part.iter_parts()]) if part.is_multipart() else own


def test_r5_2_the_head_of_every_letter() -> None:
    message = parsed()
    assert message.keys() == EVERY_LETTER
    assert dict(message.items()) | {"Content-Type": ""} == {
        "From": "Healthcare Partnership Network <events@events.example.org>",
        "To": "ann@trust.example",
        "Subject": "We have noted your interest",
        "Date": "Wed, 10 Mar 2027 12:00:00 +0000",
        "Message-ID": MESSAGE_ID,
        "Reply-To": "office@example.org",
        "MIME-Version": "1.0",
        "Content-Language": "en-GB",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Type": "",
    }


def test_r5_1_two_bodies_and_the_files() -> None:
    assert shape(parsed()) == (
        "multipart/mixed",
        [("multipart/alternative", ["text/plain", "text/html"]), "text/calendar", "text/calendar"],
    )


def test_r5_1_without_files_two_bodies_are_all() -> None:
    assert shape(parsed(replace(A_LETTER, attachments=()))) == ("multipart/alternative", ["text/plain", "text/html"])


def test_the_bodies_come_back_as_they_were() -> None:
    message = parsed()
    bodies = [message.get_body((kind,)) for kind in ("plain", "html")]
    texts = [body.get_content().replace("\r\n", "\n") for body in bodies if body]
    assert texts == [A_LETTER.text, A_LETTER.html + "\n"]


def test_a_calendar_file_comes_back_byte_for_byte() -> None:
    first = next(parsed().iter_attachments())
    assert isinstance(first, EmailMessage)
    assert first.get_payload(decode=True) == CALENDAR
    assert first.get_filename() == "hpn-midlands.ics"
    assert first["Content-Type"] == 'text/calendar; charset="utf-8"'


def test_r5_1_an_invitation_is_the_last_alternative_and_a_file_of_the_same_bytes() -> None:
    message = parsed(INVITATION)
    assert shape(message) == (
        "multipart/mixed",
        [("multipart/alternative", ["text/plain", "text/html", "text/calendar"]), "application/ics"],
    )
    inline, file = [part for part in message.walk() if part.get_content_type() in ("text/calendar", "application/ics")]
    assert inline.get_payload(decode=True) == file.get_payload(decode=True) == CALENDAR
    assert inline["Content-Type"].params == {"charset": "utf-8", "method": "REQUEST"}
    assert (inline.get_content_disposition(), file.get_filename()) == (None, "invite.ics")


def test_r5_1_an_invitations_header_stands_on_one_line() -> None:
    assert b'\r\nContent-Type: text/calendar; charset="utf-8"; method="REQUEST"\r\n' in finished(INVITATION)


def test_r5_3_an_answer_says_what_it_belongs_to() -> None:
    message = parsed(INVITATION)
    assert message["In-Reply-To"] == "<first@events.example.org>"
    assert message["References"].split() == ["<first@events.example.org>", "<second@events.example.org>"]


def test_r5_4_only_an_announcement_can_be_unsubscribed_from_in_one_click() -> None:
    raw = finished(ANNOUNCEMENT)
    assert f"\r\nList-Unsubscribe:\r\n <{ANNOUNCEMENT.unsubscribe}>\r\n".encode() in raw
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw
    assert b"List-Unsubscribe" not in finished()


@pytest.mark.parametrize("host", ["e.example", "events.healthcare-partnership-network.example", "a" * 250 + ".example"])
def test_r5_4_the_address_stands_on_one_line_as_it_is_however_long(host: str) -> None:
    address = f"https://{host}/u/" + "a" * 38
    raw = finished(replace(A_LETTER, unsubscribe=address))
    assert f" <{address}>\r\n".encode() in raw
    assert b"=?" not in raw
    assert message_from_bytes(raw, policy=policy.default)["List-Unsubscribe"].strip() == f"<{address}>"
    assert dict(read(raw).headers)["List-Unsubscribe"] == f"<{address}>"


@pytest.mark.parametrize(
    "address", ["https://events.example.org/u/" + "a" * 400, "mailto:a@b.example", "https://x/<y>"]
)
def test_r5_4_an_unsubscribe_address_that_mail_programs_would_not_read_is_a_fault(address: str) -> None:
    with pytest.raises(BrokenLetter):
        finished(replace(A_LETTER, unsubscribe=address))


@pytest.mark.parametrize("letter", [A_LETTER, INVITATION])
def test_r5_1_seven_bits_short_lines_and_crlf(letter: Letter) -> None:
    raw = finished(replace(letter, subject="Café – " * 30, text="é" * 5000))
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert raw.count(b"\n") == raw.count(b"\r") == raw.count(b"\r\n")
    assert raw.endswith(b"\r\n")


def test_r5_5_encoded_words_stand_in_subject_and_senders_name_only() -> None:
    raw = finished(replace(ANNOUNCEMENT, subject="Café"), replace(SENDER, name="Réseau"))
    head = raw.partition(b"\r\n\r\n")[0].replace(b"\r\n ", b" ").split(b"\r\n")
    assert [line.partition(b":")[0] for line in head if b"=?" in line] == [b"From", b"Subject"]
    message = message_from_bytes(raw, policy=policy.default)
    assert (message["Subject"], message["From"].addresses[0].display_name) == ("Café", "Réseau")


def test_the_same_letter_is_the_same_bytes() -> None:
    assert finished() == finished()


@pytest.mark.parametrize("text", INJECTIONS)
@pytest.mark.parametrize("field", ["subject", "to", "reply_to", "in_reply_to", "unsubscribe"])
def test_r5_5_what_people_type_cannot_add_a_header(field: str, text: str) -> None:
    typed: dict[str, Any] = {field: text}
    with pytest.raises(UnfitForHeader):
        finished(replace(A_LETTER, **typed))


@pytest.mark.parametrize(
    "address",
    ["ann@trust.example, e@x.example", "Ann <ann@trust.example>", "ann", "a b@x.example", "a@exämple.org", "a@x>\x20"],
)
def test_r5_6_the_recipient_is_one_bare_address(address: str) -> None:
    with pytest.raises(BrokenLetter):
        finished(replace(A_LETTER, to=address))


@pytest.mark.parametrize(
    "file",
    [
        Attachment('a".ics', "text/calendar", b""),
        Attachment("../a.ics", "text/calendar", b""),
        Attachment("a.ics", "text/calendar; x", b""),
        Attachment("a.ics", "text/calendar", b"", (("x", 'y"; z'),)),
    ],
)
def test_a_files_name_and_type_keep_to_their_shapes(file: Attachment) -> None:
    with pytest.raises(BrokenLetter):
        finished(replace(A_LETTER, attachments=(file,)))


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=200), st.text(max_size=200))
def test_r5_2_whatever_is_written_the_headers_are_those_that_were_meant(
    subject: str, name: str, text: str, html: str
) -> None:
    letter = replace(A_LETTER, subject=subject, text=text, html=html)
    try:
        raw = finished(letter, replace(SENDER, name=name))
    except UnfitForHeader:
        return
    message = message_from_bytes(raw, policy=policy.default)
    assert message.keys() == EVERY_LETTER
    assert [address.addr_spec for address in message["To"].addresses] == ["ann@trust.example"]
    assert [address.addr_spec for address in message["From"].addresses] == ["events@events.example.org"]
    assert len(list(message.walk())) == 6


@pytest.fixture
def templates(tmp_path: Path) -> Environment:
    folder = tmp_path / "interest/letters/received"
    folder.mkdir(parents=True)
    (folder / "subject.txt").write_text("For {{ name }}\n")
    (folder / "body.txt").write_text("Dear {{ name }},\n\tthank you\n")
    (folder / "body.html").write_text("<title>{{ subject }}</title><p>Dear {{ name }}</p>")
    return create_environment(tmp_path, filters={}, names={})


def test_r5_21_text_is_left_as_it_is_and_html_escaped(templates: Environment) -> None:
    subject, text, html = render_letter(templates, "interest/letters/received", {"name": "<b>&'"})
    assert (subject, text) == ("For <b>&'", "Dear <b>&',\n\tthank you\n")
    assert html == "<title>For &lt;b&gt;&amp;&#39;</title><p>Dear &lt;b&gt;&amp;&#39;</p>"


def test_control_characters_are_left_out_and_the_subject_is_one_line(templates: Environment) -> None:
    subject, text, _ = render_letter(
        templates, "interest/letters/received", {"name": "A\x00n\x85n\u2028\ud800\r\nBcc: x"}
    )
    assert (subject, text) == ("For Ann Bcc: x", "Dear Ann\nBcc: x,\n\tthank you\n")


def test_a_missing_name_is_an_error(templates: Environment) -> None:
    with pytest.raises(UndefinedError):
        render_letter(templates, "interest/letters/received", {})


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300), st.binary(max_size=200))
def test_a_second_reader_finds_the_same(text: str, file: bytes) -> None:
    letter = replace(A_LETTER, text=text, html=f"<p>{text}", attachments=(Attachment("a.ics", "text/calendar", file),))
    whole = read(finished(letter))
    bodies, attached = whole.parts
    assert [name for name, _ in whole.headers] == EVERY_LETTER
    assert [part.content.decode().rstrip("\r\n") for part in bodies.parts] == [
        text.rstrip(" \t"),
        f"<p>{text}".rstrip(" \t"),
    ]
    assert attached.content == file
