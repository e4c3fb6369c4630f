"""Write-ups: what holds without asking the database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from eventsite.errors import Refusal
from eventsite.events.tables import Event, Part, Speaker

LONGEST_TITLE = 160
LONGEST_STANDFIRST = 600
LONGEST_BODY = 200_000
LONGEST_ALT = 300
LONGEST_NAME = 120
LONGEST_POST = 160
LARGEST_FILE = 10 * 1024 * 1024

# The site's own drawings that can stand above a write-up: files under static/, each 1200 by 630.
DRAWINGS = (("writeup-ai-safety.svg", "The site’s own drawing: four voices round a circle"),)
DRAWING_SIZE = (1200, 630)


class ChangedMeanwhile(Refusal):
    """Somebody else saved this meanwhile. Your words are kept below: look at theirs, then save again to keep yours."""


class AlreadyPublished(Refusal):
    """This write-up is on the site already."""


class NotPublished(Refusal):
    """This write-up is not on the site."""


class NotADraft(Refusal):
    """Only a draft can be deleted. Take the write-up off the site first."""


class UnfitFile(Refusal):
    """This file cannot be taken."""

    field = "file"


class NotReady(Refusal):
    """What keeps a write-up from the site: `missing` has a sentence for each field that lacks something."""

    def __init__(self, missing: Sequence[tuple[str, str]]) -> None:
        super().__init__("Not published yet: " + ". ".join(sentence for _, sentence in missing) + ".")
        self.missing = tuple(missing)


@dataclass(frozen=True)
class Panellist:
    """A person on stage, by id, and what they did in the session a write-up is about."""

    speaker: str
    part: Part = Part.PANELLIST


@dataclass(frozen=True)
class WriteupEdit:
    """All that an organiser says about a write-up. Ids are those of rows; `notes` is what is left of the import's."""

    title: str = ""
    standfirst: str = ""
    body: str = ""
    event: str | None = None
    session: str | None = None
    picture: str | None = None
    drawing: str = ""
    image_alt: str = ""
    speakers: tuple[Panellist, ...] = ()
    notes: str = ""


class Publishable(Protocol):
    """What has the parts of a write-up: the row, or an organiser's edit of it."""

    @property
    def title(self) -> str: ...
    @property
    def standfirst(self) -> str: ...
    @property
    def body(self) -> str: ...
    @property
    def picture(self) -> str | None: ...
    @property
    def drawing(self) -> str: ...
    @property
    def image_alt(self) -> str: ...


def missing_from(writeup: Publishable) -> list[tuple[str, str]]:
    """What a write-up lacks before it can be on the site: (field, sentence) in the order of the page."""
    wanted = (
        ("title", writeup.title, "Enter a title"),
        ("standfirst", writeup.standfirst, "Enter a standfirst: the sentence or two below the title"),
        ("body", writeup.body, "Enter the text"),
        ("image", writeup.picture or writeup.drawing, "Choose a header image"),
        ("image_alt", writeup.image_alt, "Say what the header image shows, for those who cannot see it"),
    )
    return [(field, sentence) for field, words, sentence in wanted if not (words or "").strip()]


def ensure_complete(writeup: Publishable) -> None:
    """Raises NotReady for a write-up that lacks something."""
    missing = missing_from(writeup)
    if missing:
        raise NotReady(missing)


def ensure_takable(content: bytes) -> None:
    """Raises UnfitFile for a file without content, and for one over 10 MB."""
    if not content:
        raise UnfitFile("The file is empty")
    if len(content) > LARGEST_FILE:
        raise UnfitFile("The file must be 10 MB or smaller")


@dataclass(frozen=True)
class FoundEvent:
    """The event a text seems to be about, or none; `doubt` is a sentence for the organiser, empty for a sure find."""

    event: Event | None
    doubt: str = ""


def find_event(line: str, name: str, dates: tuple[date, date] | None, events: Iterable[Event]) -> FoundEvent:
    """Which event a text means that gives a name and dates: one on these very dates, then by the last word of its name.

    "Healthcare Partnership Network North" on 6 and 7 March 2025 is "HPN North" on the same days.
    """
    known = list(events)
    on_dates = [event for event in known if dates == (event.starts_on, event.ends_on)]
    namesakes = [event for event in on_dates or known if _last_word(event.name) == _last_word(name) != ""]
    said = f"“{line or name}”" if line or name else "The text"
    if len(namesakes) == 1 and (on_dates or dates is None):
        return FoundEvent(namesakes[0], "" if on_dates else f"{said} gives no date: make sure that the event is right")
    if len(on_dates) == 1 and not namesakes:
        return FoundEvent(on_dates[0], f"{said} was taken for {on_dates[0].name}, by its dates: make sure that it is")
    return FoundEvent(None, f"{said} names no event that is known here: choose one, or add the event first")


def find_speaker(name: str, job_title: str, organisation: str, speakers: Iterable[Speaker]) -> Speaker | None:
    """The person on stage whom a text means: the same name at the same organisation, best in the same post.

    Without an organisation, the only one of that name.
    """
    namesakes = [speaker for speaker in speakers if _folded(speaker.name) == _folded(name)]
    if not organisation:
        return namesakes[0] if len(namesakes) == 1 else None
    there = [speaker for speaker in namesakes if _folded(speaker.organisation) == _folded(organisation)]
    in_post = [speaker for speaker in there if _folded(speaker.job_title) == _folded(job_title)]
    return next(iter(in_post or there), None)


def revision_number(said: str) -> int:
    """The number of a revision as an address or a form says it; -1, which none has, for what cannot be one."""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else -1


def clipped(text: str, most: int) -> str:
    """A text on one line of at most so many characters, cut between words and ended with an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return (line[: most - 1].rpartition(" ")[0] or line[: most - 1]) + "…"


def _last_word(name: str) -> str:
    words = _folded(name).split()
    return words[-1].strip(".,;:") if words else ""


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
