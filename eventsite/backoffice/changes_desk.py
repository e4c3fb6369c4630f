"""What organisers see before they save or cancel what people have in their calendars: whom it writes to, and what.

The deed itself is rehearsed for it: done, its letters counted, and all of it undone.
"""

from collections.abc import Coroutine, Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from eventsite.backoffice.events_forms import EventForm, SeenForm
from eventsite.backoffice.sessions_forms import SessionForm
from eventsite.errors import NotFound, Refusal
from eventsite.events import queries
from eventsite.interest.change_letters import Press
from eventsite.interest.change_rules import Mailing
from eventsite.interest.change_services import (
    MoreThanShown,
    call_off_event,
    call_off_session,
    change_event,
    change_session,
)
from eventsite.organisers.guard import desk_page, organiser_of
from eventsite.web.forms import AtMost, Sent, Words, WordsForm
from eventsite.web.frames import letter_frame, with_frame
from eventsite.web.responses import Context
from eventsite.web.site import site_of

NOBODY = -1
"""Shown to nobody: a deed that is given this is never done, it says only whom it would write to."""
LONGEST_NUMBER = 6
LONGEST_OWN_WORDS = 500
BUTTONS = ("shown", "back", "look")
# Not in the address of a letter: it says nothing of them, and they are long.
UNSAID = (*BUTTONS, "summary", "seen")


class OwnWordsForm(WordsForm):
    """What an organiser adds to the letters, and whether they want to see it in one first."""

    own_words = Words(validators=[AtMost(LONGEST_OWN_WORDS, "Your own words")])

    @property
    def is_ready(self) -> bool:
        """Whether the letters can go out with these words."""
        return self.validate() and "look" not in self.sent


async def show_letter_of_event_change(request: Request) -> Response:
    """GET `…/edit/letter?name=…`: what one person would read if the form were saved like that. Fills a frame."""
    event, form = await queries.get_event(request.path_params["slug"]), EventForm(_asked(request))
    if not form.validate():
        raise NotFound
    deed = change_event(event, form.draft(), seen_at=event.updated_at, **hand_of(request, NOBODY))
    return _letter(request, await rehearsed(deed))


async def show_letter_of_session_change(request: Request) -> Response:
    """GET `…/sessions/{session}/letter?title=…`: the same for a session."""
    event, form = await queries.get_event(request.path_params["slug"]), SessionForm(_asked(request))
    session = await queries.get_session_of(event, request.path_params["session"])
    if not form.validate():
        raise NotFound
    deed = change_session(session, form.draft(), seen_at=session.updated_at, **hand_of(request, NOBODY))
    return _letter(request, await rehearsed(deed))


async def show_letter_of_event_cancellation(request: Request) -> Response:
    """GET `…/cancellation/letter`: what one person would read if the event were cancelled."""
    event = await queries.get_event(request.path_params["slug"])
    return _letter(request, await rehearsed(call_off_event(event, **hand_of(request, NOBODY))))


async def show_letter_of_session_cancellation(request: Request) -> Response:
    """GET `…/sessions/{session}/cancellation/letter`: the same for a session."""
    event = await queries.get_event(request.path_params["slug"])
    session = await queries.get_session_of(event, request.path_params["session"])
    return _letter(request, await rehearsed(call_off_session(session, **hand_of(request, NOBODY))))


async def rehearsed(deed: Coroutine[Any, Any, Mailing]) -> Mailing:
    """Whom a deed would write to, which was given NOBODY for those it was shown to. Nothing of it is done.

    Raises NotFound where the deed would be refused.
    """
    try:
        return await deed
    except MoreThanShown as more:
        return more.mailing
    except Refusal as refusal:
        raise NotFound from refusal


def hand_of(request: Request, shown: int) -> Context:
    """Who does a deed, when, what letters are written with, and how many people it was shown to write to."""
    site = site_of(request)
    return {"shown": shown, "actor": organiser_of(request).id, "stationery": site.stationery, "now": site.now()}


def hand_with(request: Request, own_words: OwnWordsForm) -> Context:
    """The same for a deed whose page was sent, with its organiser's own words; NOBODY while these are not ready."""
    shown = _shown_on(own_words.sent) if own_words.is_ready else NOBODY
    return hand_of(request, shown) | {"own_words": own_words.own_words.data}


def check_page(
    request: Request, form: SeenForm, own_words: OwnWordsForm, mailing: Mailing, context: Context
) -> Response:
    """Whom saving a form writes to, and what changes; all that was typed is sent on, and can be gone back to."""
    query = [(name, value) for name, value in form.sent.multi_items() if name not in (*UNSAID, "own_words")]
    shown = {
        "fields": [(name, value) for name, value in form.sent.multi_items() if name not in (*BUTTONS, "own_words")],
        "has_grown": own_words.is_ready and _shown_on(form.sent) > 0,
        "action": request.url.path,
        "section": "events",
    }
    context = context | shown | preview(request, mailing, own_words, query)
    status = 422 if own_words.errors else 200
    return with_frame(desk_page(request, "backoffice/check.html", context, status=status))


def preview(
    request: Request, mailing: Mailing, own_words: OwnWordsForm, query: Sequence[tuple[str, str]] = ()
) -> Context:
    """A mailing as a page shows it: the numbers, whose letter is the example, and where that is found."""
    example = Press(mailing, site_of(request).stationery).example()[0].name if mailing.people else ""
    said = [] if own_words.errors or not own_words.own_words.data else [("own_words", own_words.own_words.data)]
    frame = f"{request.url.path}/letter?{urlencode([*query, *said])}".rstrip("?")
    return {
        "mailing": mailing,
        "example": example,
        "frame": frame,
        "own_words": own_words,
        "longest": LONGEST_OWN_WORDS,
    }


def _shown_on(sent: Sent) -> int:
    """How many people the page before said would be written to; nought where there was none that said so."""
    said = sent.get("shown", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= LONGEST_NUMBER else 0


def goes_back(sent: Sent) -> bool:
    """Whether an organiser wants the form again, as they had filled it in."""
    return "back" in sent


def told(mailing: Mailing) -> str:
    """What follows "… is changed." where people are written to, and nothing where nobody is."""
    people = "1 person is" if mailing.people == 1 else f"{mailing.people} people are"
    return f" {people} being written to." if mailing.people else ""


def _asked(request: Request) -> Sent:
    return Sent(request.query_params.multi_items())


def _letter(request: Request, mailing: Mailing) -> Response:
    own_words = OwnWordsForm(_asked(request))
    said = own_words.own_words.data if own_words.validate() else ""
    return letter_frame(Press(mailing, site_of(request).stationery, said).example()[1].html)
