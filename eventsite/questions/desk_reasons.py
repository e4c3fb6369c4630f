"""The reasons a question can be turned down for: their names on the desk, and the polite words their askers read."""

from starlette.requests import Request
from starlette.responses import Response

from eventsite.organisers.guard import desk_page, organiser_of
from eventsite.questions.desk_forms import MoveForm, ReasonForm
from eventsite.questions.letters import question_rejected
from eventsite.questions.queries import Correspondent
from eventsite.questions.reason_services import ReasonDraft, ReasonExists, all_reasons, move_reason, save_reason
from eventsite.web.flash import see_other_saying
from eventsite.web.forms import read_form
from eventsite.web.site import site_of

REASONS = "/organise/questions/reasons"
NOBODY = Correspondent(
    "ann@example.org",
    "Ann Archer",
    "0000000000000000",
    0,
    "How do we deploy AI safely?",
    "HPN Midlands",
    "/events/hpn-midlands/sessions/ai-safety/questions",
)


async def show_reasons(request: Request) -> Response:
    """Every reason with the letter it makes, to be changed, and a form for one more."""
    return await _page(request)


async def create_reason(request: Request) -> Response:
    """Adds a reason, the last on the list."""
    form = await read_form(request, ReasonForm)
    if not form.validate():
        return await _page(request, form=form)
    try:
        draft = ReasonDraft(form.label.data, form.words.data)
        await save_reason(draft, actor=organiser_of(request).id, now=site_of(request).now())
    except ReasonExists as refusal:
        form.refuse("label", str(refusal))
        return await _page(request, form=form)
    return see_other_saying(REASONS, "The reason is added.")


async def save_reason_of(request: Request) -> Response:
    """Changes a reason, or takes it out of use."""
    form, slug = await read_form(request, ReasonForm), request.path_params["slug"]
    if not form.validate():
        return await _page(request, form=form, slug=slug)
    draft = ReasonDraft(form.label.data, form.words.data, form.active.data)
    await save_reason(draft, slug=slug, actor=organiser_of(request).id, now=site_of(request).now())
    return see_other_saying(REASONS, "The reason is kept." if draft.is_active else "The reason is out of use.")


async def create_reason_move(request: Request) -> Response:
    """Moves a reason up or down the list, and so to another number."""
    form = await read_form(request, MoveForm)
    steps = -1 if form.way.data == "up" else 1
    await move_reason(request.path_params["slug"], steps, actor=organiser_of(request).id, now=site_of(request).now())
    return see_other_saying(REASONS, "The order is kept.")


async def _page(request: Request, *, form: ReasonForm | None = None, slug: str = "") -> Response:
    """The list; after a form that could not be taken with its words, and what to mend in it."""
    known = await all_reasons()
    stationery = site_of(request).stationery
    letters = {one.slug: question_rejected(NOBODY, stationery, reason=one.words).text for one in known}
    context = {"section": "questions", "reasons": known, "letters": letters, "sent_for": slug, "new": ReasonForm()}
    if form is None:
        return desk_page(request, "questions/reasons.html", context)
    more = {"form": form} if slug else {"form": form, "new": form}
    return desk_page(request, "questions/reasons.html", {**context, **more}, status=422)
