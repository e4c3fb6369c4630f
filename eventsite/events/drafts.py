"""What an organiser says about an event, a session or a person on stage: typed, cleaned and complete."""

from dataclasses import dataclass
from datetime import date, datetime

from eventsite.events.tables import Part, SessionKind


@dataclass(frozen=True)
class EventDraft:
    """An event. The last day is included; `interest_closes_at` is aware, None for as long as the event is to come.

    `capacity` is the number of places, None for as many as are asked for; `reply_days` how long an offer stands that is
    passed on from the waiting list.
    """

    name: str
    summary: str
    starts_on: date
    ends_on: date
    venue: str = ""
    town: str = ""
    postcode: str = ""
    motif: str = "generic"
    interest_closes_at: datetime | None = None
    capacity: int | None = None
    reply_days: int = 5


@dataclass(frozen=True)
class SessionDraft:
    """A session. Moments are aware and in UTC; `questions_close_at` None means: when the session ends."""

    title: str
    kind: SessionKind
    summary: str
    starts_at: datetime
    ends_at: datetime
    room: str = ""
    capacity: int | None = None
    takes_questions: bool = False
    questions_close_at: datetime | None = None


@dataclass(frozen=True)
class SpeakerDraft:
    """A person on stage."""

    name: str
    job_title: str = ""
    organisation: str = ""


@dataclass(frozen=True)
class StageDraft:
    """Who is to be put on stage, a person we know (by id) or a new one, and what they do there."""

    part: Part
    speaker_id: str = ""
    newcomer: SpeakerDraft | None = None
