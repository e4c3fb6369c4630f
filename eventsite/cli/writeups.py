"""`eventsite import`: what others wrote, brought in as drafts."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from cyclopts import App

from eventsite import ledger
from eventsite.cli.ready import with_ready_database
from eventsite.clock import utc_now
from eventsite.errors import Refusal
from eventsite.links import Links
from eventsite.settings import load_settings

if TYPE_CHECKING:
    from eventsite.writeups.importing import DraftWriteup
    from eventsite.writeups.tables import Writeup

app = App(name="import", help="Bring in what others wrote.")


@app.command
async def writeup(file: Path) -> None:
    """Make a draft write-up of a .docx, .md, .html or .txt file; pictures come along. It is published on the desk.

    Parameters
    ----------
    file:
        The file to read.
    """
    settings = load_settings()
    links = Links(settings.site_url, settings.secret_key)
    for line in await with_ready_database(bring_in(file, links)):
        print(line)


async def bring_in(file: Path, links: Links) -> list[str]:
    """Makes the draft; returns what to tell: what was recognised, what is to look at, and where. Raises Refusal."""
    from eventsite.writeups.import_services import import_writeup
    from eventsite.writeups.importing import import_file
    from eventsite.writeups.rules import ensure_takable, missing_from

    try:
        content = await asyncio.to_thread(file.read_bytes)
    except OSError as error:
        raise Refusal(f"The file {file} cannot be read: {error.strerror}.") from error
    ensure_takable(content)
    draft = await asyncio.to_thread(import_file, file.name, content)
    made = await import_writeup(draft, actor=ledger.OPERATOR, now=utc_now())
    told = [*_recognised(draft), f"Event: {await _event_name(made)}"]
    notes = [f"To look at: {note}" for note in made.import_notes.split("\n") if note]
    missing = [f"Before it can be published: {sentence}" for _, sentence in missing_from(made)]
    return [*told, *notes, *missing, f"A draft was made: {links.to(f'/organise/writeups/{made.id}')}"]


def _recognised(draft: "DraftWriteup") -> list[str]:
    from eventsite.writeups.markdown import render

    body = render(draft.body)
    people = [f"{person.name} ({person.part})" for person in draft.panellists]
    found = {
        "Title": draft.title,
        "Sections": ", ".join(heading.text for heading in body.headings) or "none",
        "Quotations": str(body.html.count("<blockquote>")),
        "On the panel": ", ".join(people) or "nobody",
        "Pictures": str(len(draft.pictures)),
    }
    return [f"{name}: {words}" for name, words in found.items()]


async def _event_name(made: "Writeup") -> str:
    from eventsite.events.queries import get_event_by_id

    return (await get_event_by_id(made.event)).name if made.event else "not recognised"
