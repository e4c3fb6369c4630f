"""A person's own feed, as calendars fetch it: without cookies, again and again, mostly to hear that nothing changed."""

import hashlib
from collections import OrderedDict
from datetime import datetime
from email.utils import format_datetime

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from eventsite.calendars.rendering import feed
from eventsite.errors import NotFound
from eventsite.self_service.calendar import gone, modified_at, own_feed
from eventsite.self_service.calendar_queries import OwnRows, stamped_rows, whole_rows
from eventsite.self_service.pace import Pace
from eventsite.tokens import Purpose, is_valid_token, read_row_id
from eventsite.web.caching import FinishedPage
from eventsite.web.site import Site, site_of

CALENDAR = "text/calendar; charset=utf-8"
HEADERS = {
    "cache-control": "private, no-cache",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex",
}
MOST_KEPT = 256

_pace = Pace()
_kept: OrderedDict[tuple[str, str], FinishedPage] = OrderedDict()


async def show_own_calendar(request: Request) -> Response | FinishedPage:
    """GET `/calendar/{token}.ics`: 404 for a wrong or revoked token, 429 for a calendar that asks without end.

    Whoever has the newest one is told so after one query, without anything being written.
    """
    site, token, now = site_of(request), request.path_params["token"], site_of(request).now()
    person_id = read_row_id(token) or ""
    rows = _ensure_theirs(await stamped_rows(person_id, site.settings.uid_domain), token, site)
    if wait := _pace.wait_for(token, now):
        return _too_often(wait)
    tag = _tag(rows, site, now)
    known = _known_tag(request, tag)
    if known:
        modified = format_datetime(modified_at(rows.rows, now), usegmt=True)
        unchanged = {"etag": known, "last-modified": modified, "vary": "Accept-Encoding"}
        return Response(status_code=304, headers=HEADERS | unchanged)
    return _kept.get((token, tag)) or await _written(person_id, token, site, now)


async def _written(person_id: str, token: str, site: Site, now: datetime) -> FinishedPage:
    """The feed as bytes, kept for the next time that this calendar or another asks."""
    own = _ensure_theirs(await whole_rows(person_id, site.settings.uid_domain), token, site)
    tag = _tag(own, site, now)
    address = site.links.to(f"/calendar/{token}.ics")
    subscription = own_feed(person_id, own.rows, address, site.links, site.settings.uid_domain, now)
    page = FinishedPage(
        feed(subscription),
        CALENDAR,
        cache_control=HEADERS["cache-control"],
        headers={**HEADERS, "content-disposition": 'attachment; filename="your-hpn-events.ics"'},
        modified=subscription.modified,
        tag=tag,
    )
    _kept[token, tag] = page
    if len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return page


def _ensure_theirs(rows: OwnRows, token: str, site: Site) -> OwnRows:
    version = rows.calendar_version
    if version is None or not is_valid_token(site.settings.secret_key, Purpose.CALENDAR, token, version):
        raise NotFound
    return rows


def _tag(rows: OwnRows, site: Site, now: datetime) -> str:
    """What the ETag is made of: the same for the same bytes, and known before they are written."""
    said = f"{site.settings.site_url} {site.settings.uid_domain} {rows.stamp} {gone(rows.rows, now)}"
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _known_tag(request: Request, tag: str) -> str | None:
    """The one of our two tags, plain and compressed, that the calendar has, weakly compared (RFC 9110 13.1.2)."""
    known = [each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")]
    ours = [f'"{tag}-gz"', f'"{tag}"']
    return ours[-1] if known == ["*"] else next((each for each in ours if each in known), None)


def _too_often(seconds: int) -> Response:
    headers = {**HEADERS, "retry-after": str(seconds)}
    return PlainTextResponse("Too often. Once in 15 minutes is plenty.\n", status_code=429, headers=headers)
