"""Discussion questions and what they are about."""

from enum import StrEnum

from piccolo.columns import Boolean, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from eventsite.database.ids import new_id
from eventsite.events.tables import ProgrammeSession
from eventsite.organisers.tables import Organiser
from eventsite.people.tables import Person


class QuestionState(StrEnum):
    """Where a question stands. Nobody but its asker and the organisers sees one that is not approved."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class ThemeSource(StrEnum):
    """Who said that a question is about a theme."""

    SUBMITTER = "submitter"
    ORGANISER = "organiser"


class Theme(Table, tablename="theme"):
    """What a question is about: data, editable."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    slug = Varchar(length=40, unique=True)
    label = Varchar(length=80)
    position = Integer(default=0)
    active = Boolean(default=True)


class Question(Table, tablename="question"):
    """A question to a panel. `original_text` is what the asker wrote where an organiser mended the wording.

    `dedupe_key` makes the same words from the same asker within the hour one row. It is let go when the hour is over or
    the question leaves the queue: whoever can read a question on the site must not get its asker's page by copying it.
    """

    id = Varchar(length=16, primary_key=True, default=new_id)
    session = ForeignKey(references=ProgrammeSession, null=False, index=True)
    person = ForeignKey(references=Person, null=True, default=None, index=True)
    name = Varchar(length=200)
    anonymous = Boolean(default=True)
    text = Text()
    original_text = Text(null=True, default=None)
    state = Varchar(length=12, default=QuestionState.PENDING, choices=QuestionState)
    rejection_reason = Text(null=True, default=None)
    decided_by = ForeignKey(references=Organiser, null=True, default=None)
    decided_at = Timestamptz(null=True, default=None)
    edited_by = ForeignKey(references=Organiser, null=True, default=None)
    edited_at = Timestamptz(null=True, default=None)
    link_version = Integer(default=0)
    dedupe_key = Varchar(length=64, unique=True, null=True, default=None)
    submitted_at = Timestamptz(default=None)


class QuestionTheme(Table, tablename="question_theme"):
    """That a question is about a theme, and who said so."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    question = ForeignKey(references=Question, null=False, index=True)
    theme = ForeignKey(references=Theme, null=False)
    source = Varchar(length=12, default=ThemeSource.SUBMITTER, choices=ThemeSource)

    unique_question_theme = Unique([question, theme])
