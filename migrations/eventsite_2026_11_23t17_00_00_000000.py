"""Indexes for places, seats, calendar entries and the outbox's threads."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.table import Table

ID = "2026-11-23T17:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Indexes for places, seats, calendar entries and threads"

INDEXES = {
    "outbox_letter_thread": "outbox_letter (thread, state)",
    "interest_waiting": "interest (event, state, waitlisted_at)",
    "interest_offered": "interest (state, offered_until)",
    "seat_waiting": "seat (session, state, waitlisted_at)",
    "bounce_lately": "bounce (address_key, bounced_at)",
    "inbound_letter_lately": "inbound_letter (outcome, received_at)",
    "announcement_due": "announcement (state, released_at)",
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
