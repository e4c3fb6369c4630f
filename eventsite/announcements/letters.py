"""An announcement as a letter: written once as a stencil, then filled in for each reader."""

import hashlib
import quopri
from dataclasses import dataclass

from eventsite.announcements.body import MY_PAGE, UnfitBody, my_page_in_markdown, write_body
from eventsite.announcements.queries import Reader, Subject
from eventsite.announcements.rules import REASONS, AnnouncementDraft, Placeholder, ensure_can_be_filled, parts_of
from eventsite.announcements.stencil import Gaps, Stencil
from eventsite.calendars.wording import dates_with_weekdays
from eventsite.events.rules import place_of
from eventsite.links import Links
from eventsite.mail.letters import Letter, render_letter
from eventsite.mail.mime import UnfitForHeader, ensure_fit_for_header
from eventsite.people.rules import plain_name
from eventsite.stationery import Stationery

KIND = "announcements/announcement"
FOLDER = "announcements/letters/announcement"
NOBODY_IN_PARTICULAR = "colleague"
NO_PLACE_YET = "a place to be announced"
UNSUBSCRIBE = "unsubscribe"
# Gmail cuts off what is longer than 102 kB; the rest is for headers, a signature and what is filled in.
LARGEST_ON_THE_WIRE = 90_000


@dataclass(frozen=True)
class Written:
    """A letter to somebody. By `key` the same words to the same reader are one letter, whichever list they came by."""

    reader: Reader
    letter: Letter
    key: str


def stencil_of(draft: AnnouncementDraft, about: Subject, stationery: Stationery) -> Stencil:
    """The letter with gaps. Raises UnknownPlaceholder, UnfitBody or UnfitForHeader, each with the field it is about."""
    ensure_can_be_filled(draft.subject, draft, field="subject")
    ensure_can_be_filled(draft.body, draft, field="body")
    known = _known(about)
    gaps = Gaps(draft.subject, draft.body, *known.values())
    body = write_body(_marked(draft.body, gaps), site_url=stationery.links.site_url, gaps=gaps)
    context = {
        "announced": _marked(draft.subject, gaps),
        "body": body,
        "reason": REASONS[draft.audience].format_map(known),
        "my": gaps.mark(MY_PAGE),
        "unsubscribe": gaps.mark(UNSUBSCRIBE),
    }
    subject, text, html = (gaps.cut(part) for part in render_letter(stationery.templates, FOLDER, context))
    stencil = Stencil(subject, gaps.cut(body.text), text, html, known)
    _ensure_fit(stencil)
    return stencil


def write_to(reader: Reader, stencil: Stencil, links: Links) -> Written:
    """The whole letter to one reader, with its one click to unsubscribe (RFC 8058)."""
    unsubscribe = links.unsubscribe(reader.id)
    own = {
        "name": plain_name(reader.name) or NOBODY_IN_PARTICULAR,
        MY_PAGE: links.my(reader.id, reader.link_version),
        UNSUBSCRIBE: unsubscribe,
    }
    filled = stencil.filled(own)
    said = "\n".join((reader.email_key, filled.subject, filled.said)).encode("utf-8", "replace")
    letter = Letter(KIND, reader.email, filled.subject, filled.text, filled.html, unsubscribe=unsubscribe)
    return Written(reader, letter, f"announcement:{hashlib.sha256(said).hexdigest()}")


def _known(about: Subject) -> dict[str, str]:
    event, session = about.event, about.session
    return {
        "event": event.name if event else "",
        "dates": dates_with_weekdays(event.starts_on, event.ends_on) if event else "",
        "place": (place_of(event) or NO_PLACE_YET) if event else "",
        "session": session.title if session else "",
    }


def _marked(text: str, gaps: Gaps) -> str:
    return "".join(_mark(part, gaps) if isinstance(part, Placeholder) else part for part in parts_of(text))


def _mark(one: Placeholder, gaps: Gaps) -> str:
    return my_page_in_markdown(gaps) if one.name == MY_PAGE else gaps.mark(one.name)


def _ensure_fit(stencil: Stencil) -> None:
    """Now, and not when it is released, since a name that is shown has none of those signs."""
    filled = stencil.filled({"name": "", MY_PAGE: "", UNSUBSCRIBE: ""})
    try:
        ensure_fit_for_header(filled.subject)
    except UnfitForHeader as refusal:
        raise UnfitForHeader(str(refusal), field="subject") from None
    if sum(len(quopri.encodestring(body.encode())) for body in (filled.text, filled.html)) > LARGEST_ON_THE_WIRE:
        raise UnfitBody("This is too large for a letter. Make it shorter, or link to a page that says the rest")
