"""Where a moderator is on the desk and goes on: the queue as it is narrowed, one row of it, one question's page."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import Response

from eventsite.organisers.guard import EDITORS, MODERATORS, desk_page, organiser_of
from eventsite.questions import rules
from eventsite.questions.desk_forms import ModerationForm
from eventsite.questions.queue import QueueFilter, Reader, queued_question
from eventsite.questions.reason_services import reasons
from eventsite.questions.states import QuestionState, can
from eventsite.web.flash import see_other_saying
from eventsite.web.forms import shown
from eventsite.web.site import site_of

QUEUE = "/organise/questions"
LONGEST_SEARCH = 200


def reader_of(request: Request) -> Reader:
    """Who reads, and whether they may read what is held."""
    organiser = organiser_of(request)
    return Reader(organiser.id, organiser.role in MODERATORS, site_of(request).now())


def may_decide(request: Request) -> bool:
    """Whether this organiser decides about questions."""
    return organiser_of(request).role in MODERATORS


def may_answer(request: Request) -> bool:
    """Whether this organiser answers questions in writing."""
    return organiser_of(request).role in EDITORS | MODERATORS


def filter_of(said: Mapping[str, str]) -> QueueFilter:
    """The part of a query that is understood; a state that does not exist is none, and a search ends somewhere."""
    panel, state, q = (shown(said.get(name, "")).strip() for name in ("panel", "state", "q"))
    return QueueFilter(panel, state if state in set(QuestionState) else "", q[:LONGEST_SEARCH])


def page_number(said: str) -> int:
    """The page a query asks for; the first where it says nothing that can be understood."""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else 1


def address(wanted: QueueFilter, **changes: object) -> str:
    """The queue's address for a filter, with some of it changed."""
    said = {"panel": wanted.panel, "state": wanted.state, "q": wanted.q, **changes}
    query = urlencode({name: value for name, value in said.items() if value and (name, value) != ("page", 1)})
    return f"{QUEUE}?{query}" if query else QUEUE


def queue_as_it_was(back: str) -> str | None:
    """The queue's address for the query a form came with, or None where it came from elsewhere."""
    if not back.startswith("?"):
        return None
    said = dict(parse_qsl(back[1:]))
    return address(filter_of(said), page=page_number(said.get("page", "")))


async def go_on(request: Request, form: ModerationForm, sentence: str) -> Response:
    """Back to where the moderator was, with what was done: the row, the queue as it was narrowed, or the question."""
    if form.row.data:
        return await row_page(request, said=("good", sentence), back=form.back.data)
    return see_other_saying(queue_as_it_was(form.back.data) or f"{QUEUE}/{request.path_params['id']}", sentence)


async def row_page(
    request: Request, *, said: tuple[str, str] | None = None, back: str = "", status: int = 200
) -> Response:
    """One row of the queue, for a page that has it already."""
    narrowed = queue_as_it_was(back)
    context = {
        "question": await queued_question(request.path_params["id"], reader_of(request)),
        "may_decide": may_decide(request),
        "rules": rules,
        "can": can,
        "reasons": await reasons(),
        "back": back if narrowed else "",
        "with_panel": "panel=" not in (narrowed or ""),
        "said": said,
    }
    return desk_page(request, "questions/row_alone.html", context, status=status)
