"""What our mail server says of a message's sender is believed; what anybody else wrote there is not."""

import pytest

from eventsite.mail.authentication import is_authenticated
from eventsite.mail.parts import read_headers, take_apart

OURS = "Received: from out.trust.example by mx.example.org (Postfix) with ESMTPS id 1\r\n"
THEIRS = "Received: from laptop by out.trust.example with ESMTPSA id 2\r\n"
PASSED = "Authentication-Results: mx.example.org; dmarc=pass header.from=trust.example\r\n"
FAILED = "Authentication-Results: mx.example.org; dmarc=fail header.from=trust.example\r\n"
FROM = "From: ann@trust.example\r\n"


def believed(header: str) -> bool:
    headers, _ = take_apart(header.encode() + b"\r\n")
    return is_authenticated(headers, authserv_id="mx.example.org", domain="trust.example")


@pytest.mark.parametrize(
    "results",
    [
        "dmarc=pass header.from=trust.example",
        "spf=fail smtp.mailfrom=x.example; dmarc=pass (p=reject dis=none) header.from=Trust.Example",
        "dkim=pass header.d=trust.example",
        "dkim=pass (2048-bit key) header.i=@trust.example header.b=abc",
        "dkim=fail header.d=other.example; dkim=pass header.d=trust.example",
        'dkim=pass reason="good (very good)" header.d=trust.example',
        "DKIM = pass header.d = trust.example",
    ],
)
def test_r4_18_dmarc_or_a_signature_of_the_sender_s_domain_suffices(results: str) -> None:
    assert believed(f"Authentication-Results: mx.example.org; {results}\r\n{OURS}{FROM}")


def test_r4_18_a_domain_above_may_sign_but_a_mere_ending_may_not() -> None:
    def signed_by(domain: str) -> bool:
        headers = read_headers(f"Authentication-Results: mx; dkim=pass header.d={domain}\r\n".encode())
        return is_authenticated(headers, authserv_id="mx", domain="wards.trust.example")

    assert [signed_by(domain) for domain in ("wards.trust.example", "trust.example")] == [True, True]
    foreign = ("example", "rust.example", "x.wards.trust.example", "evil-trust.example", "")
    assert [signed_by(domain) for domain in foreign] == [False] * len(foreign)


@pytest.mark.parametrize(
    "results",
    [
        "none",
        "spf=pass smtp.mailfrom=ann@trust.example",
        "dmarc=fail header.from=trust.example",
        "dmarc=pass header.from=evil.example",
        "dkim=pass header.d=evil.example",
        "dkim=pass",
        "dkim=neutral header.d=trust.example",
        "spf=fail (dkim=pass header.d=trust.example)",
        "spf=fail (; dmarc=pass header.from=trust.example",
        "dmarc=pass header.from=trust.example; spf=fail (a bracket that stays open",
        "spf=fail (bracket \\) ; dmarc=pass header.from=trust.example)",
        'spf=fail smtp.mailfrom="; dmarc=pass header.from=trust.example; x="',
        'spf=fail smtp.mailfrom="; dmarc=pass header.from=trust.example',
        'spf=fail smtp.mailfrom="\\"; dmarc=pass header.from=trust.example; x="',
        "",
    ],
)
def test_r4_18_nothing_less_does(results: str) -> None:
    assert not believed(f"Authentication-Results: mx.example.org; {results}\r\n{OURS}{FROM}")


@pytest.mark.parametrize(
    "header",
    [
        FROM,
        PASSED.replace("mx.example.org", "mx.evil.example") + OURS + FROM,
        PASSED.replace("mx.example.org", "mx.example.org.evil.example") + OURS + FROM,
        # Sent along by the sender: our server's own word stands above it, or another server does.
        FAILED + OURS + PASSED + FROM,
        OURS + FAILED + PASSED + FROM,
        THEIRS + PASSED + FROM,
        OURS + THEIRS + PASSED + FROM,
        "Received: from mx.example.org by evil.example\r\n" + PASSED + FROM,
        "Received: from x (by mx.example.org) by evil.example\r\n" + PASSED + FROM,
        "Received: from by by mx.example.org\r\n" + PASSED + FROM,
        "X-Authentication-Results: mx.example.org; dmarc=pass header.from=trust.example\r\n" + OURS + FROM,
        FROM + "\r\n" + PASSED,
    ],
)
def test_r4_18_a_forged_field_is_ignored(header: str) -> None:
    assert not believed(header)


@pytest.mark.parametrize("header", [PASSED + OURS + THEIRS + FROM, OURS + PASSED + THEIRS + FROM])
def test_the_field_stands_above_our_server_s_stamp_or_right_below_as_postfix_has_it(header: str) -> None:
    assert believed(header)


def test_a_version_may_follow_the_server_s_name() -> None:
    assert believed("Authentication-Results: MX.example.org 1; dkim=pass header.d=trust.example\r\n" + OURS + FROM)
