"""Indexes for merged questions and voices, and the reasons a question is turned down for, which are data from then on."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.table import Table

from eventsite.database.ids import new_id

ID = "2026-11-23T21:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Indexes for questions; reasons to turn one down"

INDEXES = {
    "question_held": "question (state, held_at)",
    "question_shortlist": "question (session, shortlist_position)",
}
REASONS = (
    (
        "another-panel",
        "For another panel or team",
        "Your question deserves an answer, and this panel is not the one that can give it.",
    ),
    (
        "identifies",
        "May identify a person",
        "Your question could let somebody work out who it is about, so we cannot show it to a room. "
        "You are welcome to ask it again in general terms.",
    ),
    (
        "already-answered",
        "Already answered",
        "What you ask has been answered in one of our write-ups, so we keep the panel’s time for what has not.",
    ),
    (
        "not-a-question",
        "A comment, not a question",
        "Thank you for your thoughts. The panel can only take questions it can answer in the room.",
    ),
    (
        "product",
        "About one product or supplier",
        "The panel does not speak about single products or suppliers. You are welcome to ask what lies behind it.",
    ),
    (
        "not-clear",
        "Not clear to us",
        "We were not sure what you are asking. You are welcome to put it again in other words.",
    ),
)


class Raw(Table):
    """Only for its raw SQL."""


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="eventsite", description=DESCRIPTION)

    async def create():
        for name, columns in INDEXES.items():
            await Raw.raw(f"CREATE INDEX {name} ON {columns}")
        for position, (slug, label, words) in enumerate(REASONS):
            await Raw.raw(
                "INSERT INTO rejection_reason (id, slug, label, words, position, active) VALUES ({}, {}, {}, {}, {}, {})",
                *(new_id(), slug, label, words, position, True),
            )

    async def drop():
        for name in INDEXES:
            await Raw.raw(f"DROP INDEX {name}")
        await Raw.raw("DELETE FROM rejection_reason")

    manager.add_raw(create)
    manager.add_raw_backwards(drop)
    return manager
