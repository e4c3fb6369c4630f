"""What comes back from people's calendars (RFC 5546 §3.2.3): read where it is an answer, refused where it is not.

The answers in `answers/` have the shape in which Outlook, Google, Apple and a plain telephone write them.
"""

import random
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsite.calendars.itip import cancel, request
from eventsite.calendars.replies import NeedsAPerson, Reply, UnreadableReply, read_reply
from tests.calendars.factories import STAMP, parties, session
from tests.calendars.libical import Libical

ANSWERS = {path.stem: path.read_bytes() for path in sorted((Path(__file__).parent / "answers").glob("*.ics"))}
GOOGLE = ANSWERS["google"]
ANN = "ann.other@example.org"
ANSWERED = datetime(2027, 2, 2, 8, 15, 2, tzinfo=UTC)
UID = session().uid
OURS = "events@events.example.org"


def without(name: str) -> bytes:
    """Google's answer without the lines of a property."""
    lines = GOOGLE.replace(b"\r\n ", b"").splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(name.encode()))


def with_line(line: str) -> bytes:
    """Google's answer with this line instead of its own of the same name."""
    name = line.partition(":")[0].partition(";")[0]
    return without(name).replace(b"END:VEVENT", f"{line}\r\nEND:VEVENT".encode())


@pytest.mark.parametrize(
    ("program", "reply"),
    [
        ("outlook", Reply(UID, ANN, "ACCEPTED", 1, ANSWERED, organizer="")),
        ("google", Reply(UID, ANN, "DECLINED", 1, ANSWERED, organizer=OURS)),
        ("apple", Reply(UID, ANN, "TENTATIVE", 1, ANSWERED, organizer=OURS)),
        ("minimal", Reply(UID, ANN, "DELEGATED", 0, None, organizer="")),
    ],
)
def test_r4_15_the_answer_of_each_program_is_read(program: str, reply: Reply) -> None:
    assert read_reply(ANSWERS[program]) == reply


def test_r4_15_libical_would_have_refused_outlooks_answer_so_it_is_not_asked(libical: Libical) -> None:
    assert libical.is_allowed(without("DESCRIPTION"))
    assert not libical.is_allowed(without("DESCRIPTION").replace(b"ORGANIZER", b"X-A"))
    assert not libical.is_allowed(ANSWERS["outlook"])


@pytest.mark.parametrize("answer", ["ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED", "accepted", '"DECLINED"'])
def test_r4_14_four_answers_are_taken(answer: str) -> None:
    reply = read_reply(with_line(f"ATTENDEE;PARTSTAT={answer}:mailto:ann@example.org"))

    assert reply.partstat == answer.strip('"').upper()


@pytest.mark.parametrize("parameters", ["", ";PARTSTAT=NEEDS-ACTION", ";PARTSTAT=", ";PARTSTAT=ACCEPTED,DECLINED"])
def test_r4_14_an_answer_that_says_neither_is_none(parameters: str) -> None:
    with pytest.raises(UnreadableReply, match="neither yes nor no"):
        read_reply(with_line(f"ATTENDEE{parameters}:mailto:ann@example.org"))


@pytest.mark.parametrize("method", ["COUNTER", "REFRESH", "counter"])
def test_r4_14_who_proposes_another_time_or_asks_again_needs_a_person(method: str) -> None:
    with pytest.raises(NeedsAPerson, match="a person must answer it"):
        read_reply(GOOGLE.replace(b"METHOD:REPLY", f"METHOD:{method}".encode()))


@pytest.mark.parametrize(
    ("method", "words"),
    [
        ("METHOD:REQUEST", "an invitation"),
        ("METHOD:CANCEL", "a cancellation"),
        ("METHOD:PUBLISH", "a published calendar"),
        ("METHOD:NONSENSE", "something else"),
        ("X-METHOD:REPLY", "a calendar without a METHOD"),
    ],
)
def test_r4_14_what_is_not_a_reply_says_what_it_is(method: str, words: str) -> None:
    with pytest.raises(UnreadableReply, match=f"^The message is not a reply but {words}.$"):
        read_reply(GOOGLE.replace(b"METHOD:REPLY", method.encode()))


def test_r4_14_our_own_letters_are_no_replies() -> None:
    for written in (request(session(), parties(), stamp=STAMP), cancel(session(), parties(), stamp=STAMP)):
        with pytest.raises(UnreadableReply, match="not a reply"):
            read_reply(written)


@pytest.mark.parametrize("name", ["UID", "ATTENDEE"])
def test_r4_14_who_and_what_must_be_there(name: str) -> None:
    with pytest.raises(UnreadableReply, match=f"has no {name}"):
        read_reply(without(name))


