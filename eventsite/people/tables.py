"""People who wrote to us, what they agreed to, and what they complained of."""

from enum import StrEnum

from piccolo.columns import ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from eventsite.database.ids import new_id


class ConsentAction(StrEnum):
    """What a person did with a consent: the newest row for a purpose says how it stands."""

    GIVEN = "given"
    WITHDRAWN = "withdrawn"


class Person(Table, tablename="person"):
    """Somebody known by an email address. `email` is as letters go to it, `email_key` casefolded and unique.

    Raising `link_version` revokes every link to the person's own page made before.
    """

    id = Varchar(length=16, primary_key=True, default=new_id)
    email = Varchar(length=254)
    email_key = Varchar(length=254, unique=True)
    name = Varchar(length=200)
    job_title = Varchar(length=160)
    organisation = Varchar(length=200)
    link_version = Integer(default=0)
    calendar_version = Integer(default=0, help_text="Raising it revokes the address of the person's own feed.")
    created_at = Timestamptz(default=None)
    updated_at = Timestamptz(default=None)


class Consent(Table, tablename="consent"):
    """An append-only record of what was agreed to or taken back, with the words that were shown."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    person = ForeignKey(references=Person, null=False, index=True)
    purpose = Varchar(length=40)
    action = Varchar(length=12, choices=ConsentAction)
    wording = Text()
    source = Varchar(length=40)
    at = Timestamptz(default=None)


class Complaint(Table, tablename="complaint"):
    """A data-protection complaint: to be acknowledged within 30 days (Data Protection Act 2018, section 164A)."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    name = Varchar(length=200)
    email = Varchar(length=254)
    email_key = Varchar(length=254, index=True)
    text = Text()
    received_at = Timestamptz(default=None)
    due_at = Timestamptz(default=None)


class Erasure(Table, tablename="erasure"):
    """That an address was erased, by a keyed digest alone, so that a restored backup can be erased again."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    email_digest = Varchar(length=64, unique=True)
    erased_at = Timestamptz(default=None)
