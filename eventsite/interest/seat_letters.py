"""The letters about seats on sessions. Each says when and where, and has the link to the person's own page."""

from dataclasses import dataclass

from eventsite.events.rules import place_of_session
from eventsite.events.tables import Event, ProgrammeSession
from eventsite.mail.letters import Letter
from eventsite.mail.stationery import write_letter
from eventsite.people.rules import greeting
from eventsite.people.services import KnownPerson
from eventsite.stationery import Stationery


@dataclass(frozen=True)
class Booking:
    """A person and a session, with the event it is part of."""

    person: KnownPerson
    session: ProgrammeSession
    event: Event

    @property
    def is_limited(self) -> bool:
        """Whether its room has only so many seats."""
        return self.session.capacity is not None


def seat_taken(booking: Booking, stationery: Stationery) -> Letter:
    """They added a session and want an invite: it goes with this letter."""
    return _letter("seat_taken", booking, stationery)


def seat_passed_on(booking: Booking, stationery: Stationery) -> Letter:
    """A seat came free and is theirs, since they were the next on the waiting list."""
    return _letter("seat_passed_on", booking, stationery)


def seat_waitlisted(booking: Booking, stationery: Stationery) -> Letter:
    """They are on the waiting list of a session that is full."""
    return _letter("seat_waitlisted", booking, stationery)


def seat_given_up(booking: Booking, stationery: Stationery) -> Letter:
    """They gave a session up: what takes it out of their calendar goes with this letter."""
    return _letter("seat_given_up", booking, stationery)


def seat_mail_stopped(booking: Booking, stationery: Stationery) -> Letter:
    """They keep the session and want no more mail about it: the last letter takes the entry out of their calendar."""
    return _letter("seat_mail_stopped", booking, stationery)


def seat_lost(booking: Booking, stationery: Stationery) -> Letter:
    """Their place at the event has ended, and what they had on this session with it."""
    return _letter("seat_lost", booking, stationery)


def _letter(name: str, booking: Booking, stationery: Stationery) -> Letter:
    person, session, event = booking.person, booking.session, booking.event
    my = stationery.links.my(person.id, person.link_version)
    context = {
        "greeting": greeting(person.name),
        "booking": booking,
        "session": session,
        "event": event,
        "place": place_of_session(session, event),
        "page": stationery.links.to(f"/events/{event.slug}/sessions/{session.slug}"),
        "my": my,
        "sessions": f"{my}/events/{event.slug}",
    }
    return write_letter(stationery, f"interest/{name}", to=person.email, context=context)
