"""The site's pictures: taken in, checked and re-encoded; forgotten when nothing shows them."""

import asyncio
from datetime import datetime, timedelta

from eventsite.database import execute, new_id, transaction
from eventsite.writeups.pictures import prepare_picture
from eventsite.writeups.tables import Picture

STAYS_UNUSED_FOR = timedelta(days=1)

# The same picture a second time is the row we have; its clock starts again, so that it is not forgotten meanwhile.
KEEP = """
    INSERT INTO picture (id, digest, media_type, width, height, content, created_at) VALUES ({}, {}, {}, {}, {}, {}, {})
    ON CONFLICT (digest) DO UPDATE SET created_at = excluded.created_at RETURNING id
"""
FORGET = """
    DELETE FROM picture WHERE created_at < {}
    AND NOT EXISTS (SELECT 1 FROM writeup w WHERE w.picture = picture.id
        OR w.body LIKE '%/pictures/' || substr(picture.digest, 1, 32) || '%')
    AND NOT EXISTS (SELECT 1 FROM writeup_revision r
        WHERE r.body LIKE '%/pictures/' || substr(picture.digest, 1, 32) || '%')
"""


async def store_picture(content: bytes, *, now: datetime) -> Picture:
    """A picture from anywhere, checked and re-encoded without what a camera wrote into it, as a stored row.

    The same picture is stored once. Raises the refusals of `prepare_picture`.
    """
    ready = await asyncio.to_thread(prepare_picture, content)
    facts = (ready.digest, ready.media_type, ready.width, ready.height)
    async with transaction():
        await forget_unused_pictures(made_before=now - STAYS_UNUSED_FOR)
        await execute(KEEP, new_id(), *facts, ready.content, now)
        picture = await Picture.objects().get(Picture.digest == ready.digest)
    assert picture is not None
    return picture


async def forget_unused_pictures(*, made_before: datetime) -> None:
    """Deletes pictures stored before a moment that no write-up and no revision of one shows."""
    await execute(FORGET, made_before)
