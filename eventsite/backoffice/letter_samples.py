"""Every kind of letter that leaves the house, with examples of it. A test fails for templates that are not here."""

from collections.abc import Callable

from eventsite.announcements.letters import stencil_of, write_to
from eventsite.announcements.queries import Reader, Subject
from eventsite.announcements.rules import AnnouncementDraft
from eventsite.announcements.tables import Audience
from eventsite.backoffice.letter_samples_cast import ANN, NOBODY_S_ID, Cast
from eventsite.backoffice.letter_samples_interest import INTEREST
from eventsite.backoffice.letter_samples_kinds import Example, LetterKind
from eventsite.backoffice.shown_letters import ShownLetter, shown_letter
from eventsite.closing import letters as closing_letters
from eventsite.errors import NotFound
from eventsite.mail.letters import Letter, Sender, finish
from eventsite.people.complaints import DUE_WITHIN, ComplaintDraft, complaint_for_organisers, complaint_received
from eventsite.people.own_page import own_page_link
from eventsite.questions import letters as question_letters
from eventsite.questions.queries import Correspondent
from eventsite.questions.states import QuestionState

ANNOUNCED = """\
Dear {name},

{event} is on **{dates}**, at {place}. Doors open at 8:45am, and there is coffee.

- Bring something with your name on it.
- The nearest station is ten minutes away on foot.

Your sessions are on your own page: {my_page}
"""
COMPLAINT = "I asked in May what you hold about me.\n\nNobody has answered."


def write_sample(example: Example, cast: Cast) -> ShownLetter:
    """The finished message of an example, taken apart again."""
    letter, settings = example.write(cast), cast.stationery.settings
    reply_to = settings.mail_reply_to or (settings.mail_from if letter.sender else "")
    sender = Sender(letter.sender or settings.mail_from, settings.controller_name, reply_to)
    message_id = f"<{NOBODY_S_ID}@{settings.uid_domain}>"
    content = finish(letter, sender=sender, message_id=message_id, date=cast.now)
    return shown_letter(content)


def kind_of(room: str, name: str) -> LetterKind:
    """The kind of that name; NotFound."""
    found = [kind for kinds in KINDS.values() for kind in kinds if kind.kind == f"{room}/{name}"]
    if not found:
        raise NotFound
    return found[0]


def _asker(cast: Cast) -> Correspondent:
    session, event = cast.session(), cast.event()
    path = f"/events/{event.slug}/sessions/{session.slug}/questions"
    return Correspondent(ANN.email, ANN.name, NOBODY_S_ID, 0, session.title, event.name, path, ANN.id)


def _question_received(cast: Cast) -> Letter:
    return question_letters.question_received(_asker(cast), cast.stationery)


def _question_approved(cast: Cast) -> Letter:
    return question_letters.question_approved(_asker(cast), cast.stationery)


def _question_rejected(cast: Cast) -> Letter:
    reason = "It names a patient.\nYou are welcome to ask it again without the name."
    return question_letters.question_rejected(_asker(cast), cast.stationery, reason=reason)


def _question_merged(cast: Cast) -> Letter:
    return question_letters.question_merged(_asker(cast), cast.stationery)


def _question_reconsidered(state: QuestionState) -> Callable[[Cast], Letter]:
    return lambda cast: question_letters.question_reconsidered(_asker(cast), cast.stationery, state=state)


def _question_answered(*, was_asked: bool) -> Callable[[Cast], Letter]:
    return lambda cast: question_letters.question_answered(
        _asker(cast), cast.stationery, stands_as=NOBODY_S_ID, was_asked=was_asked
    )


def _question_taken(cast: Cast) -> Letter:
    paths = ["/writeups/what-was-said#p-0a1b2c3d", "/writeups/what-was-said#p-4e5f6a7b"]
    return closing_letters.question_taken(_asker(cast), cast.stationery, paths=paths)


def _question_not_reached(cast: Cast) -> Letter:
    return closing_letters.question_not_reached(_asker(cast), cast.stationery, path="/writeups/what-was-said")


def _voice_received(cast: Cast) -> Letter:
    return question_letters.voice_received(_asker(cast), cast.stationery)


def _own_page(cast: Cast) -> Letter:
    return own_page_link(ANN, cast.stationery)


def _complaint(cast: Cast) -> Letter:
    draft = ComplaintDraft(ANN.name, ANN.email, ANN.email, COMPLAINT)
    return complaint_for_organisers(draft, cast.now + DUE_WITHIN, cast.stationery)


def _complaint_received(cast: Cast) -> Letter:
    draft = ComplaintDraft(ANN.name, ANN.email, ANN.email, COMPLAINT)
    return complaint_received(draft, cast.now + DUE_WITHIN, cast.stationery)


def _announcement(cast: Cast) -> Letter:
    event = cast.event()
    draft = AnnouncementDraft("Before you come to {event}", ANNOUNCED, Audience.ACCEPTED, event.id)
    reader = Reader(ANN.id, ANN.email, ANN.email, ANN.name, 0, has_objected=False, is_suppressed=False)
    stencil = stencil_of(draft, Subject(event), cast.stationery)
    return write_to(reader, stencil, cast.stationery.links).letter


KINDS = {
    "Interest, places and seats": INTEREST,
    "Questions": (
        LetterKind(
            "questions/received",
            "When somebody puts a question to a panel and leaves an address.",
            Example(_question_received),
        ),
        LetterKind("questions/approved", "When an organiser publishes a question.", Example(_question_approved)),
        LetterKind(
            "questions/rejected",
            "When an organiser decides not to publish a question, or takes it down.",
            Example(_question_rejected),
        ),
        LetterKind(
            "questions/merged",
            "When an organiser puts a question together with one that asks the same.",
            Example(_question_merged),
        ),
        LetterKind(
            "questions/reconsidered",
            "When a decision on a question is undone after its letter has left.",
            Example(_question_reconsidered(QuestionState.PENDING), "It waits again"),
            Example(_question_reconsidered(QuestionState.APPROVED), "It is published"),
            Example(_question_reconsidered(QuestionState.REJECTED), "It is rejected"),
            Example(_question_reconsidered(QuestionState.MERGED), "It is merged"),
        ),
        LetterKind(
            "questions/voice_received",
            "When somebody adds their voice to a question and leaves an address.",
            Example(_voice_received),
        ),
        LetterKind(
            "questions/answered",
            "When an organiser answers a question in writing: to everybody who is credited with it.",
            Example(_question_answered(was_asked=False), "The panel did not reach it"),
            Example(_question_answered(was_asked=True), "It was asked in the room"),
        ),
        LetterKind(
            "closing/taken",
            "When a write-up is published, to everybody who is credited with a question that a passage of it takes up.",
            Example(_question_taken),
        ),
        LetterKind(
            "closing/not_reached",
            "When the write-up of a panel is published, to those whose question it did not reach and nobody answered.",
            Example(_question_not_reached),
        ),
    ),
    "Announcements": (
        LetterKind(
            "announcements/announcement",
            "When an organiser releases an announcement, or a reminder’s day has come.",
            Example(_announcement),
        ),
    ),
    "People’s own pages and complaints": (
        LetterKind("self_service/link", "When somebody asks for the link to their own page again.", Example(_own_page)),
        LetterKind(
            "people/complaint_received",
            "When somebody makes a data protection complaint on the site.",
            Example(_complaint_received),
        ),
        LetterKind(
            "people/complaint",
            "At the same moment, to the address that complaints go to: the complaint itself.",
            Example(_complaint),
        ),
    ),
}
"""Every kind by what it is about, in the order of the desk's list."""
