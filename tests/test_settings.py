"""A wrong setting stops the start with a sentence that names it."""

import pytest

from eventsite.settings import BadSettings, Settings, load_settings

GOOD = {"secret_key": "x" * 32, "site_url": "https://events.example.org", "mail_from": "events@example.org"}


def test_three_settings_are_enough() -> None:
    settings = load_settings(GOOD)
    assert (settings.uid_domain, settings.contact, settings.is_https) == (
        "events.example.org",
        "events@example.org",
        True,
    )


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("secret_key", "short", "SECRET_KEY must have at least 32 characters."),
        (
            "site_url",
            "events.example.org",
            "SITE_URL must be an address such as https://events.example.org, without a path.",
        ),
        ("site_url", "https://events.example.org/site", "SITE_URL must be an address"),
        ("site_url", "http://events.example.org", "SITE_URL must start with https:// unless it is on this machine."),
        ("mail_from", "Events <events@example.org>", "MAIL_FROM must be one email address"),
        ("mail_from", "a@b.example\r\nBcc: c@d.example", "MAIL_FROM must be one email address"),
        ("database_url", "mysql://x", "DATABASE_URL must start with"),
        ("smtp_url", "mail.example.org", "SMTP_URL must look like"),
        ("mail_authserv_id", "mx one", "MAIL_AUTHSERV_ID must be a domain"),
        ("lmtp_listen", "2424", "LMTP_LISTEN must look like unix:/run/eventsite.sock or 127.0.0.1:2424."),
        ("lmtp_listen", "unix:run/socket", "LMTP_LISTEN must look like"),
        ("lmtp_listen", "127.0.0.1:65536", "LMTP_LISTEN must look like"),
        ("lmtp_listen", "mail.example.org:2424", "LMTP_LISTEN must look like"),
        ("lmtp_listen", "127.0.0.300:2424", "LMTP_LISTEN must have an address in numbers"),
        ("lmtp_listen", "0.0.0.0:2424", "LMTP_LISTEN must be on this machine or in a private network"),
        ("lmtp_listen", "[::]:2424", "LMTP_LISTEN must be on this machine or in a private network"),
        ("lmtp_listen", "8.8.8.8:2424", "LMTP_LISTEN must be on this machine or in a private network"),
        ("mail_rate", "fast", "MAIL_RATE must be a number of letters a minute or one of: exchange-online."),
        ("mail_rate", "0", "MAIL_RATE must be a number"),
        ("forwarded_allow_ips", "*", "FORWARDED_ALLOW_IPS "),
        ("port", "eighty", "PORT "),
        ("log_format", "xml", "LOG_FORMAT "),
        ("secret_key", "", "SECRET_KEY must have at least 32 characters."),
        ("site_url", "ftp://events.example.org", "SITE_URL must be an address"),
        ("site_url", "https://events.example.org?a=b", "SITE_URL must be an address"),
        ("site_url", "https://events.example.org#a", "SITE_URL must be an address"),
        ("site_url", "https://user:password@events.example.org", "SITE_URL must be an address"),
        ("site_url", "https://events.example.org:port", "SITE_URL must be an address"),
        ("site_url", "https://événements.example.org", "SITE_URL must be an address"),
        ("mail_from", "nobody", "MAIL_FROM must be one email address"),
        ("mail_reply_to", "nobody", "MAIL_REPLY_TO must be one email address"),
        ("controller_contact", "nobody", "CONTROLLER_CONTACT must be one email address"),
        ("mail_uid_domain", "not a domain", "MAIL_UID_DOMAIN must be a domain"),
        ("smtp_url", "http://mail.example.org", "SMTP_URL must look like"),
        ("smtp_url", "smtp://mail.example.org:port", "SMTP_URL must look like"),
        ("smtp_url", "smtp://[::1", "SMTP_URL must look like"),
        ("database_url", "sqlite:///:memory:", "DATABASE_URL must name a file"),
        ("database_url", "sqlite://", "DATABASE_URL must name a file"),
        ("mail_rate", "-1", "MAIL_RATE must be a number"),
        ("forwarded_allow_ips", "the proxy", "FORWARDED_ALLOW_IPS "),
        ("port", "0", "PORT "),
        ("port", "99999", "PORT "),
    ],
)
def test_a_wrong_value_is_named(name: str, value: str, sentence: str) -> None:
    with pytest.raises(BadSettings) as refused:
        load_settings({**GOOD, name: value})
    assert sentence in str(refused.value)
    assert str(refused.value).endswith(".")
    assert len(str(refused.value).splitlines()) == 1


