"""What the desk's first page counts, in as many queries for one row as for a thousand."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from eventsite.clock import london_date
from eventsite.database import execute

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is of what waits for somebody, and of what a site needs before it is one."""

    questions_pending: int
    letters_waiting: int
    letters_dead: int
    addresses_stopped: int
    messages_put_aside: int
    writeups_draft: int
    events: int
    events_published: int
    sessions: int
    panels_taking_questions: int
    writeups: int
    organisers: int

    @property
    def is_set_up(self) -> bool:
        """Whether there is an event with a programme for visitors to see."""
        return bool(self.events_published and self.sessions)


@dataclass(frozen=True, slots=True)
class InterestCount:
    """How many people want to come to an event, how many are new this week, and how its places stand.

    `capacity` is None where there is no limit; `ending` counts the offers that run out within a week.
    """

    slug: str
    name: str
    state: str
    people: int
    new: int
    capacity: int | None
    used: int
    ending: int
    waiting: int


@dataclass(frozen=True, slots=True)
class DraftWriteup:
    """A write-up that nobody outside can see yet."""

    id: str
    slug: str
    title: str
    updated_at: datetime


COUNTS = """
    SELECT
      (SELECT COUNT(*) FROM question WHERE state = 'pending') AS questions_pending,
      (SELECT COUNT(*) FROM outbox_letter WHERE state IN ('waiting', 'sending')) AS letters_waiting,
      (SELECT COUNT(*) FROM outbox_letter WHERE state = 'dead') AS letters_dead,
      (SELECT COUNT(*) FROM suppression) AS addresses_stopped,
      (SELECT COUNT(*) FROM inbound_letter WHERE outcome = 'quarantined') AS messages_put_aside,
      (SELECT COUNT(*) FROM writeup WHERE state = 'draft') AS writeups_draft,
      (SELECT COUNT(*) FROM event) AS events,
      (SELECT COUNT(*) FROM event WHERE state = 'published') AS events_published,
      (SELECT COUNT(*) FROM programme_session) AS sessions,
      (SELECT COUNT(*) FROM programme_session WHERE takes_questions) AS panels_taking_questions,
      (SELECT COUNT(*) FROM writeup) AS writeups,
      (SELECT COUNT(*) FROM organiser WHERE disabled_at IS NULL) AS organisers
"""

INTEREST = """
    SELECT event.slug, event.name, event.state, COUNT(interest.id) AS people,
      COUNT(CASE WHEN interest.registered_at > {} THEN 1 END) AS new, event.capacity,
      COUNT(CASE WHEN interest.state IN ('offered', 'accepted') THEN 1 END) AS used,
      COUNT(CASE WHEN interest.state = 'offered' AND interest.offered_until < {} THEN 1 END) AS ending,
      COUNT(CASE WHEN interest.state = 'waitlisted' THEN 1 END) AS waiting
    FROM event LEFT JOIN interest ON interest.event = event.id
      AND interest.state IN ('interested', 'offered', 'accepted', 'waitlisted')
    WHERE event.ends_on >= {}
    GROUP BY event.id, event.slug, event.name, event.state, event.starts_on, event.capacity
    ORDER BY event.starts_on, event.name LIMIT 12
"""

DRAFTS = "SELECT id, slug, title, updated_at FROM writeup WHERE state = 'draft' ORDER BY updated_at DESC, id LIMIT 5"


async def counts() -> Counts:
    """Everything the page counts, at one moment."""
    return Counts(**(await execute(COUNTS))[0])


async def interest_in_coming_events(now: datetime) -> list[InterestCount]:
    """Every event that is not over, the next one first, with the people who want to come and its places."""
    rows = await execute(INTEREST, now - WEEK, now + WEEK, london_date(now))
    return [InterestCount(**row) for row in rows]


async def draft_writeups() -> list[DraftWriteup]:
    """The drafts worked on last, five at most."""
    return [DraftWriteup(**row) for row in await execute(DRAFTS)]
