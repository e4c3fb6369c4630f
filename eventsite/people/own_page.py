"""The letter that brings a lost link again."""

from eventsite.mail.letters import Letter
from eventsite.mail.stationery import write_letter
from eventsite.people.rules import greeting
from eventsite.people.services import KnownPerson
from eventsite.stationery import Stationery


def own_page_link(person: KnownPerson, stationery: Stationery) -> Letter:
    """Here is the link to your own page, since somebody asked for it."""
    context = {"greeting": greeting(person.name), "my": stationery.links.my(person.id, person.link_version)}
    return write_letter(stationery, "self_service/link", to=person.email, context=context)
