"""The briefing pack on the desk: a page to read and print, a PDF and a Word file, all three of the same."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from eventsite.organisers.guard import desk_page
from eventsite.panel.briefing import get_briefing, post_in_words
from eventsite.panel.briefing_pdf import briefing_pdf
from eventsite.panel.briefing_word import briefing_word
from eventsite.web.caching import PRIVATE
from eventsite.web.site import site_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


async def show_briefing(request: Request) -> Response:
    """The pack as a page, made to be printed."""
    briefing = await get_briefing(request.path_params["session_id"])
    context = {"section": "panels", "briefing": briefing, "board": briefing.board, "post": post_in_words}
    return desk_page(request, "panel/briefing.html", context)


async def show_pdf(request: Request) -> Response:
    """The pack as a PDF."""
    briefing = await get_briefing(request.path_params["session_id"])
    content = await asyncio.to_thread(briefing_pdf, briefing, site_of(request).links.site_url)
    return _file(content, "application/pdf", f"{briefing.filename}.pdf")


async def show_word(request: Request) -> Response:
    """The pack as a Word file."""
    briefing = await get_briefing(request.path_params["session_id"])
    content = await asyncio.to_thread(briefing_word, briefing, site_of(request).links.site_url)
    return _file(content, WORD, f"{briefing.filename}.docx")


def _file(content: bytes, media_type: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": PRIVATE}
    return Response(content, media_type=media_type, headers=headers)
