"""The desk's pages on panels: which there are, and one with its list, its order and its minutes."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from eventsite.errors import NotFound, Refusal
from eventsite.organisers.guard import MODERATORS, desk_page, organiser_of, still_signed_in
from eventsite.panel.codes import qr_code
from eventsite.panel.forms import LengthForm, ListForm, MessageForm, MinutesForm
from eventsite.panel.queries import Board, get_board, panels
from eventsite.panel.rules import LONGEST_MESSAGE, USUAL_MINUTES, time_left, votes_in_words
from eventsite.panel.views import wants_panel
from eventsite.questions.queries import get_question
from eventsite.questions.rules import Moderator
from eventsite.questions.shortlist_services import move_question, set_minutes, shortlist_question, unlist_question
from eventsite.web.flash import see_other_saying
from eventsite.web.forms import WordsForm, read_form
from eventsite.web.live import live_response
from eventsite.web.responses import Context
from eventsite.web.site import site_of

PANELS = "/organise/panels"

Change = Callable[[str, Moderator], Awaitable[None]]


async def show_panels(request: Request) -> Response:
    """The panels that take questions, the latest first."""
    return desk_page(request, "panel/panels.html", {"section": "panels", "panels": await panels()})


async def show_panel(request: Request) -> Response:
    """A panel: its list, what could be added to it, and how it is run in the room."""
    return await panel_page(request)


async def follow_panel(request: Request) -> Response:
    """That something of this panel has changed, for as long as somebody is signed in."""
    wants = wants_panel(request.path_params["session_id"])
    return live_response(request, wants=wants, still=still_signed_in(request))


async def create_listing(request: Request) -> Response:
    """Puts a published question on the list, last."""
    now, form = site_of(request).now(), await read_form(request, ListForm)
    return await _change(
        request,
        form,
        lambda question, moderator: shortlist_question(question, moderator, now=now),
        "It is on the list.",
    )


async def create_removal(request: Request) -> Response:
    """Takes a question off the list; it stays published."""
    now, form = site_of(request).now(), await read_form(request, ListForm)
    return await _change(
        request, form, lambda question, moderator: unlist_question(question, moderator, now=now), "It is off the list."
    )


async def create_move(request: Request) -> Response:
    """Moves a question up or down the list."""
    now, form = site_of(request).now(), await read_form(request, ListForm)
    steps = -1 if form.steps.data == "-1" else 1
    return await _change(request, form, lambda question, moderator: move_question(question, steps, moderator, now=now))


async def update_minutes(request: Request) -> Response:
    """Says how long a question may take."""
    now, form = site_of(request).now(), await read_form(request, MinutesForm)
    minutes = form.minutes.number
    return await _change(request, form, lambda question, moderator: set_minutes(question, minutes, moderator, now=now))


async def panel_page(request: Request, form: WordsForm | None = None, refusal: Refusal | None = None) -> Response:
    """The page of a panel, with what was typed where it could not be taken, and what somebody else did meanwhile."""
    board = await get_board(request.path_params["session_id"])
    context: Context = {
        **_shown(request, board),
        "message": form if isinstance(form, MessageForm) else MessageForm(),
        "length": form if isinstance(form, LengthForm) else LengthForm(length=board.length),
    }
    if refusal:
        context["flash"] = ("warning", str(refusal))
    if form is not None:
        context["form"] = form
    return desk_page(request, "panel/panel.html", context, status=422 if form is not None or refusal else 200)


def panel_address(request: Request) -> str:
    """Where a deed on a panel leads back to."""
    return f"{PANELS}/{request.path_params['session_id']}"


async def _change(request: Request, form: ListForm, change: Change, sentence: str = "") -> Response:
    """One change of the list: 303 back to it, or the page as it stands now."""
    if not form.validate():
        return await panel_page(request, form)
    question = await get_question(form.question.data)
    if question.session != request.path_params["session_id"]:
        raise NotFound
    try:
        await change(question.id, form.moderator(organiser_of(request).id))
    except NotFound:
        raise
    except Refusal as refusal:
        return await panel_page(request, refusal=refusal)
    return see_other_saying(f"{panel_address(request)}#question-{question.id}", sentence)


def _shown(request: Request, board: Board) -> Context:
    """The panel as it stands, and what this organiser may do with it."""
    now = site_of(request).now()
    return {
        "section": "panels",
        "board": board,
        "may_act": organiser_of(request).role in MODERATORS,
        "links": _links(request, board),
        "time_left": lambda question: time_left(question.asked_at, question.minutes, now),
        "votes": votes_in_words,
        "usual": USUAL_MINUTES,
        "longest": LONGEST_MESSAGE,
    }


def _links(request: Request, board: Board) -> list[tuple[str, str, str]]:
    """Name, address and code of the links that were made; for those alone who may press what is behind them."""
    if not board.stage or organiser_of(request).role not in MODERATORS:
        return []
    links, stage = site_of(request).links, board.stage
    addresses = {
        "Chair’s page": links.chair(stage.id, stage.link_version),
        "Screen": links.screen(stage.id, stage.link_version),
    }
    return [(name, address, qr_code(address)) for name, address in addresses.items()]
