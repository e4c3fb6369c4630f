"""What programs ask for: the site map, who may crawl what, and whom to tell of a security fault."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from starlette.requests import Request

from eventsite.clock import london_date
from eventsite.events.queries import PUBLIC_STATES
from eventsite.events.tables import Event, ProgrammeSession, SessionKind
from eventsite.web.responses import Answer, public_bytes
from eventsite.web.site import Site, site_of
from eventsite.writeups.tables import Writeup, WriteupState

PAGES = ("/", "/events", "/writeups", "/interest", "/my", "/privacy", "/cookies", "/accessibility", "/complaints")
# Not /calendar/: Google's calendar fetches nothing that is refused here. A person's feed itself says "noindex".
PRIVATE = ("/my/", "/questions/", "/chair/", "/screen/", "/organise", "/u/", "/dev/")
GOOD_FOR_MONTHS = 6

Address = tuple[str, datetime | None]


async def show_sitemap(request: Request) -> Answer:
    """GET `/sitemap.xml`: every public page, with the day it last changed (sitemaps.org, 0.9)."""
    site = site_of(request)
    lines = [_url(site, *address) async for address in _addresses()]
    inside = "\n".join(lines)
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{inside}\n</urlset>\n'
    )
    return public_bytes(request, body.encode(), "application/xml")


async def show_robots(request: Request) -> Answer:
    """GET `/robots.txt` (RFC 9309): everything but what is one person's own."""
    refused = "".join(f"Disallow: {path}\n" for path in PRIVATE)
    body = f"User-agent: *\n{refused}\nSitemap: {site_of(request).links.to('/sitemap.xml')}\n"
    return public_bytes(request, body.encode(), "text/plain; charset=utf-8")


async def show_security(request: Request) -> Answer:
    """GET `/.well-known/security.txt` (RFC 9116). It expires between five and six months from now."""
    site = site_of(request)
    body = (
        f"Contact: mailto:{site.settings.contact}\n"
        f"Expires: {_expires(site.now()).strftime('%Y-%m-%dT%H:%M:%SZ')}\n"
        "Preferred-Languages: en\n"
        f"Canonical: {site.links.to('/.well-known/security.txt')}\n"
    )
    return public_bytes(request, body.encode(), "text/plain; charset=utf-8")


async def _addresses() -> AsyncIterator[Address]:
    for path in PAGES:
        yield path, None
    for event in await Event.select(Event.slug, Event.updated_at).where(Event.state.is_in(PUBLIC_STATES)):
        yield f"/events/{event['slug']}", event["updated_at"]
    for path, changed_at in await _sessions():
        yield path, changed_at
    published = Writeup.select(Writeup.slug, Writeup.updated_at).where(Writeup.state == WriteupState.PUBLISHED)
    for writeup in await published:
        yield f"/writeups/{writeup['slug']}", writeup["updated_at"]


async def _sessions() -> list[Address]:
    """The sessions that have a page of their own; those that take questions have another one for them."""
    session = ProgrammeSession
    rows = await session.select(
        session.slug, session.takes_questions, session.updated_at, session.event.slug.as_alias("event_slug")
    ).where(session.event.state.is_in(PUBLIC_STATES), session.kind != SessionKind.BREAK)
    pages = [(f"/events/{row['event_slug']}/sessions/{row['slug']}", row["updated_at"]) for row in rows]
    asked = [
        (f"{path}/questions", changed_at)
        for (path, changed_at), row in zip(pages, rows, strict=True)
        if row["takes_questions"]
    ]
    return [*pages, *asked]


def _url(site: Site, path: str, changed_at: datetime | None) -> str:
    changed = f"<lastmod>{london_date(changed_at).isoformat()}</lastmod>" if changed_at else ""
    return f"<url><loc>{escape(site.links.to(path))}</loc>{changed}</url>"


def _expires(now: datetime) -> datetime:
    """The first of a month, so that the file is the same bytes for a month."""
    months = now.year * 12 + (now.month - 1) + GOOD_FOR_MONTHS
    return datetime(months // 12, months % 12 + 1, 1, tzinfo=UTC)
