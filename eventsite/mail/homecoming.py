"""The addresses that letters come home to: `rsvp+<token>@` and `bounce+<token>@` at the domain of MAIL_FROM.

A mail server hands what comes to them to `eventsite mail receive`, or over LMTP (subaddresses: RFC 5233). Where it does
not, MAIL_REPLIES=off leaves them out of letters, and nobody is asked to answer by calendar.
"""

import re
from dataclasses import dataclass

from eventsite.settings import Settings
from eventsite.tokens import Purpose, make_mail_token, read_mail_token

_HOME = re.compile(r"(rsvp|bounce)\+([a-z0-9]{42})@([a-z0-9.-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Homecoming:
    """What an address of ours stands for: an invitation (RSVP) or a letter (BOUNCE), by its row's id."""

    purpose: Purpose
    row_id: str


def home_address(settings: Settings, purpose: Purpose, row_id: str) -> str:
    """The address that what concerns one invitation or one letter comes home to; MAIL_FROM where nothing does."""
    if settings.mail_replies == "off":
        return settings.mail_from
    return f"{purpose}+{make_mail_token(settings.secret_key, purpose, row_id)}@{settings.mail_domain}"


def read_home_address(settings: Settings, address: str) -> Homecoming | None:
    """What an address stands for; None where it is none of ours, or its token is forged."""
    match = _HOME.fullmatch(address.strip())
    if match is None or match[3].lower() != settings.mail_domain:
        return None
    purpose = Purpose(match[1].lower())
    row_id = read_mail_token(settings.secret_key, purpose, match[2])
    return Homecoming(purpose, row_id) if row_id else None
