"""Write-ups, pictures and files for tests; and forms as a browser would fill them in again."""

import io
from collections import defaultdict
from datetime import datetime
from itertools import count
from typing import Any

import httpx2
from bs4 import BeautifulSoup, Tag
from PIL import Image

from eventsite.database import new_id
from eventsite.writeups.picture_services import store_picture
from eventsite.writeups.tables import Picture, Writeup, WriteupSpeaker, WriteupState
from tests.factories import MADE_AT

Fields = dict[str, list[str]]

DRAWING = "writeup-ai-safety.svg"
BODY = """\
Opening words.

## What they said

> “It’s a mindset change.”
> — David Walliker

- First point
- Second point
"""
_numbers = count(1)


async def make_writeup(**given: Any) -> Writeup:
    """A published write-up with the site's drawing above it."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "slug": f"write-up-{number}",
        "title": f"Write-up {number}",
        "standfirst": "What was said.",
        "body": BODY,
        "drawing": DRAWING,
        "image_alt": "Four voices round a circle",
        "state": WriteupState.PUBLISHED,
        "revision": 1,
        "published_at": MADE_AT,
        "created_at": MADE_AT,
        "updated_at": MADE_AT,
    }
    writeup = Writeup(**values | given)
    await writeup.save()
    return writeup


async def make_draft(**given: Any) -> Writeup:
    """A draft that lacks nothing but to be published."""
    writeup_id = new_id()
    unseen = {"id": writeup_id, "slug": f"draft-{writeup_id}", "state": WriteupState.DRAFT, "published_at": None}
    return await make_writeup(**unseen | given)


async def seat(writeup: Writeup, speaker_id: str, part: str = "panellist") -> None:
    """Puts somebody on a write-up's panel, after those who are there."""
    await WriteupSpeaker(writeup=writeup.id, speaker=speaker_id, part=part, position=next(_numbers)).save()


def picture_file(kind: str = "PNG", *, size: tuple[int, int] = (64, 32), colour: str = "teal") -> bytes:
    """A picture as a camera or a drawing program might save it."""
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, kind)
    return file.getvalue()


async def make_picture(*, now: datetime = MADE_AT, colour: str = "teal") -> Picture:
    """A picture as the site keeps it."""
    return await store_picture(picture_file(colour=colour), now=now)


def word_document(source: str, *, picture: bytes, alt: str = "") -> bytes:
    """The same words as somebody would set them in Word: a title, headings, bullets, and the picture at the top."""
    import docx

    document = docx.Document()
    for number, paragraph in enumerate(part.strip() for part in source.split("\n\n")):
        if paragraph == "Header Image":
            document.add_picture(io.BytesIO(picture))
            properties = document.inline_shapes[0]._inline.docPr
            properties.set("descr", alt)
        elif number == 1:
            document.add_heading(paragraph, 0)
        elif paragraph.startswith("•"):
            for line in paragraph.splitlines():
                document.add_paragraph(line.strip().removeprefix("•").strip(), style="List Bullet")
        elif len(paragraph) < 80 and not paragraph.endswith((".", "!")) and number > 2:
            document.add_heading(paragraph, 1)
        else:
            document.add_paragraph(paragraph)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def form_on(page: httpx2.Response, action: str) -> Fields:
    """What a browser would send of the form with that action if it were sent as it is shown, buttons apart."""
    form = BeautifulSoup(page.text, "html.parser").find("form", action=action)
    assert isinstance(form, Tag), f"no form {action} on {page.url}"
    fields: Fields = defaultdict(list)
    for field in form.find_all(["input", "select", "textarea"]):
        assert isinstance(field, Tag)
        value = _value(field)
        if value is not None:
            fields[str(field["name"])].append(value)
    return fields


def _value(field: Tag) -> str | None:
    if field.name == "textarea":
        # A browser leaves the first line break after the tag out, and so does the template write one.
        return field.text.removeprefix("\n")
    if field.name == "select":
        options = field.find_all("option")
        chosen = next((option for option in options if option.has_attr("selected")), options[0])
        return str(chosen["value"])
    kind = field.get("type", "text")
    if kind == "file" or (kind in {"checkbox", "radio"} and not field.has_attr("checked")):
        return None
    return str(field.get("value", ""))


async def send(
    browser: httpx2.AsyncClient, path: str, fields: Fields, file: tuple[str, bytes] | None = None
) -> httpx2.Response:
    """Sends a form with its file, as a browser sends a form that may have one."""
    return await browser.post(path, data=dict(fields), files={"file": file or ("", b"")})
