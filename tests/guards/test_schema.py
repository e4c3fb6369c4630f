"""What the models say, the migration files say and the database itself says is the same thing, on either engine."""

import pytest
from piccolo.columns import Column, ForeignKey
from piccolo.table import Table

from eventsite.database import execute, is_sqlite
from eventsite.database.migrate import drift
from eventsite.piccolo_app import APP_CONFIG

Shape = dict[str, tuple[bool, str]]
"""Columns by name: whether they may be NULL, and the table they refer to, if any."""

NOT_OURS = {"migration", "site_revision", "desk_change"}
OF_OTHER_TESTS = ("test_",)
SQLITE_NAMES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
POSTGRES_NAMES = "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'"
POSTGRES_COLUMNS = """
    SELECT column_name AS name, is_nullable = 'YES' AS nullable FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = {}
"""
POSTGRES_REFERENCES = """
    SELECT attribute.attname AS name, confrelid::regclass::text AS refers_to
    FROM pg_constraint JOIN pg_attribute attribute ON attrelid = conrelid AND attnum = ANY (conkey)
    WHERE contype = 'f' AND conrelid = ({}::text)::regclass
"""
POSTGRES_UNIQUE = """
    SELECT string_agg(attname, ',' ORDER BY attname) AS names
    FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
    WHERE indisunique AND indrelid = ({}::text)::regclass GROUP BY indexrelid
"""


def tables() -> list[type[Table]]:
    return list(APP_CONFIG.table_classes)


def said_by_model(table: type[Table]) -> Shape:
    return {column._meta.db_column_name: (column._meta.null, refers_to(column)) for column in table._meta.columns}


def refers_to(column: Column) -> str:
    if not isinstance(column, ForeignKey):
        return ""
    return str(column._foreign_key_meta.resolved_references._meta.tablename)


async def said_by_database(table: str) -> Shape:
    if is_sqlite():
        columns = await execute(
            f"SELECT name, NOT \"notnull\" AND NOT pk AS nullable FROM pragma_table_info('{table}')"
        )
        references = await execute(
            f'SELECT "from" AS name, "table" AS refers_to FROM pragma_foreign_key_list(\'{table}\')'
        )
    else:
        columns = await execute(POSTGRES_COLUMNS, table)
        references = await execute(POSTGRES_REFERENCES, table)
    there = {row["name"]: str(row["refers_to"]) for row in references}
    return {row["name"]: (bool(row["nullable"]), there.get(row["name"], "")) for row in columns}


async def unique_in_database(table: str) -> set[str]:
    """The names of columns that are unique together, joined by commas."""
    if not is_sqlite():
        return {row["names"] for row in await execute(POSTGRES_UNIQUE, table)}
    indexes = await execute(f"SELECT name FROM pragma_index_list('{table}') WHERE \"unique\"")
    found = [await execute(f"SELECT name FROM pragma_index_info('{row['name']}')") for row in indexes]
    return {",".join(sorted(row["name"] for row in rows)) for rows in found}


@pytest.mark.usefixtures("migrated")
async def test_the_migration_files_say_what_the_models_say() -> None:
    assert await drift() == []


@pytest.mark.usefixtures("migrated")
@pytest.mark.parametrize("table", tables(), ids=lambda table: table._meta.tablename)
async def test_the_database_has_the_columns_of_the_model(table: type[Table]) -> None:
    assert await said_by_database(table._meta.tablename) == said_by_model(table)


@pytest.mark.usefixtures("migrated")
@pytest.mark.parametrize("table", tables(), ids=lambda table: table._meta.tablename)
async def test_what_the_model_calls_unique_the_database_keeps_unique(table: type[Table]) -> None:
    wanted = {column._meta.db_column_name for column in table._meta.columns if column._meta.unique}
    assert {"id", *wanted} <= await unique_in_database(table._meta.tablename)


@pytest.mark.usefixtures("migrated")
async def test_the_database_has_no_table_that_no_model_knows() -> None:
    rows = await execute(SQLITE_NAMES if is_sqlite() else POSTGRES_NAMES)
    found = {row["name"] for row in rows if not row["name"].startswith(OF_OTHER_TESTS)}
    assert found - NOT_OURS == {table._meta.tablename for table in tables()}


def test_no_column_hides_what_every_table_can_do() -> None:
    verbs = {name for name in dir(Table) if not name.startswith("_")} - {"id"}
    hidden = {f"{table.__name__}.{column._meta.name}" for table in tables() for column in table._meta.columns}
    assert {name for name in hidden if name.partition(".")[2] in verbs} == set()


def test_tables_are_singular_nouns_with_ids_of_their_own() -> None:
    for table in tables():
        name, key = table._meta.tablename, table._meta.primary_key
        assert not name.endswith("s") or name.endswith("ss"), f"{name} is not singular"
        assert (key._meta.name, key.value_type) == ("id", str), f"{name} has no id such as the others have"


def test_moments_and_actors_are_named_as_such() -> None:
    for table in tables():
        for column in table._meta.columns:
            is_moment = type(column).__name__ == "Timestamptz"
            assert type(column).__name__ != "Timestamp", f"{table.__name__}.{column._meta.name} has no time zone"
            assert not is_moment or column._meta.name.endswith(("_at", "at", "_until")), (
                f"{table.__name__}.{column._meta.name}"
            )
