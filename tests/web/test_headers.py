"""The header fields every answer carries: on every route, for every status, the faults of ours included."""

from datetime import datetime

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from eventsite.app import create_app
from eventsite.settings import Settings
from eventsite.web.headers import CONTENT_SECURITY_POLICY, SecurityHeaders
from tests.conftest import SITE_URL, StandingClock, browser, lifespan_of
from tests.organisers.factories import signed_in
from tests.web.conftest import FurnishedSite

EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
}
REFERRERS = {"same-origin", "no-referrer"}
URLENCODED = {"content-type": "application/x-www-form-urlencoded"}


def faults(answer: httpx2.Response) -> list[str]:
    """What is wrong with the fields of an answer."""
    said = answer.headers
    wrong = [f"{name}: {said.get(name)}" for name, value in EVERYWHERE.items() if said.get(name) != value]
    wrong += [f"{name} twice" for name in said if len(said.get_list(name)) > 1 and name != "set-cookie"]
    if said.get("referrer-policy") not in REFERRERS:
        wrong.append(f"referrer-policy: {said.get('referrer-policy')}")
    if not said.get("content-security-policy", "").startswith("default-src 'none'"):
        wrong.append(f"content-security-policy: {said.get('content-security-policy')}")
    if not said.get("cache-control", "").startswith(
        ("private, no-store", "public, no-cache", "public, max-age=31536000")
    ):
        wrong.append(f"cache-control: {said.get('cache-control')}")
    if answer.content and not said.get("content-type", "").strip():
        wrong.append("no content-type")
    if said.get("content-type", "").startswith("text/") and "charset=utf-8" not in said["content-type"]:
        wrong.append(f"content-type: {said['content-type']}")
    wrong += [name for name in ("server", "x-powered-by", "access-control-allow-origin") if name in said]
    return wrong


def told(answer: httpx2.Response) -> str:
    return f"{answer.request.method} {answer.request.url.path} {answer.status_code}: {', '.join(faults(answer))}"


async def test_on_every_route_for_every_method(site: FurnishedSite, reader: httpx2.AsyncClient) -> None:
    answers = [
        await reader.request(method, path)
        for _, path in site.addresses()
        for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND")
    ]
    assert [told(answer) for answer in answers if faults(answer)] == []
    assert [told(answer) for answer in answers if answer.status_code >= 500] == []
    assert {200, 303, 403, 404, 405, 422} <= {answer.status_code for answer in answers}


async def test_on_the_desk_too(site: FurnishedSite, reader: httpx2.AsyncClient, now: datetime) -> None:
    await signed_in(reader, now=now)
    paths = [path for address, path in site.addresses() if address.path.startswith("/organise")]
    answers = [await reader.request(method, path) for path in paths for method in ("GET", "PUT")]
    assert {200, 404, 405} <= {answer.status_code for answer in answers}
    assert [told(answer) for answer in answers if faults(answer) or answer.status_code >= 500] == []
    assert {answer.headers["cache-control"] for answer in answers} == {"private, no-store"}


async def test_on_every_refusal(reader: httpx2.AsyncClient) -> None:
    answers = {
        304: await reader.get("/", headers={"if-none-match": "*"}),
        403: await reader.post("/interest", headers={"sec-fetch-site": "cross-site"}),
        404: await reader.get("/nothing/here"),
        405: await reader.put("/interest"),
        413: await reader.post("/interest", content=b"x" * 70_000, headers=URLENCODED),
        415: await reader.post("/interest", content=b"{}", headers={"content-type": "application/json"}),
        422: await reader.post("/interest", content=b"", headers=URLENCODED),
    }
    assert [answer.status_code for answer in answers.values()] == list(answers)
    assert [told(answer) for answer in answers.values() if faults(answer)] == []


async def crash(request: Request) -> Response:
    raise RuntimeError("the secret of the house")


@pytest.fixture
def crashing(settings: Settings, clock: StandingClock, database: None) -> ASGIApp:
    return create_app(settings, now=clock, with_worker=False, more_routes=[Route("/crash", crash)])


async def test_a_fault_of_ours_is_a_page_in_words_and_no_traceback(crashing: ASGIApp) -> None:
    async with lifespan_of(crashing), browser(crashing) as reader:
        answer = await reader.get("/crash")
    assert answer.status_code == 500
    assert faults(answer) == []
    assert answer.headers["cache-control"] == "private, no-store"
    assert "Sorry, something went wrong" in answer.text
    for word in ("Traceback", "RuntimeError", "secret of the house", ".py"):
        assert word not in answer.text


async def test_pages_load_nothing_but_what_the_site_itself_serves(
    site: FurnishedSite, reader: httpx2.AsyncClient
) -> None:
    directives = dict(part.split(" ", 1) for part in CONTENT_SECURITY_POLICY.split("; "))
    assert directives["default-src"] == directives["base-uri"] == directives["frame-ancestors"] == "'none'"
    assert set(directives.values()) == {"'none'", "'self'"}
    for path in site.pages():
        answer = await reader.get(path)
        if answer.headers["content-type"].startswith("text/html"):
            assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY, path


@pytest.mark.parametrize(("site_url", "is_sent"), [(SITE_URL, True), ("http://127.0.0.1:8000", False)])
async def test_strict_transport_only_where_the_site_is_reached_by_https(
    settings: Settings, database: None, site_url: str, is_sent: bool
) -> None:
    application = create_app(settings.model_copy(update={"site_url": site_url}), with_worker=False)
    async with browser(application) as reader:
        answer = await reader.get("/livez")
    assert ("strict-transport-security" in answer.headers) is is_sent


async def test_what_an_answer_sets_itself_is_left() -> None:
    async def own(request: Request) -> Response:
        return Response("", headers={"referrer-policy": "no-referrer", "cache-control": "public, no-cache"})

    async with browser(SecurityHeaders(Starlette(routes=[Route("/", own)]), is_https=True)) as reader:
        answer = await reader.get("/")
    assert answer.headers.get_list("referrer-policy") == ["no-referrer"]
    assert answer.headers.get_list("cache-control") == ["public, no-cache"]