@pytest.mark.parametrize("line", ["UID:other@x", "ATTENDEE:mailto:ben@example.org", "SEQUENCE:2", "METHOD:REPLY"])
def test_r4_14_who_and_what_must_be_there_once(line: str) -> None:
    at = b"END:VEVENT" if not line.startswith("METHOD") else b"BEGIN:VEVENT"
    name = line.partition(":")[0]

    with pytest.raises(UnreadableReply, match=f"more than one {name}"):
        read_reply(GOOGLE.replace(at, line.encode() + b"\r\n" + at))


@pytest.mark.parametrize("component", [b"VTODO", b"VFREEBUSY"])
def test_r4_14_an_answer_is_about_one_event(component: bytes) -> None:
    twice = GOOGLE[GOOGLE.index(b"BEGIN:VEVENT") : GOOGLE.index(b"END:VCALENDAR")]

    with pytest.raises(UnreadableReply, match="exactly one entry"):
        read_reply(GOOGLE.replace(b"VEVENT", component))
    with pytest.raises(UnreadableReply, match="exactly one entry"):
        read_reply(GOOGLE.replace(b"END:VCALENDAR", twice + b"END:VCALENDAR"))
    with pytest.raises(UnreadableReply, match="exactly one calendar"):
        read_reply(GOOGLE + GOOGLE)


def test_r4_14_an_alarm_in_an_answer_is_not_its_attendee() -> None:
    alarm = b"BEGIN:VALARM\r\nATTENDEE:mailto:mallory@example.org\r\nUID:alarm\r\nEND:VALARM\r\n"

    assert read_reply(GOOGLE.replace(b"END:VEVENT", alarm + b"END:VEVENT")) == read_reply(GOOGLE)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("MAILTO:Ann.Other@EXAMPLE.org", ANN),
        ("mailto:ann.other@example.org ", ANN),
        ("ann.other@example.org", ANN),
        ("mailto:a%3Fb@example.org", "a?b@example.org"),
    ],
)
def test_r4_15_an_address_is_compared_in_small_letters_and_without_mailto(written: str, address: str) -> None:
    assert read_reply(with_line(f"ATTENDEE;PARTSTAT=ACCEPTED:{written}")).attendee == address


@pytest.mark.parametrize(
    "written",
    [
        *("", "mailto:", "ann", "mailto:<ann@example.org>", "invalid:nomail", "urn:uuid:1", "mailto:änn@example.org"),
        *("mailto:ann@example.org,ben@example.org", "mailto:ann%0A@example.org", f"mailto:ann@{'a' * 300}.org"),
        "mailto:ann@example.org?subject=hello",
    ],
)
@pytest.mark.parametrize("name", ["ATTENDEE;PARTSTAT=ACCEPTED", "ORGANIZER"])
def test_r4_15_what_is_no_address_is_refused(name: str, written: str) -> None:
    with pytest.raises(UnreadableReply, match="no e-mail address"):
        read_reply(with_line(f"{name}:{written}"))


@pytest.mark.parametrize("number", ["-1", "1.5", "", "one", "٣", str(2**31), "9" * 99])
def test_r4_16_a_sequence_is_a_number_that_a_calendar_can_have(number: str) -> None:
    with pytest.raises(UnreadableReply, match="SEQUENCE"):
        read_reply(with_line(f"SEQUENCE:{number}"))


def test_r4_16_a_sequence_that_is_not_said_is_zero_and_a_stamp_may_be_missing() -> None:
    assert read_reply(without("SEQUENCE")).sequence == 0
    assert read_reply(without("DTSTAMP")).stamp is None


def test_r4_16_a_stamp_is_in_utc_whatever_the_machine_thinks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()

    read = [read_reply(with_line(f"DTSTAMP:20270202T081502{zone}")).stamp for zone in ("", "Z")]

    monkeypatch.undo()
    time.tzset()
    assert read == [ANSWERED, ANSWERED]


@pytest.mark.parametrize(
    "value", ["20270202", "20271302T081502Z", "20270202T081561Z", "yesterday", "", "00000000T000000Z"]
)
def test_r4_16_a_stamp_that_is_no_moment_is_refused(value: str) -> None:
    with pytest.raises(UnreadableReply):
        read_reply(with_line(f"DTSTAMP:{value}"))


@pytest.mark.parametrize("value", ["", "a b", "ü@x", "x" * 256])
def test_r4_14_a_uid_that_cannot_be_ours_is_refused(value: str) -> None:
    with pytest.raises(UnreadableReply, match="UID"):
        read_reply(with_line(f"UID:{value}"))


@pytest.mark.parametrize(
    "encoded",
    [
        b"\xef\xbb\xbf" + GOOGLE,
        GOOGLE.decode().encode("utf-16"),
        GOOGLE.replace(b"Ann", b"\xc4nn"),
        GOOGLE.replace(b"\r\n", b"\n"),
        GOOGLE.replace(b"\r\n", b"\r"),
        GOOGLE.replace(b"\r\n ", b"\n\t"),
        GOOGLE + b"\r\n\r\n-- \r\nSent from somewhere",
    ],
    ids=["byte order mark", "UTF-16", "Latin-1", "line feeds", "carriage returns", "tabs", "a footer"],
)
def test_r4_17_other_encodings_and_line_ends_are_read(encoded: bytes) -> None:
    assert read_reply(encoded) == read_reply(GOOGLE)


