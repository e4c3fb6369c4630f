"""One click to get no more announcements (RFC 8058), and the page with the one button for those who follow the link."""

from starlette.requests import Request
from starlette.responses import Response

from eventsite.errors import NotFound
from eventsite.people.services import unsubscribe
from eventsite.tokens import Purpose, is_valid_token, read_row_id
from eventsite.web.responses import private_page
from eventsite.web.site import site_of

ONE_CLICK = "one click"


async def show_unsubscribe(request: Request) -> Response:
    """GET `/u/{token}`: the button. Scanners of links open every one of them, so opening it changes nothing."""
    _person_id(request)
    return private_page(request, "announcements/unsubscribe.html", {"address": request.url.path, "is_done": False})


async def create_objection(request: Request) -> Response:
    """POST `/u/{token}`: mail programs send it without a cookie or an Origin, and its body is not even looked at.

    The same answer again and again, also where the person has been erased meanwhile.
    """
    person_id = _person_id(request)
    await unsubscribe(person_id, source=ONE_CLICK, now=site_of(request).now())
    return private_page(request, "announcements/unsubscribe.html", {"address": request.url.path, "is_done": True})


def _person_id(request: Request) -> str:
    token = request.path_params["token"]
    person_id = read_row_id(token)
    if person_id is None or not is_valid_token(site_of(request).settings.secret_key, Purpose.UNSUBSCRIBE, token, 0):
        raise NotFound
    return person_id
