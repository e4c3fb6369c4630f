"""From settings to a way out."""

from pathlib import Path

import pytest

from eventsite.cli.check import check
from eventsite.mail.server import Encryption
from eventsite.mail.transport import transport_from
from eventsite.settings import BadSettings, Settings, load_settings
from tests.conftest import SECRET, SITE_URL
from tests.mail.keys import DOMAIN, SELECTOR, private_pem
from tests.smtp_server import SmtpServer, smtp_server

LETTER = b"From: events@events.example.org\r\nTo: ann@trust.example\r\n\r\nbody\r\n"


def settings_with(**given: object) -> Settings:
    known = {"secret_key": SECRET, "site_url": SITE_URL, "mail_from": f"events@{DOMAIN}"}
    return load_settings({**known, **given})


def signing_with(key: bytes, folder: Path, mode: int = 0o600) -> dict[str, str]:
    path = folder / "dkim.pem"
    path.write_bytes(key)
    path.chmod(mode)
    return {"dkim_domain": DOMAIN, "dkim_selector": SELECTOR, "dkim_key_file": str(path)}


async def arrived_through(server: SmtpServer, settings: Settings) -> bytes:
    transport = transport_from(settings)
    await transport.deliver("bounce@events.example.org", "ann@trust.example", LETTER)
    await transport.close()
    return server.letters[-1].content


async def test_r5_8_letters_are_signed_where_there_is_a_key_and_not_otherwise(
    server: SmtpServer, tmp_path: Path
) -> None:
    signed = settings_with(smtp_url=server.url(), **signing_with(private_pem(), tmp_path))
    assert (await arrived_through(server, signed)).startswith(b"DKIM-Signature: v=1; a=rsa-sha256;")
    assert await arrived_through(server, settings_with(smtp_url=server.url())) == LETTER


@pytest.mark.parametrize(
    ("key", "mode", "sentence"),
    [
        (private_pem(1024), 0o600, "DKIM_KEY_FILE has 1024 bits; 2048 are the fewest."),
        (b"no key", 0o600, "DKIM_KEY_FILE is no private key in PEM without a password."),
        (private_pem(), 0o644, "DKIM_KEY_FILE can be read by others: its permissions must be 600."),
    ],
)
def test_r5_8_a_bad_key_is_named_before_anything_is_sent(key: bytes, mode: int, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(BadSettings) as refused:
        transport_from(settings_with(**signing_with(key, tmp_path, mode)))
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    "url",
    ["smtp://mail.example.org", "smtp://mail.example.org:25", "smtp://u:p@localhost", "smtp://u:p@127.0.0.1:2525"],
)
def test_r5_9_no_setting_sends_a_letter_or_a_password_in_clear(url: str) -> None:
    assert transport_from(settings_with(smtp_url=url)).server.encryption is Encryption.STARTTLS


def test_r5_9_only_this_machine_is_spoken_to_in_clear() -> None:
    assert transport_from(settings_with(smtp_url="smtp://127.0.0.1:25")).server.encryption is Encryption.PLAIN
    assert transport_from(settings_with(smtp_url="smtps://mail.example.org")).server.encryption is Encryption.IMPLICIT


@pytest.mark.usefixtures("database")
async def test_check_tells_what_is_wrong_with_the_way_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    async with smtp_server() as server:
        url = server.url()
    wrong = {"smtp_url": url, "mail_rate": "exchange-online", **signing_with(b"no key", tmp_path)}
    known = {"secret_key": SECRET, "site_url": SITE_URL, "mail_from": f"events@{DOMAIN}"}
    for name, value in {**known, **wrong, "controller_contact": "office@example.org"}.items():
        monkeypatch.setenv(name.upper(), value)
    assert await check() == 1
    assert capsys.readouterr().err == "DKIM_KEY_FILE is no private key in PEM without a password.\n"
    for name in ("DKIM_DOMAIN", "DKIM_SELECTOR", "DKIM_KEY_FILE"):
        monkeypatch.delenv(name)
    assert await check() == 1
    rate, unreachable = capsys.readouterr().err.splitlines()
    assert rate == "MAIL_RATE has no effect: SMTP_URL names this machine, whose own mail server keeps to limits."
    assert unreachable.startswith("The mail server cannot be used: ")
