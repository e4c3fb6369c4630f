"""The letters about interest. None of them carries a sentence its receiver may not have written: see `greeting`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from eventsite.calendars import links as calendar_links
from eventsite.calendars.entries import Entry
from eventsite.calendars.rendering import hold
from eventsite.events.entries import event_entry
from eventsite.events.rules import place_of
from eventsite.events.tables import Event
from eventsite.mail.letters import Attachment, Letter
from eventsite.mail.stationery import write_letter
from eventsite.people.rules import greeting
from eventsite.people.services import KnownPerson
from eventsite.stationery import Stationery


@dataclass(frozen=True)
class HeldEvent:
    """An event as the letter shows it: its place, the links that put it into a calendar, and the file of its hold."""

    name: str
    starts_on: date
    ends_on: date
    place: str
    address: str
    google: str
    outlook_work: str
    outlook_personal: str
    file: Attachment


def interest_received(person: KnownPerson, events: Sequence[Event], stationery: Stationery) -> Letter:
    """Thanks for the interest: what, when and where, a hold for each event, and the person's own page."""
    held = [_held(event, stationery) for event in events]
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


def _held(event: Event, stationery: Stationery) -> HeldEvent:
    return _held_entry(event_entry(event, stationery.links, stationery.uid_domain), event.slug, place_of(event))


# The same for everybody who is interested in the event, until something about it changes.
@lru_cache(maxsize=64)
def _held_entry(entry: Entry, slug: str, place: str) -> HeldEvent:
    # In a letter an address stands in full, so the calendars' links carry the page's address and not the summary.
    short = replace(entry, description="")
    return HeldEvent(
        name=entry.summary,
        starts_on=entry.first_day,
        ends_on=entry.last_day,
        place=place,
        address=entry.url,
        google=calendar_links.google_link(short),
        outlook_work=calendar_links.outlook_work_link(short),
        outlook_personal=calendar_links.outlook_personal_link(short),
        file=Attachment(f"{slug[:50]}.ics", "text/calendar", hold(entry), (("charset", "utf-8"),)),
    )
