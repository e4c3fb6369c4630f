"""Written answers on the desk: an editor writes one, sees how it will stand, and keeps it or takes it back."""

from starlette.requests import Request
from starlette.responses import Response
from wtforms.validators import ValidationError

from eventsite.errors import NotFound, Refusal
from eventsite.organisers.guard import desk_page, organiser_of
from eventsite.questions import queries
from eventsite.questions.answer_services import LONGEST_ANSWER, answer_question, edit_answer, take_back_answer
from eventsite.questions.desk_forms import ModerationForm
from eventsite.questions.rules import is_public
from eventsite.questions.states import QuestionState
from eventsite.questions.tables import Question
from eventsite.web.flash import see_other_saying
from eventsite.web.forms import AtMost, Needed, Words, read_form
from eventsite.web.site import site_of


class AnswerForm(ModerationForm):
    """A written answer. `instead_of` is the one it was written over; `do` is "preview" where it is only to be shown."""

    answer = Words(validators=[Needed("Enter the answer"), AtMost(LONGEST_ANSWER, "The answer")])
    instead_of = Words()
    do = Words()

    def validate_do(self, field: Words) -> None:
        """Keep it or show it, nothing else. Called by WTForms because of its name."""
        if field.data not in {"", "keep", "preview"}:
            raise ValidationError("Keep the answer or preview it")


async def show_answer(request: Request) -> Response:
    """The question, and the answer it has or may get."""
    question = await _question(request)
    return await _page(request, question, AnswerForm(answer=question.answer or "", state=question.state))


async def answer(request: Request) -> Response:
    """Keeps an answer and tells the askers, or shows how it would look."""
    question, form = await _question(request), await read_form(request, AnswerForm)
    if not form.validate():
        return await _page(request, question, form, status=422)
    if form.do.data == "preview":
        return await _page(request, question, form)
    try:
        said = await _keep(request, form)
    except Refusal as refusal:
        return await _page(request, question, form, status=422, warning=str(refusal))
    return see_other_saying(f"/organise/questions/{question.id}/answer", said)


async def take_back(request: Request) -> Response:
    """Takes an answer off the site."""
    question_id, form = request.path_params["id"], await read_form(request, ModerationForm)
    there = f"/organise/questions/{question_id}/answer"
    try:
        await take_back_answer(question_id, form.moderator(organiser_of(request).id), now=site_of(request).now())
    except Refusal as refusal:
        return see_other_saying(there, str(refusal))
    return see_other_saying(there, "The answer is off the site.")


async def _question(request: Request) -> Question:
    question = await queries.get_question(request.path_params["id"])
    if not is_public(question.state):
        raise NotFound
    return question


async def _keep(request: Request, form: AnswerForm) -> str:
    site, question_id = site_of(request), request.path_params["id"]
    moderator, now = form.moderator(organiser_of(request).id), site.now()
    if moderator.saw == QuestionState.ANSWERED:
        await edit_answer(question_id, form.answer.data, moderator, instead_of=form.instead_of.data, now=now)
        return "The new words stand on the site. Nobody is written to again."
    told = await answer_question(question_id, form.answer.data, moderator, stationery=site.stationery, now=now)
    people = "1 person is" if told == 1 else f"{told} people are"
    return f"The answer stands on the site, and {people} written to."


async def _page(
    request: Request, question: Question, form: AnswerForm, *, status: int = 200, warning: str = ""
) -> Response:
    context = {
        "section": "questions",
        "question": question,
        "panel": await queries.panel_of(question),
        "people": len(await queries.correspondents(question.id)),
        "form": form,
        "longest": LONGEST_ANSWER,
        "warning": warning,
    }
    return desk_page(request, "closing/answer.html", context, status=status)
