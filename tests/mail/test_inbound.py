"""What came home is read whatever somebody sent: as what it is, or refused in one sentence, in a moment."""

import time
from email.message import EmailMessage

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eventsite.mail.inbound import (
    LARGEST_CALENDAR,
    LARGEST_MESSAGE,
    InboundMessage,
    UnreadableMessage,
    in_time,
    read_message,
)
from eventsite.mail.tables import InboundKind
from tests import incoming

US = "rsvp+token@events.example.org"
ANSWER = incoming.reply_calendar("event-1@events.example.org", "ann@trust.example")
MOMENT = 5.0  # seconds: a busy machine's idea of "at once"


def in_parts(part: bytes, times: int, *, close: bool = True) -> bytes:
    end = b"\r\n--b--\r\n" if close else b""
    return b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"\r\n--b\r\n".join([b"", *[part] * times]) + end


def nested(depth: int, innermost: bytes) -> bytes:
    for number in range(depth):
        head = f"Content-Type: multipart/mixed; boundary=b{number}\r\n\r\n--b{number}\r\n".encode()
        innermost = head + innermost + f"\r\n--b{number}--\r\n".encode()
    return innermost


def enclosed(part: bytes) -> bytes:
    return b"Content-Type: message/rfc822\r\n\r\n" + part


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableMessage) as caught:
        read_message(content)
    return str(caught.value)


def read_or_refuse(content: bytes) -> InboundMessage | UnreadableMessage:
    """Anything but the one exception is an accident."""
    try:
        return read_message(content)
    except UnreadableMessage as refusal:
        return refusal


def lines(calendars: tuple[bytes, ...]) -> set[bytes]:
    """Calendars without regard to line ends, which mail servers write as they like."""
    return {calendar.replace(b"\r\n", b"\n").strip() for calendar in calendars}


CALENDAR_PART = b"Content-Type: text/calendar; method=REPLY\r\n\r\n" + ANSWER


@pytest.mark.parametrize(
    "content",
    [
        incoming.answer(US, ANSWER),
        incoming.outlook_answer(US, ANSWER),
        CALENDAR_PART,
        nested(6, CALENDAR_PART),
        enclosed(CALENDAR_PART),
        in_parts(enclosed(CALENDAR_PART), 1),
        # Many programs make the inner boundary out of the outer one.
        in_parts(in_parts(CALENDAR_PART, 1).replace(b"boundary=b", b"boundary=bb").replace(b"--b", b"--bb"), 1),
        b'Content-Type: application/octet-stream; name="Invite.ICS"\r\n\r\n' + ANSWER,
        b"Content-Type: application/ics\r\n\r\n" + ANSWER,
        in_parts(b"\r\nHello", 1, close=False).rstrip() + b"\r\n--b\r\n" + CALENDAR_PART,
    ],
)
def test_r4_14_a_calendar_is_found_anywhere_in_the_message(content: bytes) -> None:
    message = read_message(content)
    assert message.kind is InboundKind.REPLY
    assert lines(message.calendars) == lines((ANSWER,))


def test_the_same_calendar_twice_is_one() -> None:
    mail = incoming.message(US)
    mail.set_content("Yes")
    for _ in range(2):
        mail.add_attachment(ANSWER, "text", "calendar", cte="base64", filename="invite.ics")
    assert read_message(mail.as_bytes()).calendars == (ANSWER,)


def test_mail_with_bare_line_feeds_is_read_as_pipes_give_it() -> None:
    message = read_message(incoming.outlook_answer(US, ANSWER).replace(b"\r\n", b"\n"))
    assert (lines(message.calendars), message.sender) == (lines((ANSWER,)), "ann@trust.example")


@pytest.mark.parametrize("style", incoming.STYLES)
def test_a_bounce_is_one_although_it_brings_the_invitation_along(style: str) -> None:
    message = read_message(incoming.bounce(style, "bounce+token@events.example.org"))
    assert (message.kind, message.calendars) == (InboundKind.BOUNCE, ())


def test_a_bounce_is_one_in_any_container() -> None:
    status = b"Content-Type: message/delivery-status\r\n\r\nAction: failed\r\nFinal-Recipient: rfc822; a@b.example"
    content = in_parts(status, 1, close=False) + b"\r\n--b\r\n" + CALENDAR_PART
    message = read_message(content)
    assert (message.kind, message.calendars) == (InboundKind.BOUNCE, ())


