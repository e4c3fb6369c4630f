"""Asking: the questions put to a panel with the form, what stands between the form and the panel, and help meanwhile.

A draft lives in the form alone: the steps before sending carry it from page to page, and nothing is stored or logged.
"""

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from eventsite.database import transaction
from eventsite.events.queries import Panel, get_public_event, get_public_session
from eventsite.events.rules import QuestionsClosed, takes_questions
from eventsite.front.alike import Alike, find_alike
from eventsite.front.published import published_questions
from eventsite.questions import queries, rules
from eventsite.questions.asking_services import AskedQuestion, QuestionDraft, submit_question
from eventsite.questions.forms import QuestionForm, SimilarForm
from eventsite.questions.public_ledger import public_ledger
from eventsite.questions.warnings import Warning, permission, warning_about
from eventsite.web.caching import PRIVATE
from eventsite.web.forms import read_form
from eventsite.web.responses import Answer, Context, invalid, page, private_page, see_other
from eventsite.web.site import Site, site_of
from eventsite.web.throttle import (
    FORMS_A_NETWORK,
    FORMS_AN_ADDRESS,
    SIMILAR_A_NETWORK,
    TooOften,
    ensure_left_for_network,
    give_back,
    use,
    use_for_network,
)

TEMPLATE = "questions/index.html"


async def show_questions(request: Request) -> Answer:
    """The published questions to a panel, what became of all of them in numbers, and the form."""
    panel = await public_panel(request)
    form = QuestionForm().choose_from(await queries.themes())
    return page(request, TEMPLATE, await _around(request, panel, form))


async def create_question(request: Request) -> Answer:
    """Puts a question to a panel, then leads to its asker's own page; a step before where there is something to say."""
    panel = await public_panel(request)
    form = (await read_form(request, QuestionForm)).choose_from(await queries.themes())
    if form.validate():
        # Before anything is looked for: whoever may send nothing more costs nothing more.
        await ensure_left_for_network(request, FORMS_A_NETWORK, now=site_of(request).now())
        step = await _step_before(request, panel, form)
        if step:
            return step
        try:
            question = await _ask(request, panel, form.draft())
            return see_other(_own_path(site_of(request), question))
        except QuestionsClosed as refusal:
            form.refuse(refusal.field, str(refusal))
    return invalid(request, TEMPLATE, await _around(request, panel, form))


async def find_similar(request: Request) -> Response:
    """Questions and passages like what somebody is typing, as JSON. The words come in the body and stay nowhere."""
    panel = await public_panel(request)
    form = await read_form(request, SimilarForm)
    private = {"cache-control": PRIVATE}
    if not form.validate():
        return PlainTextResponse(form.text.errors[0], status_code=422, headers=private)
    await use_for_network(request, SIMILAR_A_NETWORK, now=site_of(request).now())
    return JSONResponse((await find_alike(panel.session.id, form.text.data)).as_json(), headers=private)


async def public_panel(request: Request) -> Panel:
    """The panel an address names, if everybody may see it; NotFound."""
    event = await get_public_event(request.path_params["slug"])
    return Panel(await get_public_session(event, request.path_params["session"]), event)


async def _step_before(request: Request, panel: Panel, form: QuestionForm) -> Response | None:
    """What an asker is shown before the question is sent; None where there is nothing, or they have seen it."""
    site = site_of(request)
    if not takes_questions(panel.session, panel.event, site.now()):
        return None
    allowed = permission(site.settings.secret_key, form.text.data)
    warning = warning_about(form.text.data)
    if warning:
        is_allowed = form.anyway.data == allowed
        return None if is_allowed else await _warn(request, panel, form, warning, allowed)
    alike = await _look(request, panel, form.text.data)
    if alike is None or not alike.stops - set(form.seen.data.split()):
        return None
    form.seen.data = " ".join(sorted(alike.names))
    context = await _around_step(panel, form)
    return private_page(request, "front/asking_alike.html", context | {"alike": alike})


async def _look(request: Request, panel: Panel, text: str) -> Alike | None:
    """What is like a text; None where a network has looked so often that its questions are taken without a look."""
    try:
        await use_for_network(request, SIMILAR_A_NETWORK, now=site_of(request).now())
    except TooOften:
        return None
    return await find_alike(panel.session.id, text)


async def _warn(request: Request, panel: Panel, form: QuestionForm, warning: Warning, allowed: str) -> Response:
    if warning.personal:
        form.refuse("text", warning.sentence)
    context = await _around_step(panel, form) | {"warning": warning, "permission": allowed}
    return invalid(request, "front/asking_check.html", context)


async def _around_step(panel: Panel, form: QuestionForm) -> Context:
    return {"panel": panel, "form": form, "longest": rules.LONGEST_QUESTION, "link_kept": rules.LINK_KEPT}


async def _around(request: Request, panel: Panel, form: QuestionForm) -> Context:
    """What stands around the form: the panel, the questions that everybody sees, and the numbers."""
    return {
        "published": await published_questions(panel.session.id),
        "ledger": await public_ledger(panel.session.id),
        "is_open": takes_questions(panel.session, panel.event, site_of(request).now()),
        "voiced": request.query_params.get("voiced", ""),
        "voted": request.query_params.get("voted", ""),
        **await _around_step(panel, form),
    }


async def _ask(request: Request, panel: Panel, draft: QuestionDraft) -> AskedQuestion:
    """One transaction: what was not asked, or had been asked already, is not counted against its asker."""
    site = site_of(request)
    now = site.now()
    async with transaction():
        await use_for_network(request, FORMS_A_NETWORK, now=now)
        if draft.person:
            await use(site, FORMS_AN_ADDRESS, draft.person.email_key, now=now)
        question = await submit_question(panel, draft, stationery=site.stationery, now=now)
        if draft.person and not question.is_new:
            await give_back(site, FORMS_AN_ADDRESS, draft.person.email_key)
    return question


def _own_path(site: Site, question: AskedQuestion) -> str:
    return site.links.question(question.id, question.link_version).removeprefix(site.links.site_url)
