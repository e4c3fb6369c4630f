"""Migrations: all files that have not run, in one transaction, safe when two processes start at once.

The files are Piccolo's. Its own commands give each file a transaction and note it as done outside; here everything,
notes included, is kept together or not at all. Piccolo's machinery is imported only when there is something to do.
"""

import contextlib
import importlib.util
import io
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from eventsite.database import DatabaseUnavailable, current_engine, execute
from eventsite.paths import MIGRATIONS

APP_NAME = "eventsite"

_ID = re.compile(r"^ID = \"([^\"]+)\"", re.MULTILINE)


async def migrate(folder: Path = MIGRATIONS) -> list[str]:
    """Bring the database to the newest schema. Returns the ids of the migrations that ran now, oldest first.

    If one of them fails, its error is raised and the database is as it was. Two processes that start at once take
    turns, and the second finds nothing to do.
    """
    if not await pending(folder):
        return []
    from piccolo.apps.migrations.tables import Migration

    with contextlib.redirect_stdout(io.StringIO()):
        async with current_engine().schema_transaction():
            if not await Migration.table_exists():
                await Migration.create_table()
            return [await _apply(name, path) for name, path in await _outstanding(folder)]


async def pending(folder: Path = MIGRATIONS) -> list[str]:
    """The ids of the migrations that have not run here, oldest first. Cheap enough for a readiness check."""
    return [name for name, _ in await _outstanding(folder)]


def names(folder: Path = MIGRATIONS) -> set[str]:
    """The ids of every migration this version knows."""
    return {name for name, _ in _files(folder)}


async def drift() -> list[str]:
    """What the models say and the migration files do not: empty when they agree. Slow; for tests and developers."""
    from piccolo.apps.migrations.commands.new import AutoMigrationManager
    from piccolo.conf.apps import Finder

    with contextlib.redirect_stdout(io.StringIO()):
        found = await AutoMigrationManager().get_alter_statements(app_config=Finder().get_app_config(APP_NAME))
    return [statement for alters in found for statement in alters.statements]


async def _outstanding(folder: Path) -> list[tuple[str, Path]]:
    done = await _names_done()
    return [(name, path) for name, path in _files(folder) if name not in done]


def _files(folder: Path) -> list[tuple[str, Path]]:
    named = [(_ID.search(path.read_text(encoding="utf-8")), path) for path in folder.glob("*.py")]
    return sorted((match[1], path) for match, path in named if match)


async def _names_done() -> set[str]:
    try:
        rows = await execute("SELECT name FROM migration WHERE app_name = {}", APP_NAME)
    except DatabaseUnavailable:
        raise
    except Exception as error:
        if current_engine().is_missing_table(error):
            return set()
        raise
    return {row["name"] for row in rows}


async def _apply(name: str, path: Path) -> str:
    from piccolo.apps.migrations.tables import Migration

    manager = await _loaded(path).forwards()
    if manager is not None:
        await manager.run()
    await Migration.insert(Migration(name=name, app_name=APP_NAME))
    return name


def _loaded(path: Path) -> Any:
    # Under its bare name, where Piccolo looks for it when a later file alters what this one made.
    specification = importlib.util.spec_from_file_location(path.stem, path)
    if specification is None or specification.loader is None:
        raise ImportError(f"{path} cannot be loaded")
    module: ModuleType = importlib.util.module_from_spec(specification)
    sys.modules[path.stem] = module
    specification.loader.exec_module(module)
    return module
