"""Whatever changes in the public site raises its revision, in whichever process it was changed."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder
from piccolo.table import Table

ID = "2026-11-23T13:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The public revision: a number on SQLite, a notification on PostgreSQL"

PUBLIC_TABLES = (
    "event",
    "programme_session",
    "speaker",
    "appearance",
    "writeup",
    "writeup_speaker",
    "picture",
    "theme",
)
PUBLIC_QUESTIONS = "state IN ('approved', 'shortlisted', 'asked', 'answered')"
QUESTION_RULES = {
    "insert": f"NEW.{PUBLIC_QUESTIONS}",
    "update": f"NEW.{PUBLIC_QUESTIONS} OR OLD.{PUBLIC_QUESTIONS}",
    "delete": f"OLD.{PUBLIC_QUESTIONS}",
}


class Raw(Table):
    """Only for its raw SQL."""


def sqlite_statements():
    yield "CREATE TABLE site_revision (id INTEGER PRIMARY KEY CHECK (id = 1), number INTEGER NOT NULL)"
    yield "INSERT INTO site_revision (id, number) VALUES (1, 1)"
    raise_number = "BEGIN UPDATE site_revision SET number = number + 1; END"
    for verb, rule in QUESTION_RULES.items():
        for table in PUBLIC_TABLES:
            yield f"CREATE TRIGGER public_{table}_{verb} AFTER {verb} ON {table} {raise_number}"
        yield f"CREATE TRIGGER public_question_{verb} AFTER {verb} ON question WHEN {rule} {raise_number}"


def postgres_statements():
    yield (
        "CREATE FUNCTION public_site_changed() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN PERFORM pg_notify('eventsite_public', ''); RETURN NULL; END $$"
    )
    call = "EXECUTE FUNCTION public_site_changed()"
    for table in PUBLIC_TABLES:
        yield (
            f"CREATE TRIGGER public_{table} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT {call}"
        )
    for verb, rule in QUESTION_RULES.items():
        yield f"CREATE TRIGGER public_question_{verb} AFTER {verb} ON question FOR EACH ROW WHEN ({rule}) {call}"


def sqlite_statements_back():
    for verb in QUESTION_RULES:
        for table in (*PUBLIC_TABLES, "question"):
            yield f"DROP TRIGGER IF EXISTS public_{table}_{verb}"
    yield "DROP TABLE site_revision"


def postgres_statements_back():
    yield "DROP FUNCTION public_site_changed() CASCADE"


async def run_each(on_sqlite, on_postgres):
    # CockroachDB cannot notify, so there nothing is kept by revision.
    statements = {"sqlite": on_sqlite, "postgres": on_postgres}.get(engine_finder().engine_type, list)
    for statement in statements():
        await Raw.raw(statement)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="eventsite", description=DESCRIPTION)

    async def run():
        await run_each(sqlite_statements, postgres_statements)

    async def run_back():
        await run_each(sqlite_statements_back, postgres_statements_back)

    manager.add_raw(run)
    manager.add_raw_backwards(run_back)
    return manager
