"""What an SMTP_URL means."""

import pytest

from eventsite.mail.server import Encryption, MailServer, read_smtp_url


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://127.0.0.1:2525", MailServer("127.0.0.1", 2525, Encryption.PLAIN)),
        ("smtp://localhost", MailServer("localhost", 25, Encryption.PLAIN)),
        ("smtp://[::1]:2525", MailServer("::1", 2525, Encryption.PLAIN)),
        ("smtp://mail.example.org", MailServer("mail.example.org", 587, Encryption.STARTTLS)),
        ("smtp://u:p@mail.example.org:25", MailServer("mail.example.org", 25, Encryption.STARTTLS, "u", "p")),
        ("smtp://u:p@localhost:587", MailServer("localhost", 587, Encryption.STARTTLS, "u", "p")),
        (
            "smtps://u%40x:p%2Fw@mail.example.org",
            MailServer("mail.example.org", 465, Encryption.IMPLICIT, "u@x", "p/w"),
        ),
        ("smtps://localhost:4650", MailServer("localhost", 4650, Encryption.IMPLICIT)),
    ],
)
def test_an_address_of_a_mail_server(url: str, server: MailServer) -> None:
    assert read_smtp_url(url) == server


@pytest.mark.parametrize("url", ["", "mail.example.org", "http://mail.example.org", "smtp://", "smtp:///path"])
def test_anything_else_is_refused_with_a_sentence(url: str) -> None:
    with pytest.raises(ValueError, match="SMTP_URL must look like"):
        read_smtp_url(url)


def test_a_password_is_never_shown() -> None:
    assert "secret" not in repr(read_smtp_url("smtp://olive:secret@mail.example.org"))
