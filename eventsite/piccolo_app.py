"""The application as Piccolo's migrations see it: every room's tables, and where the migration files are."""

from piccolo.conf.apps import AppConfig, table_finder

from eventsite.paths import MIGRATIONS

ROOMS_WITH_TABLES = [
    f"eventsite.{room}.tables"
    for room in (
        "events",
        "people",
        "organisers",
        "ledger",
        "mail",
        "web",
        "writeups",
        "interest",
        "questions",
        "announcements",
        "closing",
    )
]

APP_CONFIG = AppConfig(
    app_name="eventsite",
    migrations_folder_path=MIGRATIONS,
    table_classes=table_finder(ROOMS_WITH_TABLES, exclude_imported=True),
)
