"""Caught letters are files, each the exact bytes of one letter."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from eventsite.demo.mailbox import Mailbox
from eventsite.errors import NotFound

RECEIVED = datetime(2027, 3, 10, 12, 0, tzinfo=UTC)
LETTER = b"To: ann@trust.example\r\nSubject: =?utf-8?b?Q2Fmw6k=?=\r\n\r\nbody\r\n"


def test_an_empty_mailbox_needs_no_folder(mailbox: Mailbox) -> None:
    assert mailbox.letters() == []


def test_a_kept_letter_is_listed_with_its_decoded_subject(mailbox: Mailbox) -> None:
    letter_id = mailbox.keep(LETTER, received_at=RECEIVED)
    (line,) = mailbox.letters()
    assert (line.id, line.to, line.subject, line.received_at) == (letter_id, "ann@trust.example", "Café", RECEIVED)


def test_its_bytes_are_exact(mailbox: Mailbox) -> None:
    letter_id = mailbox.keep(b"\xff\x00 anything \r\n", received_at=RECEIVED)
    assert mailbox.content(letter_id) == b"\xff\x00 anything \r\n"


def test_the_newest_come_first(mailbox: Mailbox) -> None:
    ids = [mailbox.keep(LETTER, received_at=RECEIVED) for _ in range(5)]
    assert [line.id for line in mailbox.letters()] == sorted(ids, reverse=True)


def test_letters_outlive_the_process(mailbox: Mailbox) -> None:
    mailbox.keep(LETTER, received_at=RECEIVED)
    assert Mailbox(mailbox.folder).letters() == mailbox.letters()


def test_what_is_no_letter_of_ours_is_not_shown(mailbox: Mailbox) -> None:
    mailbox.folder.mkdir()
    (mailbox.folder / "notes.eml").write_bytes(LETTER)
    (mailbox.folder / "0123456789abcdef.tmp").write_bytes(LETTER)
    assert mailbox.letters() == []


@pytest.mark.parametrize("letter_id", ["0123456789abcdef", "../secret", "x/../../y", ""])
def test_only_a_letters_id_leads_to_a_file(mailbox: Mailbox, tmp_path: Path, letter_id: str) -> None:
    (tmp_path / "secret.eml").write_bytes(b"bait")
    with pytest.raises(NotFound):
        mailbox.content(letter_id)
