"""The letters about a question. None holds the question itself: an address that was typed into a form is not proven."""

from eventsite.mail.letters import Letter
from eventsite.mail.stationery import write_letter
from eventsite.people.rules import greeting
from eventsite.questions.queries import Correspondent
from eventsite.questions.states import QuestionState
from eventsite.stationery import Stationery

LOOK_THERE = "Where it stands now is on its own page."
NOW_SO = {
    QuestionState.PENDING.value: "It waits to be read again. We write to you when it is decided.",
    QuestionState.HELD.value: "It waits to be read again. We write to you when it is decided.",
    QuestionState.APPROVED.value: "It is published, and stands with the others put to this panel.",
    QuestionState.SHORTLISTED.value: "It is published, and stands with the others put to this panel.",
    QuestionState.REJECTED.value: "It is not published. The reason is on its own page.",
    QuestionState.MERGED.value: "It stands with another question that asks the same, and you are credited with it.",
}


def question_received(to: Correspondent, stationery: Stationery) -> Letter:
    """We have it, it is read before it is published, and this is its own page."""
    return _write("received", to, stationery)


def question_approved(to: Correspondent, stationery: Stationery) -> Letter:
    """It is published: where, and its own page."""
    return _write("approved", to, stationery)


def question_rejected(to: Correspondent, stationery: Stationery, *, reason: str) -> Letter:
    """It is not published, or not any more, and why, in the organiser's words."""
    return _write("rejected", to, stationery, reason=reason)


def question_merged(to: Correspondent, stationery: Stationery) -> Letter:
    """It stands with another one that asks the same, and they are credited with it."""
    return _write("merged", to, stationery)


def question_reconsidered(to: Correspondent, stationery: Stationery, *, state: str) -> Letter:
    """What we wrote before does not hold any longer, and where it stands now."""
    return _write("reconsidered", to, stationery, now_so=NOW_SO.get(state, LOOK_THERE))


def voice_received(to: Correspondent, stationery: Stationery) -> Letter:
    """Their voice counts, and we write when there is an answer."""
    my_page = stationery.links.my(to.person_id, to.person_version)
    return _write("voice_received", to, stationery, my_page=my_page)


def question_answered(to: Correspondent, stationery: Stationery, *, stands_as: str, was_asked: bool) -> Letter:
    """There is a written answer, and where to read it: whether or not the panel came to it in the room.

    `stands_as` is the question that is answered: theirs, or the one that theirs was merged with.
    """
    answer = stationery.links.to(f"{to.questions_path}#question-{stands_as}")
    return _write("answered", to, stationery, answer_page=answer, was_asked=was_asked)


def _write(name: str, to: Correspondent, stationery: Stationery, **more: object) -> Letter:
    context = {
        "greeting": greeting(to.name),
        "session_title": to.session_title,
        "event_name": to.event_name,
        "own_page": stationery.links.question(to.question_id, to.link_version),
        "questions_page": stationery.links.to(to.questions_path),
        "is_voice": bool(to.voice),
        **more,
    }
    return write_letter(stationery, f"questions/{name}", to=to.email, context=context)
