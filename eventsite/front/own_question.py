"""An asker's own question, behind the link that only they have: where it stands, adding to it, taking it back."""

from starlette.requests import Request
from starlette.responses import Response

from eventsite.calendars.wording import date_in_words
from eventsite.errors import Refusal
from eventsite.front.published import answer_of, passages_of_questions
from eventsite.questions import queries, rules
from eventsite.questions.asking_services import clarify_question, withdraw_question
from eventsite.questions.forms import ClarificationForm
from eventsite.questions.held import findings_of, shown_to
from eventsite.questions.patient_data import CODE_LABELS, find_personal, masked
from eventsite.questions.tables import Question, QuestionState
from eventsite.questions.warnings import warning_about
from eventsite.web.forms import read_form
from eventsite.web.responses import Context, invalid, private_page, see_other
from eventsite.web.site import site_of

TEMPLATE = "questions/own.html"


async def show_question(request: Request) -> Response:
    """Where a question stands, and what its asker can do. Changes nothing."""
    question = await _own(request)
    form = ClarificationForm(clarification=question.clarification)
    return private_page(request, TEMPLATE, await _context(request, question, form))


async def create_withdrawal(request: Request) -> Response:
    """Takes an asker's question back; the same answer the second time."""
    site, question = site_of(request), await _own(request)
    await withdraw_question(question.id, stationery=site.stationery, now=site.now())
    return see_other(_path(request))


async def create_clarification(request: Request) -> Response:
    """Adds to an asker's question, in place of what they added before."""
    question = await _own(request)
    form = await read_form(request, ClarificationForm)
    if form.validate():
        try:
            await clarify_question(question.id, form.clarification.data, now=site_of(request).now())
            return see_other(_path(request))
        except Refusal as refusal:
            form.refuse(refusal.field, str(refusal))
    return invalid(request, TEMPLATE, await _context(request, question, form))


async def _own(request: Request) -> Question:
    return await queries.get_question_of_link(site_of(request).settings.secret_key, request.path_params["token"])


def _path(request: Request) -> str:
    return f"/questions/{request.path_params['token']}"


async def _context(request: Request, question: Question, form: ClarificationForm) -> Context:
    head = await _head_of(question)
    added = form.clarification.data
    return {
        "question": question,
        "text": shown_words(question),
        "reasons": [CODE_LABELS[code] for code in question.held_reasons.split(",") if code in CODE_LABELS],
        "head": head,
        "others": (await queries.askers_of([head.id]))[head.id] - 1,
        "answer": answer_of(head.answer or ""),
        "passages": (await passages_of_questions([head.id]))[head.id],
        "themes": (await queries.themes_of([question.id]))[question.id],
        "panel": await queries.panel_of(question),
        "address": _path(request),
        "full_address": site_of(request).links.to(_path(request)),
        "can_withdraw": rules.can_withdraw(question.state),
        "can_clarify": question.state in rules.CLARIFIABLE,
        "longest": rules.LONGEST_CLARIFICATION,
        "is_public": rules.is_public(question.state),
        "head_is_public": rules.is_public(head.state),
        "asked_on": date_in_words(question.submitted_at),
        "link_kept": rules.LINK_KEPT,
        "form": form,
        "warning": warning_about(added) if find_personal(added) else None,
    }


def shown_words(question: Question) -> str:
    """An asker's words; what may identify somebody is covered, since an address can be passed on."""
    if question.state == QuestionState.HELD:
        return shown_to(question, may_read=False).text
    return masked(question.text, findings_of(question.held_spans)) if question.held_spans else question.text


async def _head_of(question: Question) -> Question:
    """The question that one stands with, or itself."""
    while question.state == QuestionState.MERGED and question.merged_into:
        question = await queries.get_question(question.merged_into)
    return question
