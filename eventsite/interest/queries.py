"""Reads about interest."""

import re
from dataclasses import dataclass
from datetime import datetime

from eventsite.database import execute
from eventsite.web.paging import last_page

PAGE = 50
SIGNS = re.compile("[%_!]")
SELECT = """
    SELECT p.name, p.email, p.job_title, p.organisation, e.name AS event_name, i.state, i.registered_at
"""
FROM = """
    FROM interest i JOIN person p ON p.id = i.person JOIN event e ON e.id = i.event
    WHERE ({} = '' OR e.slug = {}) AND (
        LOWER(p.name) LIKE {} ESCAPE '!' OR p.email_key LIKE {} ESCAPE '!' OR LOWER(p.organisation) LIKE {} ESCAPE '!'
    )
"""
ORDER = " ORDER BY i.registered_at DESC, i.id DESC LIMIT {} OFFSET {}"


@dataclass(frozen=True)
class InterestedPerson:
    """A row of the desk's list."""

    name: str
    email: str
    job_title: str
    organisation: str
    event_name: str
    state: str
    registered_at: datetime


@dataclass(frozen=True)
class InterestedPeople:
    """A page of the list, and how many there are in all."""

    people: list[InterestedPerson]
    count: int
    number: int

    @property
    def last(self) -> int:
        """The number of the last page."""
        return last_page(self.count, PAGE)


async def interested_people(*, event: str = "", words: str = "", number: int = 1) -> InterestedPeople:
    """Who is interested in an event (its slug; all where empty), the newest first, by name, address or organisation.

    A page past the last one is the last one. The case of letters is folded by the database: on SQLite of A to Z alone.
    """
    like = "%" + SIGNS.sub(lambda sign: f"!{sign[0]}", words.lower()) + "%"
    chosen = (event, event, like, like, like)
    count = (await execute("SELECT COUNT(*) AS count" + FROM, *chosen))[0]["count"]
    number = min(number, last_page(count, PAGE))
    rows = await execute(SELECT + FROM + ORDER, *chosen, PAGE, (number - 1) * PAGE)
    return InterestedPeople([InterestedPerson(**row) for row in rows], count, number)
