"""Before a release: how many get it, who is left out and why, and the letters of three who really get it."""

from collections.abc import Sequence
from dataclasses import dataclass

from eventsite.announcements.letters import Written, stencil_of, write_to
from eventsite.announcements.queries import Subject, known_keys, readers_of, subject_of
from eventsite.announcements.rules import AnnouncementDraft
from eventsite.errors import NotFound
from eventsite.mail.letters import Letter
from eventsite.stationery import Stationery

SHOWN = 3


@dataclass(frozen=True)
class Check:
    """What a release would do at this moment."""

    about: Subject
    letters: int
    unsubscribed: int
    suppressed: int
    repeated: int
    shown: Sequence[Written]

    @property
    def left_out(self) -> int:
        """How many of the audience get none."""
        return self.unsubscribed + self.suppressed + self.repeated


async def check(draft: AnnouncementDraft, stationery: Stationery) -> Check:
    """Writes every letter and keeps none. Four queries at most, and one more for each further 500 readers."""
    about = await subject_of(draft)
    stencil = stencil_of(draft, about, stationery)
    readers = await readers_of(draft)
    willing = [one for one in readers if not (one.has_objected or one.is_suppressed)]
    letters = [write_to(one, stencil, stationery.links) for one in willing]
    known = await known_keys([each.key for each in letters])
    new = [each for each in letters if each.key not in known]
    unsubscribed = sum(one.has_objected for one in readers)
    suppressed = len(readers) - len(willing) - unsubscribed
    return Check(about, len(new), unsubscribed, suppressed, len(letters) - len(new), _three_of(new))


async def letter_for(draft: AnnouncementDraft, person_id: str, stationery: Stationery) -> Letter:
    """The letter of somebody in the audience; NotFound for anybody else."""
    stencil = stencil_of(draft, await subject_of(draft), stationery)
    for reader in await readers_of(draft):
        if reader.id == person_id:
            return write_to(reader, stencil, stationery.links).letter
    raise NotFound


def _three_of(letters: Sequence[Written]) -> list[Written]:
    """The first, the one in the middle and the longest name, which breaks lines if any does; each once."""
    if len(letters) <= SHOWN:
        return list(letters)
    first, middle = letters[0], letters[len(letters) // 2]
    others = [each for each in letters if each not in (first, middle)]
    return [first, middle, max(others, key=lambda each: len(each.reader.name))]
