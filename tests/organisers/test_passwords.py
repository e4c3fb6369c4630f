"""Passwords: what is refused, and that checking one takes as long for nobody as for somebody."""

import asyncio
import threading
from time import perf_counter

import pytest

from eventsite.organisers.passwords import (
    LONGEST,
    SHORTEST,
    UnfitPassword,
    ensure_is_fit,
    hash_password,
    is_outdated,
    is_right,
)

ABOUT = "Olive Organiser olive.organiser@trust.example.org"


@pytest.mark.parametrize(
    "password",
    [
        "correct fox battery lamp",
        "brass lantern over quiet fields",
        "ünïcødé ßtraße ñandú",
        "🦊🐢🐝🌧️🎻🪕🚲🛶🪁🧶🪴🪨",
        "Xk3$9!pQ27ab",
        "           pale green ducks",
        "x" * 8 + "twelve different letters",
    ],
)
def test_any_characters_make_a_fit_password(password: str) -> None:
    try:
        ensure_is_fit(password, about=ABOUT)
    except UnfitPassword as error:
        pytest.fail(str(error))


@pytest.mark.parametrize("password", ["", "short", "elevenchars", "x" * (LONGEST + 1)])
def test_a_password_too_short_or_too_long_is_refused(password: str) -> None:
    with pytest.raises(UnfitPassword, match="between 12 and 1,000 characters"):
        ensure_is_fit(password)


def test_a_password_with_a_nul_is_refused() -> None:
    with pytest.raises(UnfitPassword, match="cannot be used"):
        ensure_is_fit("quiet brass\0lantern")


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "PASSWORD-1234",
        "passwordpassword",
        "123456789012",
        "qwertyuiop12",
        "aaaaaaaaaaaa",
        "eventsite2026!",
        "EventsiteHPN1",
        "olive-organiser",
        "OliveOlive123",
        "trust.example.org",
        "Welcome2hpn!!",
        "letmein12345",
        "December2026",
    ],
)
def test_a_password_of_common_words_names_and_sequences_is_refused(password: str) -> None:
    assert len(password) >= SHORTEST
    with pytest.raises(UnfitPassword, match="too easy to guess"):
        ensure_is_fit(password, about=ABOUT)


async def test_a_password_is_kept_as_an_argon2id_hash_with_a_salt_of_its_own() -> None:
    first, second = await hash_password("quiet brass lantern"), await hash_password("quiet brass lantern")

    assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert first != second
    assert await is_right(first, "quiet brass lantern")
    assert not await is_right(first, "Quiet brass lantern")


async def test_every_character_counts_up_to_the_longest_password() -> None:
    password = "é" * LONGEST

    hashed = await hash_password(password)

    assert not await is_right(hashed, password[:-1])


async def test_without_a_hash_no_password_is_right_and_a_broken_hash_is_no_error() -> None:
    assert not await is_right(None, "")
    assert not await is_right("not a hash", "quiet brass lantern")


async def test_the_answer_for_nobody_takes_as_long_as_for_somebody() -> None:
    hashed = await hash_password("quiet brass lantern")

    somebody = await quickest(hashed)
    nobody = await quickest(None)

    assert 0.5 < nobody / somebody < 2


async def test_a_hash_of_another_cost_is_outdated() -> None:
    cheap = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQxMjM0$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

    assert is_outdated(cheap)
    assert not is_outdated(await hash_password("quiet brass lantern"))


async def test_hashing_leaves_the_event_loop_free_and_takes_two_threads_at_most() -> None:
    hashing = asyncio.gather(*(hash_password("quiet brass lantern") for _ in range(8)))
    turns = 0
    while not hashing.done():
        await asyncio.sleep(0.001)
        turns += 1

    await hashing
    assert turns > 16  # on the loop itself there would be one turn a hash
    assert sum(thread.name.startswith("passwords") for thread in threading.enumerate()) == 2


async def quickest(password_hash: str | None) -> float:
    times = []
    for _ in range(5):
        started = perf_counter()
        await is_right(password_hash, "another password")
        times.append(perf_counter() - started)
    return min(times)
