"""Blocks put together to a draft."""

import re
from collections.abc import Iterator, Sequence

from eventsite.writeups.importing.anatomy import Head, take_head, take_header_picture, take_standfirst
from eventsite.writeups.importing.blocks import (
    Block,
    Heading,
    ItemList,
    Paragraph,
    PictureHere,
    Quotation,
    Reading,
    Table,
    text_of,
    words_of,
)
from eventsite.writeups.importing.draft import DraftPicture, DraftWriteup
from eventsite.writeups.importing.people import People, find_people
from eventsite.writeups.importing.setting import Setting
from eventsite.writeups.importing.speech import masked
from eventsite.writeups.importing.structure import with_headings, with_lists
from eventsite.writeups.importing.writing import PLACEHOLDER, write_markdown

_CHAIRS = re.compile(r"(?:\w+ ){0,3}(?:co-?)?(?:chair|host|moderator|facilitator)s?:?", re.IGNORECASE)


def assemble(reading: Reading, *, title: str) -> DraftWriteup:
    """The draft of a file that was read; `title` is for a file that has none of its own."""
    head, blocks = take_head(with_lists(reading.blocks))
    header, blocks = take_header_picture(with_headings(blocks))
    people = find_people(_texts(blocks))
    setting = Setting(people)
    standfirst, blocks = take_standfirst(setting.set_all(blocks))
    pictures = tuple(_pictures(reading, blocks, header))
    header_alt = (header.alt if header else "") or head.header_alt
    return DraftWriteup(
        title=head.title or title,
        standfirst=standfirst,
        event_line=head.event.text if head.event else "",
        event_name=head.event.name if head.event else "",
        event_dates=head.event.days if head.event else None,
        body=write_markdown(blocks),
        panellists=people.everyone,
        pictures=pictures,
        header_alt=header_alt,
        notes=(*reading.notes, *_head_notes(head, header, header_alt), *_people_notes(people), *setting.notes),
    )


def _pictures(reading: Reading, blocks: Sequence[Block], header: PictureHere | None) -> Iterator[DraftPicture]:
    """The pictures that have a place in the text, the header image first."""
    placed = [block for block in blocks if isinstance(block, PictureHere)]
    for place in ([header] if header else []) + placed:
        if place.number < len(reading.pictures):
            content, media_type = reading.pictures[place.number]
            yield DraftPicture(content, media_type, place.alt, place is header, PLACEHOLDER.format(place.number))


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    """Each text in which people may be named, quotations masked; items below a heading "Chairs" are so marked."""
    label = ""
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                label = words_of(block)
                yield masked(text_of(block.content))
            case ItemList() | Table():
                in_chair = "Chair: " if _is_chair_label(label) else ""
                yield from (in_chair + line for line in _lines(block))
            case Quotation() if block.speaker:
                yield block.speaker


def _lines(block: ItemList | Table) -> Iterator[str]:
    if isinstance(block, Table):
        for row in block.rows:
            yield ", ".join(filter(None, (" ".join(text_of(cell).split()) for cell in row)))
    else:
        for item in block.items:
            yield from (masked(text_of(part.content)) for part in item if isinstance(part, Paragraph))


def _is_chair_label(label: str) -> bool:
    """Whether a heading or line above a list says that those in it were in the chair."""
    return bool(_CHAIRS.fullmatch(label))


def _head_notes(head: Head, header: PictureHere | None, header_alt: str) -> Iterator[str]:
    if head.place_for_picture and header is None:
        yield "The file says where a header image is to go but holds none: add it and its alternative text."
    if header is not None and not header_alt:
        yield "The header image has no alternative text: write down what it shows."
    if not head.title:
        yield "No title was found, so the name of the file stands in its place."
    if head.event is None:
        yield "No line about the event was found: choose the event."
    elif head.event.days is None:
        yield f"The line about the event gives no complete date: {head.event.text}"


def _people_notes(people: People) -> Iterator[str]:
    if not any(person.part == "chair" for person in people.everyone):
        yield "The text does not say who was in the chair."
    for person in people.everyone:
        if not person.job_title:
            yield f"The text gives no post for {person.name}: look whether this is somebody who was on the panel."
