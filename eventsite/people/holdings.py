"""What is held on people, in one list: what it is, why, on which lawful basis, how long, and what erasing it does.

The privacy notice, the dates beside form fields, `person export`, `person erase` and `retention` are all made from this
list; a test holds it against the tables. Tables are named and not imported: the list knows every room, and no room.
"""

from eventsite.people.keeping import (
    COMPLAINT_KEPT,
    CONSENT_KEPT,
    ERASURE_KEPT,
    INTEREST_KEPT,
    LEDGER_KEPT,
    LETTER_KEPT,
    QUESTION_LINK_KEPT,
    Basis,
    By,
    Cut,
    Erasing,
    Holding,
    Limit,
    Since,
    Whom,
)

HOLDINGS = (
    Holding(
        table="interest",
        whom=Whom.VISITOR,
        columns=("id", "person", "event", "state", "registered_at", "changed_at"),
        what="Which events you are interested in, and when you said so or withdrew",
        why="To tell you about the events you chose, and to plan them",
        basis=Basis.LEGITIMATE_INTERESTS,
        kept="6 months (183 days) after the event",
        found=("person", By.PERSON),
        erasing=Erasing.DELETE,
        limit=Limit(Since.EVENT, "event", INTEREST_KEPT),
    ),
    Holding(
        table="question",
        whom=Whom.VISITOR,
        columns=(
            *("id", "session", "person", "name", "anonymous", "text", "original_text", "state", "rejection_reason"),
            *("decided_by", "decided_at", "edited_by", "edited_at", "link_version", "dedupe_key", "submitted_at"),
        ),
        what="Questions you put to a panel, and the name you gave with them; which organiser moderated them",
        why="To put them to the panel and to tell you what became of them. Your name is shown only if you ask for it",
        basis=Basis.LEGITIMATE_INTERESTS,
        kept="The link between you and the question: 30 days after the event. A published question stays without you; "
        "any other is deleted then",
        found=("person", By.PERSON),
        erasing=Erasing.CUT,
        limit=Limit(Since.SESSION, "session", QUESTION_LINK_KEPT),
        cut=Cut(
            set="person = NULL, name = '', original_text = NULL, rejection_reason = NULL, dedupe_key = NULL, "
            "link_version = link_version + 1",
            outlive="state IN ('approved', 'shortlisted', 'asked', 'answered', 'not_reached')",
            uncut="(person IS NOT NULL OR name <> '' OR original_text IS NOT NULL)",
        ),
    ),
    Holding(
        table="consent",
        whom=Whom.VISITOR,
        columns=("id", "person", "purpose", "action", "wording", "source", "at"),
        what="That you asked for news of other events or no longer want it, when, and the words you were shown",
        why="To send you that news, and to be able to show that you asked for it",
        basis=Basis.CONSENT,
        kept="Until you say stop, and at most 2 years: then we ask again or stop",
        found=("person", By.PERSON),
        erasing=Erasing.DELETE,
        limit=Limit(Since.MOMENT, "at", CONSENT_KEPT),
    ),
    Holding(
        table="person",
        whom=Whom.VISITOR,
        columns=(
            *("id", "email", "email_key", "name", "job_title", "organisation"),
            *("link_version", "created_at", "updated_at"),
        ),
        what="Your name, email address, job title and organisation",
        why="To write to you about the events and questions you chose",
        basis=Basis.LEGITIMATE_INTERESTS,
        kept="As long as we hold an interest, a question or a wish for news of yours, and not a day longer",
        found=("id", By.PERSON),
        erasing=Erasing.DELETE,
        limit=Limit(Since.LAST_USE),
    ),
    Holding(
        table="outbox_letter",
        whom=Whom.VISITOR,
        columns=(
            *("id", "key", "kind", "message_id", "recipient", "recipient_key", "subject", "content"),
            *("state", "due_at", "last_error", "created_at", "sent_at"),
        ),
        what="Letters we send to you, and whether they arrived",
        why="To deliver them, and to help when one goes astray",
        basis=Basis.LEGITIMATE_INTERESTS,
        kept="30 days after a letter was sent or given up",
        found=("recipient_key", By.ADDRESS),
        erasing=Erasing.DELETE,
        limit=Limit(Since.MOMENT, "due_at", LETTER_KEPT, states=("sent", "dead")),
    ),
    Holding(
        table="complaint",
        whom=Whom.VISITOR,
        columns=("id", "name", "email", "email_key", "text", "received_at", "due_at"),
        what="Complaints you make to us: your name, address and words",
        why="To look into them and to answer you, as the Data Protection Act 2018 (section 164A) asks of us",
        basis=Basis.LEGAL_OBLIGATION,
        kept="2 years after we received it",
        found=("email_key", By.ADDRESS),
        erasing=Erasing.DELETE,
        limit=Limit(Since.MOMENT, "received_at", COMPLAINT_KEPT),
    ),
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
    {"event", "programme_session", "appearance", "theme", "question_theme", "writeup_speaker"}
)
"""The other tables: what they say is about events and subjects, or joins rows by their ids."""


def holding(table: str) -> Holding:
    """The entry of a table; raises KeyError where the table holds nothing on anybody."""
    return _BY_TABLE[table]


_BY_TABLE = {one.table: one for one in HOLDINGS}
