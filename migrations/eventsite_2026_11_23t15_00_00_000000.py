"""What questions can be about, to begin with: organisers may change it."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.table import Table

from eventsite.database.ids import new_id

ID = "2026-11-23T15:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Themes to begin with"

THEMES = (
    ("clinical-safety", "Clinical safety and standards"),
    ("regulation", "Medical devices and regulation"),
    ("evidence", "Evidence and evaluation"),
    ("procurement", "Assurance, procurement and funding"),
    ("ambient-scribing", "Ambient voice and AI scribes"),
    ("information-governance", "Data protection and records"),
    ("bias-equality", "Bias, equality and inclusion"),
    ("human-oversight", "Human oversight and accountability"),
    ("monitoring", "Monitoring, drift and incidents"),
    ("workforce", "Workforce, jobs and wellbeing"),
    ("literacy", "Skills and digital literacy"),
    ("trust-transparency", "Patient trust and transparency"),
    ("mental-health", "Mental health uses"),
    ("legacy-systems", "Legacy systems and integration"),
    ("leadership", "Leadership and governance"),
    ("other", "Something else"),
)


class Raw(Table):
    """Only for its raw SQL."""


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="eventsite", description=DESCRIPTION)

    async def add():
        for position, (slug, label) in enumerate(THEMES):
            values = (new_id(), slug, label, position, True)
            await Raw.raw("INSERT INTO theme (id, slug, label, position, active) VALUES ({}, {}, {}, {}, {})", *values)

    async def remove():
        for slug, _ in THEMES:
            await Raw.raw("DELETE FROM theme WHERE slug = {}", slug)

    manager.add_raw(add)
    manager.add_raw_backwards(remove)
    return manager
