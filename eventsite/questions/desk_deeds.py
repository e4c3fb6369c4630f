"""What moderators decide about one question. Each ends where they were: in the queue, on a row of it, on its page."""

from collections.abc import Awaitable, Callable
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from eventsite.organisers.guard import organiser_of
from eventsite.questions import queries, rules
from eventsite.questions.desk import question_page
from eventsite.questions.desk_forms import (
    EditForm,
    MergeForm,
    ModerationForm,
    RejectionForm,
    ShortlistForm,
    ThemesForm,
)
from eventsite.questions.desk_places import go_on, row_page
from eventsite.questions.merge_services import merge_question
from eventsite.questions.reason_services import reasons
from eventsite.questions.services import (
    Moderator,
    approve_question,
    edit_question,
    hold_question,
    reject_question,
    release_question,
)
from eventsite.questions.shortlist_services import shortlist_question, unlist_question
from eventsite.questions.states import QuestionState
from eventsite.questions.theme_services import set_themes
from eventsite.questions.undo_services import undo_last, unmerge_question
from eventsite.web.forms import read_form
from eventsite.web.site import site_of

Deed = Callable[[str, Moderator], Awaitable[object]]


async def create_approval(request: Request) -> Response:
    """Publishes a question; one that is held is released."""
    site, form = site_of(request), await read_form(request, ModerationForm)
    question = await queries.get_question(request.path_params["id"])
    saw = form.state.data or question.state
    publish = release_question if saw == QuestionState.HELD else approve_question
    form.state.data = saw
    return await _decide(
        request,
        form,
        lambda id, who: publish(id, who, stationery=site.stationery, now=site.now()),
        "The question is published.",
    )


async def create_release(request: Request) -> Response:
    """Publishes a question that was held, and deletes what was held of it."""
    site, form = site_of(request), await read_form(request, ModerationForm)
    return await _decide(
        request,
        form,
        lambda id, who: release_question(id, who, stationery=site.stationery, now=site.now()),
        "The question is released and published.",
    )


async def create_hold(request: Request) -> Response:
    """Holds a question back from all but those who may read it."""
    form = await read_form(request, ModerationForm)
    return await _decide(
        request, form, lambda id, who: hold_question(id, who, now=site_of(request).now()), "The question is held."
    )


async def create_rejection(request: Request) -> Response:
    """Turns a question down with a reason."""
    site, form = site_of(request), (await read_form(request, RejectionForm)).choose_from(await reasons())
    slug = form.reason_slug.data or None
    reject = partial(reject_question, reason_slug=slug, stationery=site.stationery, now=site.now())
    return await _decide(request, form, lambda id, who: reject(id, form.words, who), "The question is rejected.")


async def create_merge(request: Request) -> Response:
    """Lets a question stand with another one that asks the same."""
    site, form = site_of(request), await read_form(request, MergeForm)
    return await _decide(
        request,
        form,
        lambda id, who: merge_question(id, form.into.data, who, stationery=site.stationery, now=site.now()),
        "The question is merged: its asker is counted with the other one.",
    )


async def create_parting(request: Request) -> Response:
    """Parts a question from the one it stands with."""
    site, form = site_of(request), await read_form(request, ModerationForm)
    return await _decide(
        request,
        form,
        lambda id, who: unmerge_question(id, who, stationery=site.stationery, now=site.now()),
        "The merge is undone.",
    )


async def create_edit(request: Request) -> Response:
    """Mends the wording and the themes of a question."""
    question = await queries.get_question(request.path_params["id"])
    about = (await queries.themes_of([question.id]))[question.id]
    form = (await read_form(request, EditForm)).choose_from(await queries.themes())
    return await _decide(
        request,
        form,
        lambda id, who: edit_question(id, form.edit(question, about), who, now=site_of(request).now()),
        "The new wording is kept.",
    )


async def create_themes(request: Request) -> Response:
    """Says what a question is about; what a rule suggested and is among it is confirmed."""
    themes = await queries.themes_for(request.path_params["id"])
    form = (await read_form(request, ThemesForm)).choose_from(themes)
    return await _decide(
        request,
        form,
        lambda id, who: set_themes(id, form.themes.ids, who, now=site_of(request).now()),
        "The themes are kept.",
    )


async def create_shortlisting(request: Request) -> Response:
    """Puts a published question on the shortlist of its panel, or takes it off."""
    form = await read_form(request, ShortlistForm)
    deed, sentence = (
        (unlist_question, "The question is off the shortlist.")
        if form.off.data
        else (shortlist_question, "The question is on the shortlist.")
    )
    return await _decide(request, form, lambda id, who: deed(id, who, now=site_of(request).now()), sentence)


async def create_undoing(request: Request) -> Response:
    """Takes back the last deed on a question, where it was this moderator's."""
    site, form = site_of(request), await read_form(request, ModerationForm)
    try:
        organiser, question_id = organiser_of(request).id, request.path_params["id"]
        sentence = await undo_last(question_id, organiser, stationery=site.stationery, now=site.now())
    except rules.NotModerated as refusal:
        return await _again(request, form, refusal)
    return await go_on(request, form, sentence)


async def _decide(request: Request, form: ModerationForm, deed: Deed, sentence: str) -> Response:
    """Does what a form says, if it can be taken, and goes on; else says why not, with every word kept."""
    if not form.validate():
        return await _again(request, form)
    try:
        await deed(request.path_params["id"], form.moderator(organiser_of(request).id))
    except rules.NotModerated as refusal:
        return await _again(request, form, refusal)
    return await go_on(request, form, sentence)


async def _again(request: Request, form: ModerationForm, refusal: rules.NotModerated | None = None) -> Response:
    """The question as it stands now, with what was typed, and what to mend or what somebody else has done meanwhile."""
    if form.row.data:
        faults = [str(fault) for field in form.errors.values() for fault in field]
        said = str(refusal) if refusal else ". ".join(faults)
        return await row_page(request, said=("bad", said), back=form.back.data, status=422)
    return await question_page(request, form=form, refusal=str(refusal) if refusal else "")
