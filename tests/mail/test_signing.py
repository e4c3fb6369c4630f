"""A signature that two checkers, neither of them ours, find good; and bad as soon as a byte is another."""

import os
import re
from dataclasses import replace
from pathlib import Path

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat
from dkim.canonicalization import Relaxed
from hypothesis import example, given
from hypothesis import strategies as st

from eventsite.mail.signing import BadKey, Signer, relaxed_body, relaxed_field, signer_from_file
from eventsite.mail.smtp import SmtpTransport
from tests.mail.conftest import A_LETTER
from tests.mail.keys import DOMAIN, SELECTOR, dns_records, key, private_pem
from tests.mail.mailauth import Mailauth
from tests.mail.test_letters import ANNOUNCEMENT, INVITATION, finished
from tests.smtp_server import SmtpServer

SIGNER = Signer(DOMAIN, SELECTOR, private_pem())
LETTERS = {"letter": A_LETTER, "announcement": ANNOUNCEMENT, "invitation": INVITATION}
EACH = pytest.mark.parametrize("kind", list(LETTERS))


def signed(kind: str = "letter") -> bytes:
    return SIGNER.sign(finished(LETTERS[kind]))


def dkimpy_passes(letter: bytes) -> bool:
    records = {f"{name}.".encode(): text.encode() for name, text in dns_records().items()}
    return bool(dkim.verify(letter, dnsfunc=lambda name, timeout=5: records.get(name)))


def tags(letter: bytes) -> dict[str, str]:
    """What stands in the DKIM-Signature, without the folds."""
    head = letter.partition(b"\r\n\r\n")[0].decode()
    value = re.sub(r"\s+", "", head.partition("DKIM-Signature:")[2].partition("\r\nFrom:")[0])
    return {name: content for name, _, content in (tag.partition("=") for tag in value.split(";") if tag)}


@EACH
def test_r5_8_dkimpy_finds_it_good(kind: str) -> None:
    assert dkimpy_passes(signed(kind))


@EACH
def test_r5_8_mailauth_finds_it_good_and_aligned(kind: str, mailauth: Mailauth) -> None:
    (checked,) = mailauth.check(signed(kind), dns_records())
    assert (checked["result"], checked["aligned"], checked["domain"]) == ("pass", DOMAIN, DOMAIN)


@pytest.mark.parametrize("where", ["body", "subject", "from"])
def test_r5_8_one_byte_changed_and_both_say_no(where: str, mailauth: Mailauth) -> None:
    before = {"body": b"Thank you", "subject": b"We have noted", "from": b"Healthcare"}[where]
    letter = signed()
    changed = letter.replace(before, b"X" + before[1:], 1)
    assert changed != letter
    assert not dkimpy_passes(changed)
    assert mailauth.check(changed, dns_records())[0]["result"] in ("fail", "neutral")


def test_r5_8_nobody_can_put_another_sender_before_ours(mailauth: Mailauth) -> None:
    forged = signed().replace(b"\r\nFrom:", b"\r\nFrom: mallory@evil.example\r\nFrom:", 1)
    assert not dkimpy_passes(forged)
    assert mailauth.check(forged, dns_records())[0]["result"] in ("fail", "neutral")


def test_r5_8_what_is_signed() -> None:
    found = tags(signed("announcement"))
    assert (found["v"], found["a"], found["c"], found["d"], found["s"]) == (
        *("1", "rsa-sha256", "relaxed/relaxed"),
        *(DOMAIN, SELECTOR),
    )
    assert found.keys() == {"v", "a", "c", "d", "s", "h", "bh", "b"}  # no l=, no x=
    assert found["h"].split(":") == [
        *("From", "From", "To", "Subject", "Date", "Message-ID", "Reply-To", "MIME-Version", "Content-Type"),
        *("Auto-Submitted", "List-Unsubscribe", "List-Unsubscribe-Post"),
    ]
    assert tags(signed("invitation"))["h"].split(":")[7:9] == ["In-Reply-To", "References"]


def test_r5_8_the_rest_of_the_letter_stays_as_it_was() -> None:
    letter = finished()
    assert SIGNER.sign(letter).endswith(b"\r\n" + letter)
    assert max(map(len, SIGNER.sign(letter).split(b"\r\n"))) <= 78


async def test_r5_8_the_bytes_are_the_same_behind_a_mail_server(server: SmtpServer, mailauth: Mailauth) -> None:
    transport = SmtpTransport(server.url(), local_hostname=DOMAIN, sign=SIGNER.sign)
    letter = finished(replace(A_LETTER, text="A line with a dot\n.\n..\nand one = sign\n" + "long " * 60))
    await transport.deliver("bounce@events.example.org", "ann@trust.example", letter)
    await transport.close()
    (arrived,) = server.letters
    assert arrived.content == SIGNER.sign(letter)
    assert dkimpy_passes(arrived.content)
    assert mailauth.check(arrived.content, dns_records())[0]["result"] == "pass"


BODIES = st.text("a \t\r\n", max_size=60).map(lambda text: re.sub(r"\r?\n|\r", "\r\n", text).encode())


@given(BODIES)
@example(b"")
@example(b"\r\n")
@example(b" \t \r\n\r\n")
@example(b"a  b\t\r\n\r\n \r\n")
def test_r5_8_bodies_are_read_as_dkimpy_reads_them(body: bytes) -> None:
    assert relaxed_body(body) == Relaxed.canonicalize_body(body)


@given(st.sampled_from([b"Subject", b"X-Any"]), st.text("a \t", max_size=30), st.text("b \t", max_size=30))
def test_r5_8_headers_are_read_as_dkimpy_reads_them(name: bytes, first: str, second: str) -> None:
    value = f" {first}\r\n {second}\r\n".encode()
    ((key, relaxed),) = Relaxed.canonicalize_headers([(name, value)])
    assert relaxed_field(name, value) == key + b":" + relaxed


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "dkim.pem"
    path.write_bytes(private_pem())
    path.chmod(0o600)
    return path


def test_r5_8_the_key_comes_from_a_file(key_file: Path) -> None:
    assert dkimpy_passes(signer_from_file(DOMAIN, SELECTOR, key_file).sign(finished()))


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_r5_8_a_key_that_others_may_read_is_refused(key_file: Path, mode: int) -> None:
    key_file.chmod(mode)
    with pytest.raises(BadKey, match="can be read by others"):
        signer_from_file(DOMAIN, SELECTOR, key_file)


def test_r5_8_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadKey, match=f"cannot be read: {os.strerror(2)}"):
        signer_from_file(DOMAIN, SELECTOR, tmp_path / "none.pem")


def test_r5_8_a_key_that_is_too_short_is_refused() -> None:
    with pytest.raises(BadKey, match="has 1024 bits; 2048 are the fewest"):
        Signer(DOMAIN, SELECTOR, private_pem(1024))


def test_r5_8_a_key_that_many_receivers_cannot_check_is_refused() -> None:
    other = ed25519.Ed25519PrivateKey.generate()
    pem = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with pytest.raises(BadKey, match="is no RSA key"):
        Signer(DOMAIN, SELECTOR, pem)


def test_r5_8_what_is_no_key_is_refused() -> None:
    locked = key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"x"))
    for text in (b"", b"no key", locked):
        with pytest.raises(BadKey, match="is no private key in PEM without a password"):
            Signer(DOMAIN, SELECTOR, text)
