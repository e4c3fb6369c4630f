"""What holds of every person, without asking the database."""

import re

LONGEST_NAME = 200
LONGEST_JOB_TITLE = 160
LONGEST_ORGANISATION = 200

UPDATES = "updates"
UPDATES_WORDING = "Send me news of other HPN events by email"
ANNOUNCEMENTS = "announcements"
ANNOUNCEMENTS_WORDING = "Send me announcements about my events by email"
WORDINGS = {UPDATES: UPDATES_WORDING, ANNOUNCEMENTS: ANNOUNCEMENTS_WORDING}
"""What a person is asked, by purpose."""

_PLAIN_NAME = re.compile(r"[^\W\d_][^\d_@/:<>\\\[\]{}|=+*#~^$%&;!?\"]{0,59}")


def greeting(name: str) -> str:
    """How a letter begins: with the name where it looks like one."""
    shown = plain_name(name)
    return f"Hello {shown}" if shown else "Hello"


def plain_name(name: str) -> str:
    """The name where it looks like one, else nothing.

    Anybody can type anybody's address, so a letter must not carry sentences or links that a stranger wrote.
    """
    return name if _PLAIN_NAME.fullmatch(name) and "." not in name.strip(".") and "www" not in name else ""
