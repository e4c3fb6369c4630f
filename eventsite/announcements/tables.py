"""Announcements and reminders, from draft to release."""

from enum import StrEnum

from piccolo.columns import ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from eventsite.database.ids import new_id
from eventsite.events.tables import Event, ProgrammeSession


class Audience(StrEnum):
    """Who gets an announcement."""

    INTERESTED = "interested"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    WAITLISTED = "waitlisted"
    SEATS = "seats"
    """Those with a seat on one session."""
    ASKERS = "askers"
    """Those who asked a question of the event's panels, and left an address."""
    UPDATES = "updates"
    """Those who asked to hear of other events."""


class AnnouncementState(StrEnum):
    """Where an announcement stands."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    """Released as a reminder: goes by itself so long before its event starts."""
    RELEASED = "released"
    """Its letters are in the outbox."""
    WITHDRAWN = "withdrawn"


class Announcement(Table, tablename="announcement"):
    """A letter to many, in Markdown with placeholders.

    `remind_before` is in hours before the event's first day begins; without it the letters go when it is released.
    """

    id = Varchar(length=16, primary_key=True, default=new_id)
    subject = Varchar(length=200)
    body = Text()
    audience = Varchar(length=12, choices=Audience)
    event = ForeignKey(references=Event, null=True, default=None, index=True)
    session = ForeignKey(references=ProgrammeSession, null=True, default=None)
    remind_before = Integer(null=True, default=None)
    state = Varchar(length=12, default=AnnouncementState.DRAFT, choices=AnnouncementState)
    letters = Integer(null=True, default=None, help_text="How many it became.")
    created_by = Varchar(length=16)
    created_at = Timestamptz(default=None)
    updated_at = Timestamptz(default=None)
    released_by = Varchar(length=16, null=True, default=None)
    released_at = Timestamptz(null=True, default=None)
