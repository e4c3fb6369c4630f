"""Indexes that Piccolo's models cannot declare."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.table import Table

ID = "2026-11-23T14:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Indexes for the outbox and for lists"

INDEXES = {
    "outbox_letter_due": "outbox_letter (state, due_at)",
    "outbox_letter_recipient": "outbox_letter (recipient_key, cause, due_at)",
    "question_queue": "question (session, state, submitted_at)",
    "interest_list": "interest (event, registered_at)",
}


class Raw(Table):
    """Only for its raw SQL."""


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="eventsite", description=DESCRIPTION)

    async def create():
        for name, columns in INDEXES.items():
            await Raw.raw(f"CREATE INDEX {name} ON {columns}")

    async def drop():
        for name in INDEXES:
            await Raw.raw(f"DROP INDEX {name}")

    manager.add_raw(create)
    manager.add_raw_backwards(drop)
    return manager
