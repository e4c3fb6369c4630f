"""A change of a question says which state it is in now, so that nobody has to look that up to know whether to look."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder
from piccolo.table import Table

ID = "2026-11-28T14:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The feed of changes for the desk: the new state of a question"

KEEP_THE_NEWEST = "DELETE FROM desk_change WHERE number <= (SELECT MAX(number) FROM desk_change) - 2000"


class Raw(Table):
    """Only for its raw SQL."""


def sqlite_triggers(columns, values):
    for verb in ("insert", "update"):
        yield f"DROP TRIGGER desk_question_{verb}"
        yield (
            f"CREATE TRIGGER desk_question_{verb} AFTER {verb} ON question BEGIN "
            f"INSERT INTO desk_change ({columns}) VALUES ({values}); {KEEP_THE_NEWEST}; END"
        )


def sqlite_statements():
    yield "ALTER TABLE desk_change ADD COLUMN state TEXT NOT NULL DEFAULT ''"
    yield from sqlite_triggers("kind, session, row, state", "'question', NEW.session, NEW.id, NEW.state")


def sqlite_statements_back():
    yield from sqlite_triggers("kind, session, row", "'question', NEW.session, NEW.id")
    yield "ALTER TABLE desk_change DROP COLUMN state"


def postgres_function(state):
    return (
        "CREATE OR REPLACE FUNCTION desk_question_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'DELETE' THEN PERFORM pg_notify('eventsite_desk', 'question ' || OLD.session || ' ' || OLD.id); "
        f"ELSE PERFORM pg_notify('eventsite_desk', 'question ' || NEW.session || ' ' || NEW.id{state}); END IF; "
        "RETURN NULL; END $$"
    )


def postgres_statements():
    yield postgres_function(" || ' ' || NEW.state")


def postgres_statements_back():
    yield postgres_function("")


async def run_each(on_sqlite, on_postgres):
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
