"""Reads about write-ups as everybody sees them: none shows a draft."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventsite.database import execute
from eventsite.errors import NotFound
from eventsite.events.queries import PUBLIC_STATES, OnStage
from eventsite.events.tables import Event
from eventsite.writeups.tables import Picture, Writeup, WriteupState

CARDS = """
    SELECT w.id, w.slug, w.title, w.standfirst, w.published_at, w.updated_at, w.drawing, w.image_alt,
        e.name AS event_name, e.slug AS event_slug, p.digest, p.media_type
    FROM writeup w LEFT JOIN event e ON e.id = w.event AND e.state <> 'draft' LEFT JOIN picture p ON p.id = w.picture
    WHERE w.state = 'published'
"""
NEWEST_FIRST = " ORDER BY w.published_at DESC, w.id DESC"
SPEAKERS = """
    SELECT s.id AS speaker_id, s.name, s.job_title, s.organisation, ws.part
    FROM writeup_speaker ws JOIN speaker s ON s.id = ws.speaker WHERE ws.writeup = {} ORDER BY ws.position, ws.id
"""
SIZES = "SELECT substr(digest, 1, 32) AS digest, width, height FROM picture WHERE substr(digest, 1, 32) IN ({})"
ENDINGS = {"image/webp": "webp", "image/jpeg": "jpg", "image/png": "png"}
DIGITS = 32
PICTURE_NAME = re.compile(rf"(?P<digest>[0-9a-f]{{{DIGITS}}})\.(?:{'|'.join(ENDINGS.values())})")


@dataclass(frozen=True)
class WriteupCard:
    """A published write-up in lists. `picture` is the address of its own image, `drawing` a file under static/."""

    id: str
    slug: str
    title: str
    standfirst: str
    published_at: datetime
    updated_at: datetime
    event_name: str
    event_slug: str
    picture: str
    drawing: str
    image_alt: str


def picture_address(digest: str, media_type: str) -> str:
    """Where a picture is served: its name is its content."""
    return f"/pictures/{digest[:DIGITS]}.{ENDINGS[media_type]}"


async def newest_writeups(most: int) -> list[WriteupCard]:
    """Published write-ups, the newest first."""
    return [_card(row) for row in await execute(CARDS + NEWEST_FIRST + " LIMIT {}", most)]


async def writeups_of_event(event_id: str) -> list[WriteupCard]:
    """The published write-ups of an event, the newest first."""
    return [_card(row) for row in await execute(CARDS + " AND w.event = {}" + NEWEST_FIRST, event_id)]


async def writeups_of_session(session_id: str) -> list[WriteupCard]:
    """The published write-ups of a session, the newest first."""
    return [_card(row) for row in await execute(CARDS + " AND w.session = {}" + NEWEST_FIRST, session_id)]


async def get_public_writeup(slug: str) -> Writeup:
    """The published write-up of that slug; NotFound for a draft as for none."""
    is_it = (Writeup.slug == slug) & (Writeup.state == WriteupState.PUBLISHED)
    writeup = await Writeup.objects().get(is_it)
    if writeup is None:
        raise NotFound
    return writeup


async def speakers_of(writeup_id: str) -> list[OnStage]:
    """Who spoke, in the order the page shows them."""
    return [OnStage(**row) for row in await execute(SPEAKERS, writeup_id)]


async def public_event_of(event_id: str | None) -> Event | None:
    """The event of that id unless it is a draft; None without one."""
    if not event_id:
        return None
    return await Event.objects().get((Event.id == event_id) & Event.state.is_in(PUBLIC_STATES))


async def get_picture(name: str) -> Picture:
    """The picture that `/pictures/{name}` is the address of; NotFound."""
    match = PICTURE_NAME.fullmatch(name)
    if match is None:
        raise NotFound
    # A range and not LIKE: it can use the index on either engine.
    begins_so = (Picture.digest >= match["digest"]) & (Picture.digest < match["digest"] + "g")
    picture = await Picture.objects().get(begins_so)
    if picture is None or picture_address(picture.digest, picture.media_type) != f"/pictures/{name}":
        raise NotFound
    return picture


async def picture_facts(picture_id: str | None) -> dict[str, Any] | None:
    """Digest, media type, width and height of a picture, without its bytes; None where there is none."""
    if not picture_id:
        return None
    facts = Picture.select(Picture.digest, Picture.media_type, Picture.width, Picture.height)
    return await facts.where(Picture.id == picture_id).first()


async def picture_sizes(digests: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Width and height of the pictures whose digests begin so (32 hexadecimal characters); the rest are left out."""
    wanted = sorted(digests)
    if not wanted:
        return {}
    holes = ", ".join("{}" for _ in wanted)
    rows = await execute(SIZES.replace("{}", holes), *wanted)
    return {row["digest"]: (row["width"], row["height"]) for row in rows}


def _card(row: Mapping[str, Any]) -> WriteupCard:
    said = dict(row)
    digest, media_type = said.pop("digest"), said.pop("media_type")
    for name in ("event_name", "event_slug"):
        said[name] = said[name] or ""
    return WriteupCard(**said, picture=picture_address(digest, media_type) if digest else "")
