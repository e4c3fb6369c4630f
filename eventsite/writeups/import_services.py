"""A file that was read becomes a draft: its event and its people found among ours, its pictures taken in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from eventsite.database import transaction
from eventsite.errors import Refusal
from eventsite.events.drafts import SpeakerDraft
from eventsite.events.queries import all_events, all_speakers, sessions_of
from eventsite.events.stage_services import add_speaker
from eventsite.events.tables import Event, Part, Speaker
from eventsite.writeups.picture_services import store_picture
from eventsite.writeups.queries import picture_address
from eventsite.writeups.rules import (
    LONGEST_ALT,
    LONGEST_NAME,
    LONGEST_POST,
    LONGEST_TITLE,
    FoundEvent,
    Panellist,
    WriteupEdit,
    clipped,
    find_event,
    find_speaker,
)
from eventsite.writeups.services import create_writeup
from eventsite.writeups.tables import Picture, Writeup

if TYPE_CHECKING:
    from eventsite.writeups.importing import DraftPanellist, DraftPicture, DraftWriteup


@dataclass(frozen=True)
class StoredPictures:
    """The pictures of a file that could be taken, by their placeholders, and a sentence for each that could not."""

    rows: Mapping[str, Picture]
    notes: tuple[str, ...]

    @property
    def addresses(self) -> dict[str, str]:
        """Where each is served."""
        return {name: picture_address(row.digest, row.media_type) for name, row in self.rows.items()}


async def import_writeup(draft: "DraftWriteup", *, now: datetime, actor: str) -> Writeup:
    """Makes a draft write-up of what was read from a file, with a note for whatever an organiser must look at."""
    stored = await _store(draft.pictures, now)
    async with transaction():
        found = find_event(draft.event_line, draft.event_name, draft.event_dates, await all_events())
        edit = WriteupEdit(
            title=clipped(draft.title, LONGEST_TITLE),
            standfirst=draft.standfirst,
            body=draft.body_with(stored.addresses),
            event=found.event.id if found.event else None,
            session=await _session_of(found.event, draft.title),
            picture=_header_id(draft, stored),
            image_alt=_header_alt(draft, stored),
            speakers=await _panellists(draft.panellists, actor, now),
            notes="\n".join(_notes(draft, found, stored)),
        )
        return await create_writeup(edit, deed="imported", actor=actor, now=now)


async def _store(pictures: Iterable["DraftPicture"], now: datetime) -> StoredPictures:
    rows: dict[str, Picture] = {}
    notes: list[str] = []
    for number, picture in enumerate(pictures, start=1):
        try:
            rows[picture.placeholder] = await store_picture(picture.content, now=now)
        except Refusal as refusal:
            notes.append(f"Picture {number} of the file was left out: {refusal}")
    return StoredPictures(rows, tuple(notes))


async def _session_of(event: Event | None, title: str) -> str | None:
    """The session of an event that has the write-up's own title."""
    sessions = await sessions_of(event.id) if event else []
    return next((session.id for session in sessions if session.title.casefold() == title.casefold()), None)


async def _panellists(people: Iterable["DraftPanellist"], actor: str, now: datetime) -> tuple[Panellist, ...]:
    """Everybody named, those known here recognised: the chair first, the rest as the text brings them in."""
    known = await all_speakers()
    parts: dict[str, Part] = {}
    for person in people:
        speaker = find_speaker(person.name, person.job_title, person.organisation, known)
        if speaker is None:
            speaker = await _add(person, actor, now)
            known.append(speaker)
        parts.setdefault(speaker.id, Part(person.part))
    panel = (Panellist(speaker, part) for speaker, part in parts.items())
    return tuple(sorted(panel, key=lambda panellist: panellist.part != Part.CHAIR))


async def _add(person: "DraftPanellist", actor: str, now: datetime) -> Speaker:
    newcomer = SpeakerDraft(
        clipped(person.name, LONGEST_NAME),
        clipped(person.job_title, LONGEST_POST),
        clipped(person.organisation, LONGEST_POST),
    )
    return await add_speaker(newcomer, actor=actor, now=now)


def _header_id(draft: "DraftWriteup", stored: StoredPictures) -> str | None:
    header = stored.rows.get(draft.header.placeholder) if draft.header else None
    return header.id if header else None


def _header_alt(draft: "DraftWriteup", stored: StoredPictures) -> str:
    return clipped(draft.header_alt, LONGEST_ALT) if _header_id(draft, stored) else ""


def _notes(draft: "DraftWriteup", found: FoundEvent, stored: StoredPictures) -> list[str]:
    """What an organiser must look at, each sentence once and on one line."""
    said = [*draft.notes, *filter(None, [found.doubt]), *stored.notes]
    return list(dict.fromkeys(" ".join(note.split()) for note in said))
