"""Expressions of interest."""

from enum import StrEnum

from piccolo.columns import ForeignKey, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from eventsite.database.ids import new_id
from eventsite.events.tables import Event
from eventsite.people.tables import Person


class InterestState(StrEnum):
    """Where a person stands with an event."""

    INTERESTED = "interested"
    WITHDRAWN = "withdrawn"


class Interest(Table, tablename="interest"):
    """A person's wish to hear about and attend an event: one person, one event, one row."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    person = ForeignKey(references=Person, null=False, index=True)
    event = ForeignKey(references=Event, null=False, index=True)
    state = Varchar(length=12, default=InterestState.INTERESTED, choices=InterestState)
    registered_at = Timestamptz(default=None)
    changed_at = Timestamptz(default=None)

    unique_person_event = Unique([person, event])
