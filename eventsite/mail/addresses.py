"""One email address as people type it, made into the one form that headers and mail servers take."""

import re
from dataclasses import dataclass

from eventsite.errors import Refusal

LONGEST_ADDRESS = 254
_LONGEST_TYPED = 500
# Invisible characters come along when an address is copied from a document or a chat.
_AROUND = " \t\r\n\v\f\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u202f\u3000\ufeff"
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class BadAddress(Refusal):
    """Enter an email address in the correct format, like name@example.com"""

    field = "email"


@dataclass(frozen=True, slots=True)
class Address:
    """An address fit for a header and an envelope: ASCII, its domain in lower case and in A-labels."""

    spec: str

    @property
    def key(self) -> str:
        """What two spellings of the same address have in common."""
        return address_key(self.spec)

    def __str__(self) -> str:
        return self.spec


def normalise_address(text: str) -> Address:
    """The one address in a text: `Name <a@b>` unwrapped, the domain as IDNA 2008 (UTS 46) says; raises BadAddress."""
    typed = text.strip(_AROUND)
    if len(typed) > _LONGEST_TYPED or _FORBIDDEN.search(typed):
        raise BadAddress
    spec = _ascii_spec(typed)
    # `=?` begins an encoded word: no header may hold one that we did not write.
    if len(spec) > LONGEST_ADDRESS or "=?" in spec:
        raise BadAddress
    return Address(spec)


def address_key(address: str) -> str:
    """The address to compare by: case folded, since no mail server people use tells `Ann@` from `ann@`."""
    return address.casefold()


def address_pattern(part: str) -> str:
    """What `recipient_key LIKE {} ESCAPE '!'` finds by the addresses that have these characters in them."""
    escaped = re.sub("[%_!]", r"!\g<0>", address_key(part))
    return f"%{escaped}%"


def _ascii_spec(typed: str) -> str:
    # 50 ms of import that the start of the site and every reader can do without.
    from email_validator import EmailNotValidError, validate_email

    try:
        found = validate_email(
            typed, check_deliverability=False, allow_display_name=True, strict=True, test_environment=True
        )
    except EmailNotValidError:
        raise BadAddress from None
    if not found.ascii_email:
        raise BadAddress(
            "Enter an email address that has no accented letters before the @ sign: we cannot send letters to others"
        )
    return found.ascii_email
