"""What pages and letters are made with: the templates with their words and filters, and the static files they name."""

from functools import cache

from jinja2 import Environment

from eventsite.calendars import wording
from eventsite.links import Links
from eventsite.paths import STATIC, TEMPLATES
from eventsite.settings import Settings
from eventsite.stationery import Stationery
from eventsite.templating import create_environment
from eventsite.web.static import StaticFiles
from eventsite.writeups.markdown import render

FILTERS = {
    name: getattr(wording, name)
    for name in (
        "date_in_words",
        "date_with_weekday",
        "dates_in_words",
        "dates_with_weekdays",
        "time_in_words",
        "times_in_words",
        "when_in_words",
    )
} | {"markdown": render}


@cache
def stationery_for(settings: Settings) -> Stationery:
    """What services write letters with, once in a process."""
    return Stationery(environment(settings), Links(settings.site_url, settings.secret_key), settings)


@cache
def static_files() -> StaticFiles:
    """The files under `static/`, read and compressed once in a process."""
    return StaticFiles(STATIC)


@cache
def environment(settings: Settings) -> Environment:
    """The templates with the words and filters that all of them know, each compiled once in a process."""
    return create_environment(
        TEMPLATES,
        filters=FILTERS,
        names={
            "static": static_files().address,
            "site_name": "HPN",
            "site_url": settings.site_url,
            "controller_name": settings.controller_name,
            "contact": settings.contact,
        },
    )
