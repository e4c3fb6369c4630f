"""What HPN holds: events, the sessions of their programmes, and the people on stage."""

from enum import StrEnum

from piccolo.columns import Boolean, Date, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from eventsite.database.ids import new_id


class EventState(StrEnum):
    """A draft is seen by organisers alone; a cancelled event stays on the site and says so."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class SessionState(StrEnum):
    """A session is shown as soon as its event is; a cancelled one stays and says so."""

    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"


class SessionKind(StrEnum):
    """What sort of session it is, as the programme shows it."""

    KEYNOTE = "keynote"
    PANEL = "panel"
    WORKSHOP = "workshop"
    TALK = "talk"
    BREAK = "break"
    SOCIAL = "social"


class Part(StrEnum):
    """What a person on stage does in a session."""

    CHAIR = "chair"
    PANELLIST = "panellist"
    SPEAKER = "speaker"


class Event(Table, tablename="event"):
    """What HPN holds on one day or several. `sequence` is the SEQUENCE of its calendar entry (RFC 5545 3.8.7.4)."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    slug = Varchar(length=80, unique=True)
    name = Varchar(length=120)
    summary = Text()
    starts_on = Date(default=None)
    ends_on = Date(default=None)
    time_zone = Varchar(length=40, default="Europe/London")
    venue = Varchar(length=120)
    town = Varchar(length=80)
    postcode = Varchar(length=10)
    motif = Varchar(length=40)
    state = Varchar(length=12, default=EventState.DRAFT, choices=EventState)
    interest_closes_at = Timestamptz(null=True, default=None)
    capacity = Integer(null=True, default=None, help_text="How many places there are; none: as many as are asked for.")
    reply_days = Integer(default=5, help_text="How long an offer stands that was passed on from the waiting list.")
    sequence = Integer(default=0)
    created_at = Timestamptz(default=None)
    updated_at = Timestamptz(default=None)
    cancelled_at = Timestamptz(null=True, default=None)


class ProgrammeSession(Table, tablename="programme_session"):
    """A part of an event: times are aware and UTC, shown in the event's time zone."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    event = ForeignKey(references=Event, null=False, index=True)
    slug = Varchar(length=80)
    title = Varchar(length=160)
    kind = Varchar(length=12, default=SessionKind.TALK, choices=SessionKind)
    summary = Text()
    starts_at = Timestamptz(default=None)
    ends_at = Timestamptz(default=None)
    room = Varchar(length=80)
    capacity = Integer(null=True, default=None)
    takes_questions = Boolean(default=False)
    questions_close_at = Timestamptz(null=True, default=None)
    state = Varchar(length=12, default=SessionState.SCHEDULED, choices=SessionState)
    sequence = Integer(default=0)
    created_at = Timestamptz(default=None)
    updated_at = Timestamptz(default=None)
    cancelled_at = Timestamptz(null=True, default=None)

    unique_event_slug = Unique([event, slug])


class Speaker(Table, tablename="speaker"):
    """A person on stage: public by their part in a published programme or write-up."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    name = Varchar(length=120)
    job_title = Varchar(length=160)
    organisation = Varchar(length=160)
    created_at = Timestamptz(default=None)
    updated_at = Timestamptz(default=None)


class Appearance(Table, tablename="appearance"):
    """A person's part in a session, in the order the page shows them."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    session = ForeignKey(references=ProgrammeSession, null=False, index=True)
    speaker = ForeignKey(references=Speaker, null=False, index=True)
    part = Varchar(length=12, default=Part.SPEAKER, choices=Part)
    position = Integer(default=0)

    unique_session_speaker = Unique([session, speaker])
