"""The ways a view ends: a page for everyone, a page for one person, the same form again, or elsewhere."""

from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from eventsite.web.caching import PRIVATE, PUBLIC, FinishedPage
from eventsite.web.site import site_of

Context = dict[str, Any]
Answer = Response | FinishedPage


def page(request: Request, template: str, context: Context) -> FinishedPage:
    """A public page, the same bytes for every anonymous reader, kept until something public changes."""
    return public_bytes(request, render(request, template, context).encode(), "text/html; charset=utf-8")


def public_bytes(
    request: Request,
    body: bytes,
    media_type: str,
    *,
    cache_control: str = PUBLIC,
    headers: dict[str, str] | None = None,
    modified: datetime | None = None,
) -> FinishedPage:
    """Any public answer as finished bytes, kept like a page. Only addresses without a query are kept."""
    finished = FinishedPage(body, media_type, cache_control=cache_control, headers=headers, modified=modified)
    if not request.url.query:
        site_of(request).pages.keep(request.scope["path"], request.scope.get("eventsite.moment"), finished)
    return finished


def private_page(request: Request, template: str, context: Context, *, status: int = 200) -> Response:
    """A page for one person's eyes: never stored on the way."""
    return HTMLResponse(render(request, template, context), status_code=status, headers={"cache-control": PRIVATE})


def invalid(request: Request, template: str, context: Context) -> Response:
    """The same form again with every word kept and what to mend: 422."""
    return private_page(request, template, context, status=422)


def see_other(path: str) -> Response:
    """Elsewhere on this site, after a deed: 303, so that reloading does not do it again."""
    return RedirectResponse(path, status_code=303, headers={"cache-control": PRIVATE})


def render(request: Request, template: str, context: Context) -> str:
    """A template filled in. `request` is not handed to templates: public pages know nothing of who reads them."""
    return site_of(request).templates.get_template(template).render(context)
