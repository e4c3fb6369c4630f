"""One deed on several questions: the page that asks first, the deed, and taking all of it back."""

from collections.abc import Awaitable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from eventsite.organisers.guard import desk_page, organiser_of
from eventsite.questions import queries
from eventsite.questions.bulk_services import (
    BulkDone,
    Seen,
    approve_questions,
    hold_questions,
    merge_questions,
    reject_questions,
    shortlist_questions,
    theme_questions,
    undo_batch,
)
from eventsite.questions.desk_forms import BulkForm
from eventsite.questions.desk_places import QUEUE, queue_as_it_was, reader_of
from eventsite.questions.merge_services import HEADS
from eventsite.questions.queue import QueuedQuestion, queued_questions
from eventsite.questions.reason_services import reasons
from eventsite.questions.rules import THEMEABLE, is_public
from eventsite.questions.states import Deed, QuestionState, before
from eventsite.web.flash import see_other_saying
from eventsite.web.forms import read_form
from eventsite.web.site import site_of

DONE = {
    "approve": "published",
    "hold": "held",
    "reject": "rejected",
    "merge": "merged",
    "shortlist": "put on the shortlist",
    "themes": "given themes",
}
POSSIBLE = {deed: THEMEABLE if deed == "themes" else frozenset(before(Deed(deed))) for deed in DONE}
ALONE = 1
"""Whoever has nobody to stand with is not merged."""


@dataclass(frozen=True)
class Selected:
    """The questions that were selected: those a deed is possible for, and those that are left alone.

    `heads` are those with which the others can be merged, the likeliest first: published, and asked by many.
    """

    does: list[QueuedQuestion]
    left: list[QueuedQuestion]
    heads: list[QueuedQuestion]


async def create_bulk(request: Request) -> Response:
    """Shows what is going to be done to whom; then, once somebody is sure, does it."""
    form = (await read_form(request, BulkForm)).choose_from(await reasons())
    form.themes.known = await queries.themes()
    if not form.questions.data or form.deed.data not in DONE:
        return see_other_saying(_back(form), "Select at least one question, and what is to be done.")
    if not form.sure.data:
        return await _ask(request, form)
    if not form.validate():
        return await _ask(request, form, status=422)
    return see_other_saying(_back(form), _sentence(await _do(request, form), DONE[form.deed.data]))


async def create_bulk_undoing(request: Request) -> Response:
    """Takes back all that was done together."""
    site, form = site_of(request), await read_form(request, BulkForm)
    organiser = organiser_of(request).id
    done = await undo_batch(form.batch.data, organiser, stationery=site.stationery, now=site.now())
    return see_other_saying(_back(form), _sentence(done, "as before"))


async def _ask(request: Request, form: BulkForm, *, status: int = 200) -> Response:
    found = await queued_questions([one.partition(":")[0] for one in form.questions.data], reader_of(request))
    selected = _selected(form.deed.data, found)
    if not form.sure.data:
        form.into.data = selected.heads[0].id if selected.heads else ""
        form.suggested.data = [confirmation(one) for one in selected.does if one.suggested]
    context = {
        "section": "questions",
        "form": form,
        "deed": form.deed.data,
        "selected": selected,
        "confirmation": confirmation,
        "reasons": form.known,
        "back": _back(form),
    }
    return desk_page(request, "questions/bulk.html", context, status=status)


def confirmation(question: QueuedQuestion) -> str:
    """What the check page sends where what rules suggest for a question is confirmed."""
    return f"{question.id}:{','.join(theme.slug for theme in question.suggested)}"


def _selected(deed: str, found: list[QueuedQuestion]) -> Selected:
    does = [one for one in found if one.state in POSSIBLE[deed]]
    heads = [one for one in found if one.state in HEADS] if deed == Deed.MERGE else []
    heads.sort(key=lambda one: (not is_public(one.state), -one.askers))
    if len(heads) == ALONE:
        does, heads = [], []
    return Selected(does, [one for one in found if one not in does and one not in heads], heads)


def _do(request: Request, form: BulkForm) -> Awaitable[BulkDone]:
    site, who, seen = site_of(request), organiser_of(request).id, _seen(form)
    match form.deed.data:
        case Deed.APPROVE:
            return approve_questions(seen, who, stationery=site.stationery, now=site.now())
        case Deed.HOLD:
            return hold_questions(seen, who, now=site.now())
        case Deed.SHORTLIST:
            return shortlist_questions(seen, who, now=site.now())
        case Deed.MERGE:
            return merge_questions(seen, form.into.data, who, stationery=site.stationery, now=site.now())
        case "themes":
            return theme_questions(seen, form.themes_by_question(), who, now=site.now())
    slug = form.reason_slug.data or None
    return reject_questions(seen, form.words, who, reason_slug=slug, stationery=site.stationery, now=site.now())


def _seen(form: BulkForm) -> Seen:
    """Each question with the state in which the check page showed it."""
    parts = [one.partition(":") for one in form.questions.data]
    return [(id, QuestionState(state)) for id, _, state in parts if state in set(QuestionState)]


def _sentence(done: BulkDone, what: str) -> str:
    number, left = len(done.done), len(done.left)
    said = f"1 question is {what}." if number == 1 else f"{number} questions are {what}."
    if not left:
        return said
    whys = " ".join(dict.fromkeys(one.why for one in done.left))
    return f"{said} {left} {'was' if left == 1 else 'were'} left alone: {whys}"


def _back(form: BulkForm) -> str:
    return queue_as_it_was(form.back.data) or QUEUE
