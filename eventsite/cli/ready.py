"""The database for commands that work on what is in it."""

from collections.abc import Coroutine
from typing import Any

from eventsite.cli import with_database
from eventsite.errors import Refusal


async def with_ready_database(deed: Coroutine[Any, Any, Any]) -> Any:
    """Opens the database round a deed; raises Refusal, and does nothing, where its schema is behind."""
    from eventsite.database.migrate import pending

    async def checked() -> Any:
        if await pending():
            raise Refusal("The database is behind this version. Run: eventsite migrate")
        return await deed

    try:
        return await with_database(checked())
    finally:
        deed.close()
