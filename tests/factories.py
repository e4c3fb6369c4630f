"""Rows for tests, saved, with every value sensible and any of them overruled by keyword."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from eventsite.events.tables import Appearance, Event, EventState, Part, ProgrammeSession, SessionKind, Speaker

MADE_AT = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
_numbers = count(1)


async def make_event(**given: Any) -> Event:
    """A published event on Saturday 26 and Sunday 27 June 2027 in Birmingham."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "slug": f"hpn-midlands-{number}",
        "name": "HPN Midlands",
        "summary": "Two days for the people who lead digital work in the Midlands.",
        "starts_on": date(2027, 6, 26),
        "ends_on": date(2027, 6, 27),
        "venue": "The Exchange",
        "town": "Birmingham",
        "postcode": "B1 1AA",
        "motif": "midlands",
        "state": EventState.PUBLISHED,
        "created_at": MADE_AT,
        "updated_at": MADE_AT,
    }
    event = Event(**values | given)
    await event.save()
    return event


async def make_session(event: Event, **given: Any) -> ProgrammeSession:
    """A panel that takes questions, on 26 June 2027 from 9:30am to 10:45am in London (8:30 to 9:45 UTC)."""
    values: dict[str, Any] = {
        "event": event.id,
        "slug": f"ai-safety-{next(_numbers)}",
        "title": "How do we deploy AI safely?",
        "kind": SessionKind.PANEL,
        "summary": "What it takes to bring a model to the bedside.",
        "starts_at": datetime(2027, 6, 26, 8, 30, tzinfo=UTC),
        "ends_at": datetime(2027, 6, 26, 9, 45, tzinfo=UTC),
        "room": "Hall 1",
        "takes_questions": True,
        "created_at": MADE_AT,
        "updated_at": MADE_AT,
    }
    session = ProgrammeSession(**values | given)
    await session.save()
    return session


async def make_speaker(session: ProgrammeSession | None = None, part: Part = Part.PANELLIST, **given: Any) -> Speaker:
    """A person on stage, put into a session where one is given, after those who are there."""
    values: dict[str, Any] = {
        "name": "Ada Marlowe",
        "job_title": "Chief nursing information officer",
        "organisation": "Example Hospitals NHS Trust",
        "created_at": MADE_AT,
        "updated_at": MADE_AT,
    }
    speaker = Speaker(**values | given)
    await speaker.save()
    if session is not None:
        await Appearance(session=session.id, speaker=speaker.id, part=part, position=next(_numbers)).save()
    return speaker