def test_a_reader_s_complaint_is_one() -> None:
    assert read_message(incoming.complaint("abuse@events.example.org")).kind is InboundKind.COMPLAINT


def test_what_a_person_writes_is_something_else() -> None:
    assert read_message(incoming.words(US, "I shall come on Saturday only.")).kind is InboundKind.OTHER


@pytest.mark.parametrize(
    ("written", "sender"),
    [
        ("ann@trust.example", "ann@trust.example"),
        ("Ann <Ann@TRUST.example>", "ann@trust.example"),
        ('"Marlowe, Ann <boss@trust.example>" <ann@trust.example>', "ann@trust.example"),
        ("=?utf-8?q?boss=40trust=2Eexample?= <ann@trust.example>", "ann@trust.example"),
        ("ann@trust.example, mallory@evil.example", ""),
        ("Ann <ann@trust.example>, <mallory@evil.example>", ""),
        ("ann@trust.example\r\nFrom: mallory@evil.example", ""),
        ("Ann", ""),
        ("", ""),
    ],
)
def test_whom_it_is_from(written: str, sender: str) -> None:
    assert read_message(f"From: {written}\r\n\r\nHello".encode()).sender == sender


def test_whom_it_came_to_is_asked_of_the_server_s_words_first() -> None:
    fields = "To: Events <events@example.org>\r\nCc: bob@trust.example\r\nX-Original-To: one@example.org\r\n"
    message = read_message(f"{fields}Delivered-To: two@example.org\r\n\r\nHello".encode())
    assert message.recipients == ("two@example.org", "one@example.org", "events@example.org", "bob@trust.example")


@pytest.mark.parametrize(
    ("field", "is_automatic"),
    [
        ("Auto-Submitted: auto-replied", True),
        ("Auto-Submitted: auto-generated; owner-email=x@y.example", True),
        ("Auto-Submitted: no", False),
        ("Return-Path: <>", True),
        ("Return-Path: <MAILER-DAEMON>", True),
        ("Return-Path: <ann@trust.example>", False),
    ],
)
def test_a_machine_says_that_it_is_one(field: str, is_automatic: bool) -> None:
    assert read_message(f"{field}\r\n\r\nHello".encode()).is_automatic is is_automatic


def test_r4_17_a_message_has_at_most_5_mb() -> None:
    head = b"Subject: x\r\n\r\n"
    assert read_message(head + b"x" * (LARGEST_MESSAGE - len(head))).kind is InboundKind.OTHER
    assert refusal(head + b"x" * (LARGEST_MESSAGE + 1 - len(head))) == "The message is larger than 5 MB."


def test_r4_17_a_message_has_at_most_20_parts() -> None:
    assert read_message(in_parts(CALENDAR_PART, 20)).calendars
    assert refusal(in_parts(CALENDAR_PART, 21)) == "The message has more than 20 parts."


