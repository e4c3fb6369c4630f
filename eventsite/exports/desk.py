"""Taking lists along from the desk. The files come by POST, since the ledger notes who took them."""

import io
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from eventsite.errors import NotFound
from eventsite.events.queries import all_events, get_event
from eventsite.exports.formats import MEDIA_TYPES, Format
from eventsite.exports.services import Wanted, export_rows
from eventsite.organisers.guard import EDITORS, MODERATORS, desk_page, organiser_of
from eventsite.organisers.tables import Role
from eventsite.web.caching import PRIVATE
from eventsite.web.forms import Words, WordsForm, read_form
from eventsite.web.site import site_of

FORMATS = ((Format.CSV, "CSV"), (Format.XLSX, "Excel"), (Format.JSON, "JSON"))


@dataclass(frozen=True)
class Offered:
    """A list that some roles may take along, in the page's words."""

    name: str
    label: str
    roles: frozenset[Role]
    text: str = ""


OFFERED = (
    Offered("interests", "Who is interested", EDITORS),
    Offered(
        "questions", "Questions", MODERATORS, "In the list of questions, the words of those that are held are covered."
    ),
    Offered("programme", "Programme", EDITORS),
)


class ExportForm(WordsForm):
    """Of which event, and as what: CSV unless said otherwise."""

    event = Words()
    format = Words()


async def show_exports(request: Request) -> Response:
    """What can be taken along, event by event."""
    role = organiser_of(request).role
    context = {
        "section": "exports",
        "events": await all_events(),
        "subjects": [offered for offered in OFFERED if role in offered.roles],
        "formats": FORMATS,
    }
    return desk_page(request, "exports/index.html", context)


async def export_interests(request: Request) -> Response:
    """Who is interested in an event, as a file."""
    return await _file(request, "interests")


async def export_questions(request: Request) -> Response:
    """What is asked of an event's panels, as a file; the words of held questions are covered."""
    return await _file(request, "questions")


async def export_programme(request: Request) -> Response:
    """An event's programme, as a file."""
    return await _file(request, "programme")


async def _file(request: Request, subject: str) -> Response:
    form = await read_form(request, ExportForm)
    chosen = form.format.data or Format.CSV
    if chosen not in set(Format):
        raise NotFound
    wanted = Wanted(subject, await get_event(form.event.data), Format(chosen))
    out = io.BytesIO()
    await export_rows(wanted, out, actor=organiser_of(request).id, now=site_of(request).now())
    name = f"{wanted.event.slug}-{subject}.{wanted.format}"
    headers = {"cache-control": PRIVATE, "content-disposition": f'attachment; filename="{name}"'}
    return Response(out.getvalue(), media_type=MEDIA_TYPES[wanted.format], headers=headers)
