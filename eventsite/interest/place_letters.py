"""The letters about a person's place at an event. Each has the link to their own page; opening it changes nothing."""

from datetime import datetime

from eventsite.events.rules import place_of
from eventsite.events.tables import Event
from eventsite.interest.place_rules import deadline_in_words
from eventsite.interest.states import InterestState
from eventsite.mail.letters import Letter
from eventsite.mail.stationery import write_letter
from eventsite.people.rules import greeting
from eventsite.people.services import KnownPerson
from eventsite.stationery import Stationery


def place_offered(person: KnownPerson, event: Event, until: datetime, stationery: Stationery) -> Letter:
    """A place is kept for you until then: accept or decline on your page."""
    return _written("place_offered", person, event, stationery, deadline=deadline_in_words(until))


def place_confirmed(person: KnownPerson, event: Event, stationery: Stationery) -> Letter:
    """You have a place; the invitation that comes along puts it into your calendar."""
    return _written("place_confirmed", person, event, stationery)


def place_given_up(person: KnownPerson, event: Event, stationery: Stationery) -> Letter:
    """You gave your place up, as you asked."""
    return _written("place_given_up", person, event, stationery)


def place_cancelled(person: KnownPerson, event: Event, stationery: Stationery, *, was: InterestState) -> Letter:
    """The organisers took back what somebody had: a place, an offer, or the hope of one."""
    had = {"had_place": was is InterestState.ACCEPTED, "had_offer": was is InterestState.OFFERED}
    return _written("place_cancelled", person, event, stationery, **had)


def offer_expired(person: KnownPerson, event: Event, until: datetime, stationery: Stationery, *, is_on: bool) -> Letter:
    """Your offer ran out unanswered. While places are given away (`is_on`), the waiting list is open to you."""
    return _written("offer_expired", person, event, stationery, deadline=deadline_in_words(until), is_on=is_on)


def waiting_list_joined(person: KnownPerson, event: Event, stationery: Stationery) -> Letter:
    """All places are given away; you are on the waiting list."""
    days = f"{event.reply_days} day{'' if event.reply_days == 1 else 's'}"
    return _written("waiting_list_joined", person, event, stationery, days=days)


def _written(name: str, person: KnownPerson, event: Event, stationery: Stationery, **more: object) -> Letter:
    context = {
        "greeting": greeting(person.name),
        "event": event,
        "place": place_of(event),
        "page": stationery.links.to(f"/events/{event.slug}"),
        "my": stationery.links.my(person.id, person.link_version),
        **more,
    }
    return write_letter(stationery, f"interest/{name}", to=person.email, context=context)
