"""Reports of mail servers, in the styles of the common ones; `flufl.bounce`, which reads Mailman's, thinks the same."""

from email import message_from_bytes

import pytest
from flufl.bounce import all_failures

from eventsite.mail.inbound import read_message
from eventsite.mail.reports import DeliveryStatus, Report
from tests import incoming

US = "bounce+token@events.example.org"
LETTER = "<0123456789abcdef@events.example.org>"


def report(content: bytes) -> Report:
    found = read_message(content).report
    assert found is not None
    return found


def status(content: bytes) -> DeliveryStatus:
    (only,) = report(content).statuses
    return only


@pytest.mark.parametrize("style", incoming.STYLES)
def test_r5_19_action_status_address_and_words_are_read(style: str) -> None:
    read = status(incoming.bounce(style, US))
    assert (read.action, read.status, read.recipient) == ("failed", "5.1.1", "ann@trust.example")
    assert incoming.NO_SUCH_USER in read.words


@pytest.mark.parametrize("style", incoming.STYLES)
def test_r5_19_another_reader_of_bounces_thinks_the_same(style: str) -> None:
    content = incoming.bounce(style, US)
    temporary, permanent = all_failures(message_from_bytes(content))
    assert (set(temporary), set(permanent)) == (set(), {status(content).recipient.encode()})


@pytest.mark.parametrize("style", ["postfix", "exchange", "gmail"])
def test_r5_19_a_delay_is_told_from_a_failure_by_both(style: str) -> None:
    content = incoming.bounce(style, US, action="delayed", status="4.4.1", diagnosis="451 4.4.1 Try again")
    temporary, permanent = all_failures(message_from_bytes(content))
    assert (set(temporary), set(permanent)) == ({b"ann@trust.example"}, set())
    assert (status(content).action, status(content).status) == ("delayed", "4.4.1")


@pytest.mark.parametrize("style", incoming.STYLES)
def test_r5_19_the_letter_it_is_about_is_named(style: str) -> None:
    # An old Exim quotes it in plain text alone: there the address that it came to must do.
    named = () if style == "old exim" else (LETTER,)
    assert report(incoming.bounce(style, US, message_id=LETTER)).message_ids == named


@pytest.mark.parametrize(
    ("said", "diagnosis", "meant"),
    [
        ("5.0.0", "550 5.1.1 No such user", "5.1.1"),
        ("5.0.0", "550-5.1.10 RESOLVER.ADR.RecipientNotFound", "5.1.10"),
        ("5.0.0", "550 No such user at 192.0.2.51", "5.0.0"),
        ("5.0.0", "452 4.2.2 Mailbox full", "5.0.0"),
        ("5.2.2", "550 5.1.1 No such user", "5.2.2"),
        ("5.1.1 (bad destination mailbox address)", "550 no", "5.1.1"),
        ("nonsense", "550 5.4.1 Access denied", "5.4.1"),
        ("nonsense", "no", ""),
    ],
)
def test_r5_19_a_status_that_says_nothing_gives_way_to_the_other_server_s(
    said: str, diagnosis: str, meant: str
) -> None:
    assert status(incoming.bounce("postfix", US, status=said, diagnosis=diagnosis)).status == meant


def test_the_address_that_was_written_to_comes_before_the_one_it_was_forwarded_to() -> None:
    content = incoming.bounce("postfix", US).replace(
        b"Final-Recipient: rfc822; ann@", b"Final-Recipient: rfc822; ward7@"
    )
    assert status(content).recipient == "ann@trust.example"


def test_a_report_on_several_addresses_has_a_status_for_each() -> None:
    more = b"Action: delivered\r\nFinal-Recipient: rfc822; Bob@Trust.Example\r\nStatus: 2.0.0\r\n\r\nFinal-Recipient:"
    content = incoming.bounce("gmail", US).replace(b"Final-Recipient:", more, 1)
    assert [(one.action, one.recipient) for one in report(content).statuses] == [
        ("delivered", "bob@trust.example"),
        ("failed", "ann@trust.example"),
    ]


def test_the_words_are_printable_and_short() -> None:
    words = status(
        incoming.bounce("postfix", US, diagnosis="550 5.1.1 no\x1b[31m\x00 such\u202e user " + "x" * 5000)
    ).words
    assert words.startswith("550 5.1.1 no [31m such")
    assert (len(words), words.isprintable()) == (500, True)


@pytest.mark.parametrize("kind", ["abuse", "fraud", "opt-out", "other"])
def test_r5_20_a_reader_s_complaint_is_told_with_whom_and_what_it_is_about(kind: str) -> None:
    read = report(incoming.complaint("abuse@events.example.org", path=US, message_id=LETTER, kind=kind))
    assert (read.is_complaint, read.return_paths, read.message_ids) == (True, (US,), (LETTER,))
    assert [one.recipient for one in read.statuses] == ["ann@trust.example"]


@pytest.mark.parametrize("kind", ["not-spam", "auth-failure", "dmarc", ""])
def test_r5_20_other_feedback_is_no_complaint(kind: str) -> None:
    assert read_message(incoming.complaint("abuse@events.example.org", kind=kind)).report is None
