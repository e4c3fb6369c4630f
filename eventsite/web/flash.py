"""A sentence for the next page an organiser sees, carried by a cookie for a minute. Public pages have none."""

from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from eventsite.web.responses import see_other

COOKIE = "__Host-flash"


def see_other_saying(path: str, sentence: str) -> Response:
    """Elsewhere on the desk, where the sentence is shown once."""
    response = see_other(path)
    response.set_cookie(COOKIE, quote(sentence), max_age=60, path="/", secure=True, httponly=True, samesite="lax")
    return response


def take_flash(request: Request) -> str:
    """The sentence the deed before left for this page, or an empty one."""
    return unquote(request.cookies.get(COOKIE, ""))


def forget_flash(response: Response) -> None:
    """Makes sure that the sentence is not shown a second time."""
    response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="lax")
