"""Tokens in links: worth something for one row, one purpose and one version, and nothing else."""

import pytest

from eventsite.database import new_id
from eventsite.tokens import Purpose, is_valid_token, keyed_digest, make_token, read_row_id

SECRET = "a secret that is long enough to be one, really"


def test_the_same_values_always_give_the_same_token() -> None:
    row = new_id()
    token = make_token(SECRET, Purpose.MY, row, 3)
    assert token == make_token(SECRET, Purpose.MY, row, 3)
    assert (len(token), read_row_id(token)) == (38, row)
    assert is_valid_token(SECRET, Purpose.MY, token, 3)


def test_no_other_secret_purpose_row_or_version_will_do() -> None:
    row = new_id()
    token = make_token(SECRET, Purpose.MY, row, 3)
    assert not is_valid_token(SECRET + "x", Purpose.MY, token, 3)
    assert not is_valid_token(SECRET, Purpose.QUESTION, token, 3)
    assert not is_valid_token(SECRET, Purpose.MY, token, 4)
    assert not is_valid_token(SECRET, Purpose.MY, new_id() + token[16:], 3)


def test_every_bit_counts() -> None:
    token = make_token(SECRET, Purpose.MY, new_id(), 0)
    flipped = [token[:n] + chr(ord(token[n]) ^ bit) + token[n + 1 :] for n in range(38) for bit in (1, 2, 4, 8, 16)]
    # The last character holds two bits that belong to no byte of the HMAC.
    accepted = [one for one in flipped if is_valid_token(SECRET, Purpose.MY, one, 0)]
    assert accepted == []


@pytest.mark.parametrize(
    "shape", ["", "x", "a" * 37, "a" * 39, "A" * 38, "é" * 38, "a" * 16 + "!" * 22, "a" * 38 + "\n"]
)
def test_what_has_not_the_shape_of_a_token_is_none(shape: str) -> None:
    assert read_row_id(shape) is None
    assert not is_valid_token(SECRET, Purpose.MY, shape, 0)


def test_a_digest_needs_the_secret_and_the_purpose() -> None:
    digests = {keyed_digest(SECRET, "a", "x"), keyed_digest(SECRET, "b", "x"), keyed_digest("other", "a", "x")}
    assert len(digests) == 3
