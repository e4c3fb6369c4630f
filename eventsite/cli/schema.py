"""`eventsite migrate`."""

from eventsite.cli import with_database


async def migrate(*, check: bool = False) -> int:
    """Bring the database to the newest schema, safely when two start at once.

    Parameters
    ----------
    check
        Only tell; exit 1 if the schema is behind.
    """
    from eventsite.database.migrate import migrate as bring_to_newest
    from eventsite.database.migrate import pending

    if not check:
        done = await with_database(bring_to_newest())
        print(f"{len(done)} migrations run." if done else "Nothing to do: the schema is the newest.")
        return 0
    behind = await with_database(pending())
    print(f"Behind by {len(behind)} migrations." if behind else "The schema is the newest.")
    return 1 if behind else 0
