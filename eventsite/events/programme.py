"""A programme as pages show it: by day, with who is on stage and whether questions are taken at this moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from eventsite.clock import LONDON, london_date
from eventsite.events import queries
from eventsite.events.queries import OnStage
from eventsite.events.rules import takes_questions
from eventsite.events.tables import Event, ProgrammeSession, SessionKind


@dataclass(frozen=True)
class ProgrammeRow:
    """A session in a list. Times are London's; `takes_questions` is true only while a question can really be put."""

    slug: str
    title: str
    kind: str
    room: str
    summary: str
    state: str
    takes_questions: bool
    starts_at: datetime
    ends_at: datetime
    people: Sequence[OnStage]

    @property
    def has_page(self) -> bool:
        """Whether its title is a link: nobody wants to read a page about lunch."""
        return self.kind != SessionKind.BREAK


@dataclass(frozen=True)
class ProgrammeDay:
    """The sessions that start on one day in London."""

    day: date
    rows: Sequence[ProgrammeRow]


async def programme_of(event: Event, now: datetime) -> list[ProgrammeDay]:
    """The programme of an event at a moment, in two queries."""
    sessions = await queries.sessions_of(event.id)
    people = await queries.people_on_stage(session.id for session in sessions)
    rows = [_row(session, event, people[session.id], now) for session in sessions]
    return [ProgrammeDay(day, list(of_day)) for day, of_day in groupby(rows, lambda row: london_date(row.starts_at))]


def _row(session: ProgrammeSession, event: Event, people: Sequence[OnStage], now: datetime) -> ProgrammeRow:
    return ProgrammeRow(
        slug=session.slug,
        title=session.title,
        kind=session.kind,
        room=session.room,
        summary=session.summary,
        state=session.state,
        takes_questions=takes_questions(session, event, now),
        starts_at=session.starts_at.astimezone(LONDON),
        ends_at=session.ends_at.astimezone(LONDON),
        people=people,
    )
