"""Until when a letter is worth delivering; and a thread of letters has one waiting and one on its way at the most."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Timestamptz
from piccolo.columns.indexes import IndexMethod
from piccolo.table import Table

ID = "2026-11-23T18:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Until when a letter is worth delivering; one letter of a thread at a time"

INDEXES = {
    "outbox_letter_in_flight": "outbox_letter (thread) WHERE state = 'sending' AND thread IS NOT NULL",
    "outbox_letter_in_line": "outbox_letter (thread) WHERE state = 'waiting' AND thread IS NOT NULL",
}


class Raw(Table):
    """Only for its raw SQL."""


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="eventsite", description=DESCRIPTION)

    manager.add_column(
        table_class_name="OutboxLetter",
        tablename="outbox_letter",
        column_name="useful_until",
        db_column_name="useful_until",
        column_class_name="Timestamptz",
        column_class=Timestamptz,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    async def create():
        for name, columns in INDEXES.items():
            await Raw.raw(f"CREATE UNIQUE INDEX {name} ON {columns}")

    async def drop():
        for name in INDEXES:
            await Raw.raw(f"DROP INDEX {name}")

    manager.add_raw(create)
    manager.add_raw_backwards(drop)
    return manager
