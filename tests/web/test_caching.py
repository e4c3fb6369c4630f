"""Finished pages: kept while nothing public changed and the minute lasts, and answered with the right validators."""

from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
from starlette.types import Receive, Scope, Send

from eventsite.web.caching import CachedPages, FinishedPage, PageCache, accepts_gzip
from tests.conftest import StandingClock, browser

LONG = b"<p>" + b"words and words " * 100
MODIFIED = datetime(2027, 3, 1, 12, 0, 0, 999, tzinfo=UTC)
HTML = "text/html; charset=utf-8"


class StandingRevision:
    """A revision that is what it is set to; settling it is noted."""

    def __init__(self, number: int | None = 1) -> None:
        self.number = number
        self.settled = 0

    def current(self) -> int | None:
        return self.number

    async def settle(self) -> None:
        self.settled += 1


@pytest.fixture
def revision() -> StandingRevision:
    return StandingRevision()


@pytest.fixture
def cache(revision: StandingRevision, clock: StandingClock) -> PageCache:
    return PageCache(revision, now=clock)


async def get(page: FinishedPage, **fields: str) -> httpx2.Response:
    headers = {name.replace("_", "-"): value for name, value in fields.items()}
    async with browser(page) as reader:
        return await reader.get("/", headers={"accept-encoding": "identity", **headers})


def a_page(body: bytes = LONG) -> FinishedPage:
    return FinishedPage(body, HTML, modified=MODIFIED)


def test_a_page_is_kept_for_its_moment(cache: PageCache, revision: StandingRevision, clock: StandingClock) -> None:
    page, moment = a_page(), cache.moment()
    cache.keep("/", moment, page)
    assert cache.find("/", cache.moment()) is page
    assert cache.find("/elsewhere", cache.moment()) is None
    clock.move(minutes=1)
    assert cache.find("/", cache.moment()) is None
    clock.move(minutes=-1)
    revision.number = 2
    assert cache.find("/", cache.moment()) is None


def test_a_page_begun_before_a_change_is_no_page_after_it(cache: PageCache, revision: StandingRevision) -> None:
    begun = cache.moment()
    revision.number = 2
    cache.keep("/", begun, a_page())
    assert cache.find("/", cache.moment()) is None


def test_while_nobody_knows_the_revision_nothing_is_kept(cache: PageCache, revision: StandingRevision) -> None:
    revision.number = None
    cache.keep("/", cache.moment(), a_page())
    assert cache.find("/", cache.moment()) is None


def test_there_is_room_for_so_much_and_the_stalest_go_first(revision: StandingRevision, clock: StandingClock) -> None:
    cache = PageCache(revision, now=clock, room=a_page().size * 3)
    moment = cache.moment()
    for path in ("/1", "/2", "/3", "/1", "/4"):
        cache.keep(path, moment, a_page())
    assert [path for path in ("/1", "/2", "/3", "/4") if cache.find(path, moment)] == ["/1", "/3", "/4"]


async def test_what_was_found_out_is_asked_again_when_something_changed(
    cache: PageCache, revision: StandingRevision
) -> None:
    asked = []

    async def ask() -> int:
        asked.append(1)
        return len(asked)

    assert [await cache.remembered("size", ask) for _ in range(3)] == [1, 1, 1]
    revision.number = 2
    assert await cache.remembered("size", ask) == 2
    revision.number = None
    assert [await cache.remembered("size", ask) for _ in range(2)] == [3, 4]


async def answer_422(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 422, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def test_a_kept_page_is_answered_without_asking_the_application(cache: PageCache) -> None:
    cache.keep("/", cache.moment(), a_page())
    async with browser(CachedPages(answer_422, cache)) as reader:
        answers = [await reader.get("/"), await reader.head("/"), await reader.get("/?a=b"), await reader.post("/")]
    assert [answer.status_code for answer in answers] == [200, 200, 422, 422]


async def test_a_change_is_known_everywhere_before_its_maker_is_told(cache: PageCache, revision: Any) -> None:
    async with browser(CachedPages(answer_422, cache)) as reader:
        await reader.get("/")
        assert revision.settled == 0
        await reader.post("/")
    assert revision.settled == 1


async def test_a_page_read_before_is_not_sent_again() -> None:
    page = a_page()
    etag = (await get(page)).headers["etag"]
    for tags in (etag, f"W/{etag}", f'"a", {etag}', "*", f' {etag} , "b"'):
        answer = await get(page, if_none_match=tags)
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", etag), tags
    for tags in ('"a"', "", etag.strip('"'), f"{etag}-gz"):
        assert (await get(page, if_none_match=tags)).status_code == 200, tags


@pytest.mark.parametrize(
    ("since", "status"),
    [
        ("Mon, 01 Mar 2027 12:00:00 GMT", 304),
        ("Mon, 01 Mar 2027 12:00:01 GMT", 304),
        ("Mon, 01 Mar 2027 11:59:59 GMT", 200),
        ("yesterday", 200),
        ("", 200),
    ],
)
async def test_a_date_counts_where_there_is_no_tag(since: str, status: int) -> None:
    assert (await get(a_page(), if_modified_since=since)).status_code == status
    assert (await get(a_page(), if_modified_since=since, if_none_match='"a"')).status_code == 200


async def test_a_short_page_is_not_compressed_and_a_picture_neither() -> None:
    for page in (a_page(b"<p>Hello"), FinishedPage(LONG, "image/png")):
        answer = await get(page, accept_encoding="gzip")
        assert ("content-encoding" in answer.headers, "vary" in answer.headers) == (False, False)


async def test_the_same_words_have_the_same_tag_in_every_process() -> None:
    assert (await get(a_page())).headers["etag"] == (await get(a_page())).headers["etag"]
    assert a_page().gzipped == a_page().gzipped


@pytest.mark.parametrize(
    ("header", "does"),
    [
        (b"gzip", True),
        (b"gzip, deflate, br", True),
        (b"br;q=1.0, GZIP;q=0.8", True),
        (b"*", True),
        (b"", False),
        (b"identity", False),
        (b"br", False),
        (b"gzip;q=0", False),
        (b"gzip; q=0.000", False),
        (b"x-gzip", False),
    ],
)
def test_what_a_browser_says_of_compression(header: bytes, does: bool) -> None:
    assert accepts_gzip(header) is does
