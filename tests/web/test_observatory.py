"""What a scanner of sites such as the HTTP Observatory asks, asked of each page, none of which needs an exception."""

import re
from collections.abc import Callable
from datetime import datetime
from html.parser import HTMLParser

import httpx2
import pytest

from tests.organisers.factories import signed_in
from tests.web.conftest import FurnishedSite

HALF_A_YEAR = 15_768_000
CAREFUL = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


class Elements(HTMLParser):
    """Every start tag of a page with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def directives(answer: httpx2.Response) -> dict[str, str]:
    policy = answer.headers["content-security-policy"]
    return {name: value for name, _, value in (part.partition(" ") for part in policy.split("; "))}


def has_a_strict_policy(answer: httpx2.Response) -> bool:
    said = directives(answer)
    loose = re.search(r"unsafe|\*|data:|https?:", answer.headers["content-security-policy"])
    return said["default-src"] == "'none'" and said["base-uri"] == "'none'" and loose is None


def is_reached_by_https_alone(answer: httpx2.Response) -> bool:
    said = answer.headers["strict-transport-security"]
    age = re.match(r"max-age=(\d+)", said)
    return age is not None and int(age[1]) >= HALF_A_YEAR and "includeSubDomains" in said


def loads_nothing_from_elsewhere(answer: httpx2.Response) -> bool:
    names = ("src", "srcset", "poster", "data")
    loaded = [attributes.get(name) for _, attributes in Elements(answer.text).found for name in names]
    loaded += [attributes.get("href") for tag, attributes in Elements(answer.text).found if tag == "link"]
    return all(address is None or re.match(r"/(?!/)|https://events\.example\.org/", address) for address in loaded)


def has_nothing_inline(answer: httpx2.Response) -> bool:
    return not [
        (tag, name)
        for tag, attributes in Elements(answer.text).found
        for name in (*attributes, tag)
        if name == "style" or name.startswith("on") or (tag == "script" and "src" not in attributes)
    ]


def opens_nothing_that_could_look_back(answer: httpx2.Response) -> bool:
    elsewhere = [said for tag, said in Elements(answer.text).found if tag == "a" and said.get("target") == "_blank"]
    return all("noopener" in (said.get("rel") or "") for said in elsewhere)


ASKED: dict[str, Callable[[httpx2.Response], bool]] = {
    "content security policy": has_a_strict_policy,
    "strict transport security": is_reached_by_https_alone,
    "cookies": lambda answer: "set-cookie" not in answer.headers,
    "cross-origin resource sharing": lambda answer: "access-control-allow-origin" not in answer.headers,
    "cross-origin resource policy": lambda answer: answer.headers["cross-origin-resource-policy"] == "same-origin",
    "referrer policy": lambda answer: answer.headers["referrer-policy"] in CAREFUL,
    "subresource integrity": loads_nothing_from_elsewhere,
    "content type options": lambda answer: answer.headers["x-content-type-options"] == "nosniff",
    "frames": lambda answer: directives(answer)["frame-ancestors"] == "'none'",
    "nothing inline": has_nothing_inline,
    "nothing opened that looks back": opens_nothing_that_could_look_back,
}


@pytest.mark.parametrize("question", ASKED)
async def test_each_public_page(site: FurnishedSite, reader: httpx2.AsyncClient, question: str) -> None:
    answers = [await reader.get(path) for path in [*site.pages(), "/nothing/here"]]
    pages = [answer for answer in answers if answer.headers["content-type"].startswith("text/html")]
    assert len(pages) > 10
    assert [answer.request.url.path for answer in pages if not ASKED[question](answer)] == []


async def test_each_page_of_the_desk(site: FurnishedSite, reader: httpx2.AsyncClient, now: datetime) -> None:
    await signed_in(reader, now=now)
    paths = [path for address, path in site.addresses() if address.path.startswith("/organise/")]
    answers = [await reader.get(path) for path in paths]
    pages = [answer for answer in answers if answer.status_code == 200]
    assert len(pages) > 10
    refused = [(question, page.url.path) for question, is_good in ASKED.items() for page in pages if not is_good(page)]
    assert refused == []


def test_the_guard_sees_what_is_inline() -> None:
    for page in ('<p style="a">', "<style>a{}</style>", "<script>a()</script>", '<a onclick="a()">'):
        assert not has_nothing_inline(httpx2.Response(200, text=page)), page
    assert has_nothing_inline(httpx2.Response(200, text='<script src="/static/a.js" defer></script><p class="a">'))
