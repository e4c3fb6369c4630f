"""A letter taken apart, to be shown."""

from eventsite.mail.reading import read_letter
from tests.mail.conftest import A_LETTER, CALENDAR
from tests.mail.test_letters import INVITATION, finished


def test_a_letter_of_ours_comes_apart_into_what_it_was_made_of() -> None:
    read = read_letter(finished())
    assert (read.text, read.html.strip()) == (A_LETTER.text, A_LETTER.html)
    assert [(file.filename, file.media_type) for file in read.files] == [
        ("hpn-midlands.ics", "text/calendar"),
        ("hpn-mental-health.ics", "text/calendar"),
    ]
    assert read.files[0].content == CALENDAR


def test_headers_are_found_by_any_case_of_their_name() -> None:
    read = read_letter(finished())
    assert (read.header("SUBJECT"), read.header("bcc")) == (A_LETTER.subject, "")


def test_the_calendar_object_of_an_invitation_is_shown_too() -> None:
    read = read_letter(finished(INVITATION))
    assert [file.filename for file in read.files] == ["calendar.ics", "invite.ics"]


def test_a_message_that_is_none_comes_back_empty() -> None:
    read = read_letter(b"\xff\xfe no headers at all")
    assert (read.html, read.files) == ("", ())
