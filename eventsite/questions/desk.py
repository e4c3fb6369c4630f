"""The moderators' pages: the queue, and one question with all that is known of it."""

from starlette.requests import Request
from starlette.responses import Response

from eventsite.organisers.guard import desk_page, organiser_of
from eventsite.questions import desk_queries as asked
from eventsite.questions import queries, rules
from eventsite.questions.desk_forms import EditForm, ModerationForm, RejectionForm, ThemesForm
from eventsite.questions.desk_places import address, filter_of, may_answer, may_decide, page_number, reader_of
from eventsite.questions.desk_wording import difference, with_words
from eventsite.questions.likeness import similar_on_desk
from eventsite.questions.queue import QueuedQuestion, panels_with_questions, queue, queued_question
from eventsite.questions.reason_services import reasons
from eventsite.questions.states import Deed, can
from eventsite.web.forms import shown
from eventsite.web.responses import Context
from eventsite.web.site import site_of


async def show_queue(request: Request) -> Response:
    """The questions of all panels or one, those that wait first, with a small form for each decision."""
    wanted = filter_of(request.query_params)
    context = {
        "section": "questions",
        "queue": await queue(wanted, page_number(request.query_params.get("page", "")), reader_of(request)),
        "panels": await panels_with_questions(),
        "wanted": wanted,
        "address": lambda **changes: address(wanted, **changes),
        "reasons": await reasons(),
        "last": await asked.last_deed(organiser_of(request).id, site_of(request).now()),
    }
    return desk_page(request, "questions/queue.html", {**context, **_who(request)})


async def show_question(request: Request) -> Response:
    """One question with its history and every decision that can be taken on it."""
    return await question_page(request)


async def show_candidates(request: Request) -> Response:
    """The questions one may ask the same as, or those with some words, each with a button that merges the two."""
    question = await queued_question(request.path_params["id"], reader_of(request))
    words = shown(request.query_params.get("words", "")).strip()
    found = [] if question.is_masked else await similar_on_desk(words or question.id, question.session, most=9)
    context = {
        "section": "questions",
        "question": question,
        "words": words,
        "candidates": [(one, with_words(one.text, one.words)) for one in found if one.id != question.id],
        "back": request.query_params.get("back", ""),
    }
    return desk_page(request, "questions/merge.html", {**context, **_who(request)})


async def show_themes_of(request: Request) -> Response:
    """What a question is about, to be changed."""
    question = await queued_question(request.path_params["id"], reader_of(request))
    context = {
        "section": "questions",
        "question": question,
        "themes": ThemesForm(themes=[theme.slug for theme in question.about]).choose_from(
            await queries.themes_for(question.id)
        ),
        "back": request.query_params.get("back", ""),
    }
    return desk_page(request, "questions/themes_of.html", {**context, **_who(request)})


async def question_page(request: Request, *, form: ModerationForm | None = None, refusal: str = "") -> Response:
    """One question as it stands now; after a form that could not be taken with what was typed, and why."""
    context = await _around(request)
    if form is None:
        return desk_page(request, "questions/moderate.html", context)
    forms = {EditForm: "edit", RejectionForm: "rejection", ThemesForm: "themes"}
    kept = {name: form for kind, name in forms.items() if type(form) is kind}
    said = {"flash": ("warning", refusal)} if refusal else {}
    return desk_page(request, "questions/moderate.html", {**context, "form": form, **kept, **said}, status=422)


async def _around(request: Request) -> Context:
    """What the page of one question shows, its forms still empty."""
    reader = reader_of(request)
    question = await queued_question(request.path_params["id"], reader)
    row = await queries.get_question(question.id)
    about = [theme.slug for theme in question.about]
    themes, reasons_known = await queries.themes_for(question.id), await reasons()
    return {
        "section": "questions",
        "question": question,
        "changed": difference(question.original_text, question.text) if question.original_text else [],
        "asker": None if question.is_masked else await queries.correspondent(question.id),
        "panel": await queries.panel_of(row),
        "history": await asked.history(question.id),
        "letters": await asked.letters_about(question.id),
        "merged": await asked.merged_with(question.id),
        "candidates": await _candidates(question),
        "rejection": RejectionForm().choose_from(reasons_known),
        "reasons": reasons_known,
        "edit": EditForm(text=question.text),
        "themes": ThemesForm(themes=about).choose_from(themes),
        "last": await asked.last_deed_on(question.id, reader.id),
        **_who(request),
    }


async def _candidates(question: QueuedQuestion) -> list[tuple[object, object]]:
    if not can(Deed.MERGE, question.state):
        return []
    found = await similar_on_desk(question.id, question.session)
    return [(one, with_words(one.text, one.words)) for one in found]


def _who(request: Request) -> Context:
    return {"rules": rules, "can": can, "may_decide": may_decide(request), "may_answer": may_answer(request)}
