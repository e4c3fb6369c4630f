"""What an imported file becomes: a draft of a write-up, and what the organiser should look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from eventsite.errors import Refusal

ChairOrPanellist = Literal["chair", "panellist"]


class UnreadableFile(Refusal):
    """This file could not be read as a write-up."""


@dataclass(frozen=True)
class DraftPanellist:
    """A person who spoke, as the text introduces them. Post and organisation are empty where it names none."""

    name: str
    job_title: str = ""
    organisation: str = ""
    part: ChairOrPanellist = "panellist"


@dataclass(frozen=True)
class DraftPicture:
    """A picture that came with the file, as it lay in it: not yet checked, so give it to `prepare_picture` first.

    `placeholder` is the address the body uses for it until it has one of its own.
    """

    content: bytes
    media_type: str
    alt: str
    is_header: bool
    placeholder: str


@dataclass(frozen=True)
class DraftWriteup:
    """A write-up read from a file. `body` is Markdown; `title`, `standfirst` and `event_line` are plain text.

    `event_dates` are the first and last day, `notes` sentences for the organiser.
    """

    title: str
    standfirst: str = ""
    event_line: str = ""
    event_name: str = ""
    event_dates: tuple[date, date] | None = None
    body: str = ""
    panellists: tuple[DraftPanellist, ...] = ()
    pictures: tuple[DraftPicture, ...] = ()
    header_alt: str = ""
    notes: tuple[str, ...] = ()

    @property
    def header(self) -> DraftPicture | None:
        """The picture that stands above the write-up, if the file had one."""
        return next((picture for picture in self.pictures if picture.is_header), None)

    def body_with(self, addresses: Mapping[str, str]) -> str:
        """The body with each picture's placeholder replaced by its address. One without an address leaves its alt."""
        body = self.body
        for picture in self.pictures:
            address = addresses.get(picture.placeholder)
            if address:
                body = body.replace(f"]({picture.placeholder})", f"]({address})")
        return body
