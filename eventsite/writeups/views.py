"""The public list of write-ups, their feed and the site's pictures."""

from starlette.requests import Request

from eventsite.web.caching import IMMUTABLE
from eventsite.web.responses import Answer, page, public_bytes
from eventsite.web.site import site_of
from eventsite.writeups.feed import feed_of
from eventsite.writeups.queries import get_picture, newest_writeups

IN_LISTS = 200
IN_FEED = 20
ATOM = "application/atom+xml; charset=utf-8"


async def list_writeups(request: Request) -> Answer:
    """The published write-ups, the newest first."""
    return page(request, "writeups/list.html", {"writeups": await newest_writeups(IN_LISTS)})


async def feed(request: Request) -> Answer:
    """The newest write-ups for feed readers. No Last-Modified: a write-up taken down would leave it as it was."""
    site = site_of(request)
    name = str(site.templates.globals["site_name"])
    body = feed_of(await newest_writeups(IN_FEED), name=name, author=site.settings.controller_name, links=site.links)
    return public_bytes(request, body, ATOM)


async def show_picture(request: Request) -> Answer:
    """An image as it was stored; its name is the digest of its content, so it never changes."""
    picture = await get_picture(request.path_params["name"])
    return public_bytes(request, bytes(picture.content), picture.media_type, cache_control=IMMUTABLE)
