"""What is held on people, in one list: what it is, why, on which lawful basis, how long, and what erasing it does.

The privacy notice, the dates beside form fields, `person export`, `person erase` and `retention` are all made from this
list; a test holds it against the tables. Tables are named and not imported: the list knows every room, and no room.
"""

from eventsite.people.keeping import (
    ERASURE_KEPT,
    LEDGER_KEPT,
    Basis,
    By,
    Cut,
    Erasing,
    Holding,
    Limit,
    Since,
    Whom,
)
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
    Holding(
        table="organiser",
        whom=Whom.ORGANISER,
        columns=(
            *("id", "email", "email_key", "name", "role", "password_hash", "link_version", "link_made_at"),
            *("created_at", "disabled_at"),
        ),
        what="Organisers’ accounts: name, email address, role, and a password that cannot be read back",
        why="To let organisers in, and nobody else",
        basis=Basis.LEGITIMATE_INTERESTS,
        kept="As long as the account is in use, and 2 years after it was closed",
        found=("email_key", By.ADDRESS),
        erasing=Erasing.CUT,
        limit=Limit(Since.MOMENT, "disabled_at", LEDGER_KEPT),
        # Others' rows name the account that decided something: the account stays, and says nothing of a person.
        cut=Cut(
            set="email = '', email_key = id, name = 'A former organiser', password_hash = NULL, link_made_at = NULL, "
            "link_version = link_version + 1",
            outlive="TRUE",
            uncut="email <> ''",
        ),
    ),
    Holding(
        table="announcement",
        whom=Whom.ORGANISER,
        columns=("id", "subject", "body", "created_by", "created_at", "released_by", "released_at"),
        what="Announcements, and which organiser wrote and released them",
        why="To send them, and to find out who sent what",
        basis=Basis.LEGITIMATE_INTERESTS,
        kept="2 years after it was written",
        found=None,
        erasing=Erasing.NAMELESS,
        limit=Limit(Since.MOMENT, "created_at", LEDGER_KEPT),
    ),
    Holding(
        table="sign_in",
        whom=Whom.ORGANISER,
        columns=("id", "organiser", "token_digest", "created_at", "last_seen_at", "expires_at"),
        what="When an organiser signed in and was last active",
        why="To keep them signed in for a working day, and no longer",
        basis=Basis.LEGITIMATE_INTERESTS,
        kept="Until it ends, at most 12 hours, and a day more",
        found=("organiser", By.ORGANISER),
        erasing=Erasing.DELETE,
        limit=Limit(Since.MOMENT, "expires_at"),
    ),
)

WITHOUT_PERSONAL_DATA = frozenset(
    {
        "event",
        "programme_session",
        "appearance",
        "theme",
        "question_theme",
        "writeup_speaker",
        "mail_pace",
        "rejection_reason",
    }
)
"""The other tables: what they say is about events and subjects, or joins rows by their ids."""


def holding(table: str) -> Holding:
    """The entry of a table; raises KeyError where the table holds nothing on anybody."""
    return _BY_TABLE[table]


_BY_TABLE = {one.table: one for one in HOLDINGS}