@pytest.mark.parametrize("encoding", ["7bit", "base64", "quoted-printable"])
def test_r4_17_a_calendar_has_at_most_256_kb(encoding: str) -> None:
    def with_calendar(size: int) -> bytes:
        mail = EmailMessage()
        content = (b"X" * 60 + b"\n") * (size // 61 + 1)
        mail.set_content(content[:size], "text", "calendar", cte=encoding)
        return mail.as_bytes()

    assert len(read_message(with_calendar(LARGEST_CALENDAR - 100)).calendars) == 1
    assert refusal(with_calendar(LARGEST_CALENDAR + 100)) == "The calendar in the message is larger than 256 kB."


async def test_r4_17_reading_takes_at_most_a_second_of_the_processor() -> None:
    def busy() -> None:
        started = time.thread_time()
        while time.thread_time() - started < 1:
            pass

    with pytest.raises(UnreadableMessage, match=r"took longer than 0\.05 s"):
        await in_time(busy, seconds=0.05)


async def test_r4_17_nor_does_it_wait_for_ever() -> None:
    started = time.monotonic()
    with pytest.raises(UnreadableMessage, match=r"took longer than 0\.01 s"):
        await in_time(lambda: time.sleep(2), seconds=0.01)
    assert time.monotonic() - started < 1.9


async def test_what_waits_for_the_processor_alone_is_waited_for() -> None:
    def slow() -> str:
        time.sleep(0.1)
        return "read"

    assert await in_time(slow, seconds=0.05) == "read"


BOMBS = {
    "10,000 parts": in_parts(b"Content-Type: text/plain\r\n\r\nx", 10_000),
    "10,000 empty parts": in_parts(b"", 10_000),
    "parts within parts": nested(2000, CALENDAR_PART),
    "messages within messages": b"Content-Type: message/rfc822\r\n\r\n" * 100_000 + ANSWER,
    "a header of 4 MB": b"X: " + b"y" * 4_000_000,
    "half a million header fields": b"X: y\r\n" * 500_000 + b"\r\n",
    "half a million folds": b"X: y\r\n" + b" y\r\n" * 500_000 + b"\r\n",
    "half a million parameters": b"Content-Type: text/plain" + b";a=b" * 500_000 + b"\r\n\r\nx",
    "half a million addresses": b"From: " + b"a@b.example," * 400_000 + b"\r\n\r\nx",
    "brackets": b"From: " + b"<" * 200_000 + b"\r\n\r\nx",
    "quotes": b'From: "' + b'\\"' * 100_000 + b"\r\n\r\nx",
    "boundaries that are none": in_parts(b"\r\n--bb" * 800_000, 1),
    "boundaries and blanks": in_parts(b"\r\n--b" + b" " * 4_000_000 + b"x", 1),
    "a short boundary in short lines": b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\n" * 1_200_000,
    "broken base64": b"Content-Type: text/calendar\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"=A" * 300_000,
    "a report of 500,000 blocks": b"Content-Type: message/delivery-status\r\n\r\n"
    + b"Action: failed\r\n\r\n" * 200_000,
    "a letter of blank lines": b"Content-Type: message/rfc822\r\n\r\n" + b" \r\n" * 1_600_000,
    "blank lines": b"Content-Type: message/delivery-status\r\n\r\n" + b"\r\n" * 2_400_000,
    "digits": b"X-Failed-Recipients: a@b.example\r\n\r\n" + b"5.1.1." * 800_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_r4_17_no_message_takes_long(name: str) -> None:
    started = time.process_time()
    read_or_refuse(BOMBS[name])
    assert time.process_time() - started < MOMENT / 5


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00",
        b"\r\n\r\n",
        b"Content-Type: multipart/mixed\r\n\r\n",
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\nno boundary",
        b'Content-Type: multipart/mixed; boundary="\xff\xfe"\r\n\r\n--\xff\xfe\r\n',
        b"Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n",
        b"Content-Type: text/calendar; charset=\xff; name*=utf-99''x.ics\r\n\r\nx",
        b"Content-Type: text/plain; name*0*=bogus'x'%ff%fe; name*1=y\r\n\r\nx",
        b"Content-Transfer-Encoding: uuencode\r\nContent-Type: text/calendar\r\n\r\nbegin 666 x\r\n",
        b"Content-Type: message/delivery-status\r\n\r\n",
        b"Content-Type: message/feedback-report\r\n\r\nFeedback-Type: not-spam\r\n",
    ],
)
def test_odd_messages_are_read_as_no_bounce(content: bytes) -> None:
    assert read_message(content).report is None


GENUINE = [
    incoming.answer(US, ANSWER),
    incoming.outlook_answer(US, ANSWER),
    incoming.complaint("abuse@events.example.org"),
    *(incoming.bounce(style, "bounce+token@events.example.org") for style in incoming.STYLES),
]


@given(st.binary(max_size=2000))
@example(
    b"Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n\xff: \xff"
)
def test_r4_17_nothing_but_the_one_refusal_comes_of_any_bytes(content: bytes) -> None:
    assert isinstance(read_or_refuse(content), InboundMessage | UnreadableMessage)


@given(st.data())
def test_r4_17_nor_of_genuine_mail_that_was_cut_or_spoilt(data: st.DataObject) -> None:
    content = data.draw(st.sampled_from(GENUINE))
    start, stop = sorted(data.draw(st.tuples(*[st.integers(0, len(content))] * 2)))
    spoilt = content[:start] + data.draw(st.binary(max_size=60)) + content[stop:]
    assert isinstance(read_or_refuse(spoilt), InboundMessage | UnreadableMessage)
