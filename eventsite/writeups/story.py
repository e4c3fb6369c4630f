"""A write-up as people read it: on its page, in the desk's preview and in an earlier revision."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from eventsite.events.queries import OnStage
from eventsite.events.tables import Event
from eventsite.writeups.markdown import Heading, SafeHtml, render
from eventsite.writeups.queries import picture_address, picture_facts, picture_sizes, public_event_of
from eventsite.writeups.rules import DRAWING_SIZE, Publishable

FEWEST_LISTED = 3
# As `render` writes it: a less-than sign in the text itself is always an entity.
OWN_PICTURE = re.compile(r'(<img src="/pictures/(?P<digest>[0-9a-f]{32})\.[a-z]+")')


class Told(Publishable, Protocol):
    """The parts a page shows, and the event they belong to."""

    @property
    def event(self) -> str | None: ...


@dataclass(frozen=True)
class Story:
    """What the page shows. `picture` is the address of its own image, `drawing` a file under static/; either may be "".
    `event` is None where there is none that everybody may see."""

    title: str
    standfirst: str
    body: SafeHtml
    speakers: tuple[OnStage, ...]
    event: Event | None
    picture: str
    drawing: str
    image_alt: str
    size: tuple[int, int]

    @property
    def contents(self) -> list[Heading]:
        """The headings to list above the text; none where there are too few to need it."""
        headings = [heading for heading in self.body.headings if heading.level == 2]
        return headings if len(headings) >= FEWEST_LISTED else []


async def story_of(writeup: Told, speakers: Sequence[OnStage]) -> Story:
    """A write-up, or an organiser's words for one, made ready to show."""
    facts = await picture_facts(writeup.picture)
    return Story(
        title=writeup.title,
        standfirst=writeup.standfirst,
        body=await _with_sizes(render(writeup.body, anchored=True)),
        speakers=tuple(speakers),
        event=await public_event_of(writeup.event),
        picture=picture_address(facts["digest"], facts["media_type"]) if facts else "",
        drawing="" if facts else writeup.drawing,
        image_alt=writeup.image_alt,
        size=(facts["width"], facts["height"]) if facts else DRAWING_SIZE,
    )


async def _with_sizes(body: SafeHtml) -> SafeHtml:
    """The same text, each picture with the room it takes, so that nothing moves while it loads."""
    sizes = await picture_sizes({match["digest"] for match in OWN_PICTURE.finditer(body.html)})

    def sized(match: re.Match[str]) -> str:
        size = sizes.get(match["digest"])
        return f'{match[0]} width="{size[0]}" height="{size[1]}"' if size else match[0]

    return replace(body, html=OWN_PICTURE.sub(sized, body.html))
