"""One address as people type it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsite.mail.addresses import BadAddress, address_key, normalise_address

FORMAT = "Enter an email address in the correct format, like name@example.com"


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("ann@trust.example", "ann@trust.example"),
        ("  ann@trust.example\t", "ann@trust.example"),
        ("\u200bann@trust.example\u200b\ufeff", "ann@trust.example"),
        ("Ann.Smith@NHS.Example", "Ann.Smith@nhs.example"),
        ("Ann Smith <ann@trust.example>", "ann@trust.example"),
        ('"Smith, Ann" <ann@trust.example>', "ann@trust.example"),
        ("<ann@trust.example>", "ann@trust.example"),
        ("ann@exämple.org", "ann@xn--exmple-cua.org"),
        ("ann@EXÄMPLE.org", "ann@xn--exmple-cua.org"),
        ("ann@straße.example", "ann@xn--strae-oqa.example"),
        ("o'neill+events@trust.example", "o'neill+events@trust.example"),
    ],
)
def test_r5_7_what_is_taken(typed: str, address: str) -> None:
    assert str(normalise_address(typed)) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ann",
        "ann@",
        "ann@localhost",
        "ann@trust..example",
        ".ann@trust.example",
        "ann@[127.0.0.1]",
        '"ann smith"@trust.example',
        "ann@trust.example, bea@trust.example",
        "ann@trust.example bea@trust.example",
        "ann@trust.example;bea@trust.example",
        "Ann <ann@trust.example>, Bea <bea@trust.example>",
        "ann@trust.example\nbea@trust.example",
        "ann@trust.example\r\nBcc: mallory@evil.example",
        "ann\x00@trust.example",
        "ann@trust\u2028.example",
        "\ud800@trust.example",
        "=?utf-8?q?a=0D=0ABcc:_e@x?=@trust.example",
        "a" * 65 + "@trust.example",
        "ann@" + "a" * 250 + ".example",
        "ann@" + "trust.example" * 10_000,
    ],
)
def test_what_is_refused_with_the_sentence_of_the_pattern(typed: str) -> None:
    with pytest.raises(BadAddress) as refused:
        normalise_address(typed)
    assert (str(refused.value), refused.value.field) == (FORMAT, "email")


@pytest.mark.parametrize("typed", ["ännchen@trust.example", "mıke@trust.example"])
def test_r5_7_an_accent_before_the_at_sign_is_told_apart(typed: str) -> None:
    with pytest.raises(BadAddress, match="no accented letters before the @ sign"):
        normalise_address(typed)


def test_two_spellings_of_an_address_have_one_key() -> None:
    assert normalise_address("Ann@Trust.example").key == normalise_address("ann@trust.EXAMPLE").key
    assert address_key("ANN@trust.example") == "ann@trust.example"


@given(st.text(max_size=60) | st.from_regex(r"[^\s@]{1,20}@[^\s@]{1,20}\.[a-z]{2,5}", fullmatch=True))
def test_r5_6_whatever_is_typed_becomes_plain_or_is_refused(typed: str) -> None:
    try:
        address = str(normalise_address(typed))
    except BadAddress:
        return
    assert address.isascii()
    assert address.isprintable()
    assert address.count("@") == 1
    assert not set(address) & set(' <>,;:"()[]\\')
    assert normalise_address(address).spec == address
