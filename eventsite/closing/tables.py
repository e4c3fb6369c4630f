"""Which passage of a write-up answers which question."""

from piccolo.columns import ForeignKey, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from eventsite.database.ids import new_id
from eventsite.organisers.tables import Organiser
from eventsite.questions.tables import Question
from eventsite.writeups.tables import Writeup


class Passage(Table, tablename="passage"):
    """A place in a write-up that takes up a question: its asker is sent there once the write-up is published."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    question = ForeignKey(references=Question, null=False, index=True)
    writeup = ForeignKey(references=Writeup, null=False, index=True)
    anchor = Varchar(length=80, help_text="The id of the heading or paragraph on the write-up's page; empty: its top.")
    excerpt = Text()
    tied_by = ForeignKey(references=Organiser, null=True, default=None)
    tied_at = Timestamptz(default=None)
    told_at = Timestamptz(null=True, default=None, help_text="When its askers were written to.")

    unique_passage = Unique([question, writeup, anchor])
