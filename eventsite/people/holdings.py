"""What is held on people, in one list: what it is, why, on which lawful basis, how long, and what erasing it does.

The privacy notice, the dates beside form fields, `person export`, `person erase` and `retention` are all made from this
list; a test holds it against the tables. Tables are named and not imported: the list knows every room, and no room.
"""

from eventsite.people.keeping import (
    ERASURE_KEPT,
    LEDGER_KEPT,
    Basis,
    By,
    Erasing,
    Holding,
    Limit,
    Since,
    Whom,
)
from eventsite.people.organiser_holdings import ORGANISER_HOLDINGS
from eventsite.people.visitor_holdings import VISITOR_HOLDINGS

HOLDINGS = (
    *VISITOR_HOLDINGS,
    Holding(
        table="ledger_entry",
        whom=Whom.ANYBODY,
        columns=("id", "at", "actor", "deed", "subject", "subject_id", "details"),
        what="A record of who did what when, by reference numbers, without names or words of yours",
        why="To find out what happened when something is in doubt",
        basis=Basis.LEGITIMATE_INTERESTS,
        kept="2 years",
        found=("subject_id", By.ROWS),
        erasing=Erasing.NAMELESS,
        limit=Limit(Since.MOMENT, "at", LEDGER_KEPT),
    ),
    Holding(
        table="erasure",
        whom=Whom.ANYBODY,
        columns=("id", "email_digest", "erased_at"),
        what="That an address was erased, as a number that cannot be turned back into the address",
        why="To erase it again should it come back with a backup",
        basis=Basis.LEGAL_OBLIGATION,
        kept="2 years, longer than any backup",
        found=None,
        erasing=Erasing.NAMELESS,
        limit=Limit(Since.MOMENT, "erased_at", ERASURE_KEPT),
    ),
    Holding(
        table="throttle_bucket",
        whom=Whom.ANYBODY,
        columns=("id", "key", "used", "ends_at"),
        what="How often a form was sent from a network or with an address, as numbers that cannot be turned back",
        why="To keep programs and pranks from flooding anybody with letters",
        basis=Basis.LEGITIMATE_INTERESTS,
        kept="At most 2 days",
        found=None,
        erasing=Erasing.NAMELESS,
        limit=Limit(Since.MOMENT, "ends_at"),
    ),
    Holding(
        table="speaker",
        whom=Whom.SPEAKER,
        columns=("id", "name", "job_title", "organisation", "created_at", "updated_at"),
        what="The names and posts of people who speak at our events",
        why="To publish the programme and to say who said what",
        basis=Basis.LEGITIMATE_INTERESTS,
        kept="As long as the programme or the write-up is published",
        found=None,
        erasing=Erasing.BY_HAND,
    ),
    Holding(
        table="writeup",
        whom=Whom.SPEAKER,
        columns=("id", "title", "standfirst", "body", "image_alt", "import_notes"),
        what="Write-ups of sessions: what speakers said, with their names, and pictures that may show people",
        why="To publish what was said",
        basis=Basis.LEGITIMATE_INTERESTS,
        kept="As long as the write-up is published",
        found=None,
        erasing=Erasing.BY_HAND,
    ),
    Holding(
        table="writeup_revision",
        whom=Whom.SPEAKER,
        columns=("id", "title", "standfirst", "body", "saved_by", "saved_at"),
        what="Earlier versions of write-ups, and which organiser saved them",
        why="To be able to undo a change",
        basis=Basis.LEGITIMATE_INTERESTS,
        kept="As long as the write-up is kept",
        found=None,
        erasing=Erasing.BY_HAND,
    ),
    Holding(
        table="picture",
        whom=Whom.SPEAKER,
        columns=("id", "content", "created_at"),
        what="Pictures at the head of write-ups",
        why="To show them with the write-up",
        basis=Basis.LEGITIMATE_INTERESTS,
        kept="As long as the write-up is kept",
        found=None,
        erasing=Erasing.BY_HAND,
    ),
    *ORGANISER_HOLDINGS,
)

WITHOUT_PERSONAL_DATA = frozenset(
    {
        "event",
        "programme_session",
        "appearance",
        "theme",
        "question_theme",
        "deleted_count",
        "writeup_speaker",
        "mail_pace",
        "rejection_reason",
        "panel_stage",
        "passage",
    }
)
"""The other tables: what they say is about events and subjects, or joins rows by their ids."""


def holding(table: str) -> Holding:
    """The entry of a table; raises KeyError where the table holds nothing on anybody."""
    return _BY_TABLE[table]


_BY_TABLE = {one.table: one for one in HOLDINGS}
