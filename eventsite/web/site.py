"""What a view finds at hand: one object that `app.py` puts together at the start."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from jinja2 import Environment
from starlette.requests import HTTPConnection

from eventsite.database.changes import Changes
from eventsite.links import Links
from eventsite.settings import Settings
from eventsite.stationery import Stationery
from eventsite.web.caching import PageCache


@dataclass(frozen=True)
class Site:
    """The site as its views see it. `now` gives the present moment, aware and in UTC."""

    settings: Settings
    templates: Environment
    links: Links
    stationery: Stationery
    pages: PageCache
    changes: Changes
    now: Callable[[], datetime]


def site_of(request: HTTPConnection) -> Site:
    """The site this request came to."""
    site: Site = request.app.state.site
    return site
