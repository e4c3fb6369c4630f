"""The letters about interest. None of them carries a sentence its receiver may not have written: see `greeting`."""

from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class HeldEvent:
    """An event as the letter shows it, with the links that put it into a calendar."""

    event: Event
    place: str
    address: str
    google: str
    outlook_work: str
    outlook_personal: str


def interest_received(person: KnownPerson, events: Sequence[Event], stationery: Stationery) -> Letter:
    """Thanks for the interest: what, when and where, a hold for each event, and the person's own page."""
    context = {
        "greeting": greeting(person.name),
        "held": [_held(event, stationery) for event in events],
        "my": stationery.links.my(person.id, person.link_version),
    }
    files = tuple(_hold_file(event, stationery) for event in events)
    return write_letter(stationery, "interest/received", to=person.email, context=context, attachments=files)


def interest_known(person: KnownPerson, stationery: Stationery) -> Letter:
    """Somebody, probably the person, sent the form again and nothing was new: here is the link to their page."""
    context = {"greeting": greeting(person.name), "my": stationery.links.my(person.id, person.link_version)}
    return write_letter(stationery, "interest/known", to=person.email, context=context)


def _held(event: Event, stationery: Stationery) -> HeldEvent:
    entry = event_entry(event, stationery.links, stationery.uid_domain)
    return HeldEvent(
        event,
        place=place_of(event),
        address=stationery.links.to(f"/events/{event.slug}"),
        google=calendar_links.google_link(entry),
        outlook_work=calendar_links.outlook_work_link(entry),
        outlook_personal=calendar_links.outlook_personal_link(entry),
    )


def _hold_file(event: Event, stationery: Stationery) -> Attachment:
    content = hold(event_entry(event, stationery.links, stationery.uid_domain))
    return Attachment(f"{event.slug[:50]}.ics", "text/calendar", content, (("charset", "utf-8"),))
