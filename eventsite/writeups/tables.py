"""Write-ups, their revisions, their panellists and the site's pictures."""

from enum import StrEnum

from piccolo.columns import Bytea, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.constraints import Unique
from piccolo.table import Table

from eventsite.database.ids import new_id
from eventsite.events.tables import Event, Part, ProgrammeSession, Speaker
from eventsite.organisers.tables import Organiser


class WriteupState(StrEnum):
    """A draft is seen by organisers alone."""

    DRAFT = "draft"
    PUBLISHED = "published"


class Picture(Table, tablename="picture"):
    """An image as it is served: re-encoded, without metadata. The same bytes are stored once."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    digest = Varchar(length=64, unique=True)
    media_type = Varchar(length=40)
    width = Integer()
    height = Integer()
    content = Bytea()
    created_at = Timestamptz(default=None)


class Writeup(Table, tablename="writeup"):
    """The account of a session. `body` is Markdown; the header image is a picture or one of the site's own drawings."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    slug = Varchar(length=80, unique=True)
    title = Varchar(length=160)
    standfirst = Text()
    body = Text()
    # What a write-up refers to may go, such as a session of a draft event; the account of it stays.
    event = ForeignKey(references=Event, null=True, default=None, index=True, on_delete=OnDelete.set_null)
    session = ForeignKey(references=ProgrammeSession, null=True, default=None, on_delete=OnDelete.set_null)
    picture = ForeignKey(references=Picture, null=True, default=None, on_delete=OnDelete.set_null)
    drawing = Varchar(length=60)
    image_alt = Varchar(length=300)
    import_notes = Text()
    state = Varchar(length=12, default=WriteupState.DRAFT, choices=WriteupState)
    revision = Integer(default=0)
    published_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz(default=None)
    updated_at = Timestamptz(default=None)


class WriteupRevision(Table, tablename="writeup_revision"):
    """What a write-up said at each saving."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    writeup = ForeignKey(references=Writeup, null=False, index=True)
    number = Integer()
    title = Varchar(length=160)
    standfirst = Text()
    body = Text()
    saved_by = ForeignKey(references=Organiser, null=True, default=None)
    saved_at = Timestamptz(default=None)

    unique_writeup_number = Unique([writeup, number])


class WriteupSpeaker(Table, tablename="writeup_speaker"):
    """A person who spoke in the session a write-up is about."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    writeup = ForeignKey(references=Writeup, null=False, index=True)
    speaker = ForeignKey(references=Speaker, null=False)
    part = Varchar(length=12, default=Part.PANELLIST, choices=Part)
    position = Integer(default=0)

    unique_writeup_speaker = Unique([writeup, speaker])
