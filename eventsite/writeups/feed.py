"""The write-ups as an Atom feed (RFC 4287)."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree  # -- it writes here, and parses nothing

from eventsite.links import Links
from eventsite.writeups.queries import WriteupCard

ATOM = "http://www.w3.org/2005/Atom"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# What XML 1.0 has no way to say (section 2.2).
UNSAYABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed_of(writeups: Sequence[WriteupCard], *, name: str, author: str, links: Links) -> bytes:
    """The feed's bytes. An entry's id is the address of the write-up, which never changes; times are in UTC."""
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "en-GB"})
    changed = max((writeup.updated_at for writeup in writeups), default=NEVER)
    _say(root, "title", f"{name} write-ups")
    _say(root, "id", links.to("/writeups"))
    _link(root, "alternate", "text/html", links.to("/writeups"))
    _link(root, "self", "application/atom+xml", links.to("/writeups/feed.atom"))
    _say(root, "updated", _moment(changed))
    _say(ElementTree.SubElement(root, "author"), "name", author)
    for writeup in writeups:
        _add_entry(root, writeup, links.to(f"/writeups/{writeup.slug}"))
    body: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def _add_entry(feed: ElementTree.Element, writeup: WriteupCard, address: str) -> None:
    entry = ElementTree.SubElement(feed, "entry")
    _say(entry, "title", writeup.title)
    _say(entry, "id", address)
    _link(entry, "alternate", "text/html", address)
    _say(entry, "published", _moment(writeup.published_at))
    _say(entry, "updated", _moment(writeup.updated_at))
    _say(entry, "summary", writeup.standfirst)


def _say(parent: ElementTree.Element, name: str, words: str) -> None:
    ElementTree.SubElement(parent, name).text = UNSAYABLE.sub("\ufffd", words)


def _link(parent: ElementTree.Element, rel: str, media_type: str, address: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": rel, "type": media_type, "href": address})


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
