"""Every question, voice and vote counts on public pages; and what changes on the desk is told to who has it open."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder
from piccolo.table import Table

ID = "2026-11-28T13:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Public numbers of questions; a feed of changes for the desk"

VERBS = ("insert", "update", "delete")
# The public ledger counts every question, those that nobody may read as well.
PUBLIC_TABLES = ("question", "voice", "vote", "passage", "panel_stage")
# Table, the kind of change, the session and the row it is about.
WATCHED = (
    ("question", "question", "{row}.session", "{row}.id"),
    ("voice", "question", "(SELECT session FROM question WHERE id = {row}.question)", "{row}.question"),
    ("question_theme", "question", "(SELECT session FROM question WHERE id = {row}.question)", "{row}.question"),
    ("vote", "vote", "(SELECT session FROM question WHERE id = {row}.question)", "{row}.question"),
    ("panel_stage", "stage", "{row}.session", "{row}.id"),
    ("chair_message", "message", "{row}.session", "{row}.id"),
    ("desk_presence", "presence", "''", "{row}.organiser"),
)


class Raw(Table):
    """Only for its raw SQL."""


def row_of(verb):
    return "OLD" if verb == "delete" else "NEW"


def sqlite_statements():
    raise_number = "BEGIN UPDATE site_revision SET number = number + 1; END"
    for verb in VERBS:
        yield f"DROP TRIGGER IF EXISTS public_question_{verb}"
        for table in PUBLIC_TABLES:
            yield f"CREATE TRIGGER public_{table}_{verb} AFTER {verb} ON {table} {raise_number}"
    yield (
        "CREATE TABLE desk_change (number INTEGER PRIMARY KEY AUTOINCREMENT, "
        "kind TEXT NOT NULL, session TEXT NOT NULL, row TEXT NOT NULL)"
    )
    for table, kind, session, row in WATCHED:
        for verb in VERBS:
            values = ", ".join((f"'{kind}'", f"COALESCE({session}, '')", row)).format(row=row_of(verb))
            yield (
                f"CREATE TRIGGER desk_{table}_{verb} AFTER {verb} ON {table} BEGIN "
                f"INSERT INTO desk_change (kind, session, row) VALUES ({values}); "
                "DELETE FROM desk_change WHERE number <= (SELECT MAX(number) FROM desk_change) - 2000; END"
            )


def sqlite_statements_back():
    for verb in VERBS:
        for table, *_ in WATCHED:
            yield f"DROP TRIGGER IF EXISTS desk_{table}_{verb}"
        for table in PUBLIC_TABLES:
            yield f"DROP TRIGGER IF EXISTS public_{table}_{verb}"
    yield "DROP TABLE desk_change"


def postgres_statements():
    call = "EXECUTE FUNCTION public_site_changed()"
    for verb in VERBS:
        yield f"DROP TRIGGER IF EXISTS public_question_{verb} ON question"
    for table in PUBLIC_TABLES:
        yield (
            f"CREATE TRIGGER public_{table} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT {call}"
        )
    for table, kind, session, row in WATCHED:
        told = " || ' ' || ".join((f"'{kind}'", f"COALESCE({session}, '')", row))
        yield (
            f"CREATE FUNCTION desk_{table}_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP = 'DELETE' THEN PERFORM pg_notify('eventsite_desk', {told.format(row='OLD')}); "
            f"ELSE PERFORM pg_notify('eventsite_desk', {told.format(row='NEW')}); END IF; RETURN NULL; END $$"
        )
        yield (
            f"CREATE TRIGGER desk_{table} AFTER INSERT OR UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION desk_{table}_changed()"
        )


def postgres_statements_back():
    for table, *_ in WATCHED:
        yield f"DROP FUNCTION desk_{table}_changed() CASCADE"
    for table in PUBLIC_TABLES:
        yield f"DROP TRIGGER public_{table} ON {table}"


async def run_each(on_sqlite, on_postgres):
    # CockroachDB cannot notify, so there nothing is kept by revision and the desk looks again by itself.
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
