"""What is done to write-ups. Each deed is one transaction with its ledger entry; `actor` is an organiser's id.

Every saving raises `revision` and keeps what was said as a `WriteupRevision`. `seen` is the revision the organiser had
before them: a deed on any other raises ChangedMeanwhile, so that nobody's words are put over somebody else's unread.
"""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from typing import Any

from eventsite import ledger
from eventsite.database import is_unique_violation, new_id, transaction
from eventsite.events.queries import get_event_by_id
from eventsite.events.slugs import free_slug
from eventsite.writeups.desk_queries import get_writeup
from eventsite.writeups.picture_services import forget_unused_pictures
from eventsite.writeups.rules import (
    AlreadyPublished,
    ChangedMeanwhile,
    NotADraft,
    NotPublished,
    Panellist,
    Publishable,
    WriteupEdit,
    ensure_complete,
)
from eventsite.writeups.tables import Writeup, WriteupRevision, WriteupSpeaker, WriteupState

NOT_ORGANISERS = {ledger.OPERATOR, ledger.SYSTEM, ledger.VISITOR}


async def create_writeup(edit: WriteupEdit, *, deed: str = "created", actor: str, now: datetime) -> Writeup:
    """A new write-up, as a draft. Its place in the site's addresses it gets when it is first published."""
    writeup_id = new_id()
    writeup = Writeup(
        id=writeup_id, slug=f"draft-{writeup_id}", revision=1, created_at=now, updated_at=now, **_columns(edit)
    )
    async with transaction():
        await writeup.save()
        await _seat(writeup_id, edit.speakers)
        await _keep(writeup_id, edit, 1, actor, now)
        await _enter(deed, writeup_id, actor, now)
    return writeup


async def save_writeup(
    writeup_id: str, edit: WriteupEdit, *, seen: int, seen_as: str = "", actor: str, now: datetime
) -> int:
    """Puts an organiser's words in the place of what was there; returns the new revision.

    `seen_as` is the state they saw it in: nobody's draft goes on the site because somebody else published it meanwhile.
    Raises ChangedMeanwhile, NotFound, and NotReady for a published write-up that would lack something.
    """
    async with transaction():
        before = await get_writeup(writeup_id)
        if before.state != (seen_as or before.state):
            raise ChangedMeanwhile
        if before.state == WriteupState.PUBLISHED:
            ensure_complete(edit)
        unchanged = (Writeup.id == writeup_id) & (Writeup.revision == seen) & (Writeup.state == before.state)
        values: dict[Any, Any] = {**_columns(edit), "revision": seen + 1, "updated_at": now}
        if not await Writeup.update(values).where(unchanged).returning(Writeup.id):
            raise ChangedMeanwhile
        await _keep_if_unkept(before)
        await _keep(writeup_id, edit, seen + 1, actor, now)
        await WriteupSpeaker.delete().where(WriteupSpeaker.writeup == writeup_id)
        await _seat(writeup_id, edit.speakers)
        await _enter("saved", writeup_id, actor, now, revision=seen + 1)
    return seen + 1


async def publish_writeup(
    writeup_id: str, *, seen: int, actor: str, now: datetime, then: Callable[[str], Awaitable[None]] | None = None
) -> str:
    """Puts a draft on the site; returns its slug, which is made of the title once and then stays for ever.

    `then` is told the slug inside the same transaction: what follows from the publication stands or falls with it.
    Raises NotReady, AlreadyPublished, ChangedMeanwhile, NotFound.
    """
    while True:
        try:
            async with transaction():
                slug = await _publish(await get_writeup(writeup_id), seen, actor, now)
                if then:
                    await then(slug)
                return slug
        except Exception as error:
            # Another write-up of the same title got there first: the next round sees its slug.
            if not is_unique_violation(error):
                raise


