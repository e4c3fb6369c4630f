"""Discussion questions and what they are about."""

from enum import StrEnum

from piccolo.columns import Boolean, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.constraints import Unique
from piccolo.table import Table

from eventsite.database.ids import new_id
from eventsite.events.tables import ProgrammeSession
from eventsite.organisers.tables import Organiser
from eventsite.people.tables import Person
from eventsite.questions.states import QuestionState

__all__ = [
    "ChairMessage",
    "DeskPresence",
    "Moderation",
    "News",
    "PanelStage",
    "Question",
    "QuestionNotice",
    "QuestionState",
    "QuestionTheme",
    "RejectionReason",
    "Theme",
    "ThemeSource",
    "Voice",
    "Vote",
]


class ThemeSource(StrEnum):
    """Who said that a question is about a theme."""

    SUBMITTER = "submitter"
    ORGANISER = "organiser"
    RULE = "rule"
    """Suggested by words in it, and not confirmed by anybody yet."""


class News(StrEnum):
    """What somebody can be told of how a question ended."""

    TAKEN = "taken"
    """A write-up takes it up."""
    ANSWERED = "answered"
    NOT_REACHED = "not_reached"


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
    rejected_for = Varchar(length=40, null=True, default=None, help_text="The slug of the reason, for the numbers.")
    decided_by = ForeignKey(references=Organiser, null=True, default=None)
    decided_at = Timestamptz(null=True, default=None)
    edited_by = ForeignKey(references=Organiser, null=True, default=None)
    edited_at = Timestamptz(null=True, default=None)
    clarification = Text(null=True, default=None, help_text="What the asker added on their own page.")
    clarified_at = Timestamptz(null=True, default=None)
    link_version = Integer(default=0)
    dedupe_key = Varchar(length=64, unique=True, null=True, default=None)
    submitted_at = Timestamptz(default=None)
    held_reasons = Varchar(length=200, help_text="What may identify somebody in it: codes, with commas between them.")
    held_spans = Text(
        null=True, default=None, help_text="Where that stands in `text`: JSON, [[start, end, code], ...]."
    )
    held_at = Timestamptz(null=True, default=None)
    purged_at = Timestamptz(null=True, default=None, help_text="When what was held of it was deleted for good.")
    merged_into: ForeignKey["Question"] = ForeignKey(
        "self", null=True, default=None, index=True, on_delete=OnDelete.set_null
    )
    merged_by = ForeignKey(references=Organiser, null=True, default=None)
    merged_at = Timestamptz(null=True, default=None)
    state_before = Varchar(
        length=12, null=True, default=None, help_text="What it was before it was merged: for undoing."
    )
    shortlist_position = Integer(null=True, default=None)
    minutes = Integer(null=True, default=None, help_text="How long the panel has for it.")
    asked_at = Timestamptz(null=True, default=None)
    answer = Text(null=True, default=None, help_text="The written answer, in Markdown.")
    answered_by = ForeignKey(references=Organiser, null=True, default=None)
    answered_at = Timestamptz(null=True, default=None)


class Voice(Table, tablename="voice"):
    """Somebody who wants the same answered: they add their voice to a question instead of asking it again."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    question = ForeignKey(references=Question, null=False, index=True)
    person = ForeignKey(references=Person, null=True, default=None, index=True)
    dedupe_key = Varchar(length=64, unique=True, help_text="Digest of what makes two of them one.")
    added_at = Timestamptz(default=None)


class QuestionNotice(Table, tablename="question_notice"):
    """That somebody who is credited with a question was written to about its end: nobody is told the same twice."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    question = ForeignKey(references=Question, null=False, index=True)
    person = ForeignKey(references=Person, null=False, index=True)
    news = Varchar(length=12, default=News.TAKEN, choices=News)
    told_at = Timestamptz(default=None)

    unique_notice = Unique([question, person, news])


class RejectionReason(Table, tablename="rejection_reason"):
    """A reason a question can be turned down for, with the polite words its asker reads: data, editable."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    slug = Varchar(length=40, unique=True)
    label = Varchar(length=80)
    words = Text()
    position = Integer(default=0)
    active = Boolean(default=True)


class DeletedCount(Table, tablename="deleted_count"):
    """How many questions to a panel were deleted in one state, for one reason: numbers stay true without the rows."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    session = ForeignKey(references=ProgrammeSession, null=False)
    state = Varchar(length=12)
    reason = Varchar(length=40, help_text="What it was turned down or held for, as a slug or a code; empty for none.")
    questions = Integer(default=0)

    unique_deleted_count = Unique([session, state, reason])


class QuestionTheme(Table, tablename="question_theme"):
    """That a question is about a theme, and who said so."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    question = ForeignKey(references=Question, null=False, index=True)
    theme = ForeignKey(references=Theme, null=False)
    source = Varchar(length=12, default=ThemeSource.SUBMITTER, choices=ThemeSource)
    words = Varchar(length=200, help_text="The words that led a rule to it.")

    unique_question_theme = Unique([question, theme])


class Moderation(Table, tablename="moderation"):
    """One deed of a moderator, with what it takes to undo it: what stood before and after, never any words."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    question = ForeignKey(references=Question, null=False, index=True)
    organiser = ForeignKey(references=Organiser, null=True, default=None, index=True)
    deed = Varchar(length=12)
    state_before = Varchar(length=12)
    state_after = Varchar(length=12)
    batch = Varchar(length=16, null=True, default=None, index=True, help_text="What a bulk deed did together.")
    done_at = Timestamptz(default=None)
    undone_at = Timestamptz(null=True, default=None)


class Vote(Table, tablename="vote"):
    """One browser's vote for a question, where a panel has votes switched on."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    question = ForeignKey(references=Question, null=False, index=True)
    voter = Varchar(length=64, help_text="A digest of the random number in the voter's own cookie.")
    cast_at = Timestamptz(default=None)

    unique_vote = Unique([question, voter])


class PanelStage(Table, tablename="panel_stage"):
    """How a panel is run in the room: its secret links, what is being asked now, and whether the audience votes."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    session = ForeignKey(references=ProgrammeSession, null=False, unique=True)
    link_version = Integer(default=0, help_text="Raising it ends the chair's and the screen's links.")
    current_question = ForeignKey(references=Question, null=True, default=None, on_delete=OnDelete.set_null)
    takes_votes = Boolean(default=False)
    minutes = Integer(default=45, help_text="How long the panel has for questions.")
    updated_at = Timestamptz(default=None)


class ChairMessage(Table, tablename="chair_message"):
    """A line from the desk to the chair, during the panel."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    session = ForeignKey(references=ProgrammeSession, null=False, index=True)
    words = Varchar(length=200)
    sent_by = ForeignKey(references=Organiser, null=True, default=None)
    sent_at = Timestamptz(default=None)
    seen_at = Timestamptz(null=True, default=None, help_text="When the chair took note of it.")


class DeskPresence(Table, tablename="desk_presence"):
    """Which question an organiser is looking at, for the others on the desk; stale after a minute."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    organiser = ForeignKey(references=Organiser, null=False, unique=True)
    question = ForeignKey(references=Question, null=True, default=None, on_delete=OnDelete.set_null)
    seen_at = Timestamptz(default=None)
