"""A form counts only where the browser says that this site's own page sent it, or says nothing at all."""

import httpx2
import pytest
from starlette.types import Scope

from eventsite.interest.tables import Interest
from eventsite.mail.tables import OutboxLetter
from eventsite.people.tables import Complaint, Person
from eventsite.questions.tables import Question
from eventsite.web.csrf import is_from_elsewhere
from tests.conftest import SITE_URL
from tests.web.conftest import FurnishedSite

Said = dict[str, str]

FROM_HERE: list[Said] = [
    {},
    {"sec-fetch-site": "same-origin"},
    {"sec-fetch-site": "none"},
    {"sec-fetch-site": "same-origin", "origin": "https://evil.example"},
    {"origin": SITE_URL},
    {"origin": f"{SITE_URL}:443"},
    {"origin": SITE_URL.upper()},
    {"origin": SITE_URL, "referer": "https://evil.example/"},
    {"referer": f"{SITE_URL}/interest?event=hpn-midlands"},
]
FROM_ELSEWHERE: list[Said] = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "same-site", "origin": SITE_URL},
    {"sec-fetch-site": "cross-site", "origin": SITE_URL, "referer": SITE_URL},
    {"sec-fetch-site": ""},
    {"sec-fetch-site": "Same-Origin"},
    {"sec-fetch-site": "same-origin, cross-site"},
    {"sec-fetch-site": "anything"},
    {"origin": "null"},
    {"origin": ""},
    {"origin": "null", "referer": SITE_URL},
    {"origin": "https://evil.example"},
    {"origin": "http://events.example.org"},
    {"origin": "http://events.example.org:443"},
    {"origin": "https://events.example.org:8443"},
    {"origin": "https://events.example.org.evil.example"},
    {"origin": "https://evil.example/events.example.org"},
    {"origin": "https://evil.example#https://events.example.org"},
    {"origin": "https://evil-events.example.org"},
    {"origin": "https://sub.events.example.org"},
    {"origin": "https://events.example.org@evil.example"},
    {"origin": "https://events.example.org:x"},
    {"origin": "https://[::1"},
    {"origin": "events.example.org"},
    {"origin": "//events.example.org"},
    {"origin": f"{SITE_URL} https://evil.example"},
    {"referer": "https://evil.example/https://events.example.org/"},
    {"referer": "https://evil.example/"},
    {"referer": "about:blank"},
    {"referer": ""},
]


def scope_of(said: Said) -> Scope:
    headers = [(name.encode(), value.encode("utf-8")) for name, value in said.items()]
    return {"type": "http", "method": "POST", "path": "/interest", "headers": headers}


@pytest.mark.parametrize("said", FROM_HERE, ids=str)
def test_these_come_from_here(said: Said) -> None:
    assert not is_from_elsewhere(scope_of(said), SITE_URL)


@pytest.mark.parametrize("said", FROM_ELSEWHERE, ids=str)
def test_these_come_from_elsewhere(said: Said) -> None:
    assert is_from_elsewhere(scope_of(said), SITE_URL)


def test_an_origin_that_is_no_ascii_comes_from_elsewhere() -> None:
    assert is_from_elsewhere(scope_of({"origin": "https://événements.example.org"}), SITE_URL)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("http://127.0.0.1:8000", False),
        ("http://localhost:8000", True),
        ("http://127.0.0.1:8001", True),
        ("http://127.0.0.1", True),
        ("https://127.0.0.1:8000", True),
    ],
)
def test_a_port_and_a_loopback_name_are_part_of_where_a_form_comes_from(said: str, expected: bool) -> None:
    assert is_from_elsewhere(scope_of({"origin": said}), "http://127.0.0.1:8000") is expected


async def rows() -> list[int]:
    return [await table.count() for table in (Person, Interest, Question, Complaint, OutboxLetter)]


async def test_no_form_takes_anything_from_elsewhere(site: FurnishedSite, reader: httpx2.AsyncClient) -> None:
    """The walk over every address where anybody may post, with each of the ways to say that one is a stranger.

    One-click unsubscribing (RFC 8058) is for mail programs, and has a test of its own.
    """
    for name in ("sec-fetch-site", "origin"):
        del reader.headers[name]
    before = await rows()
    sent = {"name": "Mallory", "email": "mallory@evil.example", "events": site.values["slug"], "text": "Buy this"}
    paths = [path for address, path in site.addresses() if "POST" in address.methods and address.path != "/u/{token}"]
    assert len(paths) > 20
    for path in paths:
        for said in FROM_ELSEWHERE:
            answer = await reader.post(path, data=sent, headers=said)
            assert (answer.status_code, "came from another site" in answer.text) == (403, True), (path, said)
            assert answer.headers["cache-control"] == "private, no-store"
    assert await rows() == before


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "post", "POST\u00e9"])
async def test_every_method_that_is_not_known_to_be_safe_is_looked_at(
    site: FurnishedSite, reader: httpx2.AsyncClient, method: str
) -> None:
    answer = await reader.request(method, "/interest", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403


async def test_from_here_a_form_is_taken_however_the_browser_says_so(
    site: FurnishedSite, reader: httpx2.AsyncClient
) -> None:
    for name in ("sec-fetch-site", "origin"):
        del reader.headers[name]
    sent = {"name": "Ann Ames", "email": "ann@trust.example", "job_title": "Nurse", "organisation": "Trust"}
    for said in FROM_HERE:
        answer = await reader.post("/interest", data={**sent, "events": site.values["slug"]}, headers=said)
        assert (answer.status_code, answer.headers["location"]) == (303, "/interest/thanks"), said


async def test_reading_is_for_everybody_wherever_they_come_from(reader: httpx2.AsyncClient) -> None:
    answer = await reader.get("/interest", headers={"sec-fetch-site": "cross-site", "origin": "https://evil.example"})
    assert answer.status_code == 200
    assert "access-control-allow-origin" not in answer.headers
