"""Taking lists along from the desk. A POST, since the ledger notes it."""

import io

from starlette.requests import Request
from starlette.responses import Response

from eventsite.errors import NotFound
from eventsite.events.queries import get_event
from eventsite.exports.formats import MEDIA_TYPES, Format
from eventsite.exports.services import Wanted, export_rows
from eventsite.organisers.guard import organiser_of
from eventsite.web.caching import PRIVATE
from eventsite.web.forms import Words, WordsForm, read_form
from eventsite.web.site import site_of


class ExportForm(WordsForm):
    """Of which event, and as what."""

    event = Words()
    format = Words(default=Format.CSV.value)


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
    if form.format.data not in set(Format):
        raise NotFound
    wanted = Wanted(subject, await get_event(form.event.data), Format(form.format.data))
    out = io.BytesIO()
    await export_rows(wanted, out, actor=organiser_of(request).id, now=site_of(request).now())
    name = f"{wanted.event.slug}-{subject}.{wanted.format}"
    headers = {"cache-control": PRIVATE, "content-disposition": f'attachment; filename="{name}"'}
    return Response(out.getvalue(), media_type=MEDIA_TYPES[wanted.format], headers=headers)
