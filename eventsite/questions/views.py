"""The public pages of questions: those put to a panel, the form, and an asker's own question."""

from starlette.requests import Request
from starlette.responses import Response

from eventsite.calendars.wording import date_in_words
from eventsite.database import transaction
from eventsite.events.queries import Panel, get_public_event, get_public_session
from eventsite.events.rules import QuestionsClosed, takes_questions
from eventsite.questions import queries, rules
from eventsite.questions.asking_services import AskedQuestion, QuestionDraft, submit_question, withdraw_question
from eventsite.questions.forms import QuestionForm
from eventsite.web.forms import read_form
from eventsite.web.responses import Answer, Context, invalid, page, private_page, see_other
from eventsite.web.site import Site, site_of
from eventsite.web.throttle import FORMS_A_NETWORK, FORMS_AN_ADDRESS, give_back, use, use_for_network


async def show_questions(request: Request) -> Answer:
    """The approved questions to a panel, and the form."""
    panel = await _public_panel(request)
    form = QuestionForm().choose_from(await queries.themes())
    return page(request, "questions/index.html", await _around(request, panel, form))


async def create_question(request: Request) -> Answer:
    """Puts a question to a panel, then leads to its asker's own page."""
    panel = await _public_panel(request)
    form = (await read_form(request, QuestionForm)).choose_from(await queries.themes())
    if form.validate():
        try:
            question = await _ask(request, panel, form.draft())
            return see_other(_own_path(site_of(request), question))
        except QuestionsClosed as refusal:
            form.refuse(refusal.field, str(refusal))
    return invalid(request, "questions/index.html", await _around(request, panel, form))


async def show_question(request: Request) -> Response:
    """An asker's own question: where it stands, and a button to take it back. Changes nothing."""
    question = await queries.get_question_of_link(site_of(request).settings.secret_key, request.path_params["token"])
    context = {
        "question": question,
        "themes": (await queries.themes_of([question.id]))[question.id],
        "panel": await queries.panel_of(question),
        "address": request.scope["path"],
        "can_withdraw": rules.can_withdraw(question.state),
        "is_public": rules.is_public(question.state),
        "asked_on": date_in_words(question.submitted_at),
        "link_kept": rules.LINK_KEPT,
    }
    return private_page(request, "questions/own.html", context)


async def create_withdrawal(request: Request) -> Response:
    """Takes an asker's question back; the same answer the second time."""
    site, token = site_of(request), request.path_params["token"]
    question = await queries.get_question_of_link(site.settings.secret_key, token)
    await withdraw_question(question.id, stationery=site.stationery, now=site.now())
    return see_other(f"/questions/{token}")


async def _public_panel(request: Request) -> Panel:
    event = await get_public_event(request.path_params["slug"])
    return Panel(await get_public_session(event, request.path_params["session"]), event)


async def _around(request: Request, panel: Panel, form: QuestionForm) -> Context:
    """What stands around the form: the panel and the questions that everybody sees."""
    return {
        "panel": panel,
        "questions": await queries.approved_questions(panel.session.id),
        "is_open": takes_questions(panel.session, panel.event, site_of(request).now()),
        "form": form,
        "longest": rules.LONGEST_QUESTION,
        "link_kept": rules.LINK_KEPT,
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
