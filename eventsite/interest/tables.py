"""Expressions of interest, the places and seats they become, and each person's calendar entries."""

from enum import StrEnum

from piccolo.columns import Boolean, ForeignKey, Integer, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from eventsite.database.ids import new_id
from eventsite.events.tables import Event, ProgrammeSession
from eventsite.interest.states import InterestState
from eventsite.people.tables import Person

__all__ = ["Interest", "InterestState", "Invite", "Seat", "SeatState"]


class Interest(Table, tablename="interest"):
    """A person's wish to hear about and attend an event, and their place: one person, one event, one row."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    person = ForeignKey(references=Person, null=False, index=True)
    event = ForeignKey(references=Event, null=False, index=True)
    state = Varchar(length=12, default=InterestState.INTERESTED, choices=InterestState)
    registered_at = Timestamptz(default=None)
    changed_at = Timestamptz(default=None)
    offered_at = Timestamptz(null=True, default=None, help_text="When the newest offer was made.")
    offered_until = Timestamptz(null=True, default=None, help_text="The moment it runs out.")
    waitlisted_at = Timestamptz(null=True, default=None, help_text="Since when they wait: the order of the list.")

    unique_person_event = Unique([person, event])


class SeatState(StrEnum):
    """Where a person stands with a session."""

    TAKEN = "taken"
    WAITLISTED = "waitlisted"
    """They get the next seat that comes free, in the order of `waitlisted_at`."""
    GIVEN_UP = "given_up"
    CANCELLED = "cancelled"
    """Lost with their place, or with the session."""


class Seat(Table, tablename="seat"):
    """A session that a person has added: a booking where its room is limited, a note for their calendar where not."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    person = ForeignKey(references=Person, null=False, index=True)
    session = ForeignKey(references=ProgrammeSession, null=False, index=True)
    state = Varchar(length=12, default=SeatState.TAKEN, choices=SeatState)
    wants_mail = Boolean(default=False, help_text="Whether they want an invite by email; their feed has it anyway.")
    waitlisted_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz(default=None)
    changed_at = Timestamptz(default=None)

    unique_person_session = Unique([person, session])


class Invite(Table, tablename="invite"):
    """What a person's calendar was last told of one entry (RFC 5546): one person, one UID, one row, kept for ever.

    `sequence` never falls. `organizer` is ours, and the same for the entry's life. The id names the outbox thread.
    """

    id = Varchar(length=16, primary_key=True, default=new_id)
    person = ForeignKey(references=Person, null=False, index=True)
    event = ForeignKey(references=Event, null=False, index=True)
    session = ForeignKey(references=ProgrammeSession, null=True, default=None, index=True)
    uid = Varchar(length=255)
    attendee = Varchar(length=254, help_text="The address that was invited.")
    organizer = Varchar(length=254)
    method = Varchar(length=10, help_text="REQUEST or CANCEL: the newest.")
    sequence = Integer(default=0)
    digest = Varchar(length=64, help_text="Of what a change of raises the sequence.")
    stamped_at = Timestamptz(default=None, help_text="DTSTAMP of the newest.")
    message_id = Varchar(length=255, help_text="Of the first letter: the later ones refer to it.")
    partstat = Varchar(length=16, default="NEEDS-ACTION", help_text="What they last answered by calendar.")
    replied_sequence = Integer(null=True, default=None)
    replied_at = Timestamptz(null=True, default=None, help_text="DTSTAMP of that answer.")

    unique_person_uid = Unique([person, uid])
