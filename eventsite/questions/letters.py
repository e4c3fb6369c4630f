"""The letters about a question. None holds the question itself: an address that was typed into a form is not proven."""

from eventsite.mail.letters import Letter
from eventsite.mail.stationery import write_letter
from eventsite.people.rules import greeting
from eventsite.questions.queries import Correspondent
from eventsite.stationery import Stationery


def question_received(to: Correspondent, stationery: Stationery) -> Letter:
    """We have it, it is read before it is published, and this is its own page."""
    return _write("received", to, stationery)


def question_approved(to: Correspondent, stationery: Stationery) -> Letter:
    """It is published: where, and its own page."""
    return _write("approved", to, stationery)


def question_rejected(to: Correspondent, stationery: Stationery, *, reason: str) -> Letter:
    """It is not published, or not any more, and why, in the organiser's words."""
    return _write("rejected", to, stationery, reason=reason)


def _write(name: str, to: Correspondent, stationery: Stationery, **more: str) -> Letter:
    context = {
        "greeting": greeting(to.name),
        "session_title": to.session_title,
        "event_name": to.event_name,
        "own_page": stationery.links.question(to.question_id, to.link_version),
        "questions_page": stationery.links.to(to.questions_path),
        **more,
    }
    return write_letter(stationery, f"questions/{name}", to=to.email, context=context)
