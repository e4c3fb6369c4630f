"""The chair's page and the screen in the room: each for whoever has its link, and never kept on the way."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from eventsite.database.changes import Change
from eventsite.panel.codes import qr_code
from eventsite.panel.forms import StepForm
from eventsite.panel.queries import Board, get_board
from eventsite.panel.rules import USUAL_MINUTES, time_left, votes_in_words
from eventsite.questions.room_services import note_message
from eventsite.questions.stage_queries import get_stage_of_link
from eventsite.questions.stage_services import NotMoved, mark_asked, mark_not_reached, set_current, step_back
from eventsite.questions.tables import PanelStage
from eventsite.tokens import Purpose
from eventsite.web.forms import read_form
from eventsite.web.live import live_response
from eventsite.web.responses import Context, private_page, see_other
from eventsite.web.site import Site, site_of

SHOWN = frozenset({"question", "vote", "stage", "message"})

Step = Callable[[PanelStage, StepForm], Awaitable[None]]


async def show_chair(request: Request) -> Response:
    """What is asked now, what is next and what was said by the desk, with a button for each step. Changes nothing."""
    return await _chair_page(request, await _stage(request, Purpose.CHAIR))


async def follow_chair(request: Request) -> Response:
    """That something of this panel has changed, for as long as the link holds."""
    return await _follow(request, Purpose.CHAIR)


async def create_current(request: Request) -> Response:
    """Puts a question to the panel and on the screen."""
    now = site_of(request).now()
    return await _step(request, lambda stage, form: set_current(stage, form.question.data, form.hand(None), now=now))


async def create_asked(request: Request) -> Response:
    """Says that a question has been asked."""
    now = site_of(request).now()
    return await _step(request, lambda stage, form: mark_asked(stage, form.question.data, form.hand(None), now=now))


async def create_not_reached(request: Request) -> Response:
    """Says that there was no time for a question."""
    now = site_of(request).now()
    return await _step(
        request, lambda stage, form: mark_not_reached(stage, form.question.data, form.hand(None), now=now)
    )


async def create_step_back(request: Request) -> Response:
    """Takes back the last press."""
    now = site_of(request).now()
    return await _step(request, lambda stage, form: step_back(stage, form.hand(None), form.last.data, now=now))


async def create_note(request: Request) -> Response:
    """Says that the chair has seen a message of the desk."""
    stage = await _stage(request, Purpose.CHAIR)
    await note_message(stage.session, request.path_params["id"], now=site_of(request).now())
    return see_other(_address(request))


async def show_screen(request: Request) -> Response:
    """The present question, as large as the room needs it."""
    site, stage = site_of(request), await _stage(request, Purpose.SCREEN)
    board = await get_board(stage.session)
    vote_at = votes_address(site, board)
    context = {
        "board": board,
        "address": _address(request),
        "vote_at": vote_at.removeprefix("https://").removeprefix("http://"),
        "code": qr_code(vote_at, light=True) if vote_at else "",
        "votes": votes_in_words,
    }
    return private_page(request, "panel/screen.html", context)


async def follow_screen(request: Request) -> Response:
    """That something of this panel has changed, for as long as the link holds."""
    return await _follow(request, Purpose.SCREEN)


def votes_address(site: Site, board: Board) -> str:
    """Where the audience votes; empty while it may not."""
    if not board.stage or not board.stage.takes_votes:
        return ""
    return site.links.to(f"/events/{board.panel.event.slug}/sessions/{board.panel.session.slug}/questions")


def wants_panel(session_id: str) -> Callable[[Change], bool]:
    """Whether a change is to be told to a page of this panel."""
    return lambda change: change.kind in SHOWN and change.session == session_id


async def _stage(request: Request, purpose: Purpose) -> PanelStage:
    secret = site_of(request).settings.secret_key
    return await get_stage_of_link(secret, purpose, request.path_params["token"])


async def _chair_page(request: Request, stage: PanelStage, refusal: NotMoved | None = None) -> Response:
    site, board = site_of(request), await get_board(stage.session)
    context: Context = {
        "board": board,
        "address": _address(request),
        "time_left": lambda question: time_left(question.asked_at, question.minutes, site.now()),
        "votes": votes_in_words,
        "usual": USUAL_MINUTES,
        "refusal": str(refusal) if refusal else "",
    }
    return private_page(request, "panel/chair.html", context, status=422 if refusal else 200)


async def _step(request: Request, step: Step) -> Response:
    """One press of the chair: 303 back, or the page as it stands now with what somebody else has done."""
    stage, form = await _stage(request, Purpose.CHAIR), await read_form(request, StepForm)
    try:
        await step(stage, form)
    except NotMoved as refusal:
        return await _chair_page(request, stage, refusal)
    return see_other(_address(request))


async def _follow(request: Request, purpose: Purpose) -> Response:
    stage = await _stage(request, purpose)

    async def still() -> bool:
        now = await PanelStage.objects().get(PanelStage.id == stage.id)
        return now is not None and now.link_version == stage.link_version

    return live_response(request, wants=wants_panel(stage.session), still=still)


def _address(request: Request) -> str:
    """The page itself, whatever was done on it."""
    path: str = request.scope["path"]
    return "/".join(path.split("/")[:3])
