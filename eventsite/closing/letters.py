"""The letters that close the loop. None holds the question: an address that was typed into a form is not proven."""

from collections.abc import Sequence

from eventsite.mail.letters import Letter
from eventsite.mail.stationery import write_letter
from eventsite.people.rules import greeting
from eventsite.questions.queries import Correspondent
from eventsite.stationery import Stationery


def question_taken(to: Correspondent, stationery: Stationery, *, paths: Sequence[str]) -> Letter:
    """A write-up takes it up, and where: the very passages."""
    return _write("taken", to, stationery, passages=[stationery.links.to(path) for path in paths])


def question_not_reached(to: Correspondent, stationery: Stationery, *, path: str) -> Letter:
    """There was no time for it, and where the write-up of the panel is."""
    return _write("not_reached", to, stationery, writeup_page=stationery.links.to(path))


def _write(name: str, to: Correspondent, stationery: Stationery, **more: object) -> Letter:
    context = {
        "greeting": greeting(to.name),
        "session_title": to.session_title,
        "event_name": to.event_name,
        "is_voice": bool(to.voice),
        "own_page": stationery.links.question(to.question_id, to.link_version),
        "questions_page": stationery.links.to(to.questions_path),
        **more,
    }
    return write_letter(stationery, f"closing/{name}", to=to.email, context=context)