async def retract_writeup(writeup_id: str, *, actor: str, now: datetime) -> None:
    """Takes a write-up off the site; it is a draft again and keeps its address. Raises NotPublished, NotFound."""
    async with transaction():
        await get_writeup(writeup_id)
        is_on = (Writeup.id == writeup_id) & (Writeup.state == WriteupState.PUBLISHED)
        if (
            not await Writeup.update({"state": WriteupState.DRAFT, "updated_at": now})
            .where(is_on)
            .returning(Writeup.id)
        ):
            raise NotPublished
        await _enter("retracted", writeup_id, actor, now)


async def delete_draft(writeup_id: str, *, seen: int, actor: str, now: datetime) -> None:
    """Deletes a draft with its revisions, and its pictures where nothing else shows them.

    Raises NotADraft, ChangedMeanwhile, NotFound.
    """
    async with transaction():
        await get_writeup(writeup_id)
        await WriteupSpeaker.delete().where(WriteupSpeaker.writeup == writeup_id)
        await WriteupRevision.delete().where(WriteupRevision.writeup == writeup_id)
        is_so = (Writeup.id == writeup_id) & (Writeup.state == WriteupState.DRAFT) & (Writeup.revision == seen)
        if not await Writeup.delete().where(is_so).returning(Writeup.id):
            is_draft = (await get_writeup(writeup_id)).state == WriteupState.DRAFT
            raise ChangedMeanwhile if is_draft else NotADraft
        await forget_unused_pictures(made_before=now)
        await _enter("deleted", writeup_id, actor, now)


async def _publish(writeup: Writeup, seen: int, actor: str, now: datetime) -> str:
    if writeup.state == WriteupState.PUBLISHED:
        raise AlreadyPublished
    ensure_complete(writeup)
    slug = writeup.slug if writeup.published_at else await _new_slug(writeup)
    unchanged = (Writeup.id == writeup.id) & (Writeup.state == WriteupState.DRAFT) & (Writeup.revision == seen)
    moments = {"published_at": writeup.published_at or now, "updated_at": now}
    values: dict[Any, Any] = {"state": WriteupState.PUBLISHED, "slug": slug, **moments}
    if not await Writeup.update(values).where(unchanged).returning(Writeup.id):
        raise ChangedMeanwhile
    await _enter("published", writeup.id, actor, now)
    return slug


async def _new_slug(writeup: Writeup) -> str:
    taken = {row["slug"] for row in await Writeup.select(Writeup.slug).where(Writeup.id != writeup.id)}
    years = [(await get_event_by_id(writeup.event)).starts_on.year] if writeup.event else []
    return free_slug(writeup.title, taken, otherwise="write-up", years=years)


async def _seat(writeup_id: str, speakers: Iterable[Panellist]) -> None:
    for position, panellist in enumerate(speakers):
        await WriteupSpeaker(
            writeup=writeup_id, speaker=panellist.speaker, part=panellist.part, position=position
        ).save()


async def _keep_if_unkept(before: Writeup) -> None:
    """What stood there before the first saving is a revision too, unless it was nothing."""
    is_kept = (WriteupRevision.writeup == before.id) & (WriteupRevision.number == before.revision)
    if before.title + before.standfirst + before.body and not await WriteupRevision.exists().where(is_kept):
        await _keep(before.id, before, before.revision, ledger.SYSTEM, before.updated_at)


async def _keep(writeup_id: str, said: Publishable, number: int, actor: str, now: datetime) -> None:
    await WriteupRevision(
        writeup=writeup_id,
        number=number,
        title=said.title,
        standfirst=said.standfirst,
        body=said.body,
        saved_by=None if actor in NOT_ORGANISERS else actor,
        saved_at=now,
    ).save()


def _columns(edit: WriteupEdit) -> dict[str, Any]:
    return {
        "title": edit.title,
        "standfirst": edit.standfirst,
        "body": edit.body,
        "event": edit.event,
        "session": edit.session,
        "picture": edit.picture,
        "drawing": "" if edit.picture else edit.drawing,
        "image_alt": edit.image_alt,
        "import_notes": edit.notes,
    }


async def _enter(deed: str, writeup_id: str, actor: str, now: datetime, **details: object) -> None:
    await ledger.record(f"writeup.{deed}", subject=("writeup", writeup_id), actor=actor, now=now, details=details)
