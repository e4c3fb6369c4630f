"""Which database: the engine that DATABASE_URL names."""

import os
from functools import cache

from eventsite.database.postgres import CockroachDatabase, PostgresDatabase
from eventsite.database.sqlite import SqliteEngine
from eventsite.settings import BadSettings

DEFAULT_URL = "sqlite:///var/eventsite.sqlite"

AnyEngine = SqliteEngine | PostgresDatabase


def engine_from_url(url: str) -> AnyEngine:
    """The engine for `sqlite:///relative`, `sqlite:////absolute`, `postgresql://...` or `cockroachdb://...`.

    Connects to nothing yet. Raises `ValueError` for any other address.
    """
    scheme, _, rest = url.partition("://")
    if scheme == "sqlite" and rest.startswith("/"):
        return SqliteEngine(rest[1:])
    if scheme in {"postgres", "postgresql"}:
        return PostgresDatabase(f"postgresql://{rest}")
    if scheme == "cockroachdb":
        return CockroachDatabase(f"postgresql://{rest}")
    raise ValueError("it must start with sqlite:///, postgresql:// or cockroachdb://")


@cache
def current_engine() -> AnyEngine:
    """The one engine of this process, from DATABASE_URL as it is when first asked. Raises `BadSettings`."""
    try:
        return engine_from_url(os.environ.get("DATABASE_URL") or DEFAULT_URL)
    except ValueError as error:
        raise BadSettings(f"DATABASE_URL cannot be used: {str(error).rstrip('.')}.") from None


def is_sqlite() -> bool:
    """Whether this process works on SQLite."""
    return isinstance(current_engine(), SqliteEngine)
