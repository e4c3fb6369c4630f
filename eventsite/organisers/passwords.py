"""Passwords: hashed with Argon2id away from the event loop, two at a time, and refused when easily guessed.

Cost as in the OWASP Password Storage Cheat Sheet (19 MiB, two passes): some 30 ms, and memory that a small server has.
Rules as in NIST SP 800-63B 3.1.1: length counts, composition does not, and no expiry.
"""

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from eventsite.errors import Refusal

if TYPE_CHECKING:
    from argon2 import PasswordHasher

T = TypeVar("T")

SHORTEST = 12
LONGEST = 1_000
AT_ONCE = 2
FEWEST_OTHER_CHARACTERS = 5

# The roots of the commonest passwords, the site's own words, and what people put behind them to reach a length.
_COMMON_WORDS = """
    password passw0rd p@ssword p@ssw0rd passphrase letmein welcome changeme secret default admin administrator login
    qwertyuiop qwerty asdfghjkl asdfgh zxcvbnm zxcvbn 1qaz2wsx q1w2e3r4 abcdefghijkl abcdef abc123 abc
    01234567890 1234567890 123456789 12345678 1234567 123456 12345 1234 123 0987654321 987654321 654321 321
    111111 000000 121212 696969 123123 iloveyou monkey dragon football baseball sunshine princess master superman batman
    trustno1 whatever starwars pokemon charlie jordan michael jessica ashley thomas liverpool arsenal chelsea everton
    england london manchester january february august september october november december monday friday
    spring summer autumn winter correcthorsebatterystaple correct horse battery staple
    eventsite hpn healthcare partnership network organiser organise events event hospital nhs conference
"""
COMMON = frozenset(_COMMON_WORDS.split())


class UnfitPassword(Refusal):
    """Choose a password that is harder to guess."""

    field = "password"


def ensure_is_fit(password: str, *, about: str = "") -> None:
    """Raises UnfitPassword for one that is too short or too long, holds a NUL, or is little more than common words.

    `about` is what is known of the person, name and address: their parts count as common words.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise UnfitPassword(f"Your password must have between {SHORTEST} and {LONGEST:,} characters")
    if "\0" in password:
        raise UnfitPassword("Your password has a character that cannot be used")
    if len(set(_without_common_words(password.casefold(), about.casefold()))) < FEWEST_OTHER_CHARACTERS:
        raise UnfitPassword("Your password is too easy to guess. Choose one without names, common words or sequences")


async def hash_password(password: str) -> str:
    """The Argon2id hash of a password in PHC string form, salt and cost included."""
    return await _away_from_the_loop(_hash, password)


async def is_right(password_hash: str | None, password: str) -> bool:
    """Whether a password is the one hashed. Without a hash the answer is no, and takes as long to come."""
    return await _away_from_the_loop(_verify, password_hash or _DUMMY, password) and password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether a hash was made at another cost than today's, and should be made again while the password is at hand."""
    return _hasher().check_needs_rehash(password_hash)


# Of a random password nobody knows, at the cost above: a test holds that it costs the same as any other.
_DUMMY = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


def _without_common_words(password: str, about: str) -> str:
    known = COMMON | {part for part in re.split(r"[\W_]+", about) if len(part) > 2}
    for word in sorted(known, key=len, reverse=True):
        password = password.replace(word, "")
    return password


def _hash(password: str) -> str:
    return _hasher().hash(password)


def _verify(password_hash: str, password: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


async def _away_from_the_loop(work: Callable[..., T], *args: str) -> T:
    return await asyncio.get_running_loop().run_in_executor(_pool(), work, *args)


@cache
def _hasher() -> "PasswordHasher":
    # Imported here: a reader's first page does not wait for it.
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(AT_ONCE, thread_name_prefix="passwords")