DKIM = {"dkim_domain": "example.org", "dkim_selector": "autumn", "dkim_key_file": "/etc/eventsite/dkim.pem"}
OAUTH = {"smtp_oauth_token_command": "print-a-token --for events"}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        *(
            ({**DKIM, name: ""}, "DKIM_DOMAIN, DKIM_SELECTOR and DKIM_KEY_FILE belong together: set all three or none.")
            for name in DKIM
        ),
        (
            {**DKIM, "dkim_domain": "elsewhere.org"},
            "DKIM_DOMAIN must be the domain of MAIL_FROM or one that it belongs",
        ),
        ({**DKIM, "dkim_domain": "ple.org"}, "DKIM_DOMAIN must be the domain of MAIL_FROM or one that it belongs to."),
        ({**DKIM, "dkim_selector": "not one"}, "DKIM_SELECTOR must be a domain such as"),
        (OAUTH, "SMTP_OAUTH_TOKEN_COMMAND needs a user and no password in SMTP_URL: smtp://user@host:587."),
        ({**OAUTH, "smtp_url": "smtp://olive:secret@mail.example.org"}, "SMTP_OAUTH_TOKEN_COMMAND needs a user and no"),
        (
            {"smtp_oauth_token_command": "print 'a token"},
            "SMTP_OAUTH_TOKEN_COMMAND must be a command with its arguments",
        ),
    ],
)
def test_settings_that_belong_together_are_refused_apart(given: dict[str, str], sentence: str) -> None:
    with pytest.raises(BadSettings) as refused:
        load_settings({**GOOD, **given})
    assert str(refused.value).startswith(sentence)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("domain", ["events.example.org", "example.org", "Events.Example.ORG"])
def test_r5_8_letters_are_signed_for_the_domain_they_come_from(domain: str) -> None:
    given = {**GOOD, **DKIM, "mail_from": "events@events.example.org", "dkim_domain": domain}
    assert load_settings(given).dkim_domain == domain.lower()


def test_r5_10_a_user_without_a_password_may_have_a_command_for_tokens() -> None:
    settings = load_settings({**GOOD, **OAUTH, "smtp_url": "smtp://events%40example.org@smtp.example.org:587"})
    assert settings.smtp_oauth_token_command == "print-a-token --for events"


@pytest.mark.parametrize("name", list(GOOD))
def test_a_missing_one_is_named(name: str) -> None:
    with pytest.raises(BadSettings, match=f"{name.upper()} is missing."):
        load_settings({key: value for key, value in GOOD.items() if key != name})


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(BadSettings) as refused:
        load_settings({"smtp_url": "nonsense"})
    assert [line.split()[0] for line in str(refused.value).splitlines()] == [
        "SECRET_KEY",
        "SITE_URL",
        "SMTP_URL",
        "MAIL_FROM",
    ]


def test_settings_do_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        setattr(load_settings(GOOD), "site_url", "https://elsewhere.example.org")  # noqa: B010  -- mypy knows it is frozen
    assert isinstance(load_settings(GOOD), Settings)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://Events.Example.org/", "https://events.example.org"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost", "http://localhost"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
        ("https://events.example.org:8443", "https://events.example.org:8443"),
    ],
)
def test_the_address_of_the_site_is_kept_in_one_form(given: str, kept: str) -> None:
    assert load_settings({**GOOD, "site_url": given}).site_url == kept


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("unix:/run/Eventsite/lmtp.sock", "/run/Eventsite/lmtp.sock"),
        ("127.0.0.1:2424", ("127.0.0.1", 2424)),
        ("LOCALHOST:24", ("localhost", 24)),
        ("10.1.2.3:24", ("10.1.2.3", 24)),
        ("[::1]:2424", ("::1", 2424)),
        ("[fd00::7]:2424", ("fd00::7", 2424)),
        ("", ""),
    ],
)
def test_where_mail_is_taken_in_over_lmtp(written: str, meant: object) -> None:
    assert load_settings(GOOD | {"lmtp_listen": written}).lmtp_address == meant
