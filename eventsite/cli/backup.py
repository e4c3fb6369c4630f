"""`eventsite backup` and `eventsite restore`: copies of the embedded database."""

import asyncio
from pathlib import Path

from eventsite.cli.progress import bar


async def backup(file: Path) -> None:
    """Copy the embedded database into one file while the site goes on.

    Parameters
    ----------
    file
        Where to; a file of that name is replaced. It holds personal data: only its owner may read it.
    """
    from eventsite.database import current_engine
    from eventsite.database.copies import back_up, embedded

    engine = embedded(current_engine())
    with bar("Backing up") as progress:
        await asyncio.to_thread(back_up, engine, file, progress=progress)
    print(f"Backed up into {file}.")


async def restore(file: Path) -> None:
    """Put a backup in the place of the embedded database. Stop the site first.

    Whoever was erased since the backup stays erased, and letters that waited in it are held back, since most have been
    sent: send them again on the desk where they are still right.

    Parameters
    ----------
    file
        The backup.
    """
    from eventsite.clock import utc_now
    from eventsite.database import current_engine
    from eventsite.database.copies import Restored, embedded
    from eventsite.database.copies import restore as put_back

    engine = embedded(current_engine())
    with bar("Restoring") as progress:
        done: Restored = await asyncio.to_thread(put_back, engine, file, now=utc_now(), progress=progress)
    print(
        f"Restored from {file}. Letters held back: {done.letters_held}. Erasures carried over: {done.erasures_carried}."
    )
    if done.left_aside:
        print(
            "The file it replaces could not be read, so erasures noted in it are not known. "
            f"It was left at {done.left_aside}."
        )
    if done.behind:
        print("The backup is older than this version. Run: eventsite migrate")
