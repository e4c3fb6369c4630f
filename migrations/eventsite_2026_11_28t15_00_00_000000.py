"""What was done last is found without reading every deed."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.table import Table

ID = "2026-11-28T15:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Indexes for the latest deeds of moderators"

INDEXES = {
    "moderation_done": "moderation (done_at)",
    "moderation_undone": "moderation (undone_at)",
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
