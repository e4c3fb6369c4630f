"""The letters of an event or a session that has been changed or cancelled by its organisers."""

from eventsite.errors import NotFound
from eventsite.events.rules import place_of, place_of_session
from eventsite.interest.change_rules import Follower, Mailing, SeatHolder, SessionMailing, headline, when_of_session
from eventsite.interest.letters import hold_file
from eventsite.interest.states import InterestState
from eventsite.mail.letters import Letter
from eventsite.mail.stationery import write_letter
from eventsite.people.rules import greeting
from eventsite.people.services import KnownPerson
from eventsite.stationery import Stationery


def event_changed(mailing: Mailing, follower: Follower, stationery: Stationery) -> Letter:
    """An event has other dates, another place or another name (`event_moved`), or is off (`event_cancelled`).

    Whoever was never invited by calendar may hold the dates from our first letter: the file to put over it comes along.
    """
    event = mailing.event
    context = {
        "event": event,
        "place": place_of(event),
        "page": stationery.links.to(f"/events/{event.slug}"),
        "has_entry": follower.has_entry,
        "has_place": follower.state == InterestState.ACCEPTED,
        "sessions": mailing.session_letters_to[follower.person.id],
        "headline": headline(event.name, mailing.differences),
        "differences": mailing.differences,
        **_personal(follower.person, stationery),
    }
    files = () if follower.has_entry else (hold_file(event, stationery, number=follower.number_of_hold(event)),)
    name = "interest/event_cancelled" if mailing.is_cancellation else "interest/event_moved"
    return write_letter(stationery, name, to=follower.person.email, context=context, attachments=files)


def session_changed(mailing: Mailing, part: SessionMailing, holder: SeatHolder, stationery: Stationery) -> Letter:
    """A session has another time, room or title (`session_moved`), or is off (`session_cancelled`)."""
    session, event = part.session, mailing.event
    context = {
        "session": session,
        "event": event,
        "when": when_of_session(session),
        "place": place_of_session(session, event),
        "page": stationery.links.to(f"/events/{event.slug}/sessions/{session.slug}"),
        "has_entry": holder.has_entry,
        "headline": headline(f"“{session.title}”", part.differences),
        "differences": part.differences,
        **_personal(holder.person, stationery),
    }
    name = "interest/session_cancelled" if mailing.is_cancellation else "interest/session_moved"
    return write_letter(stationery, name, to=holder.person.email, context=context)


def example_of(mailing: Mailing, stationery: Stationery) -> tuple[KnownPerson, Letter]:
    """One of the people whom a deed writes to, from among most of them, and their first letter; NotFound for nobody."""
    likely = sorted(mailing.followers, key=lambda one: one.has_entry == (mailing.entries < mailing.holds))
    for follower in likely[:1]:
        return follower.person, event_changed(mailing, follower, stationery)
    for part in mailing.sessions:
        for holder in part.holders[:1]:
            return holder.person, session_changed(mailing, part, holder, stationery)
    raise NotFound


def _personal(person: KnownPerson, stationery: Stationery) -> dict[str, str]:
    return {"greeting": greeting(person.name), "my": stationery.links.my(person.id, person.link_version)}
