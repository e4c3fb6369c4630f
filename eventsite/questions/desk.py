"""The moderators' pages: the queue, one question with its history, and what is decided about it."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import Response

from eventsite.organisers.guard import desk_page, organiser_of
from eventsite.questions import queries, rules
from eventsite.questions.forms import EditForm, ModerationForm, RejectionForm
from eventsite.questions.queue import QueueFilter, history, panels_with_questions, queue
from eventsite.questions.services import approve_question, edit_question, reject_question
from eventsite.questions.tables import QuestionState
from eventsite.web.flash import see_other_saying
from eventsite.web.forms import read_form, shown
from eventsite.web.responses import Context
from eventsite.web.site import site_of

QUEUE = "/organise/questions"


async def show_queue(request: Request) -> Response:
    """The questions of all panels or one, those that wait first, with a small form for each decision."""
    wanted = _filter(request.query_params)
    context = {
        "section": "questions",
        "queue": await queue(wanted, _page_number(request.query_params.get("page", ""))),
        "panels": await panels_with_questions(),
        "wanted": wanted,
        "address": lambda **changes: _address(wanted, **changes),
        "rules": rules,
    }
    return desk_page(request, "questions/queue.html", context)


async def show_question(request: Request) -> Response:
    """One question with its history and every decision that can be taken on it."""
    return desk_page(request, "questions/moderate.html", await _around(request))


async def create_approval(request: Request) -> Response:
    """Publishes a question."""
    site, form = site_of(request), await read_form(request, ModerationForm)
    if not form.validate():
        return await _again(request, form)
    try:
        moderator = form.moderator(organiser_of(request).id)
        await approve_question(request.path_params["id"], moderator, stationery=site.stationery, now=site.now())
    except rules.NotModerated as refusal:
        return await _again(request, form, refusal)
    return _go_on(request, form, "The question is published.")


async def create_rejection(request: Request) -> Response:
    """Turns a question down with a reason."""
    site, form = site_of(request), await read_form(request, RejectionForm)
    if not form.validate():
        return await _again(request, form)
    try:
        told = (form.reason.data, form.moderator(organiser_of(request).id))
        await reject_question(request.path_params["id"], *told, stationery=site.stationery, now=site.now())
    except rules.NotModerated as refusal:
        return await _again(request, form, refusal)
    return _go_on(request, form, "The question is rejected.")


async def create_edit(request: Request) -> Response:
    """Mends the wording and the themes of a question."""
    question = await queries.get_question(request.path_params["id"])
    form = (await read_form(request, EditForm)).choose_from(await queries.themes())
    if not form.validate():
        return await _again(request, form)
    try:
        moderator = form.moderator(organiser_of(request).id)
        await edit_question(question.id, form.edit(question), moderator, now=site_of(request).now())
    except rules.NotModerated as refusal:
        return await _again(request, form, refusal)
    return _go_on(request, form, "The new wording is kept.")


async def _around(request: Request) -> Context:
    """What the page of one question shows, its forms still empty."""
    question = await queries.get_question(request.path_params["id"])
    about = (await queries.themes_of([question.id]))[question.id]
    edit = EditForm(text=question.text, themes=[theme.slug for theme in about])
    return {
        "section": "questions",
        "question": question,
        "asker": await queries.correspondent(question.id),
        "panel": await queries.panel_of(question),
        "themes": about,
        "history": await history(question.id),
        "rejection": RejectionForm(),
        "edit": edit.choose_from(await queries.themes()),
        "rules": rules,
    }


async def _again(request: Request, form: ModerationForm, refusal: rules.NotModerated | None = None) -> Response:
    """The question as it stands now, with what was typed, and what to mend or what somebody else has done meanwhile."""
    forms = {EditForm: "edit", RejectionForm: "rejection"}
    kept = {name: form for kind, name in forms.items() if isinstance(form, kind)}
    said = {"flash": ("warning", str(refusal))} if refusal else {}
    context = {**await _around(request), "form": form, **kept, **said}
    return desk_page(request, "questions/moderate.html", context, status=422)


def _go_on(request: Request, form: ModerationForm, sentence: str) -> Response:
    """Back to where the moderator was: the queue as it was narrowed, else the question itself."""
    if form.back.data.startswith("?"):
        back = dict(parse_qsl(form.back.data[1:]))
        return see_other_saying(_address(_filter(back), page=_page_number(back.get("page", ""))), sentence)
    return see_other_saying(f"{QUEUE}/{request.path_params['id']}", sentence)


def _filter(said: Mapping[str, str]) -> QueueFilter:
    """The part of a query that is understood; a state that does not exist is none."""
    panel, state, q = (shown(said.get(name, "")).strip() for name in ("panel", "state", "q"))
    return QueueFilter(panel, state if state in set(QuestionState) else "", q)


def _page_number(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else 1


def _address(wanted: QueueFilter, **changes: object) -> str:
    """The queue's address for a filter, with some of it changed."""
    said = {"panel": wanted.panel, "state": wanted.state, "q": wanted.q, **changes}
    query = urlencode({name: value for name, value in said.items() if value and (name, value) != ("page", 1)})
    return f"{QUEUE}?{query}" if query else QUEUE
