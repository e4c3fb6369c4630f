"""Programs are told where the public pages are, and nothing of anybody's own."""

from datetime import datetime
from xml.etree import ElementTree as ET

import httpx2
import pytest

from eventsite.events.tables import EventState, SessionKind
from eventsite.writeups.tables import Writeup, WriteupState
from tests.conftest import SITE_URL
from tests.factories import MADE_AT, make_event, make_session

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


async def make_writeup(slug: str, state: WriteupState) -> None:
    await Writeup(slug=slug, title="A title", state=state, created_at=MADE_AT, updated_at=MADE_AT).save()


async def listed(client: httpx2.AsyncClient) -> list[str]:
    response = await client.get("/sitemap.xml")
    assert response.headers["content-type"] == "application/xml"
    return [str(element.text).removeprefix(SITE_URL) for element in ET.fromstring(response.text).iter(LOC)]


async def test_the_site_map_lists_what_is_public_and_no_draft(client: httpx2.AsyncClient) -> None:
    event = await make_event(slug="midlands")
    await make_session(event, slug="panel")
    await make_session(event, slug="talk", takes_questions=False)
    await make_session(event, slug="lunch", kind=SessionKind.BREAK)
    await make_session(await make_event(slug="secret", state=EventState.DRAFT), slug="secret-panel")
    await make_writeup("how", WriteupState.PUBLISHED)
    await make_writeup("later", WriteupState.DRAFT)
    found = await listed(client)
    assert [path for path in found if path.startswith(("/events/", "/writeups/"))] == [
        "/events/midlands",
        "/events/midlands/sessions/panel",
        "/events/midlands/sessions/talk",
        "/events/midlands/sessions/panel/questions",
        "/writeups/how",
    ]


async def test_every_address_in_the_site_map_is_there(client: httpx2.AsyncClient) -> None:
    await make_session(await make_event(slug="midlands"), slug="panel")
    answers = {path: (await client.get(path)).status_code for path in await listed(client)}
    assert {path: status for path, status in answers.items() if status != 200} == {}


async def test_robots_are_kept_from_what_is_one_persons_own(client: httpx2.AsyncClient) -> None:
    said = (await client.get("/robots.txt")).text.splitlines()
    assert {"User-agent: *", "Disallow: /my/", "Disallow: /questions/", "Disallow: /organise"} <= set(said)
    assert f"Sitemap: {SITE_URL}/sitemap.xml" in said


async def test_security_txt_names_a_contact_and_has_not_expired(client: httpx2.AsyncClient, now: datetime) -> None:
    response = await client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in response.text.splitlines())
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == "mailto:events@events.example.org"
    assert fields["Canonical"] == f"{SITE_URL}/.well-known/security.txt"
    expires = datetime.fromisoformat(fields["Expires"])
    assert 100 < (expires - now).days < 366


@pytest.mark.parametrize("path", ["/sitemap.xml", "/robots.txt", "/.well-known/security.txt"])
async def test_they_are_public_and_can_be_asked_whether_they_changed(client: httpx2.AsyncClient, path: str) -> None:
    first = await client.get(path)
    assert first.headers["cache-control"] == "public, no-cache"
    again = await client.get(path, headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