HOSTILE = {
    "nothing": b"",
    "noise": random.Random(1).randbytes(4000),
    "NUL": GOOGLE.replace(b"SUMMARY:", b"SUMMARY:\0"),
    "UTF-16 without its mark": GOOGLE.decode().encode("utf-16-le"),
    "half a UTF-16 character": b"\xff\xfe" + GOOGLE[:-1],
    "too large": GOOGLE.replace(b"DESCRIPTION:", b"DESCRIPTION:" + b"x" * 256 * 1024),
    "broken off": GOOGLE[: GOOGLE.index(b"END:VEVENT")],
    "ends that never began": b"END:VEVENT\r\n" * 20_000,
    "nested": b"BEGIN:VEVENT\r\n" * 18_000,
    "nested and closed": b"BEGIN:VEVENT\r\n" * 9_000 + b"END:VEVENT\r\n" * 9_000,
    "crossed": GOOGLE.replace(b"END:VEVENT", b"END:VTODO"),
    "many attendees": GOOGLE.replace(b"END:VEVENT", b"ATTENDEE:x\r\n" * 20_000 + b"END:VEVENT"),
    "many parameters": with_line("ATTENDEE" + ";A=B" * 60_000 + ":mailto:ann@example.org"),
    "a long address": with_line("ATTENDEE;PARTSTAT=ACCEPTED:mailto:" + "a" * 200_000 + "@example.org"),
    "open quotation mark": with_line('ATTENDEE;CN="' + "\\" * 2_000 + ":mailto:ann@example.org"),
    "no value": GOOGLE.replace(b"UID:", b"UID;"),
}
LIMITS = {
    "too large": "larger than 256 kB",
    "nested": "nested too deeply",
    "many parameters": "too long",
    "a long address": "too long",
    "NUL": "not text",
}
HARMLESS = {
    "many properties": GOOGLE.replace(b"END:VEVENT", b"X-A:b\r\n" * 30_000 + b"END:VEVENT"),
    "many zones": GOOGLE.replace(b"BEGIN:VEVENT", b"BEGIN:A\r\nEND:A\r\n" * 14_000 + b"BEGIN:VEVENT"),
    "a long description": GOOGLE.replace(b"DESCRIPTION:", b"DESCRIPTION:" + b"x" * 250_000),
    "many folds": GOOGLE.replace(b"DESCRIPTION:", b"DESCRIPTION:" + b"\r\n " * 80_000),
    "wrong times": GOOGLE.replace(b"DTSTART:2027", b"DTSTART;TZID=Nowhere/Land:9999"),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_r4_17_a_hostile_message_is_refused_in_a_moment_with_a_sentence(content: bytes) -> None:
    began = time.perf_counter()

    with pytest.raises(UnreadableReply, match=r"^The [^:]+\.$|^A [^:]+\.$"):
        read_reply(content)

    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(("name", "words"), LIMITS.items(), ids=LIMITS)
def test_r4_17_what_passes_a_limit_is_refused_before_it_is_taken_apart(name: str, words: str) -> None:
    with pytest.raises(UnreadableReply, match=words):
        read_reply(HOSTILE[name])


@pytest.mark.parametrize("content", HARMLESS.values(), ids=HARMLESS)
def test_r4_17_what_does_not_matter_is_passed_over_in_a_moment(content: bytes) -> None:
    began = time.perf_counter()

    assert read_reply(content) == read_reply(GOOGLE)

    assert time.perf_counter() - began < 1


@given(st.data())
def test_r4_17_an_answer_damaged_anywhere_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(sorted(ANSWERS.values()))))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))

    try:
        reply = read_reply(bytes(content))
    except UnreadableReply:
        return
    assert reply.attendee.isascii()
    assert reply.partstat in {"ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED"}


@given(st.binary(max_size=400) | st.text().map(str.encode))
def test_r4_17_anything_at_all_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(UnreadableReply):
        read_reply(content)


def test_r4_17_a_refusal_repeats_nothing_of_the_message() -> None:
    secret = "4857773456"
    for name in ("METHOD", "UID", "ATTENDEE;PARTSTAT=ACCEPTED", "DTSTAMP", "SEQUENCE", "ORGANIZER", "BEGIN", "END"):
        for value in (f"{secret} ", f'";{secret}', f"mailto:{secret}"):
            with pytest.raises(UnreadableReply) as refusal:
                read_reply(with_line(f"{name}:{value} x"))
            assert secret not in str(refusal.value)
            assert refusal.value.__cause__ is None
            assert refusal.value.__suppress_context__ or refusal.value.__context__ is None
