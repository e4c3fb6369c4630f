"""What the desk does while a panel runs: the chair's buttons, links, votes, messages, and the end of it."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from eventsite.errors import Refusal
from eventsite.organisers.guard import desk_page, organiser_of
from eventsite.panel.desk import panel_address, panel_page
from eventsite.panel.forms import LengthForm, MessageForm, RestForm, StepForm, VotesForm
from eventsite.panel.queries import get_board
from eventsite.questions.room_services import LinksRenewed, renew_links, send_message, set_length, switch_votes
from eventsite.questions.stage_services import (
    MoreThanShown,
    NotMoved,
    leave_out_rest,
    mark_asked,
    mark_not_reached,
    open_stage,
    set_current,
    step_back,
)
from eventsite.questions.tables import PanelStage
from eventsite.web.flash import see_other_saying
from eventsite.web.forms import read_form
from eventsite.web.responses import see_other
from eventsite.web.site import site_of

Step = Callable[[PanelStage, StepForm, str], Awaitable[None]]


async def create_current(request: Request) -> Response:
    """Puts a question to the panel and on the screen, from the desk."""
    now = site_of(request).now()
    return await _step(
        request, lambda stage, form, who: set_current(stage, form.question.data, form.hand(who), now=now)
    )


async def create_asked(request: Request) -> Response:
    """Says that a question has been asked."""
    now = site_of(request).now()
    return await _step(request, lambda stage, form, who: mark_asked(stage, form.question.data, form.hand(who), now=now))


async def create_not_reached(request: Request) -> Response:
    """Says that there was no time for a question."""
    now = site_of(request).now()
    return await _step(
        request, lambda stage, form, who: mark_not_reached(stage, form.question.data, form.hand(who), now=now)
    )


async def create_step_back(request: Request) -> Response:
    """Takes back the last press, of the chair or of the desk."""
    now = site_of(request).now()
    return await _step(request, lambda stage, form, who: step_back(stage, form.hand(who), form.last.data, now=now))


async def create_links(request: Request) -> Response:
    """Makes the links of chair and screen; where there are some, ends those."""
    (board, site), who = (
        (await get_board(request.path_params["session_id"]), site_of(request)),
        organiser_of(request).id,
    )
    if board.stage is None:
        await open_stage(board.panel.session.id, who, now=site.now())
        return see_other_saying(panel_address(request), "The links for the chair and the screen are ready.")
    try:
        await renew_links(board.stage, who, now=site.now())
    except LinksRenewed as refusal:
        return await panel_page(request, refusal=refusal)
    return see_other_saying(panel_address(request), "The links are new. Those given out before have ended.")


async def update_votes(request: Request) -> Response:
    """Opens or closes the votes of the audience."""
    form, site, board = await read_form(request, VotesForm), site_of(request), await get_board(_id(request))
    on = form.votes.data
    await switch_votes(board.panel.session.id, organiser_of(request).id, on=on, now=site.now())
    sentence = "The audience can vote now." if on else "The votes of the audience are closed."
    return see_other_saying(panel_address(request), sentence)


async def update_length(request: Request) -> Response:
    """Says how many minutes the panel has for questions."""
    form, site, board = await read_form(request, LengthForm), site_of(request), await get_board(_id(request))
    minutes = form.length.number
    if not form.validate() or minutes is None:
        return await panel_page(request, form)
    await set_length(board.panel.session.id, minutes, organiser_of(request).id, now=site.now())
    return see_other_saying(panel_address(request), "The minutes are kept.")


async def create_message(request: Request) -> Response:
    """Sends a line to the chair."""
    form, site, board = await read_form(request, MessageForm), site_of(request), await get_board(_id(request))
    if not form.validate():
        return await panel_page(request, form)
    await send_message(board.panel.session.id, form.words.data, organiser_of(request).id, now=site.now())
    return see_other_saying(panel_address(request), "The message is on the chair’s page.")


async def show_rest(request: Request) -> Response:
    """Before all that are left are said not to have been reached: which they are."""
    return await _rest_page(request)


async def create_rest(request: Request) -> Response:
    """Says of all that are left on the list that there was no time for them."""
    form, site, board = await read_form(request, RestForm), site_of(request), await get_board(_id(request))
    try:
        who = organiser_of(request).id
        number = await leave_out_rest(board.panel.session.id, who, form.ids, now=site.now())
    except MoreThanShown as refusal:
        return await _rest_page(request, refusal)
    said = "1 question is" if number == 1 else f"{number} questions are"
    return see_other_saying(panel_address(request), f"{said} marked as not reached.")


async def _rest_page(request: Request, refusal: Refusal | None = None) -> Response:
    said = {"flash": ("warning", str(refusal))} if refusal else {}
    context = {"section": "panels", "board": await get_board(_id(request)), **said}
    return desk_page(request, "panel/rest.html", context, status=422 if refusal else 200)


async def _step(request: Request, step: Step) -> Response:
    """One press of one of the chair's buttons on the desk."""
    board, form, who = await get_board(_id(request)), await read_form(request, StepForm), organiser_of(request).id
    stage = await open_stage(board.panel.session.id, who, now=site_of(request).now())
    try:
        await step(stage, form, who)
    except NotMoved as refusal:
        return await panel_page(request, refusal=refusal)
    return see_other(panel_address(request))


def _id(request: Request) -> str:
    session_id: str = request.path_params["session_id"]
    return session_id
