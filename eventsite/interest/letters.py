"""The letters about interest. None of them carries a sentence its receiver may not have written: see `greeting`."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache

from markupsafe import Markup

from eventsite.calendars import links as calendar_links
from eventsite.calendars.rendering import hold
from eventsite.events.entries import event_entry
from eventsite.events.rules import place_of
from eventsite.events.tables import Event
from eventsite.mail.letters import Attachment, Letter
from eventsite.mail.stationery import write_letter
from eventsite.people.rules import greeting
from eventsite.people.services import KnownPerson
from eventsite.stationery import Stationery

FOLDER = "interest/letters/received"
UTF_8 = (("charset", "utf-8"),)


@dataclass(frozen=True)
class HeldEvent:
    """An event as the letter shows it: its name, its part of either body, and the file of its hold."""

    name: str
    text: str
    html: Markup
    file: Attachment


def interest_received(person: KnownPerson, events: Sequence[Event], stationery: Stationery) -> Letter:
    """Thanks for the interest: what, when and where, a hold for each event, and the person's own page."""
    held = [_held(_Version(event.id, event.updated_at, event), stationery) for event in events]
    context = {
        "greeting": greeting(person.name),
        "held": held,
        "my": stationery.links.my(person.id, person.link_version),
    }
    files = tuple(item.file for item in held)
    return write_letter(stationery, "interest/received", to=person.email, context=context, attachments=files)


def interest_known(person: KnownPerson, stationery: Stationery) -> Letter:
    """Somebody, probably the person, sent the form again and nothing was new: here is the link to their page."""
    context = {"greeting": greeting(person.name), "my": stationery.links.my(person.id, person.link_version)}
    return write_letter(stationery, "interest/known", to=person.email, context=context)


def hold_file(event: Event, stationery: Stationery, *, number: int | None = None) -> Attachment:
    """The file that holds an event's days in a calendar, numbered as it is or otherwise; a cancelled one says so."""
    entry = event_entry(event, stationery.links, stationery.uid_domain)
    if number is not None:
        entry = replace(entry, sequence=number)
    # A client that keeps what came from a file, and adds the invitation beside it, is better off with two entries that
    # can be told apart: MAIL_HOLD_UID says so.
    if stationery.settings.mail_hold_uid == "own":
        entry = replace(entry, uid=f"hold-{event.id}@{stationery.uid_domain}")
    return Attachment(f"{event.slug[:50]}.ics", "text/calendar", hold(entry), UTF_8)


@dataclass(frozen=True)
class _Version:
    """An event as it was last changed: what can be written once for everybody who is interested in it."""

    id: str
    updated_at: datetime
    event: Event = field(compare=False)


@lru_cache(maxsize=64)
def _held(version: _Version, stationery: Stationery) -> HeldEvent:
    event, templates = version.event, stationery.templates
    entry = event_entry(event, stationery.links, stationery.uid_domain)
    # In a letter an address stands in full, so the calendars' links carry the page's address and not the summary.
    short = replace(entry, description="")
    known = {
        "entry": entry,
        "place": place_of(event),
        "google": calendar_links.google_link(short),
        "outlook_work": calendar_links.outlook_work_link(short),
        "outlook_personal": calendar_links.outlook_personal_link(short),
    }
    text, html = (templates.get_template(f"{FOLDER}/event.{kind}").render(known) for kind in ("txt", "html"))
    return HeldEvent(entry.summary, text.rstrip(), Markup(html), hold_file(event, stationery))  # noqa: S704  -- a template wrote and escaped it
